"""Legal reviews as numbers for the public: opinions by the year in which they were given, of the whole city.

From the table `opinions` alone: no person, no case and no text is read, and years that are not over are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.review.term import review_due
from gongshi.records.review_figures import ReviewYear, published
from gongshi.store import Store

_OPINIONS = """
SELECT substr(o.at, 1, 10) AS given, substr(o.submitted_at, 1, 10) AS came, o.extended, o.opinion, c.kind,
  c.department, count(*) AS number
FROM opinions o JOIN cases c ON c.id = o.case_id WHERE o.at < ? GROUP BY 1, 2, 3, 4, 5, 6
"""


def review_years(store: Store, instance: Instance, today: date) -> tuple[ReviewYear, ...]:
    """What may be published of each year that is over, the oldest first; a year with few reviews is not among them."""

    @cache
    def last_day(kind: str, department: str, came: str, extended: int) -> date | None:
        day = date.fromisoformat(came)
        facts = DecisionFacts(kind=kind, department=department, event_on=day)
        return review_due(facts, day, bool(extended), instance.rules, instance.calendar).on

    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in store.db.execute(_OPINIONS, (f"{today.year:04d}",)):
        due = last_day(row["kind"], row["department"], row["came"], row["extended"])
        late = due is not None and date.fromisoformat(row["given"]) > due
        for name in (row["opinion"], "late" if late else "in_time"):
            counts[row["given"][:4]][name] += row["number"]
    found = (published(year, counted) for year, counted in sorted(counts.items()))
    return tuple(year for year in found if year is not None)
