"""The rows of lists: what a list tells of a decision, read and printed once for all the lists of a month where all are
planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from gongshi.render.addresses import address
from gongshi.render.bulletins.gazette import paragraph
from gongshi.render.contexts import Listed
from gongshi.render.database import Rows, named
from gongshi.render.decisions.steps import is_changed
from gongshi.render.lists.entries import Entries, Entry
from gongshi.render.look.stamping import Forms
from gongshi.render.words import shortened

LISTED = """
sort, id, kind, department_name, title, parties, document_number, content, facts, decided_on, corrected, history
"""
"""What a row is made from, of the table `decisions`."""
_COLUMNS = f"SELECT {LISTED}, legal_basis FROM decisions WHERE sort"  # noqa: S608 - constants of this module
_SHOWN = ((True, True), (False, True), (True, False))
"""Which of a row's columns for kind and department there are, in the order in which rows.html prints its lines."""
_OR = "<!--or-->"
_SUMMARY = 70
_PARTIES = 40

Shape = tuple[bool, bool] | None
"""Which columns a list has; None for a bulletin's paragraphs."""
Lines = dict[Shape, Markup]
"""The line of a row by the shape of its list."""


class Listings:
    """Holds what was read last: a list's rows, or those of the month that is being planned."""

    def __init__(self, db: Rows, entries: Entries, forms: Forms) -> None:
        self._db, self._entries, self._forms = db, entries, forms
        self._held: dict[int, Lines] = {}

    def of(self, entries: Sequence[Entry], *, kind: bool = True, department: bool = True) -> tuple[Markup, ...]:
        """The rows of a list, in the order of `entries`, with a column for the `kind` and one for the `department`."""
        return self._lines(entries, (kind, department))

    def gazette(self, entries: Sequence[Entry]) -> tuple[Markup, ...]:
        """The same as paragraphs of a bulletin."""
        return self._lines(entries, None)

    def _lines(self, entries: Sequence[Entry], shape: Shape) -> tuple[Markup, ...]:
        if not all(entry.sort in self._held for entry in entries):
            self._held = {row["sort"]: self._printed(row) for row in map(named, self._read(entries))}
        return tuple(self._held[entry.sort][shape] for entry in entries)

    def _printed(self, row: dict[str, Any]) -> Lines:
        shown = listed(row)
        return {**self._rows(shown), None: paragraph(self._forms, row, shown.changed)}

    def _rows(self, row: Listed) -> Lines:
        form = row.kind, row.corrected, row.changed
        values = [row.href, row.name, row.party, row.summary, row.department, row.decided_on]
        printed = self._forms.print("rows.html:lines", form, values, lambda others: {"row": _filled(row, others)})
        return dict(zip(_SHOWN, map(Markup, printed.decode().split(_OR)), strict=True))

    def _read(self, entries: Sequence[Entry]) -> Any:
        month = self._entries.month_of(entries)
        if month:
            return self._db.execute(f"{_COLUMNS} BETWEEN ? AND ?", (month[0].sort, month[-1].sort))
        places = [entry.sort for entry in entries]
        return self._db.execute(f"{_COLUMNS} IN ({','.join('?' * len(places))})", places)


def _filled(row: Listed, values: Sequence[Any]) -> Listed:
    href, name, party, summary, department, decided_on = values
    return row._replace(
        href=href, name=name, party=party, summary=summary, department=department, decided_on=decided_on
    )


def listed(row: Any) -> Listed:
    """The row of a list, from LISTED."""
    return Listed(
        href=address(row["id"]),
        name=row["document_number"] or row["title"],
        party=shortened(row["parties"], _PARTIES),
        summary=shortened(row["content"] or row["facts"] or "", _SUMMARY),
        department=row["department_name"],
        kind=row["kind"],
        decided_on=row["decided_on"],
        corrected=bool(row["corrected"]),
        changed=is_changed(row),
    )
