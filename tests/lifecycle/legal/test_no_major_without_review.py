"""No sequence of actions makes a major decision in the system without a passed review by a qualified third person.

Everything that people can do is done in any order by anybody, by the functions that commands call; after every action
the journal is looked at by a checker that knows nothing of the law's code. To see it red: leave one of the reasons out
of law/review/gate.py, or the role out of lifecycle/legal/acts.check_role.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gongshi.law.review.major import needs_review
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.majors import answer_lower, propose_lower, raise_trigger
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.legal.decide import decide
from gongshi.store import Store
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import (
    CASE,
    HANDLER,
    HEAD,
    OTHER,
    POOL,
    PROBLEM,
    REVIEWER,
    SAID,
    SECOND,
    begin,
    case_said,
    instance,
    line_said,
    take,
    write,
)
from tests.lifecycle.legal.checker import broken

PEOPLE = st.sampled_from([HANDLER, REVIEWER, OTHER, HEAD, SECOND, POOL, "督示察", "钱示闲"])
LIKELY = {
    Event.SUBMIT: HANDLER,
    Event.SUPPLEMENT: HANDLER,
    Event.ADOPT: HANDLER,
    Event.OBJECT: HANDLER,
    Event.CONSULT: HANDLER,
    Event.YIELD: HANDLER,
    Event.REFER: HANDLER,
    Event.CHANGE_DRAFT: HANDLER,
    Event.RULE: HEAD,
    Event.DISCUSS: HEAD,
    Event.EXTEND: HEAD,
    Event.STOP: HEAD,
}
CITY = instance()
START = datetime.fromisoformat("2026-03-03T09:00+08:00")


class Office(RuleBasedStateMachine):
    """A case and everybody who can do something with it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "store.db")
        self.store.db.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here
        self.now = START
        self.made = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(major=st.booleans(), procedure=st.sampled_from(["general", "general", "summary"]))
    def case(self, major: bool, procedure: str) -> None:
        begin(self.store, self.now, major=major and procedure == "general", procedure=procedure)

    def later(self) -> datetime:
        self.now += timedelta(minutes=7)
        return self.now

    def step(self, event: Event, by: str, **said: str) -> None:
        with suppress(LifecycleError):
            take(self.store, CITY, event, by, self.later(), **said)

    @rule(event=st.sampled_from(list(SAID)), by=PEOPLE)
    def anybody_does_anything(self, event: Event, by: str) -> None:
        self.step(event, by)

    @rule(events=st.lists(st.sampled_from(list(SAID)), min_size=1, max_size=3))
    def who_should_does(self, events: list[Event]) -> None:
        for event in events:
            self.step(event, LIKELY.get(event, REVIEWER))

    @rule(upto=st.integers(1, 4), reviewer=st.sampled_from([REVIEWER, REVIEWER, POOL, HEAD]))
    def a_review_goes_well(self, upto: int, reviewer: str) -> None:
        usual = [(Event.SUBMIT, HANDLER), (Event.RECEIVE, reviewer), (Event.OPINE, reviewer), (Event.DISCUSS, HEAD)]
        for event, by in usual[:upto]:
            self.step(event, by)

    @rule(opinion=st.sampled_from(["change", "investigate", "correct", "transfer", "no_decision"]))
    def a_review_finds_something(self, opinion: str) -> None:
        self.step(Event.OPINE, REVIEWER, opinion=opinion, aspects=PROBLEM)

    @rule(
        ruling=st.sampled_from(["new_review", "comply"]), outcome=st.sampled_from(["change", "reject", "investigate"])
    )
    def heads_say(self, ruling: str, outcome: str) -> None:
        self.step(Event.RULE, HEAD, ruling=ruling)
        self.step(Event.DISCUSS, HEAD, outcome=outcome)

    @rule(
        fine=st.sampled_from(["5000", "9000"]),
        triggers=st.sampled_from([(), ("list",), ("L3-3",)]),
        procedure=st.sampled_from(["general", "general", "summary"]),
    )
    def the_case_is_edited(self, fine: str, triggers: tuple[str, ...], procedure: str) -> None:
        fired = () if procedure == "summary" else triggers
        said = case_said(fine=fine, major=bool(fired), triggers=fired, procedure=procedure)
        fires = {*json.loads(self._row("triggers")), *fired}
        raised, lowered = (json.loads(self._row(name) or "[]") for name in ("raised", "lowered"))
        said["major"] = needs_review(fires, raised, lowered)  # as taking it in computes it
        write(self.store, self.later(), (Operation.CASE, said))

    @rule(who=PEOPLE)
    def somebody_takes_part(self, who: str) -> None:
        write(self.store, self.later(), (Operation.CASE_RECORD, line_said("7", "approval.start", reviewer=who)))

    @rule(trigger=st.sampled_from(["L3-1", "L4", "list"]), by=PEOPLE)
    def somebody_raises(self, trigger: str, by: str) -> None:
        with suppress(LifecycleError):
            raise_trigger(self.store, CITY, CASE, trigger, by=by, reason="理由", now=self.later())

    @rule(trigger=st.sampled_from(["L3-1", "L4", "list"]), by=PEOPLE, head=PEOPLE, approve=st.booleans())
    def somebody_lowers(self, trigger: str, by: str, head: str, approve: bool) -> None:
        with suppress(LifecycleError):
            propose_lower(self.store, CITY, CASE, trigger, by=by, reason="理由", now=self.later())
        with suppress(LifecycleError):
            answer_lower(self.store, CITY, CASE, approve=approve, by=head, reason="理由", now=self.later())

    @precondition(lambda self: self.made < 2)
    @rule(by=st.sampled_from([HEAD, HEAD, SECOND, HANDLER, REVIEWER]))
    def it_is_decided(self, by: str) -> None:
        with suppress(LifecycleError):
            decide(self.store, CITY, CASE, number=f"松市监罚〔2026〕{self.made + 1}号", by=by, now=self.later())
            self.made += 1

    def _row(self, name: str) -> Any:
        return self.store.db.execute(f"SELECT {name} FROM cases").fetchone()[0]

    @invariant()
    def no_major_decision_was_made_without_review(self) -> None:
        assert broken(self.store) == []


Office.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOffice = Office.TestCase
