"""A requirement of the record, what a case and its lines look like to it, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from gongshi.law.rule import Effect, Rank, Source

ANY = "any"
"""The stage of a requirement that holds in every one."""
STAGES = ("start", "investigation", "decision", "execution", "archive")
"""R3, in their order."""

Either = frozenset[str]
"""Words of which one is enough."""


class Status(StrEnum):
    """How a requirement stands in a case."""

    MET = "met"
    EXCUSED = "excused"
    """Not recorded, with the reason that the article admits."""
    NOT_APPLICABLE = "not_applicable"
    NOT_YET = "not_yet"
    """Still missing while its stage goes on."""
    WAITING = "waiting"
    """Its time is running."""
    UNDETERMINED = "undetermined"
    """Only the day is known where hours count."""
    LATE = "late"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


LACKING = frozenset({Status.LATE, Status.INCOMPLETE, Status.MISSING})
"""What makes a file incomplete."""


class Line(Protocol):
    """One current line of a case file: `what` it is, and which of its fields, ticks and signatures are there.

    `about` names the line that it accompanies. Instants are ISO text with minutes and zone, or a bare day.
    """

    @property
    def line(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def medium(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def stored_at(self) -> str: ...
    @property
    def days(self) -> int | None: ...
    @property
    def filled(self) -> frozenset[str]: ...
    @property
    def contents(self) -> frozenset[str]: ...
    @property
    def signed(self) -> frozenset[str]: ...


class Case(Protocol):
    """A case as requirements see it: no person, no text.

    `circumstances` are the handler's ticks and what the case's own fields show; `major` tells whether it needs legal
    review, `major_at_start` whether it did when it began; `not_applicable` are the requirements it says do not apply.
    `review` is the state of its legal review, empty where it needs none; `decided` whether a decision was made, here
    or by what its sheet says.
    """

    @property
    def kind(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def started_at(self) -> str: ...
    @property
    def filed_at(self) -> str: ...
    @property
    def ended_on(self) -> str: ...
    @property
    def hearing(self) -> str: ...
    @property
    def filled(self) -> frozenset[str]: ...
    @property
    def circumstances(self) -> frozenset[str]: ...
    @property
    def not_applicable(self) -> frozenset[str]: ...
    @property
    def major(self) -> bool: ...
    @property
    def major_at_start(self) -> bool: ...
    @property
    def review(self) -> str: ...
    @property
    def decided(self) -> bool: ...


_DECIDED = "execution"
"""The stage of a case that was decided, whatever its sheet says."""


def reached(case: Case) -> str:
    """The stage in which a case is: what its sheet says, or a later one by what happened (R3)."""
    return max(case.stage, _DECIDED, key=STAGES.index) if case.decided else case.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What the record of a case must hold, with its article.

    It speaks of cases of these `kinds` and `procedures` (empty: of all) in which all of `when` and none of `unless`
    happened. Of `needs` one line is enough, of `needs_all` one each; with `each` every line of that kind that is
    there must hold. A line holds when `filled` (`case.` for the case's own field), the ticks `contents` and the
    signatures `signed` are there (`or_refusal`: or the officers' note that signing was refused), when its
    document was `served`, when it is no later than the first of the lines `before` which it has to come, and it was
    `recorded` in one of these combinations of media, on the line itself or on one
    about it (`or_reason`: or with the reason why not). `term` is the rule that says
    by when, from `start` to `end`; the line's own `days` replace its number where `other_term` allows (R32).
    """

    id: str
    row: str
    title: str
    article: str
    basis: str
    instrument: str
    rank: Rank
    issuer: str
    source: Source
    stage: str
    effective_from: date | None = None
    effective_to: date | None = None
    kinds: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    when: tuple[Either, ...] = ()
    unless: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    needs_all: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    filled: tuple[Either, ...] = ()
    contents: frozenset[str] = frozenset()
    signed: tuple[Either, ...] = ()
    or_refusal: bool = False
    recorded: tuple[Either, ...] = ()
    or_reason: bool = False
    term: str = ""
    start: str = ""
    end: str = ""
    other_term: bool = False
    not_applicable: bool = False
    effect: Effect = Effect.MUST

    def in_force(self, day: date) -> bool:
        """Whether it is in force on `day`; its last day belongs to it."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def of_cases(self, kind: str, procedure: str) -> bool:
        """Whether it speaks of cases of that kind and procedure."""
        return (not self.kinds or kind in self.kinds) and (not self.procedures or procedure in self.procedures)

    def applies(self, happened: frozenset[str]) -> bool:
        """Whether what it asks for applies where this happened."""
        return all(either & happened for either in self.when) and not self.unless & happened

    @property
    def tokens(self) -> tuple[str, ...]:
        """The lines it looks at."""
        return self.needs or self.needs_all or self.each


class Finding(NamedTuple):
    """How one requirement stands: which `lines` it is about, and what is `lacking`.

    What is lacking is told in words of the file's vocabulary: `line:inquiry`, `field:refusal`, `content:启动原因`,
    `signed:party`, `medium:video`, `served:催告书`, `before:court_application`. `due` is the last instant (ISO) where
    there is one, `late` by how much it was or is missed.
    """

    requirement: Requirement
    status: Status
    lines: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    due: str = ""
    late: timedelta | None = None
    counted: bool = True
    """False for what only may be recorded."""
