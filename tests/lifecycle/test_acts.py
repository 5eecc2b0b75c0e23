"""Withdraw, suspend, restore: two persons, what each end asks for, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from gongshi.law.endings import EndingNotAllowed
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet
from gongshi.lifecycle import Recorded, State, state_of
from gongshi.lifecycle.errors import (
    ActWaiting,
    AlreadyAnswered,
    EndingFieldsWrong,
    EndingNeeded,
    NoticeRepeats,
    OpinionNeeded,
    ReasonNeeded,
    RestoreForbidden,
    ReviewerUnknown,
    SamePerson,
    SubmitterUnknown,
    TransitionRefused,
    UnknownAct,
)
from gongshi.publish.preparing.prepare import prepare
from gongshi.store import Approved, Store, approved, head, latest, verify
from gongshi.store.turns import turns

DAY = date(2026, 3, 3)


def only(store: Store) -> Approved:
    (item,) = approved(store)
    return item


def state(store: Store) -> State:
    (pending,) = latest(store)
    return state_of(pending)


def test_an_emergency_overtakes_a_withdrawal_that_waits(public, acts, store) -> None:
    record = public()
    waiting = acts.withdraw(record)
    act = acts.suspend(record)
    assert (act.state, act.ending) == (State.SUSPENDED, waiting.ending)
    with pytest.raises(AlreadyAnswered):
        acts.confirm(waiting.number)
    assert acts.confirm(act.number).state is State.WITHDRAWN
    assert only(store).ended.ending == "revoked"
    assert verify(store).ok


@pytest.mark.article("D28")
def test_a_withdrawal_takes_effect_with_the_second_person(public, acts, rebuild, store) -> None:
    act = acts.withdraw(public())
    assert (state(store), only(store).ended, rebuild().stopped) == (State.PUBLIC, None, ())
    assert acts.confirm(act.number).state is State.WITHDRAWN
    item = only(store)
    assert item.ended is not None
    assert (item.ended.ending, item.ended.on, dict(item.ended.fields)) == ("revoked", date(2026, 3, 2), acts.revoked)
    assert (item.standing, item.stays_down) == ("withdrawn", "withdrawn")
    assert rebuild() == Recorded(published=(), corrected=(), restored=(), stopped=(), refused={})
    assert verify(store).ok


def test_what_is_suspended_is_down_at_once_and_ended_on_that_day(public, acts, rebuild, store) -> None:
    record = public()
    act = acts.suspend(record)
    assert (state(store), only(store).suspended, only(store).ended) == (State.SUSPENDED, True, None)
    assert rebuild().published == ()
    with pytest.raises(EndingNeeded, match="撤销"):
        acts.confirm(act.number)
    later = {"today": date(2026, 3, 4)}
    acts.confirm(act.number, ending="revoked", fields=acts.revoked, **later)
    item = only(store)
    assert item.ended is not None
    assert (item.ended.on, item.suspended, state(store)) == (date(2026, 3, 2), False, State.WITHDRAWN)
    assert verify(store).ok


def test_a_suspension_may_name_its_end_at_once_and_nobody_changes_it_later(public, acts, store) -> None:
    act = acts.suspend(public(), ending="误公示", fields={"note": "重复报送"} | {"reason": "重复公示"})
    with pytest.raises(AlreadyAnswered, match="不能更改"):
        acts.confirm(act.number, ending="revoked", fields=acts.revoked)
    acts.confirm(act.number)
    assert only(store).ended.ending == "mistake"


def test_a_declined_suspension_comes_back_with_the_next_rebuild(public, acts, rebuild, store) -> None:
    record = public()
    act = acts.suspend(record)
    rebuild()
    with pytest.raises(OpinionNeeded):
        acts.decline(act.number, opinion=" ")
    assert acts.decline(act.number).state is State.SCHEDULED
    assert rebuild(date(2026, 3, 5)).restored == (record,)
    item = only(store)
    assert (state(store), item.suspended, item.stays_down) == (State.RESTORED, False, "")
    assert (item.first_published_on, item.last_published_on) == (DAY, date(2026, 3, 5))
    assert [(one.on, one.manner) for one in item.history] == [(DAY, "publish"), (date(2026, 3, 5), "restore")]
    assert verify(store).ok


def test_a_declined_withdrawal_changes_nothing_and_may_be_proposed_again(public, acts, store) -> None:
    record = public()
    first = acts.withdraw(record)
    assert acts.decline(first.number).state is State.PUBLIC
    again = acts.withdraw(record)
    assert (again.changed, again.number > first.number) == (True, True)
    assert verify(store).ok


@pytest.mark.article("D28")
def test_only_a_restore_brings_back_what_was_withdrawn_and_the_first_day_stays(  # noqa: PLR0917
    public, acts, rebuild, store, send, judge_batch, decision
) -> None:
    record = public()
    sort = only(store).sort
    acts.confirm(acts.withdraw(record).number)
    judge_batch(send(decision(1, content="重新报送的内容")))
    rebuild(date(2026, 3, 9))
    assert (state(store), only(store).standing) == (State.WITHDRAWN, "withdrawn")
    act = acts.restore(record)
    rebuild(date(2026, 3, 9))
    assert state(store) is State.WITHDRAWN
    assert acts.confirm(act.number).state is State.SCHEDULED
    assert rebuild(date(2026, 3, 10)).restored == (record,)
    item = only(store)
    assert (item.ended, item.stays_down, item.sort, item.first_published_on) == (None, "", sort, DAY)
    assert verify(store).ok


FORBIDDEN = {
    "a ground": ({"withhold_ground": "危及安全稳定", "withhold_reason": "理由"}, "第十八条"),
    "sealed": ({"legal_basis": "《中华人民共和国治安管理处罚法》第二十六条"}, "治安管理处罚法"),
    "expired": ({"publish_until": "2026-03-04"}, "公示期已满"),
}


@pytest.mark.article("D18")
@pytest.mark.parametrize("case", FORBIDDEN)
def test_a_restore_is_refused_while_the_law_forbids_and_says_why(  # noqa: PLR0917
    case, public, acts, rebuild, store, send, judge_batch, decision
) -> None:
    values, why = FORBIDDEN[case]
    record = public()
    judge_batch(send(decision(1, **values)))
    rebuild(date(2026, 3, 5))
    later = {"today": date(2026, 3, 6)}
    with pytest.raises(RestoreForbidden, match=why):
        acts.restore(record, **later)
    judge_batch(send(decision(1), raw=b"sent again without it"))
    rebuild(date(2026, 3, 6))
    act = acts.restore(record, **later)
    judge_batch(send(decision(1, **values), raw=b"and with it again"))
    with pytest.raises(RestoreForbidden, match=why):
        acts.confirm(act.number, **later)


def test_nobody_confirms_alone_and_only_those_registered_act(public, acts) -> None:
    record = public()
    for stranger in ("孙审核", "路人", " "):
        with pytest.raises(SubmitterUnknown):
            acts.withdraw(record, by=stranger)
    act = acts.withdraw(record, by="钱 兼任")
    for person, error in (("钱兼任", SamePerson), ("赵提交", ReviewerUnknown), ("路人", ReviewerUnknown)):
        for answer in (acts.confirm, acts.decline):
            with pytest.raises(error):
                answer(act.number, by=person)
    with pytest.raises(UnknownAct):
        acts.confirm(act.number + 1)
    assert acts.confirm(act.number).changed


def test_a_reviewer_may_suspend_but_another_one_confirms(public, acts) -> None:
    act = acts.suspend(public(), by="孙审核")
    assert act.reviewers == ("钱兼任",)
    with pytest.raises(SamePerson):
        acts.decline(act.number, by="孙审核")
    assert acts.decline(act.number, by="钱兼任").state is State.SCHEDULED


def test_doing_a_thing_twice_changes_nothing(public, acts, store, rebuild) -> None:
    record = public()

    def twice(act: Callable[[], Any]) -> int:
        done = act()
        before = head(store)
        again = act()
        assert (done.changed, again.changed, again.number, head(store)) == (True, False, done.number, before)
        return int(done.number)

    number = twice(partial(acts.suspend, record))
    twice(partial(acts.decline, number))
    rebuild()
    number = twice(partial(acts.withdraw, record))
    twice(partial(acts.confirm, number))
    assert not acts.withdraw(record).changed
    with pytest.raises(AlreadyAnswered, match="已确认"):
        acts.decline(number)
    number = twice(partial(acts.restore, record))
    twice(partial(acts.confirm, number))
    assert not acts.restore(record).changed


def test_one_act_waits_at_a_time(public, acts) -> None:
    record = public()
    waiting = acts.suspend(record)
    with pytest.raises(ActWaiting, match=f"confirm {waiting.number}"):
        acts.withdraw(record)
    with pytest.raises(ActWaiting):
        acts.restore(record)


@pytest.mark.article("D28")
@pytest.mark.parametrize(
    "missing", ["instrument_number", "instrument_agency", "instrument_date", "effective_on", "reason"]
)
def test_what_an_end_asks_for_must_be_there(missing: str, public, acts) -> None:
    fields = {name: value for name, value in acts.revoked.items() if name != missing}
    with pytest.raises(EndingFieldsWrong, match=missing):
        acts.withdraw(public(), fields=fields)


UNWRITABLE = {
    "turned around": ("reason", "原决定\u202e程序违法"),
    "a command to a terminal": ("instrument_number", "松政复决\x1b[31m〔2026〕3号"),
    "nothing to see": ("instrument_agency", "松原市\u200b人民政府"),
    "a number as long as a page": ("instrument_number", "松政复决〔2026〕3号" * 20),
    "an agency as long as a page": ("instrument_agency", "松原市人民政府" * 40),
    "a reason as long as a book": ("reason", "程序违法，" * 1000),
}


@pytest.mark.parametrize("field, text", UNWRITABLE.values(), ids=UNWRITABLE.keys())
def test_what_a_notice_shows_can_be_read_whole(field: str, text: str, public, acts) -> None:
    with pytest.raises(EndingFieldsWrong, match=field):
        acts.withdraw(public(), fields={**acts.revoked, field: text})


@pytest.mark.parametrize(
    "reason",
    [
        "松原示例公司的处罚被撤销",
        "原决定认定未取得营业执照从事经营活动，事实不清",
        "原罚款决定被撤销",
        "多收的5000元已退还",
        "联系电话13900000000",
        "由张建国申请复议后撤销",
    ],
)
def test_a_public_reason_tells_nothing_of_the_decision(reason: str, public, acts) -> None:
    record = public(facts="未取得营业执照从事经营活动")
    with pytest.raises(NoticeRepeats) as caught:
        acts.withdraw(record, fields={**acts.revoked, "reason": reason})
    assert not any(value in str(caught.value) for value in ("松原示例", "5000", "13900000000", "张建国"))


@pytest.mark.parametrize("ending", ["没有这种", "early_stop", "提前停止公示"])
def test_an_end_that_is_not_open_says_which_are(ending: str, public, acts) -> None:
    with pytest.raises(EndingNotAllowed, match="撤销（revoked）"):
        acts.withdraw(public(), ending=ending)


def test_every_act_gives_its_reason(public, acts) -> None:
    record = public()
    for act in (acts.suspend, acts.restore):
        with pytest.raises(ReasonNeeded):
            act(record, reason=" ")


def test_what_never_was_public_can_be_ended_and_needs_a_restore_all_the_same(  # noqa: PLR0917
    send, judge_batch, decision, acts, rebuild, store
) -> None:
    receipt = send(decision(1))
    record = receipt.entries[0].id
    with pytest.raises(TransitionRefused, match="待审核"):
        acts.withdraw(record)
    judge_batch(receipt)
    acts.confirm(acts.withdraw(record).number)
    assert rebuild().published == ()
    assert (state(store), only(store).stays_down) == (State.WITHDRAWN, "")
    acts.confirm(acts.restore(record).number)
    assert rebuild().published == (record,)


def test_what_nobody_took_down_is_not_restored(  # noqa: PLR0917
    public, acts, send, judge_batch, decision, rebuild
) -> None:
    with pytest.raises(TransitionRefused, match="已公示"):
        acts.restore(public())
    receipt = send(decision(2, withhold_ground="危及安全稳定", withhold_reason="理由"))
    judge_batch(receipt)
    rebuild()
    with pytest.raises(TransitionRefused, match="没有公示过"):
        acts.restore(receipt.entries[0].id)


@pytest.mark.article("D28")
def test_another_rule_brings_nothing_back_by_itself(  # noqa: PLR0917
    public, acts, rebuild, store, instance, clock
) -> None:
    record = public("张大山")
    rebuild(date(2028, 3, 4))
    assert state(store) is State.EXPIRED
    endless = RuleSet(tuple(rule for rule in instance.rules if rule.question is not Question.RETENTION))
    longer = replace(instance, rules=endless)
    prepared = prepare(store, longer, date(2028, 3, 5))
    assert (prepared.rows, prepared.stops) == ([], [(record, "expired", ("retention_over",))])
    ours = type(acts)(store, longer, {**clock, "today": date(2028, 3, 5)})
    ours.confirm(ours.restore(record).number)
    (row,) = prepare(store, longer, date(2028, 3, 5)).rows
    assert row.row["first_published_on"] == DAY.isoformat()


REPLACED = date(2026, 3, 6)
SILENT = {"reason": "重复公示", "note": "说明写错"}


@pytest.fixture
def noticed(public, acts, rebuild) -> str:
    """A decision that was revoked, so that a notice stands in its place; its id."""
    record = public()
    acts.confirm(acts.withdraw(record).number)
    rebuild()
    return record


@pytest.mark.article("D28")
def test_one_person_suspends_a_notice_and_declining_brings_back_the_notice_alone(noticed, acts, rebuild, store) -> None:
    before = only(store)
    act = acts.suspend(noticed, by="钱兼任", today=REPLACED)
    assert (act.state, only(store).suspended, only(store).standing) == (State.SUSPENDED, True, "suspended")
    assert next(turns(store)).standing == "suspended"
    assert rebuild(REPLACED) == Recorded(published=(), corrected=(), restored=(), stopped=(), refused={})
    with pytest.raises(ActWaiting, match="紧急下架"):
        acts.restore(noticed)
    with pytest.raises(SamePerson):
        acts.decline(act.number, by="钱兼任")
    assert acts.decline(act.number, today=date(2026, 3, 9)).state is State.WITHDRAWN
    assert only(store) == before
    (turn,) = turns(store)
    assert (turn.down, turn.standing) == (True, "withdrawn")
    assert rebuild(date(2026, 3, 9)) == Recorded(published=(), corrected=(), restored=(), stopped=(), refused={})
    assert verify(store).ok


@pytest.mark.parametrize(
    ("ending", "fields"), [("误公示", SILENT), ("revoked", {"reason": "原决定因程序违法被撤销。"})]
)
def test_the_second_person_says_what_stands_instead_of_a_suspended_notice(
    ending: str, fields: dict[str, str], noticed, acts, store
) -> None:
    act = acts.suspend(noticed, today=REPLACED)
    with pytest.raises(EndingNeeded):
        acts.confirm(act.number, today=REPLACED)
    filled = fields if ending == "误公示" else acts.revoked | fields
    assert acts.confirm(act.number, ending=ending, fields=filled, today=REPLACED).state is State.WITHDRAWN
    ended = only(store).ended
    assert ended is not None
    assert (ended.fields["reason"], ended.on) == (fields["reason"], date(2026, 3, 2)), "the day it left the public"
    assert (only(store).suspended, only(store).stays_down) == (False, "withdrawn")
    assert verify(store).ok


def test_where_no_notice_stands_there_is_nothing_to_suspend(public, acts) -> None:
    record = public()
    acts.confirm(acts.withdraw(record, ending="mistake", fields=SILENT).number)
    with pytest.raises(TransitionRefused, match="没有撤下说明"):
        acts.suspend(record)
