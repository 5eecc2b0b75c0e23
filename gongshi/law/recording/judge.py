"""One case against every requirement: complete, or missing what, by which article, late by how much.

An incomplete file never keeps a decision from being published; it counts in the assessment (S6).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from gongshi.law.calendar import Calendar
from gongshi.law.recording import hours
from gongshi.law.recording.circumstances import circumstances
from gongshi.law.recording.lines import OF_CASE, File
from gongshi.law.recording.model import ANY, LACKING, STAGES, Case, Finding, Line, Requirement, Status, reached
from gongshi.law.rule import Effect, Rule

_REFUSAL, _REASON = "refusal", "no_recording_reason"
_SOUND_AND_PICTURE = ("photo", "audio", "video")
_REMEMBERED = 4096
"""Of so many combinations of circumstances it is remembered what is asked then."""


class _Seen(NamedTuple):
    """What one line lacks, and whether a reason excuses that it was not recorded."""

    line: Line
    lacking: tuple[str, ...]
    excused: bool


class Judge:
    """Requirements made ready to be asked of many cases; `rules` are the terms they name, by id."""

    def __init__(self, requirements: Sequence[Requirement], rules: Mapping[str, Rule], calendar: Calendar) -> None:
        self._requirements = requirements
        self._rules = rules
        self._calendar = calendar
        self._plain = {one.id for one in requirements if _is_plain(one)}
        self._changes = _changes(requirements)
        self._asked = lru_cache(maxsize=_REMEMBERED)(self._speaking)

    def judge(self, case: Case, lines: Sequence[Line], now: datetime) -> tuple[Finding, ...]:
        """How every requirement that speaks of this case stands, in their order. `lines` are the current ones."""
        file = File(case, lines)
        happened = circumstances(case, file.found)
        started = hours.Instant.read(case.started_at).earliest.date()
        since = self._changes[bisect_right(self._changes, started) - 1]
        asked = self._asked(case.kind, case.procedure, since, happened)
        found = [self._one(requirement, case, file, now, applies=applies) for requirement, applies in asked]
        return tuple([finding for finding in found if finding])

    def _speaking(
        self, kind: str, procedure: str, day: date, happened: frozenset[str]
    ) -> tuple[tuple[Requirement, bool], ...]:
        """The requirements of such cases that were in force on that day, each with whether what it asks for applies;
        of those that do not, only such as a file has to call 不适用."""
        return tuple(
            (one, applies)
            for one in self._requirements
            if one.of_cases(kind, procedure)
            and one.in_force(day)
            and ((applies := one.applies(happened)) or one.not_applicable)
        )

    def _one(self, requirement: Requirement, case: Case, file: File, now: datetime, *, applies: bool) -> Finding | None:
        open_ended = requirement.not_applicable and not requirement.when  # of what is conditional, the condition tells
        if not applies or (open_ended and requirement.id in case.not_applicable):
            return Finding(requirement, Status.NOT_APPLICABLE, counted=False)
        found = self._found(requirement, case, file, now)
        if found and found.status in LACKING and not requirement.term and _goes_on(requirement, case):
            return found._replace(status=Status.NOT_YET)
        return found

    def _found(self, requirement: Requirement, case: Case, file: File, now: datetime) -> Finding | None:
        """None where every line of a kind must hold and there is none of that kind."""
        if not requirement.tokens:
            lacking = (f"field:{min(either)}" for either in requirement.filled if either.isdisjoint(file.fields))
            return self._timed(_told(requirement, tuple(lacking)), case, None, now)
        lines = file.of(requirement.tokens)
        if requirement.id in self._plain and (met := _plainly_met(requirement, lines)):
            return met
        seen = [_seen(requirement, line, file) for line in lines]
        if requirement.each:
            each = [self._timed(_of_line(requirement, one), case, one.line, now) for one in seen]
            return _worst(each)
        if requirement.needs_all:
            return _all(requirement, seen)
        return self._timed(_any(requirement, seen), case, seen[0].line if seen else None, now)

    def _timed(self, finding: Finding, case: Case, line: Line | None, now: datetime) -> Finding:
        """The same with its term, where it has one.

        What is there is in time, late, or nobody can tell; what is missing waits while its time runs, and before
        that begins there is nothing to be missed.
        """
        requirement = finding.requirement
        if not requirement.term:
            return finding
        lacks = finding.status in LACKING
        start, end = (_instant(place, case, line) for place in (requirement.start, requirement.end))
        if not start:
            return finding._replace(status=Status.NOT_YET) if lacks else finding
        days = line.days if line and requirement.other_term else None
        clock = hours.timing(self._rules[requirement.term], start, end, now, self._calendar, days=days)
        waits = lacks and not end and clock.status is Status.WAITING
        status = Status.WAITING if waits else finding.status if lacks else _later(finding.status, clock)
        return finding._replace(status=status, due=clock.due, late=clock.late)


def _is_plain(one: Requirement) -> bool:
    """Whether it asks for fields, signatures and contents of its lines, and for nothing else."""
    of_case = any(word.startswith(OF_CASE) for either in one.filled for word in either)
    return not (one.needs_all or one.term or one.recorded or one.served or one.before or of_case)


def _plainly_met(requirement: Requirement, lines: Sequence[Line]) -> Finding | None:
    """That a plain requirement is met, where each line (or the first, where one is enough) shows it: so do most, and of
    those nobody has to work out what they lack. None where one has to look closer."""
    looked = lines if requirement.each else lines[:1]
    filled, signed, contents = requirement.filled, requirement.signed, requirement.contents
    for line in looked:
        lacks = any(map(line.filled.isdisjoint, filled)) or any(map(line.signed.isdisjoint, signed))
        if lacks or not contents <= line.contents:
            return None
    return _told(requirement, (), tuple([line.line for line in looked])) if looked else None


def _changes(requirements: Iterable[Requirement]) -> list[date]:
    """The days on which what is in force changes, the first of all before them: between two nothing does."""
    begin = {one.effective_from for one in requirements if one.effective_from}
    end = {one.effective_to + timedelta(days=1) for one in requirements if one.effective_to}
    return sorted({date.min, *begin, *end})


def _later(status: Status, clock: hours.Timing) -> Status:
    """Of something that is there: late or not to be told, else as it was."""
    return status if clock.status is Status.MET else clock.status


def _told(
    requirement: Requirement, lacking: tuple[str, ...], lines: tuple[str, ...] = (), *, excused: bool = False
) -> Finding:
    status = Status.INCOMPLETE if lacking else Status.EXCUSED if excused else Status.MET
    counted = requirement.effect is Effect.MUST
    return Finding(requirement, status, lines, lacking, counted=counted)


def _missing(requirement: Requirement) -> Finding:
    lacking = tuple(f"line:{token}" for token in requirement.tokens)
    return _told(requirement, lacking)._replace(status=Status.MISSING)


def _of_line(requirement: Requirement, one: _Seen) -> Finding:
    lacking = one.lacking
    if requirement.contents:
        lacking += _untold(requirement, one.line.contents)
    return _told(requirement, lacking, (one.line.line,), excused=one.excused)


def _any(requirement: Requirement, seen: Sequence[_Seen]) -> Finding:
    """One line that holds is enough; what several lines tell counts together."""
    if not seen:
        return _missing(requirement)
    best = min(seen, key=_how_much)
    lacking = best.lacking
    if requirement.contents:
        lacking += _untold(requirement, _all_contents(seen))
    return _told(requirement, lacking, (best.line.line,), excused=best.excused)


def _all(requirement: Requirement, seen: Sequence[_Seen]) -> Finding:
    """One line that holds of each token."""
    if not seen:
        return _missing(requirement)
    lacking: list[str] = []
    for token in requirement.needs_all:
        lines = [one for one in seen if one.line.what == token]
        lacking.extend(min(lines, key=_how_much).lacking if lines else (f"line:{token}",))
    lacking.extend(_untold(requirement, _all_contents(seen)))
    return _told(requirement, tuple(dict.fromkeys(lacking)), tuple(one.line.line for one in seen))


def _how_much(seen: _Seen) -> int:
    return len(seen.lacking)


_ORDER = {status: place for place, status in enumerate(Status)}


def _worst(found: Sequence[Finding]) -> Finding | None:
    """The findings of several lines as one: the worst status, its lines, all that they lack."""
    if len(found) <= 1:
        return found[0] if found else None
    worst = max(found, key=lambda one: _ORDER[one.status])
    alike = [one for one in found if one.status is worst.status]
    return worst._replace(
        lines=tuple(line for one in alike for line in one.lines),
        lacking=tuple(dict.fromkeys(word for one in alike for word in one.lacking)),
        due=min((one.due for one in alike if one.due), default=""),
        late=max((one.late for one in alike if one.late), default=None),
    )


def _all_contents(seen: Sequence[_Seen]) -> frozenset[str]:
    return frozenset[str]().union(*(one.line.contents for one in seen))


def _untold(requirement: Requirement, told: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"content:{word}" for word in sorted(requirement.contents - told))


def _goes_on(requirement: Requirement, case: Case) -> bool:
    """Whether the stage of the requirement is not over."""
    if case.ended_on or requirement.stage == ANY:
        return False
    return STAGES.index(reached(case)) <= STAGES.index(requirement.stage)


def _instant(place: str, case: Case, line: Line | None) -> str:
    """The instant that a requirement names: of the case, or of the line, empty where there is none."""
    if place.startswith(OF_CASE):
        return str(getattr(case, place.removeprefix(OF_CASE)))
    return str(getattr(line, place)) if line else ""


def _seen(requirement: Requirement, line: Line, file: File) -> _Seen:
    lacking = [
        f"field:{min(either)}"
        for either in requirement.filled
        if either.isdisjoint(line.filled) and either.isdisjoint(file.fields)
    ]
    if requirement.signed:
        lacking += _unsigned(requirement, line)
    if requirement.served:
        lacking += _unserved(requirement, file)
    if requirement.before:
        lacking += _after(requirement, line, file)
    excused = False
    if requirement.recorded:
        media = file.media(line)
        if not any(combination <= media for combination in requirement.recorded):
            excused = requirement.or_reason and _REASON in line.filled
            if not excused:
                wanted = requirement.recorded[0]
                lacking.extend(f"medium:{medium}" for medium in _SOUND_AND_PICTURE if medium in wanted - media)
    return _Seen(line, tuple(lacking), excused)


def _unsigned(requirement: Requirement, line: Line) -> list[str]:
    """Whose signature is missing; a noted refusal with the officers' own signature stands for the others'."""
    if requirement.or_refusal and _REFUSAL in line.filled and "officers" in line.signed:
        return []
    return [f"signed:{min(either)}" for either in requirement.signed if either.isdisjoint(line.signed)]


def _unserved(requirement: Requirement, file: File) -> list[str]:
    """Documents that no line of service names."""
    names = {name for line in file.lines if line.what.startswith("service.") for name in line.contents}
    return [f"served:{document}" for document in requirement.served if document not in names]


def _after(requirement: Requirement, line: Line, file: File) -> list[str]:
    """What the line should have come before, and by every reading of both did not."""
    if not line.at:
        return []
    made = hours.Instant.read(line.at).earliest
    later = (one.what for one in file.of(requirement.before) if one.at and hours.Instant.read(one.at).latest < made)
    return [f"before:{what}" for what in dict.fromkeys(later)]


def what_lacks(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What makes a record incomplete: what must be there and is missing, incomplete or late."""
    return tuple(one for one in findings if one.counted and one.status in LACKING)
