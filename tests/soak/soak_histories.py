"""`make soak`: many long random histories of a city, each held against the same city made from nothing.

Plain pytest does not collect this file. A failure tells its seed: GONGSHI_SEED=n GONGSHI_HISTORIES=1 repeats it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.histories import History
from tests.twins import check

HISTORIES = int(os.environ.get("GONGSHI_HISTORIES", "100"))
SEED = int(os.environ.get("GONGSHI_SEED", "1000"))
STEPS = 40


@pytest.mark.timeout(14400)
def test_whatever_happens_step_by_step_is_from_nothing(empty_city: Path, tmp_path: Path) -> None:
    for seed in range(SEED, SEED + HISTORIES):
        root = Path(shutil.copytree(empty_city, tmp_path / "life" / "city"))
        history = History(root, seed)
        history.live(STEPS)
        check(history, tmp_path / "twin")
        print(".", end="", flush=True)
        shutil.rmtree(root.parent)
        shutil.rmtree(tmp_path / "twin")
