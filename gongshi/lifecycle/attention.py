"""What somebody should look at though no term runs: reviews of D18 that are due, what was sent again, the ledger's.

What came down stays down; where its department sends it again, or only the ledger of takedowns knows why it
is down, a person has to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from gongshi.instance import Instance
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.transitions import LABELS, State, state_of
from gongshi.store import Pending, Store, latest
from gongshi.store.projections import IS_DOWN_BY_LEDGER, IS_SENT_AGAIN, REVIEW_OF_END


class Sort(StrEnum):
    """Why it is listed."""

    REVIEW = "review"
    """The review date of a ground has passed (D18)."""
    SENT_AGAIN = "sent_again"
    """A newer version was approved of what stays down."""
    LEDGER = "ledger"
    """Only the ledger of takedowns knows that it came down."""


SORT_LABELS = {
    Sort.REVIEW: "不予公开的复核日期已过：请复核，仍不公开的重新报送新的复核日期，可以公开的重新报送并办理恢复",
    Sort.SENT_AGAIN: "已撤下的又报送了新版本：不会自行恢复，确需公示的请办理恢复公示（gongshi restore）",
    Sort.LEDGER: (
        "记录库里没有撤下记录，依撤下台账保持撤下：请核对，补办撤下（gongshi withdraw）或者恢复（gongshi restore）"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """One decision or record that waits for a look; `since` is the review date that passed, None otherwise."""

    id: str
    document_number: str
    department: str
    department_name: str
    state: State
    sort: Sort
    since: date | None

    @property
    def overdue(self) -> bool:
        """Whether a day has passed by which somebody should have acted."""
        return self.sort is Sort.REVIEW

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "since": self.since.isoformat() if self.since else None}

    def render_text(self) -> str:
        """One line in Chinese."""
        on = f"　复核日期 {self.since}" if self.since else ""
        return f"    {self.document_number}　{self.department_name}　{LABELS[self.state]}　编号 {self.id}{on}"


def attention(store: Store, instance: Instance, today: date) -> list[Attention]:
    """Everything that somebody should look at, by sort and department; of registered departments."""
    asked = _asked(store, today)
    found = [one for pending, sort in asked if (one := _of(instance, pending, sort, today)) is not None]
    order = {key: place for place, key in enumerate(instance.departments)}
    return sorted(found, key=lambda one: (list(Sort).index(one.sort), order[one.department], one.id))


def render_text(found: list[Attention]) -> list[str]:
    """The list in Chinese, a heading for each sort; empty where there is nothing."""
    lines: list[str] = []
    for sort in Sort:
        ours = [one.render_text() for one in found if one.sort is sort]
        lines += [f"{SORT_LABELS[sort]}：", *ours] if ours else []
    return lines


_SENT_AGAIN = f"SELECT id FROM disclosures INDEXED BY disclosures_sent_again_open WHERE {IS_SENT_AGAIN}"  # noqa: S608
_BY_LEDGER = f"SELECT id FROM disclosures INDEXED BY disclosures_ledger_open WHERE {IS_DOWN_BY_LEDGER}"  # noqa: S608
_REVIEW = "SELECT id FROM disclosures WHERE review_on < ?"
_ENDED_REVIEW = f"SELECT id FROM disclosures WHERE ended_fields IS NOT NULL AND {REVIEW_OF_END} < ?"  # noqa: S608


def _asked(store: Store, today: date) -> Iterator[tuple[Pending, Sort]]:
    """The decisions and records that may have to be listed, each found by an index that holds little else."""
    for sort, sql in ((Sort.LEDGER, _BY_LEDGER), (Sort.SENT_AGAIN, _SENT_AGAIN)):
        yield from ((one, sort) for one in latest(store, [row["id"] for row in store.db.execute(sql)], registry=None))
    ids = {row["id"] for sql in (_REVIEW, _ENDED_REVIEW) for row in store.db.execute(sql, (today.isoformat(),))}
    yield from ((one, Sort.REVIEW) for one in latest(store, ids, registry=None))


def _of(instance: Instance, pending: Pending, sort: Sort, today: date) -> Attention | None:
    department = instance.departments.get(pending.decision.department)
    since = _review_on(pending) if sort is Sort.REVIEW else None
    if department is None or (sort is Sort.REVIEW and since is None) or _not_asked(pending, sort):
        return None
    return Attention(
        id=pending.id,
        document_number=cited(pending.decision),
        department=department.key,
        department_name=department.name_on(today),
        state=state_of(pending),
        sort=sort,
        since=since,
    )


def _review_on(pending: Pending) -> date | None:
    """The review date of the ground on which it is down, as reviewed; none where it ended otherwise."""
    values = (
        pending.ended.fields.get("review_on") if pending.ended else pending.decision.values.get("withhold_review_on")
    )
    return date.fromisoformat(values) if values and pending.approved == pending.version else None


def _not_asked(pending: Pending, sort: Sort) -> bool:
    """What was sent again on a ground of D18 does not ask to come back."""
    return sort is Sort.SENT_AGAIN and bool(pending.decision.values.get("withhold_ground"))
