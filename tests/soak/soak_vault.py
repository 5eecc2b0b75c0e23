"""`make soak`: a file of 2 GB on its way into the vault, killed at random moments: it is whole there, or not there.

Plain pytest does not collect this file. GONGSHI_VAULT_MIB and GONGSHI_VAULT_KILLS make it smaller or longer.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongshi.lifecycle.cases.evidence_read import verify_vault
from gongshi.store import Store
from gongshi.store.evidence import kept
from gongshi.store.verify import verify
from gongshi.vault import Vault
from gongshi.vault.taking import hash_of
from tests.dossier.story import RECORDED, D, tell

MIB = int(os.environ.get("GONGSHI_VAULT_MIB", "2048"))
KILLS = int(os.environ.get("GONGSHI_VAULT_KILLS", "40"))
SEED = int(os.environ.get("GONGSHI_SEED", "1"))
PIECE = 1 << 20
MEMORY = 1 << 29
"""Address space that the command is allowed: a quarter of the file."""


def write(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(MIB):
            file.write(os.urandom(PIECE))


def command(city: Path, film: Path) -> subprocess.Popen[bytes]:
    """`gongshi evidence add` in a process of its own, in little memory."""
    words = ["evidence", "add", "松市监案〔2026〕1号", str(film), "--department", D, "--by", "周示礼"]
    words += ["--custodian", "何示档", "--description", "录像", "--root", str(city), "--today", str(RECORDED.date())]
    return subprocess.Popen(
        [sys.executable, "-m", "gongshi.cli", *words],
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),  # noqa: PLW1509 - no threads yet
    )


def entries(city: Path, sha256: str) -> int:
    """How many entries of the journal name the file; each has its bytes in the vault, whole."""
    with Store.open(city / "data" / "store.db") as store:
        assert verify(store).ok
        flaws = verify_vault(store, Vault(city / "data" / "vault"), quick=True)
        assert [flaw.message for flaw in flaws if not flaw.notice] == []
        return sum(one.sha256 == sha256 for one in kept(store))


@pytest.mark.timeout(7200)
def test_a_large_file_is_whole_in_the_vault_or_not_there_whenever_it_is_killed(tmp_path: Path) -> None:
    tell(tmp_path / "city")
    film = tmp_path / "film.mp4"
    write(film)
    sha256, chance, died, stages = hash_of(film)[0], random.Random(SEED), 0, set()
    started = time.monotonic()
    city = Path(shutil.copytree(tmp_path / "city", tmp_path / "undisturbed"))
    assert command(city, film).wait() == 0
    lasts = time.monotonic() - started
    shutil.rmtree(city)
    for _ in range(KILLS):
        city = Path(shutil.copytree(tmp_path / "city", tmp_path / "killed"))
        vault = Vault(city / "data" / "vault")
        adding = command(city, film)
        time.sleep(chance.uniform(0, lasts))
        adding.kill()
        died += adding.wait() == -signal.SIGKILL
        there = [path for path in vault.names() if path.name == sha256]
        assert all(hash_of(path)[0] == sha256 for path in there), "half a file under its name"
        named = entries(city, sha256)
        assert named <= len(there), "an entry without its bytes"
        parts = list(vault.incoming.iterdir()) if vault.incoming.exists() else []
        stages.add((bool(parts), bool(there), bool(named)))
        assert command(city, film).wait() == 0
        assert (entries(city, sha256), [path.name for path in vault.names()].count(sha256)) == (1, 1)
        assert list(vault.incoming.iterdir()) == []
        with Store.open(city / "data" / "store.db") as store:
            assert verify_vault(store, vault) == ()
        shutil.rmtree(city)
        print(".", end="", flush=True)
    print(f"\n{died} of {KILLS} died before their end, in {len(stages)} stages; seed {SEED}")
    assert died > KILLS // 2, "the machine is too quick for this test: it killed too few"
