"""Killed before any of its operations, taking a file in leaves no half file under a name; the next time finishes."""

import hashlib
import os
from pathlib import Path
from random import Random

import pytest

from gongshi.vault import Line, Listed, Vault, verify
from tests.killing import Operations

SIZE = 13 << 20


def child(root: Path, source: Path, at: tuple[str, int]) -> tuple[int, dict[str, int]]:
    """Take the file in in a process of its own, killed before operation `at`; how it ended and what it did."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        found = Operations(root, at)
        found.watch()
        say = os.writev
        Vault(root / "vault").take(source)
        say(writing, [",".join(f"{kind}={many}" for kind, many in found.seen.items()).encode()])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    return os.waitpid(pid, 0)[1], {kind: int(many) for kind, many in (one.split("=") for one in told.split(",") if one)}


@pytest.mark.article("R37")
def test_killed_anywhere_there_is_no_half_file_and_the_next_time_finishes(tmp_path: Path) -> None:
    source = tmp_path / "录像.mp4"
    content = Random(1).randbytes(SIZE)
    source.write_bytes(content)
    name = hashlib.sha256(content).hexdigest()
    ended, operations = child(tmp_path / "whole", source, ("", 0))
    assert ended == 0
    assert {"write", "fsync", "link", "unlink", "mkdir", "open for writing"} <= operations.keys()
    kills = [(kind, at) for kind, many in operations.items() for at in range(1, many + 1)]
    for number, kill in enumerate(kills):
        root = tmp_path / str(number)
        assert child(root, source, kill)[0] != 0, kill
        vault = Vault(root / "vault")
        for path in vault.names():
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, kill
        assert vault.take(source).sha256 == name
        assert [path.name for path in vault.names()] == [name]
        assert list(vault.incoming.iterdir()) == [], kill
        vault.log(Line("e" * 64, name, SIZE, ""))
        assert verify(vault, [Listed(name, SIZE, 1, "c", "1", "e" * 64)], bool) == ()
