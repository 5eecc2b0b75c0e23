"""A file is taken in whole, under the hash of its content, once, and what can not be taken leaves nothing."""

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gongshi.vault import (
    EvidenceChanged,
    EvidenceMissing,
    EvidenceNotAFile,
    Line,
    Vault,
    VaultDamaged,
    VaultUnwritable,
)

BIG = 9 << 20
"""Three pieces, the last one short."""


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "现场.mp4"
    path.write_bytes(bytes(range(256)) * (BIG // 256) + b"end")
    return path


def parts(vault: Vault) -> list[Path]:
    return list(vault.incoming.iterdir())


@pytest.mark.article("R37")
def test_a_file_lies_under_its_hash_for_its_owner_to_read(vault: Vault, film: Path) -> None:
    told: list[tuple[int, int]] = []
    kept = vault.take(film, lambda *step: told.append(step))
    content = film.read_bytes()
    assert (kept.sha256, kept.size, kept.again) == (hashlib.sha256(content).hexdigest(), len(content), False)
    with vault.open(kept.sha256) as file:
        assert file.read() == content
    assert stat.S_IMODE(vault.place(kept.sha256).stat().st_mode) == 0o400
    assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700
    assert told[-1] == (len(content), len(content))
    assert len(told) == 3
    assert parts(vault) == []


def test_the_same_content_is_kept_once(vault: Vault, film: Path) -> None:
    first = vault.take(film)
    again = vault.take(film)
    assert again.again
    assert again.sha256 == first.sha256
    assert len(list(vault.names())) == 1


def test_an_empty_file_is_a_file(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "空").touch()
    assert vault.take(tmp_path / "空").sha256 == hashlib.sha256(b"").hexdigest()


def test_links_folders_and_pipes_are_refused(vault: Vault, tmp_path: Path, film: Path) -> None:
    (tmp_path / "link").symlink_to(film)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "vault"):
        (tmp_path / "vault").mkdir(exist_ok=True)
        with pytest.raises(EvidenceNotAFile, match="不是普通文件"):
            vault.take(tmp_path / name)
    assert list(vault.names()) == []


def test_a_file_that_grows_meanwhile_is_not_kept(vault: Vault, film: Path) -> None:
    def grow(done: int, _whole: int) -> None:
        if done == BIG + 3:
            with film.open("ab") as file:
                file.write(b"more")

    with pytest.raises(EvidenceChanged, match="没有入库"):
        vault.take(film, grow)
    assert list(vault.names()) == []
    assert parts(vault) == []


def test_nothing_is_written_over_a_damaged_one(vault: Vault, film: Path) -> None:
    kept = vault.take(film)
    place = vault.place(kept.sha256)
    place.chmod(0o600)
    place.write_bytes(b"other")
    with pytest.raises(VaultDamaged, match="gongshi verify"):
        vault.take(film)
    assert place.read_bytes() == b"other"
    assert parts(vault) == []


_LIMITED = """
import resource, sys, signal
from pathlib import Path
from gongshi.vault import Vault, VaultUnwritable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    Vault(Path(sys.argv[1])).take(Path(sys.argv[2]))
except (VaultUnwritable, OSError) as error:
    print(type(error).__name__)
"""


def test_what_can_not_be_written_leaves_nothing(vault: Vault, film: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, vault.folder, film], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == VaultUnwritable.__name__
    assert list(vault.names()) == []
    assert parts(vault) == []


_MEMORY = """
import resource, sys
from pathlib import Path
from gongshi.vault import Vault
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
Vault(Path(sys.argv[1])).take(Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_file(vault: Vault, tmp_path: Path) -> None:
    big = tmp_path / "长录像"
    with big.open("wb") as file:
        file.truncate(200 << 20)
    ran = subprocess.run([sys.executable, "-c", _MEMORY, vault.folder, big], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 32 * 1024, "kilobytes more than before, for 200 megabytes"


def test_what_is_asked_for_by_a_path_or_not_there_is_missing(vault: Vault, film: Path) -> None:
    vault.take(film)
    for asked in ("../../store.db", "0" * 63, "A" * 64, ""):
        with pytest.raises(EvidenceMissing, match="校验值"):
            vault.place(asked)
    with pytest.raises(EvidenceMissing, match="gongshi verify"):
        vault.open("0" * 64)


def test_a_ledger_line_cut_off_by_a_crash_spoils_no_other(vault: Vault) -> None:
    one, other = (Line("e" * 64, "a" * 64, 1, "2026-11-22T09:00:00+08:00"), Line("f" * 64, "b" * 64, 2, "2026-11-22"))
    vault.log(one)
    with vault.ledger.open("ab") as file:
        file.write(b'{"entry": "cut of')
    vault.log(other)
    assert list(vault.lines()) == [one, None, other]
    assert stat.S_IMODE(vault.ledger.stat().st_mode) == 0o600


def test_what_is_forgotten_is_gone_and_may_be_forgotten_twice(vault: Vault, film: Path) -> None:
    kept = vault.take(film)
    vault.forget(kept.sha256)
    vault.forget(kept.sha256)
    assert list(vault.names()) == []
    assert vault.take(film).again is False
