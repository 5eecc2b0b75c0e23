"""What answers for the legal review of a major decision that arrives from outside (L4, S3).

Such a decision is never refused: refusing would hide the breach. It waits until its department attests the review in
the sheet, or its supervisor instructs; a case in the system answers for its own decision, and no sheet in its place.
A page that is public already stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gongshi.law.facts import DecisionFacts
from gongshi.law.review.major import triggers
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet

AGREED = "同意"
"""The only opinion after which a decision may be made (L10)."""
SUMMARY_PROCEDURE = "简易程序"
PUBLISH, REVOKE = "publish", "revoke"
"""What the supervisor may instruct."""


class ReviewStanding(StrEnum):
    """What answers for the review of a decision that needs one."""

    INSTRUCTED = "instructed"
    """The supervisor instructed that it be published."""
    PASSED = "passed"
    """Its case in the system passed the gate with this very substance."""
    ATTESTED = "attested"
    """The sheet says that it was reviewed, by whom, with consent, and discussed, in this order."""
    PUBLIC_ALREADY = "public_already"
    """Nobody said, and it is public with this very substance: it stays, and is reported."""
    UNVERIFIED = "unverified"
    """Nobody said: 待核实法制审核."""
    MISSING = "missing"
    """What was said, or its case, shows that it was made without a passed review; or it is to be revoked."""

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    ReviewStanding.PUBLIC_ALREADY: "已公示，尚未核实法制审核",
    ReviewStanding.INSTRUCTED: "按监督机构的指示公示",
    ReviewStanding.PASSED: "系统内审核通过",
    ReviewStanding.ATTESTED: "已填报法制审核情况",
    ReviewStanding.UNVERIFIED: "待核实法制审核",
    ReviewStanding.MISSING: "未经法制审核",
}
HOLDING = frozenset({ReviewStanding.UNVERIFIED, ReviewStanding.MISSING})
"""The standings that keep a decision waiting."""
TOLD = HOLDING | {ReviewStanding.PUBLIC_ALREADY}
"""The standings that the supervisor is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """What a sheet says of the review; `reviewer` is whether somebody is named. Empty where the sheet does not say."""

    reviewed_on: date | None = None
    reviewer: bool = False
    opinion: str = ""
    discussed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """The case in the system from which a decision comes: whether it `needs` a review, whether its decision was made
    there, in what the decision at hand `differs` from that one, and the day of the heads' meeting."""

    needs: bool
    decided: bool = False
    differs: tuple[str, ...] = ()
    meeting_on: date | None = None


def needed(facts: DecisionFacts, rules: RuleSet, case: CaseLink | None = None) -> bool:
    """Whether a decision needs a legal review: its department says so, a rule or list says so, or its case does.

    是否重大 = 否 lowers nothing. Summary procedure is exempt (处罚法 51 to 53), and a decision made before the
    measures were in force (L16), whose rules then have no say.
    """
    if (case is not None and case.needs) or triggers(facts, rules, facts.event_on):
        return True
    if not facts.major or facts.procedure == SUMMARY_PROCEDURE:
        return False
    return any(rule.enabled and rule.in_force(facts.event_on) for rule in rules.asking(Question.MAJOR))


def standing(
    facts: DecisionFacts,
    *,
    attested: Attested = Attested(),
    case: CaseLink | None = None,
    instruction: str = "",
    public_already: bool = False,
) -> ReviewStanding:
    """What answers for the review of a decision that needs one: the first that fits.

    `instruction` is the supervisor's for this substance (publish, revoke, or empty); `public_already` whether this
    substance was published before.
    """
    asked = _Asked(facts.event_on, attested, case, instruction, public_already)
    return next(found for found, fits in _ORDER if fits(asked))


class _Asked(NamedTuple):
    decided_on: date
    attested: Attested
    case: CaseLink | None
    instruction: str
    public_already: bool


def _passed(asked: _Asked) -> bool:
    case = asked.case
    return (
        case is not None
        and case.needs
        and case.decided
        and not case.differs
        and case.meeting_on is not None
        and asked.decided_on >= case.meeting_on
    )


def _attested(asked: _Asked) -> bool:
    """Everything is filled, and nothing in it contradicts."""
    said = asked.attested
    filled = said.reviewed_on and said.reviewer and said.opinion and said.discussed_on
    return bool(filled) and not contradicts(said, asked.decided_on)


def contradicts(said: Attested, decided_on: date) -> bool:
    """Whether what was filled shows by itself that no passed review came before the decision (L5, L10, L13)."""
    order = [day for day in (said.reviewed_on, said.discussed_on, decided_on) if day]
    return bool(said.opinion and said.opinion != AGREED) or order != sorted(order)


def _missing(asked: _Asked) -> bool:
    """It is to be revoked; its case did not pass; or what was filled shows that there was no review."""
    return asked.instruction == REVOKE or _of_a_case(asked) or contradicts(asked.attested, asked.decided_on)


def _of_a_case(asked: _Asked) -> bool:
    """Whether a case in the system has to answer: the columns of a sheet can not."""
    return asked.case is not None and asked.case.needs


_ORDER: tuple[tuple[ReviewStanding, Callable[[_Asked], bool]], ...] = (
    (ReviewStanding.INSTRUCTED, lambda asked: asked.instruction == PUBLISH),
    (ReviewStanding.PASSED, lambda asked: asked.instruction != REVOKE and _passed(asked)),
    (ReviewStanding.ATTESTED, lambda asked: asked.instruction != REVOKE and not _of_a_case(asked) and _attested(asked)),
    (ReviewStanding.PUBLIC_ALREADY, lambda asked: asked.public_already),
    (ReviewStanding.MISSING, _missing),
    (ReviewStanding.UNVERIFIED, lambda asked: True),
)
"""Who has an answer is not told of as public without one."""
