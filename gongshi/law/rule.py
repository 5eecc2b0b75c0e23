"""One rule of law, as a row of data (DOMAIN.md, "Rules: what they are and which one prevails")."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from gongshi.law.scope import Scope

PLATFORM = "platform"
EVERY_CHANNEL = "every"


class Question(StrEnum):
    """What a rule answers."""

    PUBLICATION = "publication"
    """Whether a decision is public at all (D16, D18, seals)."""
    TERM = "term"
    """By when it must be public (D27)."""
    RETENTION = "retention"
    """When it may or must come down (D28)."""
    RETENTION_FLOOR = "retention_floor"
    """Before when it must not come down."""
    RETIREMENT = "retirement"
    """Whether what may come down does come down: the city's or a department's policy."""
    DETERMINATION_REQUIRED = "determination_required"
    """Whether the department must first determine what is public of a kind (D16)."""
    DETERMINATION = "determination"
    """What a department determined to be public of a kind (D16)."""
    HOLD = "hold"
    """What keeps a decision waiting, by the hold's code in `value`."""
    MAJORITY = "majority"
    """The age at which a person comes of age."""
    ENDING = "ending"
    """Why a published decision may be taken down, by the kind of end in `value`, and what stays."""
    WITHDRAWAL = "withdrawal"
    CONFIRMATION = "confirmation"
    """By when the second person looks at a 紧急下架."""
    EARLY_STOP = "early_stop"
    """Before when publication does not stop on application."""
    UPDATE = "update"
    MAJOR = "major"
    """What makes a decision a major one that needs legal review (L3), by the trigger's code in `value`."""
    SUMMARY = "summary_procedure"
    """What may be decided on the spot (行政处罚法 51)."""
    LEGAL_REVIEW = "legal_review"
    INTERNAL_REVIEW = "internal_review"
    RECORDING = "recording"
    ARCHIVING = "archiving"
    CORRECTION = "correction"
    FIGURES = "figures"
    SECOND_REVIEW = "second_review"
    """Which other body must review a department's list before it is public, in `value` (D22, D23)."""
    REVIEWERS_SHARE = "reviewers_share"
    """How many of a hundred officers should be legal reviewers (S3.1)."""


class Effect(StrEnum):
    """What a rule does."""

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"


class Rank(IntEnum):
    """The rank of the instrument, the higher the stronger."""

    POLICY = 1
    CITY_MEASURE = 2
    RULE = 3
    LOCAL_REGULATION = 4
    ADMINISTRATIVE_REGULATION = 5
    LAW = 6


class Unit(StrEnum):
    """In what `value` is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    MONTH_DAY = "month_day"
    """A day of each year, as MM-DD."""
    PERCENT = "percent"
    UNTIL = "until"
    """Until the day of `counted_from` itself; `value` is the day that stands for no end."""


class Event(StrEnum):
    """The event from which a period is counted."""

    FORMED_OR_CHANGED = "formed_or_changed"
    DECIDED = "decided"
    INSPECTION_ENDED = "inspection_ended"
    HANDLED = "handled"
    FIRST_PUBLISHED = "first_published"
    VALID_UNTIL = "valid_until"
    ACT_EFFECTIVE_OR_RECEIVED = "act_effective_or_received"
    SUSPENDED = "suspended"
    LAW_EFFECTIVE_OR_REPEALED = "law_effective_or_repealed"
    MATERIALS_RECEIVED = "materials_received"
    EXTENSION_APPROVED = "extension_approved"
    STARTED = "started"
    RECORDED = "recorded"
    ACT_ENDED = "act_ended"
    REQUESTED = "requested"
    YEAR_ENDED = "year_ended"


class LeadsTo(StrEnum):
    """What a decision becomes: how one that must not be public is spoken of inside, what an end leaves."""

    WITHHELD = "withheld"
    SEALED = "sealed"
    NOTICE = "notice"
    """An end after which a notice with the reason stays."""
    NOTHING = "nothing"
    """An end after which nothing stays."""
    UPDATED = "updated"
    """No end: the licence's 当前状态 is updated, its page stays."""


class Source(StrEnum):
    """How the rule's text is known."""

    VERIFIED = "V"
    MEMORY = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    `yields_to` is the rule's own clause: the ranks whose provisions replace it (D27 第二款); an empty
    set is a rule that names nobody (D25, D28), None a rule without a clause, to which the general
    order applies. `special_to` names rules that this one is the special rule to, where the scopes
    do not show it. `requires` are the fields that must be filled where the rule applies. A rule
    that is off says in `turned_on_by` what turns it on; one with `needs_document` names the
    deciding document in `decided_by` and in `decided_on` the day from which it is on. `asks` names
    what the city decides with it: the rule's `value`, a whole number `between` two, or its scope's
    `fine_at_most`. `reviewed_by` is the second person who confirmed an entered rule that lifts a
    ground of D18.
    """

    id: str
    question: Question
    effect: Effect
    rank: Rank
    issuer: str
    article: str
    basis: str
    source: Source
    title: str = ""
    scope: Scope = field(default_factory=Scope)
    channel: str = PLATFORM
    value: int | str | None = None
    unit: Unit | None = None
    counted_from: Event | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    yields_to: frozenset[Rank] | None = None
    special_to: frozenset[str] = frozenset()
    leads_to: LeadsTo = LeadsTo.WITHHELD
    requires: tuple[str, ...] = ()
    enabled: bool = True
    turned_on_by: str = ""
    needs_document: bool = False
    decided_by: str = ""
    decided_on: date | None = None
    asks: str = ""
    between: tuple[int, ...] = ()
    entered_by: str = ""
    reviewed_by: str = ""
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`; its last day belongs to it, and the day of a city's decision."""
        return (
            (self.effective_from is None or self.effective_from <= day)
            and (self.decided_on is None or self.decided_on <= day)
            and (self.effective_to is None or day <= self.effective_to)
        )

    @property
    def waits(self) -> bool:
        """Whether the city has yet to decide if the rule is on."""
        return self.needs_document and not self.decided_by

    def on_channel(self, channel: str) -> bool:
        """Whether the rule speaks of `channel`."""
        return self.channel in (channel, EVERY_CHANNEL)

    def special_over(self, other: Rule) -> bool:
        """Whether this is the special rule and `other` the general one."""
        if self.id in other.special_to:
            return False
        return other.id in self.special_to or self.scope.narrower_than(other.scope)

    @property
    def amount(self) -> int:
        """`value` as a number; raises TypeError for a rule that counts nothing."""
        if not isinstance(self.value, int):
            raise TypeError(f"rule {self.id} has no number")
        return self.value
