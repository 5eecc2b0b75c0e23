"""What a change of a law or of an organisation makes due: within twenty working days a department brings each record
that rests on it up to date, or confirms that it stays as it is (D25).

A record is up to date with a version that takes effect on the day of the change or later; one that came before and
says already what is new has to be upheld. What has ended, or persons took down, is due no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.law.registry import Version, in_force, update_due
from gongshi.law.terms import Due
from gongshi.lifecycle.errors import SamePerson
from gongshi.lifecycle.people import check_reviewer, normalised
from gongshi.lifecycle.registry.errors import UpholdRefused
from gongshi.lifecycle.registry.told import cited
from gongshi.records import REGISTRY_KINDS
from gongshi.records.changes import Change
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.registered import Registered, StoredVersion, ids_of, registered, upheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """One record that a change touches and that nobody has brought up to date or upheld since; `due` is by when."""

    id: str
    kind: str
    department: str
    number: str
    title: str
    change: Change
    due: Due
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheld:
    """A record that a change leaves as it is; `changed` is false where that was on record before."""

    id: str
    number: str
    change: str
    by: str
    on: date
    changed: bool

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "on": self.on.isoformat()}

    def render_text(self) -> str:
        """For the reviewer, in Chinese."""
        again = "（此前已有相同的确认，没有改动）" if not self.changed else ""
        return f"{self.number}：审核人{self.by}确认，变化 {self.change} 之后内容不变{again}。"


def outdated(store: Store, instance: Instance, today: date, ids: Iterable[str] | None = None) -> Iterator[Outdated]:
    """Every record, or those of `ids`, that a change before `today` touches, once for each change."""
    begun = [change for change in instance.changes if change.on <= today]
    if not begun:
        return
    for one in registered(store, _may_be_touched(store, begun) if ids is None else ids):
        yield from outdated_of(store, instance, one, today)


def _may_be_touched(store: Store, changes: Iterable[Change]) -> list[str]:
    """A change of law touches what names its basis, one of an organisation all of its department's."""
    kinds = [name for name, kind in REGISTRY_KINDS.items() if "basis" in kind.by_name]
    departments = frozenset(key for change in changes for key in change.departments)
    return ids_of(store, kinds if any(change.laws for change in changes) else (), departments)


def outdated_of(store: Store, instance: Instance, one: Registered, today: date) -> Iterator[Outdated]:
    """The same of one record."""
    touched = [change for change in instance.changes if change.on <= today and _touched(one, change, today)]
    kept = upheld(store, one.id) if touched else frozenset()
    for change in touched:
        if change.id not in kept:
            due = update_due(change.on, instance.rules, instance.calendar)
            yield _outdated(one, change, due, today)


def uphold(
    store: Store,
    instance: Instance,
    record: str,
    *,
    change: str,
    by: str,
    opinion: str,
    today: date,
    now: datetime,
) -> Upheld:
    """Record that `by` looked at the record after that change (its id in changes.yml) and found it right as it is.

    The same again changes nothing. Raises UpholdRefused where the change is not known or does not touch the record,
    ReviewerUnknown, SamePerson for who submitted the version in question (D30).
    """
    with store.write():
        one = next(registered(store, [record]), None)
        if one is None:
            raise UpholdRefused("只有审核通过的事前公开信息才需要确认内容不变。")
        found = _change(instance, change)
        check_reviewer(by, instance.department(one.department))
        version = _before(one, found)
        if version is None or not _touched(one, found, today):
            raise UpholdRefused(f"“{found.id}”不涉及 {cited(one.decision)}，或者变化之后已经更新，不需要确认。")
        if normalised(by) == normalised(version.by):
            raise SamePerson(f"“{by}”是这一版的提交人，须由另一位登记的审核人确认。")
        changed = found.id not in upheld(store, record)
        if changed:
            payload = {"change": found.id, "on": today.isoformat(), "opinion": opinion.strip()}
            draft = Draft(by.strip(), one.department, "", one.kind, record, Operation.UPHOLD, payload)
            store.append([draft], now)
    return Upheld(id=record, number=cited(one.decision), change=found.id, by=by.strip(), on=today, changed=changed)


def _change(instance: Instance, text: str) -> Change:
    found = next((change for change in instance.changes if change.id == text.strip()), None)
    if found is None:
        known = "、".join(change.id for change in instance.changes) or "还没有登记任何变化"
        raise UpholdRefused(f"changes.yml 里没有“{text.strip()}”这一变化（{known}）。")
    return found


def _touched(one: Registered, change: Change, today: date) -> bool:
    """Whether the change is due on a record that was not brought up to date since."""
    version = _before(one, change)
    if version is None or change.on > today or one.suspended or one.ended or one.stays_down:
        return False
    over = version.effective_to is not None and version.effective_to < today
    return not over and change.touches(version.decision)


def _before(one: Registered, change: Change) -> StoredVersion | None:
    """The version that the change found in force; None where one of that day or later took its place."""
    if any(version.effective_from >= change.on for version in one.versions):
        return None
    versions = [Version(version.seq, version.effective_from, version.effective_to) for version in one.versions]
    found = in_force(versions, change.on)
    version = next((version for version in one.versions if found and version.seq == found.seq), None)
    ended = version is not None and version.effective_to is not None and version.effective_to < change.on
    return None if ended else version


def _outdated(one: Registered, change: Change, due: Due, today: date) -> Outdated:
    kind = REGISTRY_KINDS[one.kind]
    return Outdated(
        id=one.id,
        kind=one.kind,
        department=one.department,
        number=cited(one.decision),
        title=one.decision.values.get(kind.heading) or "",
        change=change,
        due=due,
        overdue=due.overdue(today),
    )
