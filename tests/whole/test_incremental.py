"""Whatever happened, in whatever order: what was built step by step is what is built from nothing, byte for byte
and row for row, the record holds, and nothing tells of what is not public (promises 5 and 8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.histories import History
from tests.twins import check

SEEDS = (2, 5)
STEPS = 12


@pytest.mark.article("D28")
@pytest.mark.parametrize("seed", SEEDS)
def test_step_by_step_is_from_nothing(new_city: Path, tmp_path: Path, seed: int) -> None:
    history = History(new_city, seed)
    history.live(STEPS)
    check(history, tmp_path / "twin")
