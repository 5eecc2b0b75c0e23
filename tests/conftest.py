"""What all rooms' tests share: the report of which rows of the regulation have passing tests."""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.release import narrative
from tests.instances import copied

ROWS = Path(__file__).parent / "articles.yml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--articles", action="store_true", help="print which rows of the regulation have passing tests")


_LONGEST_FIRST = ("whole/test_large.py", "whole/", "pages/", "deploy/", "publish/")
"""Below tests/: what takes minutes begins first, so that no process waits at the end for another's last file."""


@cache
def _turn(file: Path) -> int:
    path = file.relative_to(Path(__file__).parent).as_posix()
    return next((turn for turn, start in enumerate(_LONGEST_FIRST) if path.startswith(start)), len(_LONGEST_FIRST))


def _known_rows() -> dict[str, str]:
    return yaml.safe_load(ROWS.read_text(encoding="utf-8"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _turn(item.path))
    known = _known_rows()
    for item in items:
        for mark in item.iter_markers("article"):
            for row in mark.args:
                if row not in known:
                    raise pytest.UsageError(f"{item.nodeid}: {row} is not a row of tests/articles.yml")
                item.user_properties.append(("article", row))


class _Collector:
    """Gathers outcomes as they come, from this process or from xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.show = config.getoption("--articles")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            for name, row in report.user_properties:
                if name == "article":
                    self.outcomes[str(row)][report.outcome] += 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.show:
            return
        terminalreporter.section("rows of the regulation")
        terminalreporter.line(
            "How many tests name a row; one that passes holds as far as they go, and may ask for more."
        )
        for row, duty in _known_rows().items():
            seen = self.outcomes.get(row, Counter())
            word = "FAILS" if set(seen) - {"passed"} else "passes" if seen else "no test yet"
            terminalreporter.line(f"{row:<6}{word:<12}{seen.total() or '':>5}  {duty}")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(_Collector(session.config), "gongshi-articles")


@pytest.fixture(scope="session", autouse=True)
def narrative_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """MkDocs makes the same of the same (whole/test_same_bytes.py): what it once made of an instance's files is taken
    again by every rebuild inside of pytest's processes. A rebuild in a process of its own runs it."""
    kept = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        kept = kept.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrative, "_mkdocs", partial(_mkdocs, kept, narrative._mkdocs))
        yield


def _mkdocs(kept: Path, real: Callable[[Path, Path], None], root: Path, out: Path) -> None:
    digest = sha256()
    for path in sorted(path for name in narrative.READ for path in [root / name, *(root / name).rglob("*")]):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root)}\0{path.stat().st_size}\n".encode() + path.read_bytes())
    made = kept / f"narrative {digest.hexdigest()}"
    if not made.exists():
        real(root, out)
        fresh = Path(shutil.copytree(out, f"{made}.{os.getpid()}"))
        with suppress(OSError):  # another process was as quick
            fresh.rename(made)
    else:
        shutil.copytree(made, out)


@pytest.fixture(scope="session")
def empty_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the project's reference data and templates, built, with nothing submitted yet."""
    root = copied(tmp_path_factory.mktemp("empty") / "city")
    built = CliRunner().invoke(main, ["rebuild", "--root", str(root), "--today", "2026-11-19"])
    assert built.exit_code == 0, built.output + str(built.exception)
    return root


@pytest.fixture
def new_city(tmp_path: Path, empty_city: Path) -> Path:
    """A copy of `empty_city` of the test's own."""
    return Path(shutil.copytree(empty_city, tmp_path / "city"))
