"""The law of registers and lists: what is in force today, whether a certificate holds, who reviews, what is due.

Pure: `today` is an argument, and every answer that may change with the days says on which (`turns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule import Question, Rule
from gongshi.law.rules import RuleSet
from gongshi.law.terms import Due
from gongshi.law.withdrawal import since

_DAY = timedelta(days=1)
NO_UPDATE_TERM = Due(on=None, rule_id="", article="", text="没有施行中的更新期限规定")


class Standing(StrEnum):
    """What a record is on a day."""

    UPCOMING = "upcoming"
    """No version has taken effect yet."""
    IN_FORCE = "in_force"
    ENDED = "ended"
    """It is over; its page stays for a while and says so, the lists leave it out."""
    GONE = "gone"
    """Over for so long that nothing of it is public."""


class Validity(StrEnum):
    """Whether an officer's certificate holds on a day (D7)."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    """Taken away or given up."""


DECLARED = {"暂扣": Validity.SUSPENDED, "注销": Validity.REVOKED, "吊销": Validity.REVOKED}
"""States that hold whatever the days say; 有效 is what the days make of it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One approved version: its place in the journal, its first and its last day in force (D5)."""

    seq: int
    effective_from: date
    effective_to: date | None


class Owner(Protocol):
    """Of a department, what decides who reviews its lists."""

    @property
    def key(self) -> str: ...
    @property
    def sector(self) -> str: ...


def in_force(versions: Sequence[Version], today: date) -> Version | None:
    """The version that is in force on `today`, or was the last to be: the newest that has taken effect.

    A version that takes effect later does not touch today; of two of one day the later sent counts.
    """
    begun = (version for version in versions if version.effective_from <= today)
    return max(begun, key=lambda version: (version.effective_from, version.seq), default=None)


def standing(version: Version | None, today: date, kept_months: int, calendar: Calendar) -> Standing:
    """What a record is whose version `in_force` is `version`; what is over stays for `kept_months`."""
    if version is None or today < version.effective_from:
        return Standing.UPCOMING
    if version.effective_to is None or today <= version.effective_to:
        return Standing.IN_FORCE
    kept_until = calendar.add_months(version.effective_to, kept_months)
    return Standing.ENDED if today <= kept_until else Standing.GONE


def validity(state: str, valid_from: date, valid_to: date, today: date) -> Validity:
    """Whether a certificate holds: what was declared of it, then its days. Its last day belongs to it."""
    if state in DECLARED:
        return DECLARED[state]
    if today < valid_from:
        return Validity.NOT_YET
    return Validity.VALID if today <= valid_to else Validity.EXPIRED


def turns(versions: Iterable[Version], kept_months: int, calendar: Calendar) -> Iterator[date]:
    """The days from which `in_force` or `standing` may answer otherwise."""
    for version in versions:
        yield version.effective_from
        if version.effective_to is not None:
            yield version.effective_to + _DAY
            yield calendar.add_months(version.effective_to, kept_months) + _DAY


def validity_turns(valid_from: date, valid_to: date) -> tuple[date, date]:
    """The days from which `validity` may answer otherwise."""
    return valid_from, valid_to + _DAY


def next_day(days: Iterable[date | None], today: date) -> date | None:
    """The earliest of `days` after `today`."""
    return min((day for day in days if day is not None and day > today), default=None)


def second_review(rules: RuleSet, kind: str, department: Owner, on: date) -> Rule | None:
    """The rule by which another body must review what `department` sends of `kind` (D22, D23); None: nobody.

    `value` names the body (rule_words.BODIES); `on` is the day of the department's own review.
    """
    return rules.resolve(Question.SECOND_REVIEW, _asked(kind, department.key, department.sector, on), on).winner


def update_due(changed_on: date, rules: RuleSet, calendar: Calendar) -> Due:
    """By when what a change touches must be brought up to date (D25), by the rule in force on the day of the change.

    `changed_on` is the day of its effect, not of its promulgation.
    """
    return since(Question.UPDATE, _asked("", "", "", changed_on), changed_on, rules, calendar) or NO_UPDATE_TERM


def reviewers_share(rules: RuleSet, on: date) -> tuple[int, Rule] | None:
    """How many of a hundred officers should be legal reviewers, in principle (S3.1), and by which rule."""
    rule = rules.resolve(Question.REVIEWERS_SHARE, _asked("", "", "", on), on).winner
    return (rule.amount, rule) if rule else None


def figures_due(year: int, rules: RuleSet, on: date) -> tuple[date, Rule] | None:
    """By which day the figures of a year are to be public (01-31: of the next year), and by which rule; None where no
    rule is in force `on` a day."""
    rule = rules.resolve(Question.FIGURES, _asked("", "", "", on), on).winner
    if rule is None:
        return None
    month, day = map(int, str(rule.value).split("-"))
    return date(year + 1, month, day), rule


def _asked(kind: str, department: str, sector: str, on: date) -> DecisionFacts:
    """What a rule of these questions may look at: the kind, the department and its sector."""
    return DecisionFacts(kind=kind, department=department, sector=sector, event_on=on)
