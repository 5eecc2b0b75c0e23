"""One record explained: where it stands, which of its versions is in force, what happened, what is still due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongshi.instance import Instance
from gongshi.lifecycle.case import Case
from gongshi.lifecycle.explained import happened
from gongshi.lifecycle.registry.bodies import article_of, named
from gongshi.lifecycle.registry.due import described
from gongshi.lifecycle.registry.states import LABELS, OF_REVIEW, RecordState, state_of
from gongshi.lifecycle.registry.updates import outdated_of
from gongshi.records import REGISTRY_KINDS
from gongshi.store import Store
from gongshi.store.registered import Registered, StoredVersion, registered
from gongshi.store.second_reviews import second_reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedRecord:
    """A record by id, number and department; its state; what happened to it; its versions; what is still due."""

    id: str
    number: str
    title: str
    kind: str
    department: str
    state: RecordState
    happened: tuple[str, ...]
    versions: tuple[str, ...]
    due: tuple[str, ...]

    def render_text(self) -> str:
        """For its department, in Chinese."""
        title = f"　{self.title}" if self.title and self.title != self.number else ""
        return "\n".join(
            [
                f"{self.number}{title}　{REGISTRY_KINDS[self.kind].label}　{self.department}　编号 {self.id}",
                f"当前状态：{LABELS[self.state]}",
                *(f"  {line}" for line in (*self.happened, *self.versions, *self.due)),
            ]
        )


def explain_record(case: Case) -> ExplainedRecord:
    """What there is to say about the record of `case` on its day."""
    store, instance, today, record = case.store, case.instance, case.today, case.newest.decision
    one = next(registered(store, [case.id]), None)
    return ExplainedRecord(
        id=case.id,
        number=case.number,
        title=record.values.get(REGISTRY_KINDS[record.kind].heading) or "",
        kind=record.kind,
        department=case.department.name_on(today),
        state=state_of(one, instance, today) if one else OF_REVIEW[case.newest.review],
        happened=tuple(happened(case)),
        versions=tuple(_version(version) for version in one.versions) if one else (),
        due=(*_second(case), *(_outdated(store, instance, one, today) if one else ())),
    )


def _version(version: StoredVersion) -> str:
    until = f"至 {version.effective_to} " if version.effective_to else ""
    passed = f"{version.approved_on} 审核通过（回执 {version.batch}）"
    return f"审核通过的一版：自 {version.effective_from} {until}有效，{passed}"


def _second(case: Case) -> Iterator[str]:
    """What another body says of the newest version."""
    kind = case.newest.decision.kind
    for one in second_reviews(case.store, case.newest.batch):
        if one.kind == kind and not one.result:
            body = named(case.instance, one.body, case.department, case.today)
            yield f"{one.since} 起等待{body}审核（{article_of(case.instance, kind, one.body)}）"


def _outdated(store: Store, instance: Instance, one: Registered, today: date) -> Iterator[str]:
    for found in outdated_of(store, instance, one, today):
        due, late = found.due, "，已超期" if found.overdue else ""
        yield f"须更新：{described(found.change)}，最迟 {due.on}{late}（{due.article}，规则 {due.rule_id}）"
