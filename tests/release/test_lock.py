"""Two rebuilds never run at once, the second is told who holds the lock, and a dead one never blocks."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongshi.release.lock import RebuildRunning, exclusive

HOLD = """
import sys, time
from pathlib import Path
from gongshi.release.lock import exclusive
with exclusive(Path(sys.argv[1]), "2026-11-20 08:00", "gongshi rebuild --full"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "rebuild.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_the_second_is_told_who_holds_the_lock(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(RebuildRunning) as told, exclusive(path):
        pass
    for said in (str(holder.pid), socket.gethostname(), "2026-11-20 08:00", "gongshi rebuild --full"):
        assert said in str(told.value)


def test_a_killed_holder_frees_it(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with exclusive(path):
        assert f'"pid":{holder.pid},' not in path.read_text()


def test_it_can_be_held_again_after_its_holder_let_go(path: Path) -> None:
    for _ in range(2):
        with exclusive(path):
            pass


@pytest.mark.parametrize("left", [b"", b"{", b"4711", b"\xff", b'{"pid": 1}'])
def test_a_name_that_can_not_be_read_is_no_hindrance(path: Path, holder: subprocess.Popen[str], left: bytes) -> None:
    path.write_bytes(left)
    with pytest.raises(RebuildRunning, match="R001"), exclusive(path):
        pass


def test_where_the_name_can_not_be_written_the_lock_holds_all_the_same(path: Path) -> None:
    path.mkdir(parents=True)  # stands for a full disk: no name can be written there
    with exclusive(path), pytest.raises(RebuildRunning), exclusive(path):
        pass
