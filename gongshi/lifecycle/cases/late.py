"""What of a case's record is past its hour or its day and still not there (R8, R32): found without reading the rest.

The store's indexes hold what waits and nothing else; the law's own judge says of each whether its time is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby

from gongshi.instance import Instance
from gongshi.law.recording.model import Finding, Requirement, Status
from gongshi.lifecycle.cases.checking import judge_of, late_by
from gongshi.records.cases.key import number_in
from gongshi.store import Store
from gongshi.store.cases import CaseRow, LineRow, lines, to_archive, to_file, to_store


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """One case of which something is late, without any person: until when it was due (ISO), by how many minutes it is
    missed, by which requirement of the record, and in which lines (empty: in the case itself). `code` names the
    matter: filing_late, storing_late, files_late."""

    code: str
    section: str
    department: str
    department_name: str
    case: str
    number: str
    requirement: str
    title: str
    article: str
    lines: tuple[str, ...]
    due: str
    late_minutes: int
    late: str
    overdue: bool = True

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return asdict(self)

    def render_text(self) -> str:
        """Its line in Chinese."""
        at = f"（序号 {'、'.join(self.lines)}）" if self.lines else ""
        due = self.due.replace("T", " ")[:16]
        return f"    {self.number}（{self.case}）{at}　期限 {due}，已超过 {self.late}（{self.article}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """Where such cases are found, and which requirement says by when: the one whose clock stops at `end`."""

    section: str
    waiting: Callable[[Store], Iterator[CaseRow]]
    end: str
    stage: str = ""
    of: Callable[[LineRow], bool] = lambda _: True
    """Which lines it is asked of."""
    in_order: bool = False
    """Whether they come in the order in which they are due: after the first whose time still runs nobody is late."""

    def asked(self, one: Requirement) -> bool:
        """Whether that requirement says by when."""
        return bool(one.term) and one.end == self.end and self.stage in ("", one.stage)


MATTERS = {
    "filing_late": _Matter(section="情况紧急先行启动，逾期没有补报", waiting=to_file, end="case.filed_at"),
    "storing_late": _Matter(
        section="音像记录逾期没有储存", waiting=to_store, end="stored_at", of=lambda line: not line.stored_at
    ),
    "files_late": _Matter(section="案卷逾期没有归档", waiting=to_archive, end="at", stage="archive", in_order=True),
}
"""By code, in the order in which they are told."""


def late_cases(store: Store, instance: Instance, now: datetime, code: str) -> Iterator[LateRow]:
    """The cases of which that matter is late at `now`, the longest waiting first. Raises KeyError for a `code` that is
    none of MATTERS."""
    judge, matter = judge_of(instance), MATTERS[code]
    for case in matter.waiting(store):
        own = [line for line in lines(store, case.id) if matter.of(line)]
        found = [one for one in judge.judge(case, own, now) if matter.asked(one.requirement)]
        late = next(((one, one.late) for one in found if one.late), None)
        if late:
            yield _row(instance, case, code, *late, now)
        elif matter.in_order and any(one.status is Status.WAITING for one in found):
            return


def records_late(store: Store, instance: Instance, now: datetime) -> list[LateRow]:
    """All that is late, by department and matter."""
    rows = [row for code in MATTERS for row in late_cases(store, instance, now, code)]
    places = {key: place for place, key in enumerate(instance.departments)}
    return sorted(rows, key=lambda row: places[row.department])


def render_text(rows: Sequence[LateRow]) -> str:
    """The list in Chinese, by department."""
    told = ["案卷："]
    for name, ours in groupby(rows, key=lambda row: row.department_name):
        told.append(name)
        for section, group in groupby(ours, key=lambda row: row.section):
            own = [row.render_text() for row in group]
            told += [f"  {section} {len(own)} 件", *own]
    return "\n".join(told)


def _row(  # noqa: PLR0917 - a case, a matter and what was found of it
    instance: Instance, case: CaseRow, code: str, found: Finding, late: timedelta, now: datetime
) -> LateRow:
    return LateRow(
        code=code,
        section=MATTERS[code].section,
        department=case.department,
        department_name=instance.departments[case.department].name_on(now.date()),
        case=case.id,
        number=number_in(case.key),
        requirement=found.requirement.id,
        title=found.requirement.title,
        article=found.requirement.article,
        lines=found.lines,
        due=found.due,
        late_minutes=int(late.total_seconds() // 60),
        late=late_by(late),
    )
