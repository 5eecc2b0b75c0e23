"""A takedown is called done when nothing tells of it; otherwise it is tried again, then fails, naming the place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongshi.rebuild import run as module
from gongshi.render import pages
from gongshi.render.press import Page

NUMBER = "松市监罚〔2026〕7315号"
FACTS = "检查时发现冷藏柜内存放超过保质期的酸牛奶四十二盒"
PARTY = "宁江区例九乳品经销部"
REASON = "经复议认定适用程序错误。"
ENDED = ("--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府")
DAYS = ("--instrument-date", "2026-11-18", "--effective-on", "2026-11-18", "--received-on", "2026-11-19")


@pytest.fixture
def record(commands: Any, row: Any, sheet: Any) -> str:
    """Two decisions are public; the id of the one that is ended."""
    ours = row("penalty", NUMBER, party_name=PARTY, facts=FACTS)
    commands.publish(sheet("a.csv", [ours, row("penalty", "松市监罚〔2026〕16号")]))
    commands("rebuild")
    (page,) = [page for page in commands.pages() if PARTY in page.read_text()]
    return page.stem


def end(commands: Any, record: str, ending: str = "撤销", code: int = 0) -> str:
    words = ("--reason", REASON, *ENDED, *DAYS) if ending == "撤销" else ("--note", "录入错误")
    commands("withdraw", record, "--by", "周示礼", "--ending", ending, *words)
    return commands("confirm", record, "--by", "郑示正", "--opinion", "同意", code=code).output


def telling(commands: Any, *words: str) -> list[str]:
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [path for path, content in files.items() if any(word.encode() in path.encode() + content for word in words)]


def written(commands: Any) -> int:
    """How many files another rebuild writes."""
    pages = commands.json("rebuild")["pages"]
    return pages["written"] if pages else 0


@pytest.mark.article("D28")
def test_of_a_revoked_decision_the_notice_is_all_that_stays(commands: Any, record: str) -> None:
    end(commands, record)
    assert telling(commands, FACTS, PARTY, "例九") == []
    address = f"decisions/{record[:2]}/{record}"
    allowed = {"public.db", f"{address}.html", f"{address}.gone", "feeds/notices.atom", "feeds/notices.json"}
    lists = ("notices/", "feeds/notices/")
    assert {path for path in telling(commands, record) if not path.startswith(lists)} == allowed
    page = commands.site()[f"{address}.html"].decode()
    assert REASON in page
    assert NUMBER in page
    assert written(commands) == 0


def test_of_a_mistake_nothing_stays_but_what_others_have(commands: Any, record: str) -> None:
    end(commands, record, "误公示")
    assert telling(commands, FACTS, PARTY, record, NUMBER) == []


def test_restored_its_page_is_there_again_and_the_notice_is_not(commands: Any, record: str) -> None:
    address = f"decisions/{record[:2]}/{record}"
    before = commands.site()[f"{address}.html"]
    end(commands, record)
    commands("restore", record, "--by", "周示礼", "--why", "复议决定被撤回")
    commands("confirm", record, "--by", "郑示正", "--opinion", "同意")
    site = commands.site()
    assert FACTS in site[f"{address}.html"].decode()
    assert f"{address}.gone" not in site
    assert telling(commands, REASON) == []
    assert len(before) <= len(site[f"{address}.html"])
    commands("rebuild", "--full")
    assert commands.site() == site


@pytest.mark.parametrize("left", [PARTY, FACTS[:16], "/decisions/xx/{record}.html"], ids=["name", "text", "address"])
def test_a_stray_file_that_tells_goes_and_no_other(commands: Any, record: str, left: str) -> None:
    site = commands.root / "build" / "site"
    (site / "copied-by-hand.html").write_text(left.format(record=record))
    (site / "verify.txt").write_text("the webmaster's own")
    end(commands, record, "误公示")
    assert not (site / "copied-by-hand.html").exists()
    assert (site / "verify.txt").exists()
    assert written(commands) == 0


@pytest.fixture
def a_page_that_tells(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A page that is made wrong, and is made wrong again; called, it is right again."""
    real = pages.Plan._pages

    def of(plan: pages.Plan, parts: Collection[str]) -> Iterator[Page]:
        yield from real(plan, parts)
        if "home" in parts:
            yield Page("odd.html", "odd", PARTY.encode, "home")

    monkeypatch.setattr(pages.Plan, "_pages", of)
    return lambda: monkeypatch.setattr(pages.Plan, "_pages", real)


def test_what_cannot_be_proven_fails_with_the_place_until_it_is(
    commands: Any, record: str, a_page_that_tells: Callable[[], None]
) -> None:
    told = end(commands, record, "误公示", code=1)
    for _ in range(2):
        assert "R005" in told
        assert "odd.html" in told
        assert PARTY not in told
        told = commands("rebuild", code=1).output
    a_page_that_tells()
    commands("rebuild")
    assert telling(commands, FACTS, PARTY, record, NUMBER) == []
    assert written(commands) == 0


def test_a_run_that_died_before_the_proof_owes_it_to_the_next(
    commands: Any, record: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def dies(*arguments: Any) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patched:
        patched.setattr(module.SiteWork, "bring", dies)
        patched.setattr(module, "rescue", dies)
        commands("withdraw", record, "--by", "周示礼", "--ending", "误公示", "--note", "录入错误")
        commands("confirm", record, "--by", "郑示正", "--opinion", "同意", code=1)
    stray = commands.root / "build" / "site" / "copied.txt"
    stray.write_text(f"某日，{PARTY}")
    commands("rebuild")
    assert not stray.exists(), "looked for by what the store still knows of it"


def test_what_is_public_elsewhere_by_right_is_no_trace(commands: Any, row: Any, sheet: Any, record: str) -> None:
    commands.publish(sheet("b.csv", [row("penalty", "松市监罚〔2026〕17号", party_name=PARTY)]))
    commands("rebuild")
    end(commands, record, "误公示")
    assert telling(commands, FACTS, record) == []
    assert len(telling(commands, PARTY)) > 1
