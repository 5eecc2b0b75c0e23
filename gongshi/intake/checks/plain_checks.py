"""What makes a row doubtful: for each check of row_checks the rows for which it has to be run.

A doubt looks at whole columns and costs little. It may find too many rows, never too few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongshi.intake.checks import row_checks
from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.amounts import states
from gongshi.intake.checks.legal_review import COLUMNS as LEGAL_REVIEW
from gongshi.intake.checks.row_checks import CODES, Batched, Check
from gongshi.intake.checks.spots import doubtful
from gongshi.records.kind import RecordKind
from gongshi.records.party import ID_DOCUMENTS, LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER

Column = Sequence[str | None]


@dataclass(slots=True)
class View:
    """A portion's canonical values by field; `doubtful` are the places of the rows that need more care.

    `keys` and `years` are the document numbers'.
    """

    kind: RecordKind
    size: int
    agency: Agency
    batch: Batched
    values: dict[str, Column] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    keys: Sequence[str] = ()
    years: Sequence[str] = ()

    def column(self, name: str) -> Column:
        """The values of a field, all empty where the sheet lacks it."""
        return self.values.get(name) or (None,) * self.size


Doubt = Callable[[View], Iterable[int]]


def _filled(*columns: Column) -> Iterator[int]:
    return (at for column in columns for at, value in enumerate(column) if value)


def _empty(column: Column) -> Iterator[int]:
    return (at for at, value in enumerate(column) if not value)


def _earlier(view: View) -> Iterator[int]:
    day, evidence = view.column("earlier_published_on"), view.column("earlier_evidence")
    if not view.batch.earlier:
        return _filled(day, evidence, view.column("earlier_address"))
    return _empty(day if view.batch.evidence else [one and other for one, other in zip(day, evidence, strict=True)])


def _party(view: View) -> Iterator[int]:
    asks = row_checks.standard_asks(view.kind)
    others = [view.values[name] for name in CODES[1:] if name in view.values]
    persons = zip(
        *map(view.column, ("party_document_number", "party_document", "party_adult_when_decided")), strict=True
    )
    codes = zip(view.column("party_type"), view.column("party_uscc"), persons, strict=True)
    for at, (of_type, uscc, person) in enumerate(codes):
        if of_type == LEGAL_PERSON:
            right = uscc[:2] != "92" if uscc else not asks or any(other[at] for other in others)
        elif of_type == SOLE_TRADER:
            right = not uscc or uscc[:2] == "92"
        else:
            right = of_type == NATURAL_PERSON and not uscc and _is_of_age(*person)
        if not right:
            yield at


def _is_of_age(number: str | None, document: str | None, adult: str | None) -> bool:
    """Whether the identity number or the row's own tick says how old a natural person is, and the number is whole:
    then the tick for the whole batch, which fills in what is missing, says nothing more."""
    if not number or (document and document != ID_DOCUMENTS[0]):
        return bool(adult)
    values = {"party_document_number": number, "party_document": document or None}
    return row_checks.is_whole_identity(number) and (bool(adult) or row_checks.states_birthday(values))


def _free_text(view: View) -> Iterator[int]:
    for name in row_checks.TEXTS[view.kind.name]:
        if column := view.values.get(name):
            yield from (at for at, text in enumerate(column) if text and row_checks.may_be_personal(text))


def _order(view: View) -> Iterator[int]:
    for before, after in row_checks.ORDERS[view.kind.name]:
        if before in view.values and after in view.values:
            days = zip(view.values[before], view.values[after], strict=True)
            yield from (at for at, (one, other) in enumerate(days) if one and other and other < one)


def _withheld(view: View) -> Iterator[int]:
    return _filled(view.column("withhold_ground"), view.column("withhold_reason"))


def _formed(view: View) -> Iterator[int]:
    days = zip(view.column("formed_on"), view.column(view.kind.event), strict=True)
    return (at for at, (formed, event) in enumerate(days) if formed and not (event and formed <= event))


def _number_year(view: View) -> Iterator[int]:
    for at, (year, event) in enumerate(zip(view.years, view.column(view.kind.event), strict=True)):
        if not (event and year) or not 0 <= int(event[:4]) - int(year) <= 1:
            yield at


def _amount(view: View) -> Iterator[int]:
    contents = view.column("content")
    for name in row_checks.AMOUNTS[view.kind.name]:
        for at, text in enumerate(view.values.get(name, ())):
            if text and not states(contents[at] or "", text):
                yield at


def _fine_and_class(view: View) -> Iterator[int]:
    if "penalty_class" not in view.values:
        return
    for at, (fine, of_class) in enumerate(zip(view.column("fine"), view.column("penalty_class"), strict=True)):
        if bool(fine) != ("罚款" in (of_class or "")):
            yield at


_SEVERAL = re.compile(r"[、;；,，/\s及与等]")
"""What every cell of names has that holds several parties, or is padded with blanks."""


def _several(view: View) -> Iterator[int]:
    return (at for at, name in enumerate(view.column("party_name")) if name and _SEVERAL.search(name))


def _agency(view: View) -> Iterator[int]:
    codes, names = view.column("agency_uscc"), view.column("agency_name")
    return view.agency.doubts(codes, names, view.column(view.kind.event), view.keys)


def _publish_until(view: View) -> Iterator[int]:
    """公示截止期 is held against the rules' term (publish_term.py)."""
    return _filled(view.column("publish_until"))


def _legal_review(view: View) -> Iterator[int]:
    """What is said of a legal review is held against the decision and the register, and what may stand on the list
    against the law (legal_review.py)."""
    yield from _filled(*map(view.column, LEGAL_REVIEW))
    for sign in view.batch.listed.get(view.kind.name, ()):
        yield from sign.rows(view.column(view.kind.event), view.column)


def _on_the_spot(view: View) -> Iterator[int]:
    """What was decided on the spot is held against the law, but where it plainly may be (on_the_spot.py)."""
    if "procedure" not in view.values:
        return iter(())
    columns = map(view.column, ("procedure", view.kind.event, "party_type", "penalty_class", "fine"))
    return doubtful(view.batch.spots, tuple(columns))


DOUBTS: dict[Check, Doubt] = {
    row_checks.earlier: _earlier,
    row_checks.party: _party,
    row_checks.free_text: _free_text,
    row_checks.order: _order,
    row_checks.ground: _withheld,
    row_checks.reason: _withheld,
    row_checks.formed: _formed,
    row_checks.number_year: _number_year,
    row_checks.amount: _amount,
    row_checks.fine_without_class: _fine_and_class,
    row_checks.class_without_fine: _fine_and_class,
}
"""Each check of row_checks and the doubt that stands for it."""

ROW_DOUBTS: tuple[Doubt, ...] = (_several, _agency, _publish_until, _legal_review, _on_the_spot)
"""The same for what else the careful way does with a row."""
