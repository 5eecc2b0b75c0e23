"""One city with a whole case, and the commands run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main
from tests.dossier.story import TODAY, tell


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = tmp_path_factory.mktemp("dossier") / "city"
    tell(city)
    return city


@pytest.fixture
def gongshi(told: Path) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(main, [*words, "--root", str(told), "--today", str(TODAY)])
