"""Whatever of a city comes back from a backup, nothing that came down since comes back with it (DOMAIN.md 3).

Every way in which older things come to lie beside newer ones, by every way in which a decision ended.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongshi.cli import main
from tests import twins
from tests.whole.conftest import DEPARTMENT, Commands, right_row, write_sheet

FIRST_DAY, LAST_DAY = "2024-09-02", "2026-11-20"
FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")
_DAYS = ("--instrument-date", "2026-11-18", "--effective-on", "2026-11-18", "--received-on", "2026-11-19")
_INSTRUMENT = ("--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府", *_DAYS)
PERSON = {"party_name": "诸葛示甲", "party_type": "自然人", "party_uscc": "", "party_adult_when_decided": "是"}

ENDS: dict[str, dict[str, Any]] = {
    "stays": {},
    "revoked": {"act": ("withdraw", "--ending", "撤销", *_INSTRUMENT, "--reason", "经复议认定程序违法")},
    "a mistake": {"act": ("withdraw", "--ending", "误公示", "--note", "内部说明")},
    "a ground found": {"act": ("withdraw", "--ending", "ground", "--ground", "危及安全稳定", "--note", "内部说明")},
    "suspended": {"act": ("suspend", "--why", "内部理由", "--no-build"), "open": True},
    "erased": {"act": ("erase", "--why", "误报")},
    "withheld anew": {"again": {"withhold_ground": "危及安全稳定", "withhold_reason": "内部理由"}},
    "sealed": {"again": {"legal_basis": "《中华人民共和国治安管理处罚法》第四十三条"}},
    "expired": {"first": PERSON},
}
"""What is done to each decision; `first` what was special in it, `again` what a new version says."""


def number(end: str) -> str:
    return f"松市监罚〔2024〕{700 + list(ENDS).index(end)}号"


def facts(end: str) -> str:
    return f"批号FK{700 + list(ENDS).index(end)}的过期饼干"


GONE = [facts(end) for end in ENDS if end != "stays"]


def commit(commands: Commands, name: str, rows: list[dict[str, str]], day: str) -> None:
    """A batch and its review in data/submissions."""
    folder = commands.root / "data" / "submissions" / DEPARTMENT
    folder.mkdir(parents=True, exist_ok=True)
    write_sheet(folder / f"{name}.csv", rows)
    (folder / f"{name}.batch.yml").write_text("by: 周示礼\n", encoding="utf-8")
    review = f"reviewer: 郑示正\nresult: approve\ndate: {day}\nopinion: 同意\n"
    (folder / f"{name}.review.yml").write_text(review, encoding="utf-8")


def rebuild(commands: Commands, *words: str, ok: tuple[int, ...] = (0, 3)) -> str:
    given = ["rebuild", "--root", str(commands.root), "--today", commands.today, *words]
    told = CliRunner().invoke(main, given)
    assert told.exit_code in ok, told.output
    return told.output


@pytest.fixture(scope="module")
def older(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city as it was backed up: everything public."""
    root = tmp_path_factory.mktemp("older") / "city"
    commands = Commands(Path(shutil.copytree(empty_city, root)), FIRST_DAY)
    rows = [
        right_row("penalty", number(end), **{"facts": facts(end), "decided_on": "2024-08-30", **how.get("first", {})})
        for end, how in ENDS.items()
    ]
    commit(commands, "a", rows, FIRST_DAY)
    rebuild(commands, "--full")
    assert len(commands.pages()) == len(ENDS)
    return root


@pytest.fixture(scope="module")
def newer(older: Path) -> Path:
    """The same city after all but one of the decisions came down."""
    root = older.with_name("newer")
    commands = Commands(Path(shutil.copytree(older, root, copy_function=shutil.copy2)), LAST_DAY)
    rebuild(commands)
    for end, how in ENDS.items():
        if "act" in how:
            name, *words = how["act"]
            act = commands.json(name, number(end), *FIRST, *words)
            if not how.get("open"):
                commands("confirm", str(act["number"]), *SECOND, "--no-build")
    again = {end: how["again"] for end, how in ENDS.items() if "again" in how}
    same = {"decided_on": "2024-08-30"}
    rows = [right_row("penalty", number(end), facts=facts(end), **same, **more) for end, more in again.items()]
    commit(commands, "b", rows, LAST_DAY)
    rebuild(commands)
    assert told(commands) == []
    return root


def told(commands: Commands) -> list[tuple[str, str]]:
    """The files that were built in which something stands that came down."""
    build = commands.root / "build"
    files = [path for path in sorted(build.rglob("*")) if path.is_file()]
    contents = {path.relative_to(build).as_posix(): path.read_bytes() for path in files}
    return [(name, word) for name, content in contents.items() for word in GONE if word.encode() in content]


def back(*names: str) -> Callable[[Path, Path], None]:
    """These files and folders are as they were in the backup."""

    def restore(root: Path, backup: Path) -> None:
        for name in names:
            away(name)(root, backup)
            copy = shutil.copytree if (backup / name).is_dir() else shutil.copy2
            copy(backup / name, root / name)

    return restore


def away(*names: str) -> Callable[[Path, Path], None]:
    """These files and folders are lost, side files of a database with it."""

    def lose(root: Path, backup: Path) -> None:
        for name in names:
            for path in (root / name, root / f"{name}-wal", root / f"{name}-shm"):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return lose


def both(*ways: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    def do(root: Path, backup: Path) -> None:
        for way in ways:
            way(root, backup)

    return do


STORE, DATABASE, MANIFEST, MEMORY = "data/store.db", "build/public.db", "build/manifest.db", "build/judged.db"
WAYS: dict[str, Callable[[Path, Path], None]] = {
    "the record, what was built is lost": both(back(STORE), away("build")),
    "the record and all that was built": back(STORE, "build"),
    "the record is lost and made anew from the files": away(STORE, "build"),
    "all that was built": back("build"),
    "the site": back("build/site"),
    "the database": back(DATABASE),
    "the manifest": back(MANIFEST),
    "the manifest and the database": back(MANIFEST, DATABASE),
    "the manifest, the database and what was remembered": back(MANIFEST, DATABASE, MEMORY),
    "the site and the database, the manifest is lost": both(back("build/site", DATABASE), away(MANIFEST)),
    "what was remembered": back(MEMORY),
    "the ledger is lost": away("data/tombstones.jsonl"),
}
"""What comes back from the backup, or is lost, beside what is newer."""


@pytest.mark.article("D28")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_nothing_comes_back_with_a_backup(
    way: Callable[[Path, Path], None], older: Path, newer: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(newer, tmp_path / "city", copy_function=shutil.copy2))
    commands = Commands(root, LAST_DAY)
    way(root, older)
    of_the_record = not (root / STORE).exists() or (root / STORE).read_bytes() != (newer / STORE).read_bytes()
    for words in ((), ("--full",) if of_the_record else ()):
        rebuild(commands, *words, ok=(0, 1, 3))
        assert told(commands) == []
        assert twins.brought_back(root) == []
    assert facts("stays").encode() in b"".join(commands.site().values()), "the rest goes on"
    commands("verify")


@pytest.mark.article("D28")
def test_an_older_record_beside_a_newer_site_is_refused_and_the_site_stays(
    older: Path, newer: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(newer, tmp_path / "city", copy_function=shutil.copy2))
    commands = Commands(root, LAST_DAY)
    before = commands.site()
    back(STORE)(root, older)
    assert "R002" in rebuild(commands, ok=(1,))
    assert "R002" in rebuild(commands, "--full", ok=(1,))
    assert commands.site() == before
    assert told(commands) == []


@pytest.mark.article("D28")
def test_the_same_files_committed_again_bring_nothing_back(older: Path, newer: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(newer, tmp_path / "city", copy_function=shutil.copy2))
    commands = Commands(root, LAST_DAY)
    folder = root / "data" / "submissions" / DEPARTMENT
    content = (folder / "a.csv").read_bytes()
    for name, extra in (("c", b""), ("d", b"\r\n")):
        (folder / f"{name}.csv").write_bytes(content + extra)
        (folder / f"{name}.batch.yml").write_text("by: 周示礼\n", encoding="utf-8")
        review = f"reviewer: 郑示正\nresult: approve\ndate: {LAST_DAY}\nopinion: 同意\n"
        (folder / f"{name}.review.yml").write_text(review, encoding="utf-8")
        rebuild(commands, ok=(0, 1, 3))
        assert told(commands) == []
        assert twins.brought_back(root) == []
