"""The law's answer for one decision on one day: each question that was asked, the rules that were looked
at, which won and by which step, why each other lost, and the days that follow.

A value object for `gongshi explain`, the decision page and whoever has to argue a case. It holds types,
dates, rules and reasons, never a name, a number or another value of a party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongshi.law.calendar import Calendar
from gongshi.law.endings import winner_of
from gongshi.law.facts import NATURAL_PERSON, DecisionFacts
from gongshi.law.publishability import Reason, Standing, coming_of_age, judge, publication
from gongshi.law.retention import CitySetting, Retention, periods, publish_until
from gongshi.law.rule import Effect, Question, Rule
from gongshi.law.rule_words import content_words
from gongshi.law.rules import Considered, Resolution, RuleSet
from gongshi.law.terms import Clock, Due
from gongshi.law.withdrawal import Since, withdrawal_due


@dataclass(frozen=True, slots=True)
class EndFacts:
    """How a decision ended: the kind of end, the day its act took effect, the day it was received."""

    kind: str
    effective_on: date | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One rule that was looked at. `step` is the one at which it fell and `because` why; 0 where it stands."""

    rule_id: str
    title: str
    article: str
    basis: str
    content: str
    source: str
    decided_by: str
    step: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: for which type of party (empty for the decision), the rule that won and by which step."""

    question: Question
    party_type: str
    winner: str
    step: int
    undecided: bool
    looked: tuple[Looked, ...]

    @property
    def won(self) -> Looked | None:
        """The rule that won."""
        return next((one for one in self.looked if one.rule_id == self.winner), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswer:
    """One party by its place: type, the last day on which it is shown (None: no end), shown today or not."""

    type: str
    until: date | None
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the law says of one decision on `today`; `earlier` marks 历史数据补录, outside timeliness.

    `started_on` is the day from which the publication term ran; `due` and its `target` end it.
    `until` is the last day of publication, or, where nothing is published yet, what it would be from
    today; `withdrawal` is the term of an end, None without one. `provisional` says that a day depends
    on a calendar that is not announced; `undecided` are the questions that the city has to settle.
    """

    today: date
    standing: Standing
    reasons: tuple[Reason, ...]
    started_on: date | None
    earlier: bool
    first_published_on: date | None
    due: Due
    until: Retention
    parties: tuple[PartyAnswer, ...]
    withdrawal: Due | None
    asked: tuple[Asked, ...]
    provisional: bool
    undecided: tuple[Question, ...]


def answer(
    facts: DecisionFacts,
    rules: RuleSet,
    calendar: Calendar,
    today: date,
    city: CitySetting,
    *,
    ended: EndFacts | None = None,
) -> Answer:
    """Everything that the law says of `facts` on `today`; of its end too, where it was `ended`."""
    verdict = judge(facts, rules, calendar, today, city)
    until = publish_until(facts, facts.first_published_on or today, rules, calendar, city, today=today)
    withdrawal = _withdrawal(facts, ended, rules, calendar)
    asked = tuple(_asked(facts, rules, calendar, today, city, ended))
    clock = Clock.of(facts, calendar)
    winner = rules.get(verdict.due.rule_id)
    return Answer(
        today=today,
        standing=verdict.standing,
        reasons=verdict.reasons,
        earlier=facts.earlier,
        started_on=clock.starts(winner) if winner else None,
        first_published_on=facts.first_published_on,
        due=verdict.due,
        until=until,
        parties=tuple(
            PartyAnswer(type=party.type, until=last, shown=place in verdict.visible_parties)
            for place, (party, last) in enumerate(zip(facts.parties, until.parties, strict=True))
        ),
        withdrawal=withdrawal,
        asked=asked,
        provisional=verdict.due.provisional or bool(withdrawal and withdrawal.provisional),
        undecided=tuple(one.question for one in asked if one.undecided),
    )


def _withdrawal(facts: DecisionFacts, ended: EndFacts | None, rules: RuleSet, calendar: Calendar) -> Due | None:
    if ended is None or ended.effective_on is None:
        return None
    return withdrawal_due(facts, ended.effective_on, ended.received_on, rules, calendar)


def _asked(  # noqa: PLR0917 - what the law is asked with
    facts: DecisionFacts,
    rules: RuleSet,
    calendar: Calendar,
    today: date,
    city: CitySetting,
    ended: EndFacts | None,
) -> Iterator[Asked]:
    """The questions in the order in which a person would argue them; those that no rule answers are left out."""
    majority = coming_of_age(facts, rules, today)
    age = majority.winner.amount if majority.winner else None
    if any(party.type == NATURAL_PERSON for party in facts.parties):
        yield _one(Question.MAJORITY, majority)
    yield _one(Question.PUBLICATION, publication(facts, rules, today, age))
    for question in (Question.DETERMINATION_REQUIRED, Question.DETERMINATION):
        found = rules.resolve(question, facts, today)
        if any(_applies(one) for one in found.considered):
            yield _one(question, found)
    yield _one(Question.TERM, Clock.of(facts, calendar).resolve(rules, facts))
    yield from _periods(facts, rules, calendar, today, city)
    if ended is not None:
        yield _one(Question.ENDING, winner_of(ended.kind, rules, facts, today))
        if ended.effective_on:
            start = max(ended.effective_on, ended.received_on or ended.effective_on)
            yield _one(Question.WITHDRAWAL, Since(start, calendar).resolve(Question.WITHDRAWAL, facts, rules))


def _periods(
    facts: DecisionFacts, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting
) -> Iterator[Asked]:
    """Until when, for each type of party; the policy behind `may` once where it is one for all."""
    first = facts.first_published_on or today
    told: set[str] = set()
    for kind, period in periods(facts, first, rules, calendar, city, today=today).items():
        yield _one(Question.RETENTION, period.retention(), kind)
        if any(_applies(one) for one in period.floor().considered):
            yield _one(Question.RETENTION_FLOOR, period.floor(), kind)
        policy = _one(Question.RETIREMENT, period.retirement())
        if policy.winner not in told and any(rule.effect is Effect.MAY for rule in period.retention().standing):
            told.add(policy.winner)
            yield policy


def _applies(one: Considered) -> bool:
    """Whether a rule stands, or fell for another reason than that it speaks of something else."""
    return one.step != 1


def _one(question: Question, found: Resolution, party_type: str = "") -> Asked:
    return Asked(
        question=question,
        party_type=party_type,
        winner=found.winner.id if found.winner else "",
        step=found.step,
        undecided=found.undecided,
        looked=tuple(_looked(one.rule, one) for one in found.considered),
    )


def _looked(rule: Rule, one: Considered) -> Looked:
    return Looked(
        rule_id=rule.id,
        title=rule.title,
        article=rule.article,
        basis=rule.basis,
        content=content_words(rule).removeprefix(f"{rule.title}："),
        source=rule.source.value,
        decided_by=rule.decided_by,
        step=one.step,
        because=one.because,
    )
