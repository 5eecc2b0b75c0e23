"""The cases of a city or of a department, without any person: nothing is read that would have to be recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongshi.dossier import spoken
from gongshi.law.recording.model import reached
from gongshi.law.review.words import State
from gongshi.records.cases.key import number_in
from gongshi.records.cases.vocabulary import PROCEDURES, STAGES
from gongshi.store import Store
from gongshi.store.cases import CaseRow, scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One case in a list, in codes."""

    id: str
    department: str
    number: str
    kind: str
    procedure: str
    stage: str
    started_at: str
    major: bool
    review: str

    def render_text(self) -> str:
        """One line in Chinese."""
        procedure, stage = PROCEDURES.get(self.procedure, ""), STAGES.get(self.stage, "")
        review = f"法制审核：{State(self.review).label}" if self.review else ""
        words = (f"{self.number}（{self.id}）", procedure, stage, spoken.instant(self.started_at), review)
        return "　".join(filter(None, words))


def listed(store: Store, department: str = "", stage: str = "") -> Iterator[Listed]:
    """The cases of a department (its key) in a stage, or all of them, one after the other in bounded memory."""
    return (_listed(case) for case, _ in scan(store, department) if stage in ("", reached(case)))


def _listed(case: CaseRow) -> Listed:
    return Listed(
        id=case.id,
        department=case.department,
        number=number_in(case.key),
        kind=case.kind,
        procedure=case.procedure,
        stage=reached(case),
        started_at=case.started_at,
        major=case.major,
        review=case.review,
    )
