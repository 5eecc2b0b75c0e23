"""Two rebuilds never run at once, and a dead one never blocks."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongshi.release.lock import RebuildRunning, exclusive

HOLD = """
import sys, time
from pathlib import Path
from gongshi.release.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_is_told_who_holds_the_lock_and_a_killed_holder_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "rebuild.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(RebuildRunning, match=str(holder.pid)), exclusive(path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with exclusive(path):
        assert path.read_text() != str(holder.pid)
