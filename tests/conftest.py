"""What all rooms' tests share: the report of which rows of the regulation have passing tests."""

from __future__ import annotations

import io
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.release import narrative
from gongshi.system import confined
from tests.instances import PROJECT, copied

ROWS = Path(__file__).parent / "articles.yml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--articles", action="store_true", help="print which rows of the regulation have passing tests")


_LONGEST_FIRST = ("whole/test_large.py", "pages/test_every_page.py", "whole/", "pages/", "deploy/", "publish/")
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


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session", autouse=True)
def narrative_made_once(shared: Path) -> Iterator[None]:
    """MkDocs makes the same of the same (whole/test_same_bytes.py): what it once made of an instance's files is taken
    again by every rebuild inside of pytest's processes. A rebuild in a process of its own runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrative, "_mkdocs", partial(_mkdocs, shared, narrative._mkdocs))
        yield


@pytest.fixture(scope="session", autouse=True)
def sample_looked_into_once(shared: Path) -> Iterator[None]:
    """What the process that looks into a file once said of one of the committed sample, it says again. Every other
    file, and every rebuild in a process of its own, has its processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "child", partial(_looking, shared, confined.child))
        yield


@cache
def _sample() -> frozenset[str]:
    """The digests of the committed sample's files."""
    files = (path for path in (PROJECT / "data" / "submissions").rglob("*") if path.is_file())
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in files)


@dataclass(frozen=True)
class _Said:
    """A process that has ended well, with all it said."""

    stdout: io.BytesIO

    def wait(self) -> int:
        """How it ended."""
        return 0


@contextmanager
def _looking(kept: Path, real: Callable[..., Any], module: str, *arguments: str, given: bytes) -> Iterator[Any]:
    digest = sha256(given).hexdigest()
    if digest not in _sample():
        with real(module, *arguments, given=given) as worker:
            yield worker
        return
    asked = sha256("\0".join((module, *arguments, digest)).encode()).hexdigest()
    said = kept / f"said {asked}"
    if not said.exists():
        with real(module, *arguments, given=given) as worker:
            fresh = kept / f"{said.name}.{os.getpid()}"
            fresh.write_bytes(worker.stdout.read())
            assert worker.wait() == 0
        fresh.rename(said)
    yield _Said(io.BytesIO(said.read_bytes()))


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
