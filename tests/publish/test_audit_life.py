"""The audit along a decision's life: withdrawn with a notice, expired, suspended, restored, asked to be corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongshi.publish.audit import Patterns, Report, audit_build, gather
from gongshi.publish.audit.values import What
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

FACTS = "当事人将过期食品重新贴标后上架出售给学生家长若干批次"
NUMBER = "松市监罚〔2026〕601号"


@pytest.fixture
def shown(world: Any, parties: Any) -> Any:
    """A world with two decisions that are public, one of them of a person."""
    world.send(world.decision(facts=FACTS, number=NUMBER), world.decision(parties=[parties["person"]]))
    world.publish()
    return world


def record(world: Any) -> str:
    sql = "SELECT id FROM disclosures WHERE number = ?"
    return str(world.store.db.execute(sql, (NUMBER,)).fetchone()[0])


def patterns(world: Any) -> Patterns:
    return gather(world.store, world.instance, world.today, Path("site_src"))


def sought(world: Any) -> set[str]:
    return {one.raw for one in patterns(world).sought}


def audited(world: Any, found: Patterns | None = None) -> Report:
    return audit_build(world.path.parent, found or patterns(world))


def test_what_is_public_is_not_sought(shown: Any) -> None:
    assert {FACTS[:16], NUMBER, record(shown)} & sought(shown) == set()
    assert audited(shown).ok


@pytest.mark.article("S1.3")
def test_a_withdrawn_decision_is_sought_save_what_its_notice_says(shown: Any) -> None:
    shown.end(record(shown))
    left = audited(shown)
    assert {one.record for one in left.findings} == {record(shown)}, "the site was not rebuilt yet"
    assert What.TEXT in {one.what for one in left.findings}
    shown.publish()
    assert FACTS[:16] in sought(shown)
    assert {NUMBER, record(shown)} & sought(shown) == set(), "the notice stands at its address and names its number"
    assert audited(shown).ok


@pytest.mark.parametrize("ending", ["mistake", "sealed"])
def test_what_ends_without_a_notice_leaves_nothing(ending: str, shown: Any) -> None:
    shown.end(record(shown), ending)
    shown.publish()
    assert {FACTS[:16], NUMBER, record(shown)} <= sought(shown)
    assert audited(shown).ok


def test_what_is_suspended_is_sought_at_once_and_no_more_when_it_is_declined(shown: Any) -> None:
    act = shown.suspend(record(shown))
    assert {FACTS[:16], NUMBER, record(shown)} <= sought(shown)
    assert not audited(shown).ok
    shown.publish()
    assert audited(shown).ok
    shown.decline(act)
    shown.publish()
    assert NUMBER not in sought(shown)
    assert audited(shown).ok


@pytest.mark.article("D28")
def test_what_expired_over_night_is_found_until_the_rebuild(shown: Any) -> None:
    shown.today = date(2031, 12, 1)
    assert {NUMBER, record(shown)} <= sought(shown)
    assert not audited(shown).ok
    shown.publish()
    assert audited(shown).ok


def test_what_only_the_ledger_knows_to_be_down_is_sought(shown: Any) -> None:
    down = {record(shown): "withdrawn"}
    found = gather(shown.store, shown.instance, shown.today, Path("site_src"), ledger=down)
    assert NUMBER in {one.raw for one in found.sought}


@pytest.mark.article("D31")
def test_what_a_citizen_wrote_is_sought_and_the_name_in_the_decision_it_is_about(shown: Any) -> None:
    answers = {
        "name": "赫连雁秋",
        "wrong": "网页上把我们村民小组的名字写成了隔壁的那个村民小组",
        "contact": "13904380066",
    }
    payload = {
        "status": "a" * 64,
        "decision": record(shown),
        "on": "2026-11-19",
        "at": "2026-11-19T09:00:00+08:00",
        "capacity": "party",
        "answers": answers,
        "files": [],
        "sealed": "b" * 64,
    }
    number = "GZ-20261119-ABCDEFGH"
    draft = Draft("gongshi", "11220700MB99000134", "", "penalty", number, Operation.REQUEST, payload)
    with shown.store.write():
        shown.store.append([draft], shown.now)
    found = patterns(shown)
    raw = {one.raw for one in found.sought if one.record == number}
    assert "13904380066" in raw
    assert answers["wrong"][:16] in raw
    page = shown.path.parent / "site" / "decisions" / "aa" / f"{record(shown)}.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>更正申请人：赫连雁秋</p>", encoding="utf-8")
    (page.parent / "other.html").write_text("<p>赫连雁秋</p>", encoding="utf-8")
    assert [(one.file, one.what) for one in audited(shown, found).findings] == [
        (f"site/decisions/aa/{record(shown)}.html", What.NAME)
    ]
