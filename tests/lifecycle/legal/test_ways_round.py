"""Ways round the gate that somebody could try: each is closed, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from gongshi.instance import Instance
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.cases.errors import AccessRefused
from gongshi.lifecycle.cases.majors import RECOGNISE, answer_lower, propose_lower, raise_trigger
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.legal.decide import decide
from gongshi.lifecycle.legal.errors import (
    DecisionRefused,
    NotYourStep,
    NumberUnusable,
    ReviewerUnqualified,
    ReviewStepRefused,
)
from gongshi.store import Store, verify
from gongshi.store.cases import case_of_decision, case_row, entered
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import (
    ASPECTS,
    CASE,
    HANDLER,
    HEAD,
    REVIEWER,
    SECOND,
    D,
    begin,
    case_said,
    instance,
    line_said,
    people,
    take,
    write,
)

START = datetime.fromisoformat("2026-03-03T09:00+08:00")
LATER = START + timedelta(hours=2)
NUMBER = "松市监罚〔2026〕1号"
OTHER_CASE = "e" * 16
AGREED = [(Event.SUBMIT, HANDLER), (Event.RECEIVE, REVIEWER), (Event.OPINE, REVIEWER)]


@pytest.fixture(scope="module")
def city() -> Instance:
    return instance()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        yield opened


def go(store: Store, city: Instance, *taken: tuple[Event, str]) -> None:
    for minute, (event, by) in enumerate(taken, start=1):
        take(store, city, event, by, START + timedelta(minutes=minute))


def edited(**values: str) -> tuple[Operation, dict[str, Any]]:
    """The same draft with other values."""
    said = case_said()
    return Operation.CASE, {**said, "values": {**said["values"], **values}}


MEETINGS = [
    ({"participants": "张三、李四"}, "没有登记为本部门的负责人"),
    ({"participants": "刘示长、刘 示长"}, "至少有 2 名"),
    ({"participants": "刘示长,劉示長"}, "没有登记|至少有 2 名"),
    ({"minutes_line": "8"}, "没有序号为“8”的集体讨论记录"),
    ({"minutes_line": "1"}, "没有序号为“1”的集体讨论记录"),
]


@pytest.mark.article("L13")
@pytest.mark.parametrize(("said", "told"), MEETINGS)
def test_a_meeting_is_one_of_registered_heads_with_minutes(
    store: Store, city: Instance, said: dict[str, str], told: str
) -> None:
    begin(store, START)
    go(store, city, *AGREED)
    with pytest.raises(ReviewStepRefused, match=told):
        take(store, city, Event.DISCUSS, HEAD, LATER, **said)


@pytest.mark.article("L13")
def test_minutes_from_before_the_opinion_and_the_citys_own_least_number(store: Store, city: Instance) -> None:
    begin(store, START)
    early = line_said("8", "discussion_record")
    early["shown"]["at"] = "2026-03-02"
    write(store, START, (Operation.CASE_RECORD, early))
    go(store, city, *AGREED)
    with pytest.raises(ReviewStepRefused, match="早于法制审核意见"):
        take(store, city, Event.DISCUSS, HEAD, LATER, minutes_line="8")
    offices = {**city.roles.offices, D: replace(city.roles.of(D), least_heads=3)}
    strict = replace(city, roles=replace(city.roles, offices=offices))
    with pytest.raises(ReviewStepRefused, match="至少有 3 名"):
        take(store, strict, Event.DISCUSS, HEAD, LATER)


@pytest.mark.article("L13")
def test_a_head_who_handles_the_case_is_none_in_it(store: Store, city: Instance) -> None:
    begin(store, START)
    write(store, START, edited(handlers=people(HANDLER, SECOND)))
    go(store, city, *AGREED)
    with pytest.raises(ReviewStepRefused, match="承办人和重复的不计算在内"):
        take(store, city, Event.DISCUSS, HEAD, LATER)


SUBSTANCES = [
    ({"facts": "货值1.5万元"}, {"facts": "货值15万元"}, "事实"),
    ({"legal_basis": "第十、二条"}, {"legal_basis": "第十二条"}, "依据"),
    ({"penalty_class": "罚款"}, {"penalty_class": "吊销许可证件"}, "处罚种类"),
    ({"penalty_class": ""}, {"penalty_class": "吊销许可证件"}, "处罚种类"),
    ({"kind": "处罚"}, {"kind": "许可"}, "执法类别"),
    ({"facts": "货值1,500元，过期 3 天。"}, {"facts": "货值１５００元过期3天"}, ""),
]


@pytest.mark.article("L5")
@pytest.mark.parametrize(("reviewed", "decided", "told"), SUBSTANCES)
def test_what_changes_the_sense_is_another_draft(
    store: Store, city: Instance, reviewed: dict[str, str], decided: dict[str, str], told: str
) -> None:
    begin(store, START)
    write(store, START, edited(**reviewed))
    go(store, city, *AGREED, (Event.DISCUSS, HEAD))
    write(store, LATER, edited(**decided))
    if not told:
        assert decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)
        return
    with pytest.raises(DecisionRefused, match=told):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)


@pytest.mark.article("L3", "L4")
def test_a_case_is_what_the_law_sees_on_the_day_of_the_decision(store: Store, city: Instance) -> None:
    """A date that was claimed when it was sent in kept the rules away; they are asked again, and the case goes on."""
    begin(store, START, major=False)
    heard = {**edited(hearing="已举行")[1], "triggers": [], "major": False}
    write(store, START, (Operation.CASE, heard), (Operation.CASE_RECORD, line_said("5", "hearing_record")))
    for at in (None, LATER - timedelta(minutes=1)):
        with pytest.raises(DecisionRefused, match="未经法制审核"):
            decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER, at=at)
    assert not entered(store, CASE, Operation.MAJOR)
    take(store, city, Event.SUBMIT, HANDLER, LATER, materials="1=有;2=有\n3＝有；4=有；5=有；6=na：没有")
    row = case_row(store, CASE)
    assert row
    assert (row.major, row.review) == (True, "submitted")
    assert "L3-3" in row.triggers
    assert [one.payload["act"] for one in entered(store, CASE, Operation.MAJOR) if one.payload] == [RECOGNISE]
    take(store, city, Event.RECEIVE, REVIEWER, LATER)
    assert len(entered(store, CASE, Operation.MAJOR)) == 1
    assert verify(store).ok


@pytest.mark.article("L3")
@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"hearing": "未涉及"}, "hearing_record"),
        ({"procedure": "简易程序", "hearing": "已举行", "proposed_fine": "90000"}, "inquiry"),
    ],
    ids=["a hearing that only its record tells of", "a summary procedure beyond what the law allows"],
)
def test_what_a_draft_calls_itself_takes_nothing_away(
    store: Store, city: Instance, values: dict[str, str], what: str
) -> None:
    begin(store, START, major=False)
    said = {**edited(**values)[1], "triggers": [], "major": False}
    write(store, START, (Operation.CASE, said), (Operation.CASE_RECORD, line_said("5", what)))
    with pytest.raises(DecisionRefused, match="未经法制审核"):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER)


@pytest.mark.article("L4")
@pytest.mark.parametrize(
    ("at", "told"), [("2019-12-31T09:00+08:00", "早于本案在系统中登记"), ("2027-01-01T09:00+08:00", "将来")]
)
def test_a_decision_is_made_neither_before_its_case_nor_after_now(
    store: Store, city: Instance, at: str, told: str
) -> None:
    begin(store, START, major=False)
    with pytest.raises(DecisionRefused, match=told):
        decide(store, city, CASE, number=NUMBER, by=HEAD, now=LATER, at=datetime.fromisoformat(at))


@pytest.mark.article("L4")
def test_a_number_is_the_decision_of_one_case(store: Store, city: Instance) -> None:
    key = f"{D}/penalty/松市监罚〔2026〕1"
    claimed = {"claimed_key": key, "claimed_at": "2026-03-03"}
    major, small = case_said(), {**case_said(major=False), "key": f"{D}/2"}
    write(store, START, (Operation.CASE, {**major, "shown": {**major["shown"], **claimed}}))
    write(store, START, (Operation.CASE, small), case=OTHER_CASE)
    for number in (NUMBER, "松市监罚[2026]1", " "):
        with pytest.raises(NumberUnusable):
            decide(store, city, OTHER_CASE, number=number, by=HEAD, now=LATER)
    third = {**small, "key": f"{D}/3", "shown": {**small["shown"], **claimed}}
    write(store, START, (Operation.CASE, third), case="f" * 16)
    answers = case_of_decision(store, key)
    assert answers
    assert answers.id == CASE  # whoever else claims it: the case that needs review answers


def _ended(city: Instance, on: date) -> Instance:
    reviewers = tuple(replace(one, until=on) if one.name == REVIEWER else one for one in city.roles.reviewers)
    return replace(city, roles=replace(city.roles, reviewers=reviewers))


@pytest.mark.article("S3.1", "R33")
def test_whose_registration_has_ended_reviews_reads_and_lowers_no_more(store: Store, city: Instance) -> None:
    begin(store, START)
    go(store, city, *AGREED[:2])
    ended, next_day = _ended(city, START.date()), START + timedelta(days=1)
    with pytest.raises(ReviewerUnqualified, match="不在有效期内"):
        take(store, ended, Event.OPINE, REVIEWER, next_day, aspects=ASPECTS)
    raise_trigger(store, ended, CASE, "L3-1", by=HANDLER, reason="影响大", now=LATER)
    for attempt, error in (
        (lambda: propose_lower(store, ended, CASE, "L3-1", by=REVIEWER, reason="x", now=next_day), NotYourStep),
        (lambda: admit(store, ended, CASE, Act.SHOW, by=REVIEWER, why="x", now=next_day), AccessRefused),
    ):
        with pytest.raises(error):
            attempt()
    assert admit(store, ended, CASE, Act.SHOW, by=REVIEWER, why="x", now=LATER)


@pytest.mark.article("L3", "S3.2")
def test_nobody_who_took_part_lowers_and_no_handler_approves_it(store: Store, city: Instance) -> None:
    begin(store, START, major=False)
    raise_trigger(store, city, CASE, "L3-1", by=HANDLER, reason="影响大", now=START)
    write(store, START, (Operation.CASE_RECORD, line_said("8", "approval.start", approver=REVIEWER)))

    def propose(by: str) -> object:
        return propose_lower(store, city, CASE, "L3-1", by=by, reason="x", now=LATER)

    with pytest.raises(ReviewerUnqualified, match="参与过本案"):
        propose(REVIEWER)
    propose("杨示核")
    write(store, LATER, (Operation.CASE, {**edited(handlers=people(HANDLER, HEAD))[1], "triggers": []}))
    with pytest.raises(LifecycleError, match="承办人不能同时是负责人"):
        answer_lower(store, city, CASE, approve=True, by="刘 示 长", reason="x", now=LATER)
    assert not answer_lower(store, city, CASE, approve=True, by=SECOND, reason="x", now=LATER).major


@pytest.mark.article("L15")
def test_a_reviewer_is_the_same_one_however_the_name_is_written(store: Store, city: Instance) -> None:
    begin(store, START)
    go(store, city, *AGREED[:2])
    assert take(store, city, Event.OPINE, "郑 示法", LATER).state == "agreed"


@pytest.mark.article("S3.1")
@pytest.mark.parametrize("participant", ["郑示法", "鄭示法", "郑 示 法", "郑某（吉F示例００１）"])
def test_who_took_part_is_known_by_name_in_any_spelling_or_by_certificate(
    store: Store, city: Instance, participant: str
) -> None:
    name, _, certificate = participant.rstrip("）").partition("（")
    line = line_said("8", "inspection_record")
    line["values"]["officers"] = orjson.dumps([{"name": name, "certificate": certificate}]).decode()
    begin(store, START)
    write(store, START, (Operation.CASE_RECORD, line))
    go(store, city, *AGREED[:1])
    with pytest.raises(ReviewerUnqualified, match="参与过本案"):
        take(store, city, Event.RECEIVE, REVIEWER, LATER)


@pytest.mark.article("L6")
@pytest.mark.parametrize("items", ["9", "4,5", "4、"])
def test_materials_that_nobody_knows_are_not_asked_for(store: Store, city: Instance, items: str) -> None:
    begin(store, START)
    go(store, city, *AGREED[:2])
    with pytest.raises(ReviewStepRefused, match="只有第1、2、3、4、5、6项"):
        take(store, city, Event.REQUEST_MATERIALS, REVIEWER, LATER, items=items)
    assert take(store, city, Event.REQUEST_MATERIALS, REVIEWER, LATER, items="4、5")
