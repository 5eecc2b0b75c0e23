"""The rows of the table `figures_more`: penalties by class, inspections by result, each decision once.

Counted from public rows like `figures`, and kept with them by Tallies (database/tallies.py): nothing that is held,
withheld or sealed is in any number (DOMAIN.md 11).
"""

from __future__ import annotations

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.records.counted import counts_as, field_counted

Line = tuple[str, str, str, str, str]
"""Month of the first publication, department, kind, what is counted, its heading."""


def counted(public: PublicDecision) -> Line | None:
    """What a decision counts for here; None for kinds that are not told apart, and where it does not say."""
    field = field_counted(public.kind)
    if not field:
        return None
    said = public.own.get(field)  # otherwise the parties differ, and each has its own
    texts = (said,) if said else tuple(filter(None, (own.get(field) for own in public.own_of_parties())))
    what, heading = counts_as(public.kind, texts)
    row = public.row
    return (row["first_published_on"][:7], row["department"], public.kind, what, heading) if heading else None
