"""The dossier of a case, for the file, a reconsideration or a court: everything that is on record, and how to prove it.

It stands alone: one page of HTML that prints, with its index, every line, the rounds of its legal review, its evidence,
the hash of every entry and of every file, who read it and what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.dossier import spoken
from gongshi.dossier.lacks import Lack
from gongshi.dossier.moments import Moment
from gongshi.dossier.readers import Read, readings
from gongshi.dossier.reading import CaseFile, Line, Payload
from gongshi.dossier.rounds import Reviewed
from gongshi.dossier.timeline import Timeline
from gongshi.lifecycle.cases.access import OFFICES
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.cases.vocabulary import MEDIA, STAGES
from gongshi.store.operations import Operation

_ORDER = (*STAGES, "")
_KNOWN = ("case_number", "line")
"""Fields that stand in the heading of a line."""
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A line of the case on its page: `place` in the index, what it is, when, its fields, its entry."""

    place: int
    number: str
    sheet: str
    label: str
    stage: str
    at: str
    fields: Fields
    files: tuple[str, ...]
    approval: bool
    seq: int
    recorded: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the vault: what the journal says of it, and by what name a check looks for it."""

    name: str
    checked_as: str
    line: str
    medium: str
    size: int
    sha256: str
    made: str
    stored: str
    custodian: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything of the page; `head` is the newest hash of the chain when it was made, `accesses` None where the
    reader may not know them."""

    number: str
    id: str
    department: str
    made: str
    by: str
    office: str
    why: str
    fields: Fields
    parties: tuple[Fields, ...]
    sheets: tuple[Sheet, ...]
    course: Timeline
    majors: tuple[Moment, ...]
    rounds: tuple[Reviewed, ...]
    files: tuple[File, ...]
    sums: tuple[str, ...]
    hashes: tuple[Moment, ...]
    head: str
    accesses: tuple[Read, ...] | None
    lacking: tuple[Lack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """For whom a dossier is made: in which department's words, when, why, and the head of the chain then."""

    department: str
    at: str
    why: str
    head: str


def dossier(file: CaseFile, course: Timeline, reviewed: tuple[Reviewed, ...], made: Made) -> Dossier:
    """The whole of a case; the same entries give the same dossier."""
    files = _files(file)
    majors = {one.seq for one, _ in file.of(Operation.MAJOR)}
    return Dossier(
        number=file.number,
        id=file.case.id,
        department=made.department,
        made=spoken.instant(made.at),
        by=file.admitted.by,
        office=OFFICES[file.admitted.office],
        why=made.why,
        fields=spoken.fields(CASE_KINDS["case"], file.values),
        parties=tuple(_without(spoken.fields(CASE_KINDS["case_party"], one), "案号") for one in file.parties),
        sheets=_sheets(file),
        course=course,
        majors=tuple(one for one in course.moments if one.seq in majors),
        rounds=reviewed,
        files=files,
        sums=tuple(_sum(one) for one in files),
        hashes=course.moments,
        head=made.head,
        accesses=readings(file),
        lacking=course.lacking,
    )


def _sheets(file: CaseFile) -> tuple[Sheet, ...]:
    """The lines by stage, then by time: the order of a bound file."""
    ordered = sorted(file.lines, key=lambda one: (_ORDER.index(one.stage), one.at, one.number))
    return tuple(_sheet(place, one) for place, one in enumerate(ordered, start=1))


def _sheet(place: int, line: Line) -> Sheet:
    kind = CASE_KINDS[line.sheet]
    values = {name: text for name, text in line.values.items() if name not in _KNOWN}
    return Sheet(
        place=place,
        number=line.number,
        sheet=kind.label,
        label=line.values.get("title") or line.label,
        stage=STAGES.get(line.stage, ""),
        at=spoken.instant(line.at),
        fields=spoken.fields(kind, values),
        files=tuple(one["name"] for one in line.files),
        approval=kind.name == "approval",
        seq=line.entry.seq,
        recorded=spoken.instant(line.entry.at),
        hash=line.entry.hash,
    )


def _files(file: CaseFile) -> tuple[File, ...]:
    said = [payload for _, payload in file.of(Operation.EVIDENCE)]
    names = Counter(one["name"] for one in said)
    return tuple(_file(at, one, names) for at, one in enumerate(said, start=1))


def _file(at: int, said: Payload, names: Mapping[str, int]) -> File:
    name = said["name"]
    return File(
        name=name,
        checked_as=name if names[name] == 1 else f"{at}-{name}",
        line=said["line"],
        medium=MEDIA.get(said["medium"], ""),
        size=said["size"],
        sha256=said["sha256"],
        made=spoken.instant(said["made_at"]),
        stored=spoken.instant(said["stored_at"]),
        custodian=said["custodian"],
        description=said["description"],
    )


def _sum(one: File) -> str:
    """A line as `sha256sum -c` reads it: a name with a line break or a backslash is escaped and marked so."""
    escaped = one.checked_as.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != one.checked_as else ""
    return f"{mark}{one.sha256}  {escaped}"


def _without(fields: Fields, label: str) -> Fields:
    return tuple(one for one in fields if one[0] != label)
