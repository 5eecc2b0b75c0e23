"""No sequence of actions makes a major decision in the system without a passed review by a qualified third person.

Everything that people can do is done in any order by anybody, by the functions that commands call; after every action
the journal is looked at by a checker that knows nothing of the law's code. To see it red: leave one of the reasons out
of law/review/gate.py, the role out of lifecycle/legal/acts.check_role, _own_number out of lifecycle/legal/decide.py, or
the record of a hearing out of lifecycle/cases/majors.fired.
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

from gongshi.intake.cases.checking import check_cases
from gongshi.law.review.major import needs_review
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.erasing import erase
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.cases.majors import answer_lower, propose_lower, raise_trigger
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.legal.decide import decide
from gongshi.records.cases.key import case_key
from gongshi.store import Store
from gongshi.store.cases import case_id, case_row
from gongshi.store.operations import Operation
from gongshi.vault import Vault
from tests.intake.cases.files import as_json, sheets
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
    D,
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
CASES = ("松市监案〔2026〕1号", "松市监案〔2026〕2号")
KEYS = tuple(case_key(D, number) for number in CASES)
NUMBERS = ("松市监罚〔2026〕1号", "松市监罚〔2026〕2号")
START = datetime.fromisoformat("2026-03-03T09:00+08:00")
SENT = st.fixed_dictionaries(
    {
        "拟罚款金额（元）": st.sampled_from(["5000", "5000", "9000", "3000"]),
        "听证情况": st.sampled_from(["未涉及", "未涉及", "已举行"]),
        "适用程序": st.sampled_from(["普通程序", "普通程序", "简易程序"]),
        "属于重大执法决定的情形": st.sampled_from(["", "", "L4"]),
        "认为属于重大执法决定的理由": st.just("影响大"),
        "决定时间": st.sampled_from(["", "", "", "2019-12-02 09:00", "2026-03-02 09:00"]),
        "听证笔录": st.sampled_from(["", "", "有"]),
    }
)
"""What a sheet of a case says, and whether the record of a hearing comes with it."""


class Office(RuleBasedStateMachine):
    """Two cases and everybody who can do something with them. Most is done to the first; both may be sent again as
    files, claim a number, be decided under one and be erased."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "store.db")
        self.store.db.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here
        self.vault = Vault(Path(self.folder.name) / "vault")
        self.now = START

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(major=st.booleans(), procedure=st.sampled_from(["general", "general", "summary"]))
    def case(self, major: bool, procedure: str) -> None:
        begin(self.store, self.now, key=KEYS[0], major=major and procedure == "general", procedure=procedure)

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

    @precondition(lambda self: case_row(self.store, CASE))
    @rule(
        fine=st.sampled_from(["5000", "9000"]),
        triggers=st.sampled_from([(), ("list",), ("L3-3",)]),
        procedure=st.sampled_from(["general", "general", "summary"]),
    )
    def the_case_is_edited(self, fine: str, triggers: tuple[str, ...], procedure: str) -> None:
        fired = () if procedure == "summary" else triggers
        said = case_said(fine=fine, major=bool(fired), triggers=fired, procedure=procedure) | {"key": KEYS[0]}
        fires = {*json.loads(self._row("triggers")), *fired}
        raised, lowered = (json.loads(self._row(name) or "[]") for name in ("raised", "lowered"))
        said["major"] = needs_review(fires, raised, lowered)  # as taking it in computes it
        write(self.store, self.later(), (Operation.CASE, said))

    @rule(at=st.sampled_from([0, 0, 1]), sent=SENT)
    def a_case_is_sent_as_a_file(self, at: int, sent: dict[str, str]) -> None:
        """As departments send it: the law is asked of every version, whatever it says of itself."""
        said = {label: text for label, text in sent.items() if text and label != "听证笔录"}
        if "决定时间" in said:
            said["决定书文号"] = NUMBERS[at]
        told = sheets(case={**said, "调查终结时间": "2026-03-02 10:00", "阶段": "审查决定"})
        record = {**told["过程记录"][0], "序号": "15", "文书或者记录": "听证笔录"}
        told = {"案件": told["案件"], "当事人": told["当事人"], "过程记录": [record] if sent["听证笔录"] else []}
        told = {name: [{**row, "案号": CASES[at]} for row in rows] for name, rows in told.items()}
        now = self.later()
        report = check_cases([as_json(told)], CITY.department(D), CITY, today=now.date(), known=known_cases(self.store))
        with suppress(LifecycleError):
            submit_cases(self.store, CITY, report, by="周示礼", today=now.date(), now=now)

    @rule(at=st.sampled_from([0, 1, 1]), sent=SENT, number=st.sampled_from(NUMBERS))
    def a_case_is_sent_and_decided_at_once(self, at: int, sent: dict[str, str], number: str) -> None:
        self.a_case_is_sent_as_a_file(at, sent)
        self.it_is_decided(at, number, HEAD, 0)

    @rule(reviewer=st.sampled_from([REVIEWER, REVIEWER, POOL]), sent=st.none() | SENT, who=st.none() | PEOPLE)
    def something_changes_between_review_and_decision(
        self, reviewer: str, sent: dict[str, str] | None, who: str | None
    ) -> None:
        self.a_review_goes_well(4, reviewer)
        if sent:
            self.a_case_is_sent_as_a_file(0, sent)
        if who and case_row(self.store, CASE):
            self.somebody_takes_part(who)
        self.it_is_decided(0, NUMBERS[0], HEAD, 0)

    @rule(at=st.sampled_from([0, 1]), people=st.lists(PEOPLE, min_size=1, max_size=2))
    def a_case_is_erased(self, at: int, people: list[str]) -> None:
        if case := case_id(self.store, KEYS[at]):
            for by in people:
                with suppress(LifecycleError):
                    erase(self.store, CITY, self.vault, case, by=by, reason="理由", now=self.later())

    @precondition(lambda self: case_row(self.store, CASE))
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

    @rule(
        at=st.sampled_from([0, 0, 1]),
        number=st.sampled_from(NUMBERS),
        by=st.sampled_from([HEAD, HEAD, SECOND, HANDLER, REVIEWER]),
        back=st.sampled_from([0, 0, 5, 60 * 24 * 365 * 7]),
    )
    def it_is_decided(self, at: int, number: str, by: str, back: int) -> None:
        now = self.later()
        made = now - timedelta(minutes=back) if back else None
        if case := case_id(self.store, KEYS[at]):
            with suppress(LifecycleError):
                decide(self.store, CITY, case, number=number, by=by, now=now, at=made)

    def _row(self, name: str) -> Any:
        return self.store.db.execute(f"SELECT {name} FROM cases WHERE id = ?", (CASE,)).fetchone()[0]

    @invariant()
    def no_major_decision_was_made_without_review(self) -> None:
        assert broken(self.store) == []


Office.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOffice = Office.TestCase
