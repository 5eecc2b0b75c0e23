"""`make soak`: a rebuild killed at any moment, 300 times, in the midst of SQLite's and the kernel's own work.

Every third time the next rebuild is killed, too. Plain pytest does not collect this file.

In shares, each with a seed of its own: GONGSHI_SEED=1 GONGSHI_KILLS=100, then GONGSHI_SEED=2 … A kill takes some four
seconds of a quiet machine. What failed is repeated by its seed and so many kills, as far as a moment can be repeated.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from tests import killing

KILLS = int(os.environ.get("GONGSHI_KILLS", "300"))
SEED = int(os.environ.get("GONGSHI_SEED", "1"))
TRIES = 30
"""A rebuild may come to its end before its moment: nothing was killed, and another moment is drawn, so many times."""


@pytest.fixture(scope="module")
def staged(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("staged") / "city"
    shutil.copytree(empty_city, root, copy_function=shutil.copy2)
    return killing.stage(root).root


def killed_after(commands: killing.Commands, seconds: float) -> int:
    """A rebuild whose process is killed after so long; the signal that ended it."""

    def bomb() -> None:
        threading.Thread(
            target=lambda: (time.sleep(seconds), os.kill(os.getpid(), signal.SIGKILL)), daemon=True
        ).start()

    return killing.run(commands, bomb)


def killed(staged: Path, to: Path, chance: random.Random, lasts: float, times: int) -> tuple[killing.Commands, str]:
    """A copy of which so many rebuilds, one after the other, were killed before their end; at which moments."""
    for _ in range(TRIES):
        commands = killing.copy(staged, to)
        moments = [chance.uniform(0, lasts) for _ in range(times)]
        if all(killed_after(commands, moment) == signal.SIGKILL for moment in moments):
            return commands, f"seed {SEED}, killed after {moments} of {lasts} s"
        shutil.rmtree(to)
    pytest.fail(f"no rebuild out of {TRIES} lasted to a moment within {lasts} s")


@pytest.mark.timeout(7200)
def test_whenever_it_is_killed_the_next_ends_where_an_undisturbed_one_does(staged: Path, tmp_path: Path) -> None:
    rebuilt = killing.copy(staged, tmp_path / "undisturbed")
    started = time.monotonic()
    assert killing.run(rebuilt) == 0
    lasts = time.monotonic() - started
    undisturbed = killing.state(rebuilt)
    chance = random.Random(SEED)
    for number in range(KILLS):
        commands, told = killed(staged, tmp_path / "city", chance, lasts, 2 if number % 3 == 0 else 1)
        assert killing.run(commands) == 0, told
        assert killing.left_behind(commands) == [], told
        assert killing.differences(killing.state(commands), undisturbed) == [], told
        commands("verify")
        shutil.rmtree(commands.root)
        print(".", end="", flush=True)
