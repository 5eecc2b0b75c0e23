"""Every event in every state: what the table allows leads where the measures say, everything else is refused with
its article; and what an event needs beside the state."""

from itertools import product

import pytest

from gongshi.law.review.flow import TRANSITIONS, Happened, Review, advance, replay
from gongshi.law.review.words import Event, Opinion, Outcome, ReviewRefused, Ruling, State

ALL_GOOD = "；".join(f"{n}=ok" for n in range(1, 8)) + "；8=na"
ONE_BAD = ALL_GOOD.replace("3=ok", "3=problem")
DEFAULTS: dict[Event, dict[str, str]] = {
    Event.SUBMIT: {"substance": "甲", "materials": "1", "statement": "1"},
    Event.REQUEST_MATERIALS: {"items": "4、5", "until": "2026-03-10"},
    Event.SUPPLEMENT: {"supplied": "4、5"},
    Event.INQUIRE: {"what": "调阅询问笔录"},
    Event.EXTEND: {"reason": "案件复杂"},
    Event.OPINE: {"opinion": "agree", "aspects": ALL_GOOD, "text": "同意"},
    Event.REVISE: {"opinion": "agree", "aspects": ALL_GOOD, "text": "协商后同意"},
    Event.ADOPT: {"measures": "已补充"},
    Event.YIELD: {"measures": "采纳"},
    Event.OBJECT: {"reason": "裁量适当"},
    Event.CONSULT: {"note": "未达成一致"},
    Event.REFER: {"handler_opinion": "甲", "legal_opinion": "乙"},
    Event.RULE: {"ruling": "new_review", "reason": "重新审核"},
    Event.DISCUSS: {"outcome": "pass", "participants": "刘示长、关示副", "minutes_line": "20"},
    Event.DECIDE: {"number": "松市监罚〔2026〕1号", "substance": "甲"},
    Event.STOP: {"reason": "当事人死亡"},
    Event.CHANGE_DRAFT: {"substance": "乙", "reason": "改金额"},
}
PEOPLE = {
    Event.RECEIVE: "郑示法",
    Event.REQUEST_MATERIALS: "郑示法",
    Event.INQUIRE: "郑示法",
    Event.OPINE: "郑示法",
    Event.REVISE: "郑示法",
    Event.EXTEND: "刘示长",
    Event.RULE: "刘示长",
    Event.DISCUSS: "刘示长",
    Event.DECIDE: "刘示长",
    Event.STOP: "刘示长",
}


def on(event: Event, at: int = 59, by: str = "", **fields: str) -> Happened:
    """An event that is whole; `at` is its minute."""
    return Happened(
        event=event,
        at=f"2026-03-02T10:{at:02}+08:00",
        by=by or PEOPLE.get(event, "张示一"),
        fields=DEFAULTS.get(event, {}) | fields,
    )


def course(*events: Event | Happened) -> Review:
    """What these events, a minute apart, make of a review."""
    whole = (
        one if isinstance(one, Happened) else on(one, at) for at, one in enumerate((Event.REQUIRE, *events), start=1)
    )
    return replay(whole)


ADVISED = on(Event.OPINE, 4, opinion="change", aspects=ONE_BAD)
REACHED: dict[State, tuple[Event | Happened, ...]] = {
    State.PREPARED: (),
    State.SUBMITTED: (Event.SUBMIT,),
    State.INCOMPLETE: (Event.SUBMIT, Event.REQUEST_MATERIALS),
    State.REVIEWING: (Event.SUBMIT, Event.RECEIVE),
    State.AGREED: (Event.SUBMIT, Event.RECEIVE, Event.OPINE),
    State.ADVISED: (Event.SUBMIT, Event.RECEIVE, ADVISED),
    State.DISAGREEMENT: (Event.SUBMIT, Event.RECEIVE, ADVISED, Event.OBJECT, Event.CONSULT),
    State.REFERRED: (Event.SUBMIT, Event.RECEIVE, ADVISED, Event.OBJECT, Event.CONSULT, Event.REFER),
    State.DISCUSSED: (Event.SUBMIT, Event.RECEIVE, Event.OPINE, Event.DISCUSS),
    State.DECIDED: (Event.SUBMIT, Event.RECEIVE, Event.OPINE, Event.DISCUSS, Event.DECIDE),
    State.NOT_DECIDED: (Event.STOP,),
    State.TRANSFERRED: (
        Event.SUBMIT,
        Event.RECEIVE,
        on(Event.OPINE, 4, opinion="transfer", aspects=ONE_BAD),
        Event.ADOPT,
    ),
}
ALLOWED = {
    "none": "require",
    "prepared": "submit change_draft stop",
    "submitted": "receive request_materials extend stop",
    "incomplete": "supplement extend stop",
    "reviewing": "request_materials inquire extend opine stop",
    "agreed": "discuss change_draft stop",
    "advised": "adopt object stop",
    "disagreement": "consult yield revise refer stop",
    "referred": "rule stop",
    "discussed": "decide change_draft stop",
    "decided": "",
    "not_decided": "",
    "transferred": "",
}
"""Written by hand from the measures, not read from the table."""


@pytest.mark.article("L4", "L5", "L10", "L12", "L13")
@pytest.mark.parametrize(("state", "event"), list(product(State, Event)), ids=str)
def test_every_event_in_every_state(state: State, event: Event) -> None:
    review = course(*REACHED[state]) if state in REACHED else Review()
    assert review.state is state
    if event in ALLOWED[state].split():
        assert advance(review, on(event)).state is not None
    else:
        with pytest.raises(ReviewRefused, match=r"第.+条") as refused:
            advance(review, on(event))
        assert refused.value.code == "review_not_now"
        assert state.label in refused.value.message


@pytest.mark.article("L10")
@pytest.mark.parametrize(
    ("opinion", "state"),
    [
        (Opinion.INVESTIGATE, State.PREPARED),
        (Opinion.NO_DECISION, State.NOT_DECIDED),
        (Opinion.CHANGE, State.PREPARED),
        (Opinion.CORRECT, State.PREPARED),
        (Opinion.TRANSFER, State.TRANSFERRED),
    ],
)
def test_each_opinion_leads_to_its_state(opinion: Opinion, state: State) -> None:
    given = course(Event.SUBMIT, Event.RECEIVE, on(Event.OPINE, 4, opinion=opinion, aspects=ONE_BAD))
    assert given.state is State.ADVISED
    assert advance(given, on(Event.ADOPT, opinion="agree")).state is state, "adopting follows what was given, not said"
    objected = advance(given, on(Event.OBJECT, 5))
    assert advance(objected, on(Event.YIELD)).state is state
    referred = advance(advance(objected, on(Event.CONSULT)), on(Event.REFER))
    assert advance(referred, on(Event.RULE, ruling="comply")).state is state, "who complies does what was said"
    assert advance(referred, on(Event.RULE, ruling="no_decision")).state is State.NOT_DECIDED


@pytest.mark.article("L12", "L13")
@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_ruling_is_never_a_pass(ruling: Ruling) -> None:
    ruled = advance(course(*REACHED[State.REFERRED]), on(Event.RULE, 30, ruling=ruling))
    assert ruled.state in (State.PREPARED, State.NOT_DECIDED)
    if ruling is Ruling.COMPLY:
        with pytest.raises(ReviewRefused, match="相同"):
            advance(ruled, on(Event.SUBMIT, 31))
    if ruling is Ruling.NEW_REVIEW:
        assert advance(ruled, on(Event.SUBMIT, 31)).state is State.SUBMITTED, "the same draft, reviewed anew"


@pytest.mark.article("L13")
@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PASS, State.DISCUSSED),
        (Outcome.CHANGE, State.PREPARED),
        (Outcome.INVESTIGATE, State.PREPARED),
        (Outcome.REJECT, State.NOT_DECIDED),
    ],
)
def test_the_meeting_decides(outcome: Outcome, state: State) -> None:
    agreed = course(*REACHED[State.AGREED])
    assert advance(agreed, on(Event.DISCUSS, outcome=outcome)).state is state


REFUSED = [
    (State.REVIEWING, on(Event.OPINE, by="何示他"), "review_other_reviewer"),
    (State.REVIEWING, on(Event.INQUIRE, by="何示他"), "review_other_reviewer"),
    (State.REVIEWING, on(Event.OPINE, aspects=ONE_BAD), "review_problem_found"),
    (State.REVIEWING, on(Event.OPINE, opinion="change"), "review_no_problem"),
    (State.REVIEWING, on(Event.OPINE, opinion="好"), "review_word_unknown"),
    (State.REVIEWING, on(Event.OPINE, text=" "), "review_field_missing"),
    (State.REVIEWING, on(Event.OPINE, 1), "review_order"),
    (State.DISAGREEMENT, on(Event.REVISE, by="何示他"), "review_other_reviewer"),
    (State.REFERRED, on(Event.RULE, by="张示一"), "review_same_person"),
    (State.AGREED, on(Event.DISCUSS, by="张示一"), "review_same_person"),
    (State.AGREED, on(Event.DISCUSS, participants="刘示长、刘示长"), "review_too_few_heads"),
    (State.AGREED, on(Event.CHANGE_DRAFT, substance="甲"), "review_nothing_changed"),
    (State.DISCUSSED, on(Event.DECIDE, substance="乙"), "review_substance"),
    (State.DISCUSSED, on(Event.DECIDE, by="张示一"), "review_same_person"),
    (State.PREPARED, on(Event.SUBMIT, materials=""), "review_field_missing"),
]


@pytest.mark.parametrize(("state", "happened", "code"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_an_event_needs_beside_the_state(state: State, happened: Happened, code: str) -> None:
    with pytest.raises(ReviewRefused) as refused:
        advance(course(*REACHED[state]), happened)
    assert refused.value.code == code
    assert refused.value.article in str(refused.value)


@pytest.mark.article("L11")
def test_the_term_is_extended_once() -> None:
    extended = advance(course(*REACHED[State.REVIEWING]), on(Event.EXTEND, 10))
    assert extended.state is State.REVIEWING
    with pytest.raises(ReviewRefused, match="一次"):
        advance(extended, on(Event.EXTEND, 11))


@pytest.mark.article("L12")
def test_nothing_is_referred_before_it_was_talked_over() -> None:
    objected = course(Event.SUBMIT, Event.RECEIVE, ADVISED, Event.OBJECT)
    with pytest.raises(ReviewRefused, match="协商"):
        advance(objected, on(Event.REFER))


@pytest.mark.article("L5")
def test_a_changed_draft_loses_its_pass_and_a_new_round_begins() -> None:
    changed = advance(course(*REACHED[State.DISCUSSED]), on(Event.CHANGE_DRAFT, 20))
    assert changed.state is State.PREPARED
    again = advance(changed, on(Event.SUBMIT, 21, substance="乙"))
    assert [one.number for one in again.rounds] == [1, 2]
    assert again.rounds[1].opinion is None
    with pytest.raises(ReviewRefused):
        advance(again, on(Event.DISCUSS, 22))


def test_the_same_day_and_the_same_minute_are_in_order() -> None:
    once = replay(on(event, 0) for event in (Event.REQUIRE, Event.SUBMIT, Event.RECEIVE, Event.OPINE, Event.DISCUSS))
    assert once.state is State.DISCUSSED


STEPS = {
    "require": ("system", "第三条"),
    "submit": ("handler", "第五条"),
    "receive": ("legal", "第十一条"),
    "request_materials": ("legal", "第六条第二款"),
    "supplement": ("handler", "第六条第二款"),
    "inquire": ("legal", "第九条"),
    "extend": ("head", "第十一条"),
    "opine": ("legal", "第十条"),
    "adopt": ("handler", "第十二条"),
    "object": ("handler", "第十二条"),
    "consult": ("either", "第十二条"),
    "yield": ("handler", "第十二条"),
    "revise": ("legal", "第十二条"),
    "refer": ("either", "第十二条"),
    "rule": ("head", "第十二条"),
    "discuss": ("head", "第十三条"),
    "decide": ("head", "第十三条"),
    "stop": ("head", "第十三条"),
    "change_draft": ("handler", "第五条"),
}


@pytest.mark.article("L5", "L6", "L9", "L11", "L12", "L13", "L15")
def test_each_step_is_that_of_the_office_and_of_the_article_that_the_measures_name() -> None:
    told = {(event.value, one.role.value, one.article) for (_, event), one in TRANSITIONS.items()}
    assert told == {(event, *step) for event, step in STEPS.items()}


def test_every_transition_of_the_table_is_one_that_the_measures_know() -> None:
    assert {(state.value, event.value) for state, event in TRANSITIONS} == {
        (state, event) for state, events in ALLOWED.items() for event in events.split()
    }
