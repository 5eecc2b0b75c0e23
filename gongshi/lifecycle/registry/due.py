"""What is still to be done about records of registers and lists: reviews to give, what takes effect, what a change of
law or organisation made out of date (D25).

One row for what can be done in one go: the records of one kind in one batch, or touched by one change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, groupby

from gongshi.instance import Instance
from gongshi.lifecycle.registry.bodies import article_of, endorsers, named
from gongshi.lifecycle.registry.states import LABELS, RecordState, state_of
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.registry.updates import Outdated, outdated
from gongshi.records import REGISTRY_KINDS
from gongshi.records.changes import Change
from gongshi.store import Store
from gongshi.store.operations import RECEIVED, RETURNED, REVIEWED
from gongshi.store.registered import OpenRecord, Registered, StoredVersion, open_records, registered, taking_effect
from gongshi.store.second_reviews import awaiting

_MOST_NUMBERS = 10
"""Numbers of one row that a text lists; JSON has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """Records of one kind of one department that wait for the same.

    `state` is received, returned, reviewed, upcoming or outdated; `ids` and `numbers` are theirs, in one order.
    `receipt` is their batch's, empty for what is outdated; `since` the day from which they wait: of receipt, of the
    department's own review, of the change. `until` is the day on which it is over: that of effect, the last day for
    an update (D25); None where there is none. `waits_for` names the body that reviews (`bodies`: the keys of the
    departments that are it), `change` the change's id,
    `said` why it was returned or what changed. `rule_id` and `article` ask for it.
    """

    department: str
    department_name: str
    kind: str
    state: RecordState
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    receipt: str = ""
    since: date
    until: date | None = None
    waits_for: str = ""
    bodies: tuple[str, ...] = ()
    change: str = ""
    said: str = ""
    overdue: bool = False
    provisional: bool = False
    rule_id: str = ""
    article: str = ""

    @property
    def count(self) -> int:
        """How many records."""
        return len(self.ids)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        until = self.until.isoformat() if self.until else None
        return {**asdict(self), "since": self.since.isoformat(), "until": until, "count": self.count}

    def render_text(self) -> Iterator[str]:
        """Its lines in Chinese."""
        label = LABELS[self.state] + (f"：{self.waits_for}" if self.waits_for else "")
        receipt = f"　回执 {self.receipt}" if self.receipt else ""
        yield f"    {REGISTRY_KINDS[self.kind].label} {self.count} 件　{label}{receipt}　{self._days()}"
        more = f" 等 {self.count} 件" if self.count > _MOST_NUMBERS else ""
        yield f"      {'、'.join(self.numbers[:_MOST_NUMBERS])}{more}"
        if self.said:
            yield f"      {self.said}"
        if self.state is RecordState.OUTDATED:
            ids = " ".join(self.ids[:_MOST_NUMBERS])
            yield f"      更新后重新报送；不用改的由审核人确认：gongshi uphold {ids} --change {self.change} --by 姓名"

    def _days(self) -> str:
        if self.state is RecordState.UPCOMING:
            return f"{self.until} 生效"
        if self.until is None:
            return f"自 {self.since}" + (f"（{self.article}）" if self.article else "")
        mark = "（暂定，放假安排公布后重新计算）" if self.provisional else ""
        late = "，已超期" if self.overdue else ""
        return f"最迟 {self.until} 更新{mark}{late}（{self.article}，规则 {self.rule_id}）"


def record_rows(store: Store, instance: Instance, today: date, department: str = "") -> list[RecordRow]:
    """Everything that waits, or of the department with that key and for its review: by department, state and day."""
    found = chain(
        _reviews(store, instance, today),
        _second(store, instance, today),
        _upcoming(store, instance, today),
        _outdated(store, instance, today),
    )
    order = {key: place for place, key in enumerate(instance.departments)}
    states, kinds = list(_SECTIONS), list(REGISTRY_KINDS)
    return sorted(
        (row for row in found if not department or department in (row.department, *row.bodies)),
        key=lambda row: (
            *(order[row.department], states.index(row.state), row.until or row.since),
            *(kinds.index(row.kind), row.receipt, row.change),
        ),
    )


_SECTIONS = (
    RecordState.OUTDATED,
    RecordState.RETURNED,
    RecordState.REVIEWED,
    RecordState.RECEIVED,
    RecordState.UPCOMING,
)
"""What is listed, the most urgent first."""


def render_text(rows: Sequence[RecordRow]) -> list[str]:
    """The list in Chinese, counted in its first line, a heading for each department; empty where nothing waits."""
    counted: Counter[RecordState] = Counter()
    for row in rows:
        counted[row.state] += row.count
    late = sum(row.count for row in rows if row.overdue)
    said = {RecordState.OUTDATED: f"（超期 {late} 件）"} if late else {}
    told = "，".join(
        f"{LABELS[state]} {counted[state]} 件{said.get(state, '')}" for state in _SECTIONS if counted[state]
    )
    lines = [f"事前公开信息：{told}。"] if rows else []
    for name, ours in groupby(rows, key=lambda row: row.department_name):
        lines += [name, *(line for row in ours for line in row.render_text())]
    return lines


_OWN = {RECEIVED: RecordState.RECEIVED, RETURNED: RecordState.RETURNED}


def _reviews(store: Store, instance: Instance, today: date) -> Iterator[RecordRow]:
    """What its own department is to review, or to mend."""
    groups: defaultdict[tuple[str, str, RecordState], list[OpenRecord]] = defaultdict(list)
    for one in open_records(store):
        if one.decision.department in instance.departments and one.review in _OWN:
            groups[one.batch, one.decision.kind, _OWN[one.review]].append(one)
    for (receipt, kind, state), ours in groups.items():
        owner = instance.departments[ours[0].decision.department]
        yield RecordRow(
            department=owner.key,
            department_name=owner.name_on(today),
            kind=kind,
            state=state,
            ids=tuple(one.id for one in ours),
            numbers=tuple(cited(one.decision) for one in ours),
            receipt=receipt,
            since=ours[0].received_on,
            said=f"退回意见：{ours[0].opinion}" if ours[0].opinion else "",
        )


def _second(store: Store, instance: Instance, today: date) -> Iterator[RecordRow]:
    """What another body is to review."""
    asked = [one for one in awaiting(store) if one.department in instance.departments]
    waiting: defaultdict[tuple[str, str], list[OpenRecord]] = defaultdict(list)
    for record in open_records(store) if asked else ():
        if record.review == REVIEWED:
            waiting[record.batch, record.decision.kind].append(record)
    for one in asked:
        owner, ours = instance.departments[one.department], waiting[one.batch, one.kind]
        yield RecordRow(
            department=owner.key,
            department_name=owner.name_on(today),
            kind=one.kind,
            state=RecordState.REVIEWED,
            ids=tuple(record.id for record in ours),
            numbers=tuple(cited(record.decision) for record in ours),
            receipt=one.batch,
            since=one.since,
            waits_for=named(instance, one.body, owner, today),
            bodies=tuple(body.key for body in endorsers(instance, one.body, owner)),
            article=article_of(instance, one.kind, one.body),
        )


_DOWN = (RecordState.SUSPENDED, RecordState.WITHDRAWN)


def _upcoming(store: Store, instance: Instance, today: date) -> Iterator[RecordRow]:
    """What passed and takes effect later: new records, and versions that take the place of what is in force."""
    groups: defaultdict[tuple[str, str, date], list[tuple[Registered, StoredVersion]]] = defaultdict(list)
    for one in registered(store, taking_effect(store, today)):
        if one.department in instance.departments and state_of(one, instance, today) not in _DOWN:
            for version in one.versions:
                if version.effective_from > today:
                    groups[version.batch, one.kind, version.effective_from].append((one, version))
    for (receipt, kind, until), ours in groups.items():
        owner = instance.departments[ours[0][0].department]
        yield RecordRow(
            department=owner.key,
            department_name=owner.name_on(today),
            kind=kind,
            state=RecordState.UPCOMING,
            ids=tuple(one.id for one, _ in ours),
            numbers=tuple(cited(version.decision) for _, version in ours),
            receipt=receipt,
            since=ours[0][1].approved_on,
            until=until,
        )


def _outdated(store: Store, instance: Instance, today: date) -> Iterator[RecordRow]:
    """What a change touches and nobody has brought up to date or upheld."""
    groups: defaultdict[tuple[str, str, str], list[Outdated]] = defaultdict(list)
    for one in outdated(store, instance, today):
        if one.department in instance.departments:
            groups[one.department, one.kind, one.change.id].append(one)
    for (key, kind, change), ours in groups.items():
        due = ours[0].due
        yield RecordRow(
            department=key,
            department_name=instance.departments[key].name_on(today),
            kind=kind,
            state=RecordState.OUTDATED,
            ids=tuple(one.id for one in ours),
            numbers=tuple(one.number for one in ours),
            since=ours[0].change.on,
            until=due.on,
            change=change,
            said=described(ours[0].change),
            overdue=ours[0].overdue,
            provisional=due.provisional,
            rule_id=due.rule_id,
            article=due.article,
        )


def described(change: Change) -> str:
    """What changed, in Chinese: 2026-11-02 起修改：《食品安全法》（主席令第1号）."""
    about = "、".join(sorted(change.laws)) or "机构职能"
    return f"{change.on} 起{change.what}：{about}（{change.document}）"
