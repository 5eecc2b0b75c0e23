"""What persons took down is gone before anything else in a run can fail: reference data, the law, templates, MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongshi.rebuild import run as module
from gongshi.store import sqlite

NUMBER = "松市监罚〔2026〕15号"
FACTS = "货架上有过期的饼干和糖果三十七袋"
REASON = "经复议认定适用程序错误。"
FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")
REVOKED = ("--ending", "撤销", "--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府")
DAYS = ("--instrument-date", "2026-11-18", "--effective-on", "2026-11-18", "--received-on", "2026-11-19")


def suspend(commands: Any) -> None:
    commands("suspend", NUMBER, *FIRST, "--why", "疑似有误", "--no-build")


def revoke(commands: Any) -> None:
    commands("withdraw", NUMBER, *FIRST, *REVOKED, *DAYS, "--reason", REASON)
    commands("confirm", NUMBER, *SECOND, "--no-build")


def mistake(commands: Any) -> None:
    commands("withdraw", NUMBER, *FIRST, "--ending", "误公示", "--note", "录入错误")
    commands("confirm", NUMBER, *SECOND, "--no-build")


def erase(commands: Any) -> None:
    commands("erase", NUMBER, *FIRST, "--why", "误报其他单位的文件")
    commands("confirm", NUMBER, *SECOND, "--no-build")


def suspend_its_notice(commands: Any) -> None:
    revoke(commands)
    commands("rebuild")
    assert telling(commands, REASON)
    suspend(commands)


DOWN = (suspend, revoke, mistake, erase, suspend_its_notice)


def broken_reference(commands: Any, patch: pytest.MonkeyPatch) -> None:
    (commands.root / "data/reference/regions.yml").write_text("- code: [\n", encoding="utf-8")


def broken_intake(commands: Any, patch: pytest.MonkeyPatch) -> None:
    """Something new is there: committed files of which none changed are not read again."""
    folder = commands.root / "data/submissions/x"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "new.csv").write_text("x", encoding="utf-8")
    patch.setattr(module, "take_in", dies)


def dies(*arguments: Any, **options: Any) -> None:
    raise RuntimeError("it fails here")


FAILING: dict[str, Callable[[Any, pytest.MonkeyPatch], None]] = {
    "the reference data": broken_reference,
    "what was submitted": broken_intake,
    "the law": lambda commands, patch: patch.setattr(module, "prepare", dies),
    "the journal": lambda commands, patch: patch.setattr(module, "record_publication", dies),
    "the ledger": lambda commands, patch: patch.setattr(module.Ledger, "open", dies),
}


def telling(commands: Any, *words: str) -> list[str]:
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [path for path, content in files.items() if any(word.encode() in path.encode() + content for word in words)]


def shown(commands: Any, record: str) -> list[str]:
    """What a visitor is shown of it at its address, by the search and in downloads."""
    page = commands.root / "build/site/decisions" / record[:2] / f"{record}.html"
    with sqlite.connect(commands.root / "build/public.db", read_only=True) as db:
        rows = [dict(row) for table in ("decisions", "notices") for row in db.execute(f"SELECT * FROM {table}")]
    found = [str(row) for row in rows if row["id"] == record]
    files = (commands.root / "build/site/downloads").glob("20*")
    found += [path.name for path in files if record.encode() in path.read_bytes()]
    return found + [path.name for path in (page, page.with_suffix(".gone")) if path.exists()]


@pytest.fixture
def record(commands: Any, row: Any, sheet: Any) -> str:
    """Two decisions are public; the id of the one that is taken down."""
    commands.publish(sheet("a.csv", [row("penalty", NUMBER, facts=FACTS), row("penalty", "松市监罚〔2026〕16号")]))
    commands("rebuild")
    (page,) = [page for page in commands.pages() if FACTS in page.read_text()]
    return page.stem


@pytest.mark.article("D28")
@pytest.mark.parametrize(
    ("down", "fails"), [*((down, "the law") for down in DOWN), *((suspend, name) for name in FAILING)]
)
def test_what_persons_took_down_is_gone_although_all_that_follows_fails(
    commands: Any, record: str, monkeypatch: pytest.MonkeyPatch, down: Any, fails: str
) -> None:
    down(commands)
    assert shown(commands, record)
    with monkeypatch.context() as patch:
        FAILING[fails](commands, patch)
        patch.setattr(module, "rescue", lambda *rest: module.Rescued())
        commands("rebuild", code=1)
    assert shown(commands, record) == []
    assert FACTS.encode() not in (commands.root / "build/public.db").read_bytes()


@pytest.mark.article("D28")
def test_a_suspension_needs_no_reference_data_without_a_fault(commands: Any, record: str) -> None:
    broken_reference(commands, pytest.MonkeyPatch())
    commands("suspend", NUMBER, *FIRST, "--why", "疑似有误", code=1)
    assert shown(commands, record) == []
    assert telling(commands, FACTS) == []
    commands("withdraw", "松市监罚〔2026〕16号", *FIRST, "--ending", "误公示", "--note", "录入错误", code=1)


def test_the_next_run_that_goes_well_leaves_what_one_from_nothing_leaves(
    commands: Any, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoke(commands)
    with monkeypatch.context() as patch:
        patch.setattr(module, "prepare", dies)
        patch.setattr(module, "rescue", lambda *rest: module.Rescued())
        commands("rebuild", code=1)
    commands("rebuild")
    assert telling(commands, FACTS) == []
    site = commands.site()
    assert commands.json("rebuild")["nothing_changed"]
    commands("rebuild", "--full")
    assert commands.site() == site


def test_a_takedown_leaves_the_figures_right_so_that_public_db_need_not_be_written_anew(
    commands: Any, record: str
) -> None:
    before = (commands.root / "build/public.db").stat().st_ino
    suspend(commands)
    commands("rebuild")
    assert telling(commands, FACTS, record) == []
    assert (commands.root / "build/public.db").stat().st_ino == before


def test_a_public_db_of_an_older_version_holds_up_no_takedown(commands: Any, record: str) -> None:
    suspend(commands)
    db = sqlite.connect(commands.root / "build/public.db")
    db.execute("DROP TABLE tags")
    db.close()
    commands("rebuild")
    assert telling(commands, FACTS, record) == []
