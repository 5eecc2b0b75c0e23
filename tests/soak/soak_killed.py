"""`make soak`: a rebuild killed at any moment, 300 times, in the midst of SQLite's and the kernel's own work.

Every third time the next rebuild is killed, too. Plain pytest does not collect this file.
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


@pytest.mark.timeout(7200)
def test_whenever_it_is_killed_the_next_ends_where_an_undisturbed_one_does(staged: Path, tmp_path: Path) -> None:
    rebuilt = killing.copy(staged, tmp_path / "undisturbed")
    started = time.monotonic()
    assert killing.run(rebuilt) == 0
    lasts = time.monotonic() - started
    undisturbed = killing.state(rebuilt)
    chance, died = random.Random(SEED), 0
    for number in range(KILLS):
        commands = killing.copy(staged, tmp_path / "city")
        moments = [chance.uniform(0, lasts) for _ in range(2 if number % 3 == 0 else 1)]
        died += sum(killed_after(commands, moment) == signal.SIGKILL for moment in moments)
        assert killing.run(commands) == 0, moments
        assert killing.left_behind(commands) == [], moments
        assert killing.differences(killing.state(commands), undisturbed) == [], moments
        commands("verify")
        shutil.rmtree(commands.root)
    print(f"\n{died} of {KILLS * 4 // 3} died before their end; seed {SEED}")
    assert died > KILLS // 2, "the machine is too quick for this test: it killed too few"
