"""Every rule that is shipped, one row each: facts, and what the rule makes of them. A rule without a row fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongshi.law.calendar import Calendar
from gongshi.law.endings import endings, named, why_not
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.publishability import Standing, judge
from gongshi.law.retention import publish_until
from gongshi.law.review.major import JUDGED, triggers
from gongshi.law.rule import PLATFORM, Event, Question, Rule
from gongshi.law.rule_words import period
from gongshi.law.rules import RuleSet
from gongshi.law.summary import beyond
from gongshi.law.terms import publication_due
from gongshi.law.withdrawal import confirmation_due, since, withdrawal_due

TODAY = date(2026, 11, 20)
FIRST = date(2026, 3, 2)
NATIONAL = "national_publicity_system"
COMPANY = PartyFacts(type="法人及非法人组织")
PERSON = PartyFacts(type="自然人", born_on=date(1990, 1, 1))
CHILD = PartyFacts(type="自然人", born_on=date(2012, 1, 1))
DETERMINED, UNDETERMINED = "11220700MB9900021Y", "112207000135491313"
MARKET = {"sector": "市场监管"}


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


@dataclass(frozen=True)
class Law:
    """What a row asks: the rules with some of them turned on, and what else there is."""

    rules: RuleSet
    facts: Callable[..., DecisionFacts]
    calendar: Calendar

    def term(self, **given: Any) -> tuple[str, date | None]:
        due = publication_due(self.facts(**given), self.rules, self.calendar)
        return due.rule_id, due.on

    def elsewhere(self, question: Question, channel: str, **given: Any) -> str:
        return self.winner(question, channel=channel, **given)

    def winner(self, question: Question, *, channel: str = PLATFORM, **given: Any) -> str:
        found = self.rules.resolve(question, self.facts(**given), TODAY, channel).winner
        return found.id if found else ""

    def fired(self, on: date = TODAY, **given: Any) -> set[str]:
        return {trigger.rule_id for trigger in triggers(self.facts(**given), self.rules, on)}

    def on_the_spot(self, most: int, classes: tuple[str, ...], party: PartyFacts) -> list[bool]:
        """Whether a fine of so much may be decided on the spot, one of a fen more, and the lesser one under none."""
        given: dict[str, Any] = {"procedure": "简易程序", "penalty_classes": classes, "parties": (party,)}
        asked = [(Decimal(most), ACT), (Decimal(most) + Decimal("0.01"), ACT), (Decimal(most) + 1, date(2021, 7, 14))]
        return [not beyond(self.facts(**given, fine=fine, event_on=day), self.rules) for fine, day in asked]

    def judgement(self) -> set[str]:
        return {rule.id for rule in self.rules.asking(Question.MAJOR) if rule.value in JUDGED}

    def judged(self, **given: Any) -> tuple[Standing, set[str]]:
        verdict = judge(self.facts(**given), self.rules, self.calendar, TODAY, City())
        return verdict.standing, {reason.rule_id for reason in verdict.reasons}

    def until(self, **given: Any) -> tuple[str, date | None]:
        found = publish_until(self.facts(**given), FIRST, self.rules, self.calendar, City(), today=TODAY)
        return found.rule_id, found.on

    def end(self, ending: str, **given: Any) -> tuple[str, str]:
        found = named(ending, self.rules, self.facts(**given), TODAY)
        return found.rule_id, found.leaves.value

    def no_end(self, ending: str, **given: Any) -> bool:
        return ending not in endings(self.rules, self.facts(**given), TODAY)

    def since(self, question: Question, event: Event, start: date, **given: Any) -> tuple[str, date | None]:
        due = since(question, self.facts(**given), start, self.rules, self.calendar, event)
        assert due is not None
        return due.rule_id, due.on

    def words(self, rule_id: str) -> str:
        rule = self.rules.get(rule_id)
        assert rule is not None
        return period(rule)


Row = Callable[[Law], object]
PUBLISH, HELD, WITHHELD, SEALED = Standing.PUBLISH, Standing.HELD, Standing.WITHHELD, Standing.SEALED
ACT = date(2026, 11, 13)


def held(rule_id: str, **given: Any) -> tuple[Row, object]:
    return lambda law: law.judged(**given), (HELD, {rule_id})


def withheld(rule_id: str, **given: Any) -> tuple[Row, object]:
    return lambda law: law.judged(**given), (WITHHELD, {rule_id})


def withdrawn(effective: date, **given: Any) -> Row:
    def ask(law: Law) -> object:
        due = withdrawal_due(law.facts(**given), effective, None, law.rules, law.calendar)
        return due.rule_id, due.on

    return ask


def licence_state(state: str) -> tuple[Row, object]:
    def ask(law: Law) -> object:
        facts = law.facts(kind="licence", penalty_classes=())
        return law.no_end(f"licence_{state}", kind="licence"), "当前状态" in why_not(
            f"licence_{state}", law.rules, facts, TODAY
        )

    return ask, (True, True)


def after(rule_id: str, ending: str, leaves: str, **given: Any) -> tuple[Row, object]:
    return lambda law: law.end(ending, **given), (rule_id, leaves)


ROWS: Mapping[str, tuple[Row, object]] = {
    # by when: D27 and what stands behind it
    "D27-all": (lambda law: law.term(), ("D27-all", date(2026, 10, 15))),
    "D27-random-normal": (
        lambda law: law.term(kind="random_inspection", outcome="正常"),
        ("D27-random-normal", date(2026, 11, 3)),
    ),
    "D27-random-problem": (
        lambda law: law.term(kind="random_inspection", outcome="发现问题", handled_on=date(2026, 10, 20)),
        ("D27-random-problem", date(2026, 10, 29)),
    ),
    "S1.3-general": (
        lambda law: law.term(kind="levy", event_on=date(2019, 12, 31)),
        ("S1.3-general", date(2020, 2, 5)),
    ),
    "S1.3-licence-penalty": (
        lambda law: law.term(event_on=date(2019, 12, 31)),
        ("S1.3-licence-penalty", date(2020, 1, 10)),
    ),
    "R45-9": (
        lambda law: (law.elsewhere(Question.TERM, NATIONAL, **MARKET), law.term(**MARKET)[0]),
        ("R45-9", "D27-all"),
    ),
    # whether: D16, D18, seals
    "D16-publish": (
        lambda law: (law.judged()[0], law.winner(Question.PUBLICATION)),
        (PUBLISH, "D16-publish"),
    ),
    "D16-determined": (
        lambda law: (
            law.judged(kind="levy", department=UNDETERMINED)[0],
            law.winner(Question.PUBLICATION, kind="levy"),
        ),
        (HELD, "D16-determined"),
    ),
    "D18-1": withheld("D18-1", parties=(CHILD,)),
    "D18-2": withheld("D18-2", withhold_ground="主要事实涉密涉私"),
    "D18-3": withheld("D18-3", withhold_ground="危及安全稳定"),
    "D18-4": withheld("D18-4", withhold_ground="妨害执法"),
    "D18-5": withheld("D18-5", withhold_ground="上级认为不宜公开"),
    "R45-2-warning": (
        lambda law: (
            [
                law.judged(**MARKET, penalty_classes=("警告",), procedure=procedure)[0]
                for procedure in ("", "普通程序", "简易程序")
            ]
            + [law.judged(penalty_classes=("警告",))[0], law.judged(**MARKET, penalty_classes=("警告", "罚款"))[0]]
        ),
        [WITHHELD, WITHHELD, PUBLISH, PUBLISH, PUBLISH],
    ),
    "P48-social-effect": (
        lambda law: [law.judged(social_effect=effect)[0] for effect in (False, True, None)],
        [WITHHELD, PUBLISH, PUBLISH],
    ),
    "PSA136-sealed": (
        lambda law: (
            [
                law.judged(legal_basis=("治安管理处罚法第二十六条",), event_on=day)[0]
                for day in (date(2026, 3, 2), date(2009, 3, 2))
            ]
            + [law.elsewhere(Question.PUBLICATION, "credit_system", legal_basis=("治安管理处罚法第二十六条",))]
        ),
        [SEALED, SEALED, "PSA136-sealed"],
    ),
    # determinations of D16 paragraph 2
    **{
        f"D16-{kind}": held("D16-hold-undetermined", kind=kind, department=UNDETERMINED)
        for kind in ("coercion", "levy", "charge")
    },
    "determined-coercion": (lambda law: law.judged(kind="coercion", department=DETERMINED)[0], PUBLISH),
    "determined-levy": (lambda law: law.judged(kind="levy", department="11220700MB9900064C")[0], PUBLISH),
    "determined-charge": (lambda law: law.judged(kind="charge", department=DETERMINED)[0], PUBLISH),
    # until when
    "D28-general": (lambda law: law.until(), ("D28-general", date(2031, 3, 2))),
    "D28-natural": (lambda law: law.until(parties=(PERSON,)), ("D28-natural", date(2028, 3, 2))),
    "D28-retire": (
        lambda law: law.judged(first_published_on=date(2020, 3, 2), event_on=date(2020, 2, 5))[0],
        Standing.EXPIRED,
    ),
    "D28-licence-floor": (
        lambda law: law.until(kind="licence", valid_until=date(2040, 5, 1)),
        ("D28-licence-floor", date(2040, 5, 1)),
    ),
    "R45-13-general": (lambda law: law.until(**MARKET), ("R45-13-general", date(2029, 3, 2))),
    "R45-13-short": (
        lambda law: law.until(**MARKET, penalty_classes=("通报批评",)),
        ("R45-13-short", date(2026, 6, 2)),
    ),
    "R45-13-fine": (
        lambda law: [law.until(**MARKET, fine=Decimal(fine)) for fine in (3000, 3001)],
        [("R45-13-fine", date(2026, 6, 2)), ("D28-general", date(2031, 3, 2))],
    ),
    "R45-13-restriction": (
        lambda law: law.until(**MARKET, penalty_classes=("限制从业",), valid_until=date(2034, 1, 1)),
        ("R45-13-restriction", date(2034, 1, 1)),
    ),
    "CR36-minor": (lambda law: law.until(severity="轻微"), ("CR36-minor", date(2026, 12, 30))),
    "CR36-ordinary": (lambda law: law.until(severity="一般"), ("CR36-ordinary", date(2027, 9, 30))),
    "CR36-serious": (lambda law: law.until(severity="严重"), ("CR36-serious", date(2029, 9, 30))),
    # why it comes down, and by when
    **{f"P48-{kind}": after(f"P48-{kind}", kind, "notice") for kind in ("changed", "revoked", "unlawful", "void")},
    "D28-redo": after("D28-redo", "redo", "notice"),
    **{f"S1.3-{kind}": after(f"S1.3-{kind}", kind, "notice", kind="levy") for kind in ("revoked", "unlawful", "redo")},
    "CR36-repair": after("CR36-repair", "信用修复", "nothing"),
    "R45-14": (
        lambda law: (
            law.end("early_stop", **MARKET, first_published_on=date(2025, 11, 20)),
            law.no_end("early_stop", **MARKET, first_published_on=FIRST, penalty_classes=("责令停产停业",)),
            law.no_end("early_stop", first_published_on=FIRST),
        ),
        (("R45-14", "nothing"), True, True),
    ),
    "SAMR3-half-year": (
        lambda law: [
            law.no_end("early_stop", **MARKET, legal_basis=(), first_published_on=day)
            for day in (date(2026, 5, 20), date(2026, 5, 21))
        ],
        [False, True],
    ),
    "SAMR3-year": (
        lambda law: [
            law.no_end("early_stop", **MARKET, first_published_on=day)
            for day in (date(2025, 11, 20), date(2025, 11, 21))
        ],
        [False, True],
    ),
    "D18-ground": after("D18-ground", "ground", "nothing"),
    "PSA136-ending": after("PSA136-ending", "sealed", "nothing", kind="coercion"),
    "D31-mistake": after("D31-mistake", "mistake", "nothing"),
    **{
        f"licence-{state}": licence_state(state)
        for state in ("cancelled", "stripped", "retracted", "renewed", "lapsed")
    },
    "P48-withdraw": (withdrawn(ACT), ("P48-withdraw", date(2026, 11, 18))),
    "D28-withdraw": (withdrawn(date(2021, 7, 14)), ("D28-withdraw", date(2021, 7, 19))),
    "S1.3-withdraw": (withdrawn(ACT, kind="levy"), ("S1.3-withdraw", date(2026, 11, 18))),
    "R45-11": (lambda law: law.elsewhere(Question.WITHDRAWAL, NATIONAL, **MARKET), "R45-11"),
    "suspend-confirm": (
        lambda law: confirmation_due(law.facts(), date(2026, 9, 30), law.rules, law.calendar).on,
        date(2026, 10, 8),
    ),
    # review, age, what keeps a decision waiting
    "D30-review": (lambda law: law.winner(Question.INTERNAL_REVIEW), "D30-review"),
    "C17-majority": (
        lambda law: [
            law.judged(parties=(PartyFacts(type="自然人", born_on=born),))[0]
            for born in (date(2008, 9, 30), date(2008, 10, 1))
        ],
        [PUBLISH, WITHHELD],
    ),
    "D18-hold-age": held("D18-hold-age", parties=(PartyFacts(type="自然人"),)),
    "D18-hold-acted": held(
        "D18-hold-acted", parties=(PartyFacts(type="自然人", born_on=date(2008, 1, 1), adult_when_acted=False),)
    ),
    "D18-hold-among": held("D18-hold-among", parties=(COMPANY, CHILD)),
    "D18-hold-ground": held("D18-hold-ground", withhold_ground="别的情形"),
    "S1.4-hold-secrecy": held("S1.4-hold-secrecy", secrecy_checked=False),
    "D27-hold-unhandled": held("D27-hold-unhandled", kind="random_inspection", outcome="发现问题"),
    "D16-hold-undetermined": held("D16-hold-undetermined", kind="charge", department=UNDETERMINED),
    "D28-hold-unknown": held("D28-hold-unknown", earlier=True),
    "D28-hold-ahead": held("D28-hold-ahead", first_published_on=date(2026, 11, 21)),
    "D26-hold-ahead": held("D26-hold-ahead", event_on=date(2026, 11, 21)),
    "L4-hold-unverified": held("L4-hold-unverified", review="unverified"),
    "L4-hold-missing": held("L4-hold-missing", review="missing"),
    "D16-hold-no-duty": held("D16-hold-no-duty", kind="something"),
    "D16-hold-undecided": (
        lambda law: replace(law, rules=RuleSet((*law.rules, *two_that_can_not_be_compared(law)))).judged(),
        (HELD, {"D16-hold-undecided"}),
    ),
    # ex-ante information, legal review, records, corrections, figures
    "D25-update": (
        lambda law: law.since(Question.UPDATE, Event.LAW_EFFECTIVE_OR_REPEALED, date(2026, 9, 30)),
        ("D25-update", date(2026, 11, 3)),
    ),
    "D22-second": (lambda law: law.winner(Question.SECOND_REVIEW, kind="enforcement_item"), "D22-second"),
    "D23-second": (lambda law: law.winner(Question.SECOND_REVIEW, kind="random_inspection_item"), "D23-second"),
    "S3.1-share": (lambda law: law.winner(Question.REVIEWERS_SHARE, kind="officer"), "S3.1-share"),
    "L3-hearing": (
        lambda law: [
            law.fired(date(2020, 1, 1), heard=True),
            law.fired(date(2019, 12, 31), heard=True),
            law.fired(heard=True, procedure="简易程序"),
            law.fired(heard=None),
        ],
        [{"L3-hearing"}, set(), set(), set()],
    ),
    "P58-hearing": (
        lambda law: [law.fired(heard=True), law.fired(heard=True, kind="levy")],
        [{"L3-hearing", "P58-hearing"}, {"L3-hearing"}],
    ),
    "list-market-01": (
        lambda law: [
            law.fired(
                date(2026, 12, day), department="11220700MB99000134", penalty_classes=("罚款", "吊销许可证件"), **more
            )
            for day, more in ((1, {}), (1, {"procedure": "简易程序"}))
        ],
        [{"list-market-01"}, set()],
    ),
    **{
        name: (lambda law, name=name: [name in law.judgement(), name in law.fired(heard=True)], [True, False])
        for name in ("L3-public", "L3-interest", "L3-complex", "S3.2-public", "L4-own")
    },
    "P51-warning": (
        lambda law: [
            not beyond(law.facts(procedure="简易程序", penalty_classes=classes), law.rules)
            for classes in (("警告",), ("警告", "没收违法所得"), ("罚款",))
        ],
        [True, False, True],
    ),
    "P51-citizen": (lambda law: law.on_the_spot(200, ("罚款",), PERSON), [True, False, True]),
    "P51-organisation": (lambda law: law.on_the_spot(3000, ("警告", "罚款"), COMPANY), [True, False, True]),
    "L11-review": (
        lambda law: law.since(Question.LEGAL_REVIEW, Event.MATERIALS_RECEIVED, date(2026, 9, 30)),
        ("L11-review", date(2026, 10, 15)),
    ),
    "L11-extension": (
        lambda law: law.since(Question.LEGAL_REVIEW, Event.EXTENSION_APPROVED, date(2026, 9, 30)),
        ("L11-extension", date(2026, 10, 13)),
    ),
    "R8-urgent": (lambda law: law.words("R8-urgent"), "自程序启动起24小时内"),
    "R32-recording": (lambda law: law.words("R32-recording"), "自音像记录制作完成起24小时内"),
    "R32-archive": (
        lambda law: law.since(Question.ARCHIVING, Event.ACT_ENDED, date(2026, 9, 4)),
        ("R32-archive", date(2026, 10, 8)),
    ),
    "D31-answer": (
        lambda law: law.since(Question.CORRECTION, Event.REQUESTED, date(2026, 9, 30)),
        ("D31-answer", date(2026, 10, 15)),
    ),
    "G118-figures": (lambda law: law.words("G118-figures"), "次年1月31日前"),
}

TURNED_ON = {
    "R45-13-short": ("R45-13-short", "R45-13-general"),
    "R45-13-restriction": ("R45-13-restriction", "R45-13-general"),
    "R45-14": ("R45-14", "SAMR3-half-year", "SAMR3-year"),
    "SAMR3-half-year": ("R45-14", "SAMR3-half-year", "SAMR3-year"),
    "SAMR3-year": ("R45-14", "SAMR3-half-year", "SAMR3-year"),
}
"""Rules that are decided on together; each other by itself."""


def two_that_can_not_be_compared(law: Law) -> tuple[Rule, ...]:
    """The duty of D16 once more, by two other issuers, each with a content of its own."""
    duty = law.rules.get("D16-publish")
    assert duty is not None
    return tuple(
        replace(duty, id=name, issuer=name, value=name, yields_to=frozenset()) for name in ("甲的规定", "乙的规定")
    )


def turned_on(rule: Rule) -> Rule:
    on = replace(rule, enabled=True, decided_by="松政函〔2026〕1号", decided_on=date(2026, 11, 2))
    fine = rule.asks == "fine_at_most"
    return replace(on, scope=replace(on.scope, fine_at_most=Decimal(3000))) if fine else on


@pytest.mark.article("D16", "D18", "D27", "D28", "S1.3")
@pytest.mark.parametrize(
    "rule_id", [pytest.param(row, marks=pytest.mark.article("D25") if row == "D25-update" else ()) for row in ROWS]
)
def test_every_rule_does_what_its_row_says(
    shipped: RuleSet, facts: Callable[..., DecisionFacts], calendar: Calendar, rule_id: str
) -> None:
    decided = TURNED_ON.get(rule_id, (rule_id,))
    rules = RuleSet(tuple(turned_on(rule) if rule.waits and rule.id in decided else rule for rule in shipped))
    ask, expected = ROWS[rule_id]
    assert ask(Law(rules, facts, calendar)) == expected


def test_every_rule_that_is_shipped_has_a_row(shipped: RuleSet) -> None:
    assert {rule.id for rule in shipped} - set(ROWS) == set()
    assert set(ROWS) - {rule.id for rule in shipped} == set()


@pytest.mark.parametrize("rule_id", ROWS)
def test_a_row_would_fail_without_its_rule(
    shipped: RuleSet, facts: Callable[..., DecisionFacts], calendar: Calendar, rule_id: str
) -> None:
    decided = TURNED_ON.get(rule_id, (rule_id,))
    rules = RuleSet(
        tuple(turned_on(rule) if rule.waits and rule.id in decided else rule for rule in shipped if rule.id != rule_id)
    )
    ask, expected = ROWS[rule_id]
    try:
        found = ask(Law(rules, facts, calendar))
    except (AssertionError, ValueError):
        return
    assert found != expected
