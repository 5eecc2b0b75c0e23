"""Processes beside a command: what they make comes in order, and none outlives the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from gongshi.system.processes import BrokenProcessPool, beside, run

_PATIENCE = 60.0


def _begin(add: int) -> None:
    os.environ["ADD"] = str(add)


def _do(number: int) -> int:
    if number < 0:
        os._exit(1)
    return number + int(os.environ["ADD"])


def test_what_two_make_comes_in_the_order_of_the_work() -> None:
    assert list(beside(range(50), _do, 2, _begin, 7, ahead=3)) == list(range(7, 57))


def test_where_the_others_have_enough_to_do_this_process_helps_and_the_order_stays() -> None:
    helped: list[int] = []

    def here(number: int) -> int:
        helped.append(number)
        return number + 7

    assert list(beside(range(50), _do, 1, _begin, 7, ahead=2, here=here)) == list(range(7, 57))
    assert helped[0] == 2, "the other has just been begun, and two pieces wait for it"


def test_one_that_ends_before_its_work_is_told() -> None:
    with pytest.raises(BrokenProcessPool):
        list(beside([1, -1, 2], _do, 2, _begin, 7, ahead=3))


def _nothing() -> None:
    """There is nothing to be told."""


def _never_done(_: int) -> None:
    print(os.getpid(), flush=True)
    time.sleep(3600)


def _two_processes() -> None:
    list(beside(range(2), _never_done, 2, _nothing, ahead=1))


_SAYS_ITS_ID = "import os, time; open(f'/proc/{os.getppid()}/fd/1', 'w').write(f'{os.getpid()}\\n'); time.sleep(3600)"


def _another_program() -> None:
    run([sys.executable, "-c", _SAYS_ITS_ID], os.environ)


@pytest.mark.parametrize(("doing", "processes"), [("_two_processes", 2), ("_another_program", 1)])
def test_none_outlives_a_command_that_is_killed(doing: str, processes: int) -> None:
    command = subprocess.Popen([sys.executable, __file__, doing], stdout=subprocess.PIPE, text=True)
    assert command.stdout is not None
    pids = [int(command.stdout.readline()) for _ in range(processes)]
    command.send_signal(signal.SIGKILL)
    command.wait()
    until = time.monotonic() + _PATIENCE
    while any(map(_lives, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(_lives, pids))
    assert command.stdout.read() == ""


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    globals()[sys.argv[1]]()
