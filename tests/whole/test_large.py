"""What is promised of a small city holds for one of 10,000 decisions; `make soak` says so of a million."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import large

DECISIONS = int(os.environ.get("GONGSHI_DECISIONS", "10000"))
CHANGES = 100


@pytest.mark.timeout(21_600)
@pytest.mark.article("D28")
def test_a_large_city_changed_killed_and_taken_from_is_the_one_built_from_nothing(tmp_path: Path) -> None:
    city = large.begin(tmp_path / "city", DECISIONS)
    large.change(city, CHANGES, 1)
    large.take_down(city)
    assert large.change_and_kill(city, CHANGES, 2) >= 2
    large.sleep(city)
    assert large.differences(city, tmp_path / "twin") == []
