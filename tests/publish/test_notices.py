"""What stays of a decision that was withdrawn, kind of end by kind of end, and what does not (DOMAIN.md 3, 4)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from gongshi.law.endings import Leaves, endings
from gongshi.law.rules import RuleSet
from gongshi.lifecycle.errors import NoticeRepeats
from gongshi.lifecycle.publication import record_publication
from gongshi.publish.notices.notice import NOTICE_COLUMNS, PublicNotice
from gongshi.query.tokens import match_expression
from gongshi.records.facts import decision_facts
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.queries import approved
from gongshi.store.sqlite import connect

FACTS = "检查时发现冷藏柜内存放超过保质期的酸牛奶四十二盒"
CONTENT = "没收过期酸牛奶并处罚款人民币捌仟陆佰元整"
NUMBER = "松市监罚〔2026〕900号"
SHOP = {"party_name": "宁江区例九乳品经销部", "party_type": "法人及非法人组织", "party_uscc": "92220702MA99NPCA3Y"}
TELLING = (FACTS, CONTENT, SHOP["party_name"], SHOP["party_uscc"], "8613.57", "例九乳品")
"""What told of the decision; its 文号 and id may stay in a notice."""
NOTICE_ENDS = ("changed", "revoked", "unlawful", "void", "redo")
SILENT_ENDS = ("ground", "sealed", "mistake", "credit_repair", "early_stop")
CONDITIONS = dict.fromkeys(("duties_performed", "harm_removed", "not_repeated", "not_listed"), "是")


@pytest.fixture
def everything_on(world: Any) -> Any:
    """A city that decided on every end of the closed set, and the day on which the early one may be asked for."""
    rules = [
        replace(r, enabled=True) if r.question.value in ("ending", "early_stop") else r for r in world.instance.rules
    ]
    world.instance = replace(world.instance, rules=RuleSet(tuple(rules)))
    return world


def public_world(world: Any, party: dict[str, str] = SHOP, **values: str) -> str:
    """Three decisions are public; the id of the one that the test ends."""
    other = world.decision(facts="未按规定公示食品经营许可证", content="警告", penalty_class="警告")
    ours = world.decision(parties=[{**party, "fine": "8613.57"}], number=NUMBER, facts=FACTS, content=CONTENT, **values)
    world.send(other, ours, world.decision("licence", item_name="食品经营许可"))
    world.publish()
    return next(one.id for one in approved(world.store) if one.decision.key == ours.key)


def only_notice(world: Any) -> PublicNotice:
    prepared = world.prepare()
    assert not prepared.refused
    (notice,) = prepared.notices
    return notice


def found(path: Path, word: str) -> bool:
    """Whether the index finds the word, or lists one of its pairs as one that any decision has."""
    db = connect(path)
    try:
        db.execute("CREATE VIRTUAL TABLE temp.listed USING fts5vocab('main', 'decisions_fts', 'row')")
        hit = db.execute(
            "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ?", (match_expression(word),)
        ).fetchone()
        own = [word[at : at + 2] for at in range(len(word) - 1)]
        listed = {row["term"] for row in db.execute("SELECT term FROM temp.listed")}
        return hit is not None or all(pair in listed for pair in own)
    finally:
        db.close()


def beside(path: Path) -> list[str]:
    return [file.name for file in path.parent.iterdir()]


@pytest.mark.article("S1.3", "D28")
@pytest.mark.parametrize("ending", [*NOTICE_ENDS, *SILENT_ENDS])
def test_each_end_takes_all_of_the_decision_and_leaves_what_the_table_says(
    ending: str, everything_on: Any, dump: Callable[[Path], Any], tmp_path: Path
) -> None:
    world = everything_on
    record = public_world(world)
    assert all(word.encode() in world.path.read_bytes() for word in (FACTS, SHOP["party_name"], "8613.57"))
    world.today = date(2027, 11, 26)  # late enough for an early stop
    world.publish()
    before = dump(world.path)
    world.end(record, ending, ground="主要事实涉密涉私", **CONDITIONS)
    assert world.publish() is not None, "changed in place"

    raw = world.path.read_bytes()
    assert not [word for word in TELLING if word.encode() in raw]
    assert not [word for word in (FACTS, CONTENT, SHOP["party_name"]) if found(world.path, word)]
    assert beside(world.path) == ["public.db"]
    after = dump(world.path)
    leaves = Leaves.NOTICE if ending in NOTICE_ENDS else Leaves.NOTHING
    assert [row[1] for row in after["notices"]] == ([record] if leaves is Leaves.NOTICE else [])
    assert (record.encode() in raw) is (NUMBER.encode() in raw) is (leaves is Leaves.NOTICE)
    assert [row for row in before["decisions"] if row[1] != record] == after["decisions"]
    unchanged = {"rules", "dictionary", "departments", "regions", "kinds"}
    assert {name: before[name] for name in unchanged} == {name: after[name] for name in unchanged}

    world.path = tmp_path / "fresh" / "public.db"
    world.publish()
    assert dump(world.path) == after


def test_all_ends_of_the_law_are_in_these_tests(everything_on: Any) -> None:
    record = public_world(everything_on)
    (one,) = approved(everything_on.store, [record])
    department = everything_on.instance.departments[one.decision.department]
    facts = decision_facts(one.decision, department, earlier=False, first_published_on=one.first_published_on)
    closed = endings(everything_on.instance.rules, facts, date(2027, 11, 26))
    assert {kind: ending.leaves for kind, ending in closed.items()} == {
        **dict.fromkeys(NOTICE_ENDS, Leaves.NOTICE),
        **dict.fromkeys(SILENT_ENDS, Leaves.NOTHING),
    }


def test_a_notice_tells_number_agency_days_and_reason(world: Any) -> None:
    record = public_world(world)
    (before,) = (row for row in world.prepare().rows if row.id == record)
    world.end(record, "revoked")
    notice = only_notice(world)
    assert set(notice.row) == set(NOTICE_COLUMNS)
    assert (notice.id, notice.sort) == (record, before.sort)
    told = {
        name: notice.row[name] for name in NOTICE_COLUMNS if name not in ("id", "sort", "digest", "rule", "article")
    }
    assert told == {
        "kind": "penalty",
        "department": before.row["department"],
        "department_name": "松原市市场监督管理局",
        "region": "220700",
        "document_number": NUMBER,
        "decided_on": "2026-11-10",
        "first_published_on": "2026-11-20",
        "withdrawn_on": "2026-11-20",
        "ending": "revoked",
        "ending_label": "撤销",
        "instrument_number": "松政复决字〔2026〕7号",
        "instrument_agency": "松原市人民政府",
        "instrument_date": "2026-11-12",
        "effective_on": "2026-11-13",
        "reason": "适用程序错误，依法予以纠正。",
        "notice_until": before.row["publish_until"],
        "in_sitemap": 1,
    }
    assert notice.row["rule"] == "P48-revoked"
    assert "第四十八条" in notice.row["article"]
    assert not [word for word in TELLING if any(word in text for text in notice.texts())]


def test_the_sitemap_names_it_for_thirty_days_and_it_goes_with_the_originals_time(world: Any) -> None:
    record = public_world(world)
    world.end(record)
    for today, in_sitemap in ((date(2026, 12, 20), 1), (date(2026, 12, 21), 0), (date(2031, 11, 20), 0)):
        world.today = today
        world.publish()
        assert only_notice(world).row["in_sitemap"] == in_sitemap
    world.today = date(2031, 11, 21)
    world.publish()
    assert not world.prepare().notices
    assert record.encode() not in world.path.read_bytes()


def test_what_is_suspended_leaves_nothing_until_the_second_person_says_why(world: Any) -> None:
    record = public_world(world)
    number = world.suspend(record)
    world.publish()
    raw = world.path.read_bytes()
    assert not [word for word in (record, NUMBER, *TELLING) if word.encode() in raw]
    assert (record, "suspended", ("suspended",)) in [tuple(stop) for stop in world.prepare().stops]
    world.today = date(2026, 11, 23)
    world.decline(number)
    world.publish()
    assert record.encode() in world.path.read_bytes()


def test_what_was_never_public_leaves_no_notice(world: Any) -> None:
    world.send(world.decision(number=NUMBER, secrecy_checked="0"))
    world.publish()
    (one,) = approved(world.store)
    world.end(one.id)
    prepared = world.prepare()
    assert (prepared.rows, prepared.notices, prepared.refused) == ([], [], [])
    assert prepared.stops == [(one.id, "withdrawn", ("revoked",))]


FORBIDDEN: dict[str, dict[str, Any]] = {
    "a ground of D18": {"withhold_ground": "危及安全稳定", "withhold_reason": "经研判"},
    "sealed by law": {"legal_basis": "《中华人民共和国治安管理处罚法》第四十三条"},
    "a minor": {"parties": [{"party_name": "高小宝", "party_type": "自然人", "party_adult_when_decided": "0"}]},
    "age unknown": {"parties": [{"party_name": "高小宝", "party_type": "自然人"}]},
    "secrecy": {"secrecy_checked": "0"},
}


@pytest.mark.article("D18")
@pytest.mark.parametrize("values", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_no_notice_of_what_the_law_forbids_as_it_is_known_now(values: dict[str, Any], world: Any) -> None:
    record = public_world(world)
    world.end(record)
    assert only_notice(world).id == record
    world.send(world.decision(number=NUMBER, facts=FACTS, content=CONTENT, **values))
    prepared = world.prepare()
    assert (prepared.notices, prepared.refused) == ([], [])
    assert [standing for one, standing, _ in prepared.stops if one == record] == ["withdrawn"]
    world.publish()
    assert not [word for word in (record, NUMBER) if word.encode() in world.path.read_bytes()]


ATTACKS = {
    "the party": ("reason", "宁江区例九乳品经销部反映的情况属实", "notice_party"),
    "the party, in short": ("reason", "例九乳品反映的情况属实", "notice_party"),
    "the party, wide and spaced": ("reason", "例 九 乳 品反映的情况属实", "notice_party"),
    "the party, a sign between its characters": ("reason", "例.九-乳·品反映的情况属实", "notice_party"),
    "the party, across a comma and a bracket": ("reason", "例九，乳（品）反映的情况属实", "notice_party"),
    "the party, in markup": ("reason", "例<b>九</b>&#20083;品反映的情况属实", "notice_party"),
    "the party, with signs that show as a blank": ("reason", "例\u3164九\u2800乳品反映的情况属实", "notice_party"),
    "the party as an agency": ("instrument_agency", "宁江区例九乳品经销部", "notice_party"),
    "the amount": ("reason", "多收的8613.57应予退还", "notice_amount"),
    "the amount as a number": ("instrument_number", "退8613.57", "notice_amount"),
    "another amount": ("reason", "应退还五百元", "notice_amount"),
    "an amount without its unit": ("reason", "罚一万五过重", "notice_amount"),
    "an amount in a trader's signs": ("reason", "罚50w过重", "notice_amount"),
    "an amount in thousands": ("reason", "罚五千过重", "notice_amount"),
    "the fact": ("reason", "冷藏柜内存放超过保质期的事实不清", "notice_content"),
    "the class": ("reason", "没收违法所得不当", "notice_class"),
    "a telephone": ("reason", "详询13912345678", "notice_number"),
    "a possible name": ("reason", "经办人王立新未回避", "notice_name"),
}


PERSON = {"party_name": "王军娜", "party_type": "自然人", "party_adult_when_decided": "1"}
CALLED = ("军娜不服", "军.娜不服", "王某某不服", "王某不服", "王××不服", "王女士不服", "王姓当事人不服", "王（某）不服")
NOT_CALLED = ("当事人不服", "程序错误", "该决定适用法律错误", "复议机关认为事实不清", "国王路案件程序错误")


@pytest.mark.article("D28")
@pytest.mark.parametrize("reason", CALLED)
def test_a_person_is_not_called_by_the_given_name_or_by_somebody(reason: str, world: Any) -> None:
    record = public_world(world, PERSON)
    with pytest.raises(NoticeRepeats, match="当事人"):
        world.end(record, reason=reason)
    smuggled(world, record, {"reason": reason})
    prepared = world.prepare()
    assert prepared.notices == []
    assert "notice_party" in {one.check for one in prepared.refused}


@pytest.mark.parametrize("reason", NOT_CALLED)
def test_ordinary_words_call_nobody(reason: str, world: Any) -> None:
    record = public_world(world, PERSON)
    smuggled(world, record, {"reason": reason})
    assert only_notice(world).row["reason"] == reason


def smuggled(world: Any, record: str, fields: dict[str, str]) -> None:
    """An end with words that no entry would let through, straight into the journal."""
    (one,) = approved(world.store, [record])
    decision = one.decision
    proposed = {
        "act": "withdraw",
        "ending": "revoked",
        "fields": fields,
        "reason": "x",
        "on": "2026-11-20",
        "source": "",
    }
    draft = Draft("周示礼", decision.department, "", decision.kind, record, Operation.PROPOSE, proposed)
    with world.store.write() as db:
        world.store.append([draft], world.now)
        number = db.execute("SELECT max(seq) FROM acts").fetchone()[0]
    confirmed = {"of": number, "opinion": "同意", "on": "2026-11-20", "ending": "", "fields": {}}
    with world.store.write():
        world.store.append([draft._replace(operation=Operation.CONFIRM, actor="郑示正", payload=confirmed)], world.now)


@pytest.mark.parametrize("field, text, check", ATTACKS.values(), ids=ATTACKS.keys())
def test_a_notice_that_tells_stays_out_and_its_decision_is_down_all_the_same(
    field: str, text: str, check: str, world: Any
) -> None:
    record = public_world(world, penalty_class="罚款、没收违法所得")
    smuggled(world, record, {"reason": "程序错误", field: text})
    prepared = world.prepare()
    assert prepared.notices == []
    assert check in {one.check for one in prepared.refused}
    assert not any(text in one.message for one in prepared.refused)
    assert [stop for stop in prepared.stops if stop[0] == record] == [(record, "withdrawn", ("revoked",))]
    world.publish()
    raw = world.path.read_bytes()
    assert not [word for word in (record, NUMBER, *TELLING) if word.encode() in raw]


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a column too many": ({"party": "x"}, "notice_white_list"),
    "an address of another form": ({"id": "../x"}, "notice_address"),
    "no place": ({"sort": 0}, "notice_place"),
    "a department that nobody knows": ({"department": "x"}, "notice_department"),
    "an end that leaves nothing": ({"ending": "mistake"}, "notice_ending"),
    "a day that is none": ({"effective_on": "明天"}, "notice_days"),
    "withdrawn tomorrow": ({"withdrawn_on": "2026-11-21"}, "notice_days"),
    "its time is over": ({"notice_until": "2026-11-19"}, "notice_days"),
    "no reason": ({"reason": " "}, "notice_reason"),
    "an identity number for its number": ({"document_number": "220702198001011234"}, "notice_document"),
}


@pytest.mark.parametrize("values, check", BROKEN.values(), ids=BROKEN.keys())
def test_each_check_of_the_notices_gate_refuses(
    values: dict[str, Any], check: str, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongshi.publish.notices import making as notices

    record = public_world(world)
    world.end(record)
    real = notices.seal_notice
    monkeypatch.setattr(notices, "seal_notice", lambda row: real({**row, **values}))
    prepared = world.prepare()
    assert prepared.notices == []
    assert [one.check for one in prepared.refused] == [check]


@pytest.mark.article("D28")
def test_restored_it_is_what_it_was_at_its_old_place(world: Any) -> None:
    record = public_world(world)
    (before,) = (row for row in world.prepare().rows if row.id == record)
    world.end(record)
    world.publish()
    world.today = date(2026, 12, 1)
    world.restore(record)
    assert world.publish() is not None
    prepared = world.prepare()
    (after,) = (row for row in prepared.rows if row.id == record)
    assert prepared.notices == []
    kept = ("id", "sort", "first_published_on", "publish_until", "title", "document_number", "facts")
    assert {name: after.row[name] for name in kept} == {name: before.row[name] for name in kept}
    assert [event["event"] for event in orjson.loads(after.row["history"])] == ["publish", "restore"]
    assert found(world.path, FACTS)


COMEBACKS: dict[str, Callable[[Any, str], None]] = {
    "the old file is sent again": lambda world, _: None,
    "a newer version is approved": lambda world, _: world.send(
        world.decision(parties=[{**SHOP, "fine": "8613.57"}], number=NUMBER, facts=f"{FACTS}，已整改", content=CONTENT)
    ),
    "public.db is an older copy": lambda world, copy: shutil.copy(copy, world.path) and None,
}


@pytest.mark.parametrize("come_back", COMEBACKS.values(), ids=COMEBACKS.keys())
def test_what_was_withdrawn_does_not_come_back(
    come_back: Callable[[Any, str], None], world: Any, tmp_path: Path
) -> None:
    record = public_world(world)
    copy = shutil.copy(world.path, tmp_path / "copy.db")
    world.end(record)
    world.publish()
    come_back(world, str(copy))
    world.publish()
    raw = world.path.read_bytes()
    assert not [word for word in TELLING if word.encode() in raw]
    assert only_notice(world).id == record


def test_what_only_the_ledger_knows_to_be_down_stays_down(world: Any) -> None:
    record = public_world(world)
    world.ledger = {record: "withdrawn"}
    prepared = world.prepare()
    assert [row.id for row in prepared.rows if row.id == record] == []
    assert prepared.notices == []
    assert (record, "withdrawn", ("ledger",)) in [tuple(stop) for stop in prepared.stops]
    world.publish()
    assert record.encode() not in world.path.read_bytes()
    world.ledger = {}
    assert record not in {row.id for row in world.prepare().rows}, "the store knows it now"


def test_the_same_withdrawal_is_journaled_once(world: Any) -> None:
    record = public_world(world)
    world.end(record)
    world.publish()
    entries = world.store.db.execute("SELECT count(*) FROM journal").fetchone()[0]
    prepared = world.prepare()
    recorded = record_publication(world.store, prepared.published, prepared.stops, world.today, world.now)
    assert recorded.stopped == ()
    assert world.store.db.execute("SELECT count(*) FROM journal").fetchone()[0] == entries
