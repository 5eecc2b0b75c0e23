"""From the command line: withdraw, suspend, restore; what the public finds after each, and what brings nothing back."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from gongshi.release.lock import exclusive

NUMBER = "松市监罚〔2026〕15号"
FACTS = "货架上有过期的饼干和糖果三十七袋"
REVOKED = (
    *("--ending", "撤销", "--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府"),
    *("--instrument-date", "2026-11-18", "--effective-on", "2026-11-18", "--received-on", "2026-11-19"),
    *("--reason", "经行政复议认定程序违法，原决定被撤销。"),
)
OVERDUE = 3
"""The status of a rebuild that went well where somebody still has to act."""
FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")


@pytest.fixture
def public(commands, row, sheet):
    """One decision that is public; its id."""
    path = sheet("a.csv", [row("penalty", NUMBER, facts=FACTS), row("penalty", "松市监罚〔2026〕16号", facts="另一件")])
    commands.publish(path)
    commands("rebuild")
    return _id(commands)


def _id(commands) -> str:
    (page,) = [page for page in commands.pages() if FACTS in page.read_text(encoding="utf-8")]
    return page.stem


def told(commands) -> list[Path]:
    """The files that the public can reach in which the decision's facts stand."""
    build = commands.root / "build"
    files = [path for path in build.rglob("*") if path.is_file() and build / "good" not in path.parents]
    return [path for path in files if FACTS.encode() in path.read_bytes()]


@pytest.mark.article("D28")
def test_a_confirmed_withdrawal_is_gone_at_once_and_leaves_its_notice(commands, public) -> None:
    assert told(commands)
    act = commands.json("withdraw", NUMBER, *FIRST, *REVOKED)
    assert told(commands)
    output = commands("confirm", str(act["number"]), *SECOND, "--opinion", "已核对").output
    assert "逐项查验" in output
    assert told(commands) == []
    notice = (commands.root / "build/site/decisions" / public[:2] / f"{public}.html").read_text(encoding="utf-8")
    assert "程序违法" in notice
    assert "松政复决〔2026〕3号" in notice
    again = commands("confirm", NUMBER, *SECOND)
    assert "没有改动" in again.output
    commands("verify")


def test_a_suspension_is_gone_at_once_and_back_when_declined(commands, public) -> None:
    output = commands("suspend", NUMBER, *FIRST, "--why", "泄露").output
    assert "紧急下架（待确认）" in output
    assert told(commands) == []
    assert not (commands.root / "build/site/decisions" / public[:2] / f"{public}.html").exists()
    assert NUMBER in commands("due").output
    assert "已超期" in commands("due", code=1, today="2026-11-30").output
    commands("rebuild", code=OVERDUE, today="2026-11-30")
    assert told(commands) == [], "unconfirmed it stays down"
    commands("decline", NUMBER, *SECOND, "--opinion", "没有泄露", today="2026-11-30")
    assert _id(commands) == public


def test_without_a_build_the_site_waits_and_says_so(commands, public) -> None:
    output = commands("suspend", NUMBER, *FIRST, "--why", "泄露", "--no-build").output
    assert "gongshi rebuild" in output
    assert told(commands)
    commands("rebuild")
    assert told(commands) == []


def test_mistakes_are_told_with_what_to_type(commands, public) -> None:
    assert "撤销（revoked）" in commands("withdraw", NUMBER, *FIRST, "--ending", "不存在", code=1).output
    missing = commands("withdraw", NUMBER, *FIRST, "--ending", "撤销", code=1).output
    assert "缺少“终止文书文号”（instrument_number）" in missing
    assert "decision_not_found" in commands("withdraw", "松市监罚〔2026〕99号", *FIRST, *REVOKED, code=1).output
    assert "unknown_act" in commands("confirm", NUMBER, *SECOND, code=1).output
    assert "submitter_unknown" in commands("suspend", NUMBER, "--by", "路人", "--why", "x", code=1).output


def test_what_came_down_is_restored_by_two_persons_only(commands, public, row, sheet) -> None:
    commands("withdraw", NUMBER, *FIRST, *REVOKED)
    commands("confirm", NUMBER, *SECOND)
    commands.publish(sheet("b.csv", [row("penalty", NUMBER, facts=FACTS, content="罚款三千元")]))
    commands("rebuild")
    commands("rebuild", "--full")
    assert told(commands) == []
    assert "又报送了新版本" in commands("due").output
    commands("restore", NUMBER, *FIRST, "--why", "法院撤销了复议决定")
    commands("rebuild")
    assert told(commands) == []
    commands("confirm", NUMBER, *SECOND)
    assert _id(commands) == public
    commands("verify")


@pytest.mark.article("D28")
def test_neither_an_older_backup_nor_a_store_made_anew_brings_it_back(commands, public) -> None:
    store, build = commands.root / "data/store.db", commands.root / "build"
    backup = shutil.copy(store, commands.root / "backup.db")
    commands("withdraw", NUMBER, *FIRST, *REVOKED)
    commands("confirm", NUMBER, *SECOND)
    shutil.copy(backup, store)
    assert "R002" in commands("rebuild", code=1).output
    shutil.rmtree(build)
    output = commands("rebuild", code=1).output
    assert "R008" in output
    assert public in output
    assert told(commands) == []
    assert len(commands.pages()) == 1, "the rest goes on"
    commands("rebuild", code=OVERDUE)
    assert told(commands) == []
    commands("verify")


def test_a_damaged_ledger_lets_nothing_new_out(commands, public, row, sheet) -> None:
    commands("suspend", NUMBER, *FIRST, "--why", "泄露")
    ledger = commands.root / "data/tombstones.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole.replace(b'"down":true', b'"down":tr'))
    commands.publish(sheet("b.csv", [row("penalty", "松市监罚〔2026〕17号")]))
    assert "ledger_damaged" in commands("rebuild", code=1).output
    assert len(commands.pages()) == 1
    ledger.write_bytes(whole)
    commands("rebuild")
    assert len(commands.pages()) == 2


def test_a_takedown_waits_for_the_rebuild_that_runs_already(commands, public) -> None:
    began = Event()

    def hold() -> None:
        with exclusive(commands.root / "data/.rebuild.lock"):
            began.set()
            time.sleep(1.5)

    other = Thread(target=hold)
    other.start()
    began.wait()
    output = commands("suspend", NUMBER, *FIRST, "--why", "泄露").output
    other.join()
    assert "正在等待" in output
    assert told(commands) == []


@pytest.mark.article("D30")
def test_an_erased_decision_leaves_page_and_record(commands, public) -> None:
    commands("erase", NUMBER, *FIRST, "--why", "误报")
    assert "不再接收" in commands("confirm", NUMBER, *SECOND).output
    assert told(commands) == []
    for file in (commands.root / "data").glob("store.db*"):
        assert FACTS.encode() not in file.read_bytes()
    commands("verify")


BAD, GOOD = "复议机关审查后认为程序有误，予以撤销。", "经行政复议决定撤销，理由见复议决定书。"


def pages_of(commands, record: str) -> dict[str, bytes]:
    return {name: content for name, content in commands.site().items() if record in name}


def telling(commands, word: str) -> list[str]:
    """What the public can reach in which `word` stands."""
    found = [name for name, content in commands.site().items() if word.encode() in content]
    return found + (["public.db"] if word.encode() in (commands.root / "build/public.db").read_bytes() else [])


@pytest.fixture
def noticed(commands, public):
    """A decision that was withdrawn and whose notice stands; its id."""
    commands("withdraw", NUMBER, *FIRST, *REVOKED[:-1], BAD)
    commands("confirm", NUMBER, *SECOND)
    assert {name[-5:] for name in pages_of(commands, public)} == {".html", ".gone"}
    return public


@pytest.mark.article("D28")
def test_one_person_takes_down_a_bad_notice_and_the_second_brings_it_back(commands, noticed) -> None:
    notice = pages_of(commands, noticed)
    commands("suspend", NUMBER, *FIRST, "--why", "说明写得不妥")
    assert (pages_of(commands, noticed), telling(commands, BAD), telling(commands, noticed)) == ({}, [], [])
    assert "紧急下架" in commands("due").output
    commands("rebuild", "--full")
    assert telling(commands, noticed) == []
    output = commands("decline", NUMBER, *SECOND, "--opinion", "说明无误").output
    assert "清除" not in output
    assert pages_of(commands, noticed) == notice
    assert told(commands) == [], "the decision itself never comes back by it"
    commands("verify")
    commands("audit")


def test_a_suspended_notice_is_gone_although_the_rebuild_fails(commands, noticed) -> None:
    commands("suspend", NUMBER, *FIRST, "--why", "说明写得不妥", "--no-build")
    (commands.root / "data/reference/regions.yml").write_text("- code: [\n", encoding="utf-8")
    commands("rebuild", code=1)
    assert (pages_of(commands, noticed), telling(commands, BAD), telling(commands, noticed)) == ({}, [], [])


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ((*REVOKED[:-1], GOOD), GOOD),
        (("--ending", "误公示", "--reason", "重复公示", "--note", "说明写错"), ""),
    ],
)
@pytest.mark.parametrize("suspended", [False, True])
def test_two_persons_put_another_notice_or_nothing_in_its_place(
    commands, noticed, words: tuple[str, ...], stands: str, suspended: bool
) -> None:
    if suspended:
        commands("suspend", NUMBER, *FIRST, "--why", "说明写得不妥")
        commands("confirm", NUMBER, *SECOND, *words)
    else:
        commands("withdraw", NUMBER, *FIRST, *words)
        assert telling(commands, BAD), "one person replaces nothing"
        commands("confirm", NUMBER, *SECOND)
    assert telling(commands, BAD) == []
    assert bool(pages_of(commands, noticed)) is bool(stands)
    if stands:
        assert "public.db" in telling(commands, stands)
    else:
        assert telling(commands, noticed) == []
    assert told(commands) == []
    commands("verify")
