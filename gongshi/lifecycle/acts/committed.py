"""Acts of two persons that a department commits as a file: <name>.withdraw.yml.

The same rules as at the command line. A file that was dealt with changes nothing, whatever it is called; an
old one does not undo what was decided since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.endings import EndingNotAllowed, Leaves, named
from gongshi.lifecycle.acts.act import Act
from gongshi.lifecycle.acts.answering import confirm
from gongshi.lifecycle.acts.proposing import restore, suspend, withdraw
from gongshi.lifecycle.case import Case, case_of
from gongshi.lifecycle.errors import LifecycleError, ReviewAhead, ReviewStale
from gongshi.lifecycle.finding import find
from gongshi.lifecycle.sidecars import WithdrawNote, read_withdraw
from gongshi.records.department import Department
from gongshi.store import Store
from gongshi.store.operations import RESTORE, SUSPEND, WITHDRAW
from gongshi.store.turns import turned_on

_ACTS = {"紧急下架": SUSPEND, SUSPEND: SUSPEND, "恢复公示": RESTORE, RESTORE: RESTORE}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one decision of the file came to: an act that is new or newly answered, or why there is none."""

    number: str
    act: Act | None
    code: str = ""
    message: str = ""


def take_act(
    store: Store, instance: Instance, department: Department, raw: bytes, *, today: date, now: datetime
) -> Iterator[Taken]:
    """Do what the file says for each of its decisions, one by one. Raises SidecarInvalid and ReviewAhead."""
    note = read_withdraw(raw)
    if note.on > today:
        raise ReviewAhead(f"日期 {note.on} 晚于今天 {today}，请核对。")
    source = hashlib.sha256(raw).hexdigest()
    file = _File(store, instance, department, note, source, today, now)
    for number in note.decisions:
        try:
            yield Taken(number, file.take(number))
        except (LifecycleError, EndingNotAllowed) as error:
            yield Taken(number, None, error.code, f"{number}：{error}")


@dataclass(frozen=True, slots=True)
class _File:
    store: Store
    instance: Instance
    department: Department
    note: WithdrawNote
    source: str
    today: date
    now: datetime

    def take(self, number: str) -> Act | None:
        """The act, where the file brings it or its answer about; None where it was there before."""
        record = find(self.store, self.instance, number, self.department.key).id
        case = case_of(self.store, self.instance, record, self.today)
        if any(one.source == self.source and one.result for one in case.acts):
            return None
        fields = self._fields(case)
        if self._stands(case, fields):
            return None
        if case.open is None:
            self._check_newer(record)
        elif case.open.act == SUSPEND and self._act == WITHDRAW:
            return self._answered(case.open.number, fields)
        proposed = self._propose(record, fields)
        return self._answered(proposed.number) or (proposed if proposed.changed else None)

    def _stands(self, case: Case, fields: Mapping[str, str]) -> bool:
        """Whether what the file asks for is so already. A suspension of an ended decision is of its notice, if it is
        written on a later day."""
        ended = case.newest.ended
        if self._act == RESTORE:
            return ended is None and not case.newest.stays_down
        if ended is not None and self._act == SUSPEND:
            last = turned_on(self.store, case.id)
            return last is None or self.note.on <= last
        return ended is not None and dict(ended.fields) == dict(fields)

    def _answered(self, number: int, fields: Mapping[str, str] | None = None) -> Act | None:
        """Confirmed, where the file says by whom; `fields` name the end of what was suspended without."""
        note = self.note
        if not note.confirmed_by:
            return None
        by, opinion = note.confirmed_by, note.opinion
        answer = confirm(
            self.store,
            self.instance,
            number,
            by=by,
            opinion=opinion,
            today=self.today,
            now=self.now,
            ending=note.kind if fields is not None else "",
            fields=fields,
        )
        return answer if answer.changed else None

    def _check_newer(self, record: str) -> None:
        """A file from before the last takedown or return of the decision says nothing about it any more."""
        last = turned_on(self.store, record)
        if last is not None and self.note.on < last:
            raise ReviewStale(
                f"文件日期 {self.note.on} 早于这个决定上一次撤下或者恢复的日期 {last}，没有办理："
                "仍要办理的，请重新提出并写明新的日期。"
            )

    @property
    def _act(self) -> str:
        return _ACTS.get(self.note.kind, WITHDRAW)

    def _propose(self, record: str, fields: Mapping[str, str]) -> Act:
        store, instance, note, source = self.store, self.instance, self.note, self.source
        by, reason, today, now = note.by, note.reason, self.today, self.now
        if self._act == WITHDRAW:
            kind = note.kind
            return withdraw(
                store, instance, record, ending=kind, fields=fields, by=by, today=today, now=now, source=source
            )
        act = suspend if self._act == SUSPEND else restore
        return act(store, instance, record, reason=reason, by=by, today=today, now=now, source=source)

    def _fields(self, case: Case) -> Mapping[str, str]:
        """The reason is public where the end leaves a notice, and internal where it leaves nothing."""
        fields = dict(self.note.fields)
        if self._act == WITHDRAW and self.note.reason:
            ending = named(self.note.kind, self.instance.rules, case.facts, self.today)
            fields.setdefault("reason" if ending.leaves is Leaves.NOTICE else "note", self.note.reason)
        return fields
