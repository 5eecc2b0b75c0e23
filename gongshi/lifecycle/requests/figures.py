"""How many asked for a correction and how fast they were answered: counts by department and month (D31, D32)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from gongshi.instance import Instance
from gongshi.lifecycle.requests.rows import RequestRow, all_requests
from gongshi.records.request import RequestState
from gongshi.store import Store


@dataclass(slots=True, kw_only=True)
class RequestMonth:
    """The requests that reached a department in one month (YYYY-MM), and what had become of them by the day asked.

    `days` are the calendar days from arrival to answer, one for each answered request.
    """

    department: str
    month: str
    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    corrected: int = 0
    refused: int = 0
    referred: int = 0
    days: list[int] = field(default_factory=list)

    def add(self, row: RequestRow) -> None:
        """Count one request."""
        self.received += 1
        self.overdue += row.overdue
        if row.answered_on is None:
            return
        self.answered += 1
        self.in_time += row.in_time
        self.late += not row.in_time
        self.corrected += row.state is RequestState.CORRECTED
        self.refused += row.state is RequestState.REFUSED
        self.referred += row.state is RequestState.REFERRED
        self.days.append((row.answered_on - row.received_on).days)


def request_figures(store: Store, instance: Instance, today: date) -> list[RequestMonth]:
    """The figures by department (in their order) and month; erased requests still count."""
    found: dict[tuple[str, str], RequestMonth] = {}
    order = defaultdict(lambda: len(instance.departments), {key: n for n, key in enumerate(instance.departments)})
    for row in all_requests(store, instance, today):
        key = (row.department, f"{row.received_on:%Y-%m}")
        month = found.setdefault(key, RequestMonth(department=key[0], month=key[1]))
        month.add(row)
    return [found[key] for key in sorted(found, key=lambda key: (order[key[0]], *key))]
