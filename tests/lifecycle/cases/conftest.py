"""A city with reference data and nothing else, and the commands run in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main

ROOT = Path(__file__).parents[3]
TODAY = "2026-03-25"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    return tmp_path


@pytest.fixture
def gongshi(city: Path) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(main, [*words, "--root", str(city), "--today", TODAY])
