"""What a page says of its own past: days, events and labels, never an old value (D27, D31)."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.store.queries import approved

NUMBER = "松市监罚〔2026〕77号"
FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 24)


def events(public: PublicDecision) -> list[tuple[str, str, list[str]]]:
    return [(one["on"], one["event"], one["fields"]) for one in orjson.loads(public.row["history"])]


def shown(world: Any) -> PublicDecision:
    prepared = world.prepare()
    assert not prepared.refused
    (public,) = [row for row in prepared.rows if row.row["document_number"] == NUMBER]
    return public


def again(world: Any, before: dict[str, Any], after: dict[str, Any], **choices: Any) -> PublicDecision:
    """The decision as it is shown after a second version was approved and published, checked to be the same
    before and after the journal knows of it."""
    world.send(world.decision(number=NUMBER, **before))
    world.publish()
    world.today = SECOND
    world.send(world.decision(number=NUMBER, **after), **choices)
    fresh = shown(world)
    world.publish()
    assert shown(world) == fresh
    world.today = date(2026, 12, 8)
    assert events(shown(world)) == events(fresh)
    return fresh


def test_a_first_publication_is_all_there_is(world: Any) -> None:
    world.send(world.decision(number=NUMBER))
    assert events(shown(world)) == [("2026-11-20", "publish", [])]
    world.publish()
    assert events(shown(world)) == [("2026-11-20", "publish", [])]


@pytest.mark.article("D31")
def test_a_correction_names_the_fields_and_no_old_value(world: Any) -> None:
    public = again(world, {"facts": "未公示食品经营许可证"}, {"facts": "未公示小餐饮登记证", "served_on": "2026-11-12"})
    assert events(public)[1:] == [("2026-11-24", "correct", ["违法事实", "送达日期"])]
    assert not any("食品经营许可证" in text for text in (public.row["history"], public.row["facts"]))


@pytest.mark.article("D27")
def test_a_change_of_the_decision_itself_is_no_correction(world: Any) -> None:
    public = again(world, {}, {"content": "罚款人民币3000元。", "changed_on": "2026-11-23"})
    assert events(public)[1:] == [("2026-11-24", "change", ["处罚内容", "变更日期"])]


SAYS_NOTHING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "an internal field": ({"remarks": "甲"}, {"remarks": "乙"}),
    "a name that is masked the same": (
        {"parties": [{"party_name": "张建国", "party_type": "自然人", "party_document_number": "220702198001011234"}]},
        {
            "parties": [
                {
                    "party_name": "张建军",
                    "party_type": "自然人",
                    "party_document_number": "220702198001011234",
                    "replaces_party": "张建国",
                }
            ]
        },
    ),
}


@pytest.mark.parametrize("before, after", SAYS_NOTHING.values(), ids=SAYS_NOTHING.keys())
def test_what_the_public_cannot_see_is_no_event(before: dict[str, Any], after: dict[str, Any], world: Any) -> None:
    assert [event for _, event, _ in events(again(world, before, after))] == ["publish"]


def test_nothing_tells_of_a_party_whose_time_is_over(world: Any, parties: Any) -> None:
    person = {**parties["person"], "fine": "500"}
    both = {"parties": [parties["company"], person]}
    public = again(world, both, {"parties": [parties["company"], {**person, "fine": "300"}]})
    assert events(public)[1:] == [("2026-11-24", "correct", ["罚款金额"])]
    world.today = date(2029, 1, 10)
    later = shown(world)
    assert len(later.parties) == 1
    assert events(later) == [("2026-11-20", "publish", [])]


def test_nothing_tells_of_a_text_that_waits_for_its_reviewer(world: Any) -> None:
    public = again(world, {}, {"facts": "经查实，王立新未按规定公示食品经营许可证。", "served_on": "2026-11-12"})
    assert orjson.loads(public.row["held_fields"]) == ["facts"]
    assert events(public)[1:] == [("2026-11-24", "correct", ["送达日期"])]


def test_several_steps_stand_in_their_order(world: Any) -> None:
    again(world, {"facts": "甲类未公示许可证"}, {"facts": "乙类未公示许可证"})
    world.today = date(2026, 12, 9)
    world.send(world.decision(number=NUMBER, facts="乙类未公示许可证", content="警告一次", changed_on="2026-12-08"))
    world.publish()
    (one,) = approved(world.store)
    world.end(one.id)
    world.publish()
    world.today = date(2026, 12, 20)
    world.restore(one.id)
    before = shown(world)
    world.publish()
    assert shown(world) == before
    assert events(before) == [
        ("2026-11-20", "publish", []),
        ("2026-11-24", "correct", ["违法事实"]),
        ("2026-12-09", "change", ["处罚内容", "变更日期"]),
        ("2026-12-20", "restore", []),
    ]


def test_an_earlier_platforms_first_day_is_the_first(world: Any) -> None:
    sent = world.decision(number=NUMBER, earlier_published_on="2026-11-12", decided_on="2026-11-02")
    world.send(sent, earlier=True, evidence="存档")
    assert events(shown(world)) == [("2026-11-12", "publish", [])]


@pytest.mark.article("D27")
def test_a_licence_that_ran_out_was_brought_up_to_date_not_corrected(world: Any) -> None:
    valid, over = ({"kind": "licence", "licence_state": state} for state in ("有效", "注销"))
    public = again(world, valid, over)
    assert events(public)[1:] == [("2026-11-24", "change", ["当前状态"])]
    assert not public.row["corrected"]
    assert public.row["in_force"] == 0


def test_a_licence_whose_end_is_over_is_no_longer_in_force_and_that_is_no_news(world: Any) -> None:
    """有效期至 is its last day; the page says another state without having been changed."""
    world.send(world.decision("licence", number=NUMBER, licence_state="有效", valid_until="2026-12-20"))
    world.publish()
    world.today = date(2026, 12, 20)
    last = shown(world)
    world.today = date(2026, 12, 21)
    over = shown(world)
    assert (last.row["in_force"], over.row["in_force"]) == (1, 0)
    assert events(over) == events(last)
    assert over.row["updated_on"] == last.row["updated_on"]
    assert over.digest != last.digest
