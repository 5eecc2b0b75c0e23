"""What the record of a case lacks, or still waits for, in words and with its article (S6)."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.dossier import spoken
from gongshi.law.recording.model import LACKING, Finding, Status
from gongshi.lifecycle.cases.checking import STATUSES, CaseCheck, late_by
from gongshi.records.cases.lacking import in_words

_TOLD = (*sorted(LACKING, reverse=True), Status.UNDETERMINED, Status.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One requirement that is not met: how it stands, which lines it is about, what is wrong, by which article."""

    status: str
    id: str
    title: str
    lines: str
    told: str
    article: str


def lacks(check: CaseCheck) -> tuple[Lack, ...]:
    """What counts and is not met, the missing first, in the order of the measures within each."""
    found = [one for one in check.findings if one.counted and one.status in _TOLD]
    return tuple(_lack(one) for one in sorted(found, key=lambda one: _TOLD.index(one.status)))


def _lack(one: Finding) -> Lack:
    due = f"期限 {spoken.instant(one.due)}" if one.due else ""
    told = (*in_words(one), f"晚 {late_by(one.late)}" if one.late else due)
    return Lack(
        status=STATUSES[one.status],
        id=one.requirement.id,
        title=one.requirement.title,
        lines="、".join(one.lines),
        told="；".join(filter(None, told)),
        article=one.requirement.article,
    )
