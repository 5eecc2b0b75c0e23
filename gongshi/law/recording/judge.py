"""One case against every requirement: complete, or missing what, by which article, late by how much.

An incomplete file never keeps a decision from being published; it counts in the assessment (S6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from gongshi.law.calendar import Calendar
from gongshi.law.recording import hours
from gongshi.law.recording.circumstances import circumstances
from gongshi.law.recording.model import ANY, LACKING, STAGES, Case, Either, Finding, Line, Requirement, Status
from gongshi.law.rule import Effect, Rule

_OF_CASE = "case."
_OF_MEDIUM = "*:"
_REFUSAL, _REASON = "refusal", "no_recording_reason"
_DECIDED = "execution"
"""The stage of a case that was decided, whatever its sheet says."""
_SOUND_AND_PICTURE = ("photo", "audio", "video")


class File:
    """The current lines of a case, found by what they are, by medium and by what they accompany."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._found: defaultdict[str, list[Line]] = defaultdict(list)
        self._media: defaultdict[str, set[str]] = defaultdict(set)
        for line in lines:
            self._found[line.what].append(line)
            self._found[_OF_MEDIUM + line.medium].append(line)
            if line.about:
                self._media[line.about].add(line.medium)

    def of(self, tokens: Sequence[str]) -> list[Line]:
        """The lines of these tokens (`*:video`: of that medium), each once, in the order of the tokens."""
        if len(tokens) == 1:
            return self._found.get(tokens[0], [])
        return list(dict.fromkeys(line for token in tokens for line in self._found.get(token, ())))

    def media(self, line: Line) -> set[str]:
        """In what a line was recorded: its own medium and those of the lines about it."""
        return {line.medium} | self._media.get(line.line, set())


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
        self._asked: dict[tuple[str, str], tuple[Requirement, ...]] = {}

    def judge(self, case: Case, lines: Sequence[Line], now: datetime) -> tuple[Finding, ...]:
        """How every requirement that speaks of this case stands, in their order. `lines` are the current ones."""
        file = File(lines)
        happened = circumstances(case, (line.what for line in lines))
        started = hours.Instant.read(case.started_at).earliest.date()
        found = (
            self._one(requirement, case, file, happened, now)
            for requirement in self._of(case.kind, case.procedure)
            if requirement.in_force(started)
        )
        return tuple(finding for finding in found if finding)

    def _of(self, kind: str, procedure: str) -> tuple[Requirement, ...]:
        key = (kind, procedure)
        if key not in self._asked:
            self._asked[key] = tuple(
                one
                for one in self._requirements
                if (not one.kinds or kind in one.kinds) and (not one.procedures or procedure in one.procedures)
            )
        return self._asked[key]

    def _one(
        self, requirement: Requirement, case: Case, file: File, happened: frozenset[str], now: datetime
    ) -> Finding | None:
        applies = all(either & happened for either in requirement.when) and not requirement.unless & happened
        waved = not requirement.when and requirement.id in case.not_applicable
        if requirement.not_applicable and (waved or not applies):
            return Finding(requirement=requirement, status=Status.NOT_APPLICABLE, counted=False)
        if not applies:
            return None
        found = self._found(requirement, case, file, now)
        if found and found.status in LACKING and not requirement.term and _goes_on(requirement, case):
            return replace(found, status=Status.NOT_YET)
        return found

    def _found(self, requirement: Requirement, case: Case, file: File, now: datetime) -> Finding | None:
        """None where every line of a kind must hold and there is none of that kind."""
        if not requirement.tokens:
            return self._timed(_told(requirement, tuple(_lacking_of_case(requirement, case))), case, None, now)
        seen = [_seen(requirement, line, case, file) for line in file.of(requirement.tokens)]
        if requirement.each:
            each = [self._timed(_of_line(requirement, one), case, one.line, now) for one in seen]
            return _worst(each) if each else None
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
            return replace(finding, status=Status.NOT_YET) if lacks else finding
        days = line.days if line and requirement.other_term else None
        clock = hours.timing(self._rules[requirement.term], start, end, now, self._calendar, days=days)
        waits = lacks and not end and clock.status is Status.WAITING
        status = Status.WAITING if waits else finding.status if lacks else _later(finding.status, clock)
        return replace(finding, status=status, due=clock.due, late=clock.late)


def _later(status: Status, clock: hours.Timing) -> Status:
    """Of something that is there: late or not to be told, else as it was."""
    return status if clock.status is Status.MET else clock.status


def _told(
    requirement: Requirement, lacking: tuple[str, ...], lines: tuple[str, ...] = (), *, excused: bool = False
) -> Finding:
    status = Status.INCOMPLETE if lacking else Status.EXCUSED if excused else Status.MET
    counted = requirement.effect is Effect.MUST
    return Finding(requirement=requirement, status=status, lines=lines, lacking=lacking, counted=counted)


def _missing(requirement: Requirement) -> Finding:
    lacking = tuple(f"line:{token}" for token in requirement.tokens)
    return replace(_told(requirement, lacking), status=Status.MISSING)


def _of_line(requirement: Requirement, one: _Seen) -> Finding:
    lacking = (*one.lacking, *_untold(requirement, one.line.contents))
    return _told(requirement, lacking, (one.line.line,), excused=one.excused)


def _any(requirement: Requirement, seen: Sequence[_Seen]) -> Finding:
    """One line that holds is enough; what several lines tell counts together."""
    if not seen:
        return _missing(requirement)
    best = min(seen, key=_how_much)
    lacking = (*best.lacking, *_untold(requirement, _all_contents(seen)))
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


def _worst(found: Sequence[Finding]) -> Finding:
    """The findings of several lines as one: the worst status, its lines, all that they lack."""
    worst = max(found, key=lambda one: _ORDER[one.status])
    alike = [one for one in found if one.status is worst.status]
    return replace(
        worst,
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
    reached = max(STAGES.index(case.stage), STAGES.index(_DECIDED) if case.decided else 0)
    return reached <= STAGES.index(requirement.stage)


def _instant(place: str, case: Case, line: Line | None) -> str:
    """The instant that a requirement names: of the case, or of the line, empty where there is none."""
    if place.startswith(_OF_CASE):
        return str(getattr(case, place.removeprefix(_OF_CASE)))
    return str(getattr(line, place)) if line else ""


def _seen(requirement: Requirement, line: Line, case: Case, file: File) -> _Seen:
    lacking = [
        *_unfilled(requirement.filled, line, case),
        *_unsigned(requirement, line),
        *_unserved(requirement, file),
    ]
    excused = False
    if requirement.recorded:
        media = file.media(line)
        if not any(combination <= media for combination in requirement.recorded):
            excused = requirement.or_reason and _REASON in line.filled
            if not excused:
                wanted = requirement.recorded[0]
                lacking.extend(f"medium:{medium}" for medium in _SOUND_AND_PICTURE if medium in wanted - media)
    return _Seen(line, tuple(lacking), excused)


def _unfilled(filled: Sequence[Either], line: Line, case: Case) -> Iterator[str]:
    for either in filled:
        if not any(
            word.removeprefix(_OF_CASE) in case.filled if word.startswith(_OF_CASE) else word in line.filled
            for word in either
        ):
            yield f"field:{min(either)}"


def _lacking_of_case(requirement: Requirement, case: Case) -> Iterator[str]:
    for either in requirement.filled:
        if not {word.removeprefix(_OF_CASE) for word in either} & case.filled:
            yield f"field:{min(either)}"


def _unsigned(requirement: Requirement, line: Line) -> Iterator[str]:
    """Whose signature is missing; a noted refusal with the officers' own signature stands for the others'."""
    noted = requirement.or_refusal and _REFUSAL in line.filled and "officers" in line.signed
    if not noted:
        yield from (f"signed:{min(either)}" for either in requirement.signed if not either & line.signed)


def _unserved(requirement: Requirement, file: File) -> Iterator[str]:
    """Documents that no line of service names."""
    if requirement.served:
        names = {name for line in file.lines if line.what.startswith("service.") for name in line.contents}
        yield from (f"served:{document}" for document in requirement.served if document not in names)


def complete(findings: Sequence[Finding]) -> bool:
    """Whether nothing that must be there is missing, incomplete or late."""
    return not any(finding.counted and finding.status in LACKING for finding in findings)
