"""Rows of one 文号 into one decision with its parties (DOMAIN.md 5, 16).

The decision's own fields agree between the rows (an empty cell agrees with anything), each party is
there once, and one wrong row makes its whole decision wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from gongshi.intake.problems import Place, Problem, problem
from gongshi.intake.sheet.rows import Parsed
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import Scope
from gongshi.records.kind import RecordKind


def group(rows: Sequence[Parsed], department: str, problems: list[Problem]) -> Decision | None:
    """The decision that the rows of one 文号 make together, None if one of them is wrong.

    What the rows say against each other goes to `problems`.
    """
    distinct = list(rows)
    if len(rows) > 1:
        before = len(problems)
        distinct = _distinct(rows, problems)
        _check_agreement(distinct, problems)
        if any(found.is_error for found in problems[before:]):
            return None
    if any(row.wrong for row in rows):
        return None
    first = distinct[0]
    values, parties = _merged(distinct, first.kind)
    return Decision(
        kind=first.kind.name,
        department=department,
        key=f"{department}/{first.kind.name}/{first.key}",
        values=values,
        parties=parties,
        kept=_kept(distinct) if len(distinct) > 1 else first.kept,
    )


def _distinct(rows: Sequence[Parsed], problems: list[Problem]) -> list[Parsed]:
    """The rows without repetitions: an identical row is a warning, the same party otherwise an error."""
    seen: dict[tuple[str | None, ...], Parsed] = {}
    for row in rows:
        identity = _identity(row)
        first = seen.get(identity)
        if first is None:
            seen[identity] = row
        elif first.values == row.values and first.kept == row.kept:
            problems.append(problem("W401", _at(row), other=_row_of(first, row)))
        elif not (first.wrong or row.wrong):
            number, name = row.values["document_number"], row.values["party_name"]
            at = _at(row, "party_name")
            problems.append(problem("E402", at, name, number=number, other=_row_of(first, row)))
    return list(seen.values())


def _identity(row: Parsed) -> tuple[str | None, ...]:
    """Who the party is: by its code, otherwise by name and document number."""
    uscc = row.values["party_uscc"]
    return (uscc,) if uscc else (row.values["party_name"], row.values["party_document_number"])


def _check_agreement(rows: Sequence[Parsed], problems: list[Problem]) -> None:
    differing = _differing(rows)
    for field in rows[0].kind.fields:
        if field.name not in differing or field.scope is not Scope.DECISION or field.name == "document_number":
            continue
        first = next(row for row in rows if row.values[field.name] is not None)
        for row in rows:
            value, than = row.values[field.name], first.values[field.name]
            if value is not None and value != than and not (row.wrong or first.wrong):
                words = {"number": row.values["document_number"], "other": _row_of(first, row), "than": than}
                problems.append(problem("E401", _at(row, field.name), value, **words))


class _Split:
    """The names of a kind's fields by whose they are, and how to take their values from a row in one go."""

    def __init__(self, kind: RecordKind) -> None:
        self.ours = tuple(f.name for f in kind.fields if f.scope is not Scope.PARTY)
        self.own = tuple(f.name for f in kind.fields if f.scope is Scope.PARTY)
        self.take_ours, self.take_own = itemgetter(*self.ours), itemgetter(*self.own)


_SPLITS = {name: _Split(kind) for name, kind in DECISION_KINDS.items()}


def _merged(
    rows: Sequence[Parsed], kind: RecordKind
) -> tuple[dict[str, str | None], tuple[dict[str, str | None], ...]]:
    """The decision's values and its parties'. An EITHER field that differs is None above and lies in each party."""
    split = _SPLITS[kind.name]
    values = dict(zip(split.ours, split.take_ours(rows[0].values), strict=True))
    parties = tuple([dict(zip(split.own, split.take_own(row.values), strict=True)) for row in rows])
    for name in sorted(_differing(rows)):
        own = [row.values[name] for row in rows]
        if kind.by_name[name].scope is Scope.DECISION:
            values[name] = next(value for value in own if value is not None)
        elif kind.by_name[name].scope is Scope.EITHER:
            values[name] = None
            for party, value in zip(parties, own, strict=True):
                party[name] = value
    return values, parties


def _differing(rows: Sequence[Parsed]) -> set[str]:
    """The fields that are not the same in all rows: few."""
    first = rows[0].values.items()
    return {name for row in rows[1:] for name, _ in first ^ row.values.items()}


def _kept(rows: Sequence[Parsed]) -> dict[str, str]:
    """The columns no field declares; what differs between the rows stands side by side."""
    kept: dict[str, dict[str, None]] = {}
    for row in rows:
        for label, text in row.kept.items():
            kept.setdefault(label, {})[text] = None
    return {label: "；".join(texts) for label, texts in kept.items()}


def _at(row: Parsed, field: str = "") -> Place:
    label = row.kind.by_name[field].label if field else ""
    return replace(row.place, row=row.row, column=label)


def _row_of(first: Parsed, row: Parsed) -> str:
    """The other row, with its sheet or file where it is another."""
    there = f"第 {first.row} {first.place.unit}"
    if first.place.file != row.place.file:
        return f"文件“{first.place.file}”{there}"
    if first.place.sheet != row.place.sheet:
        return f"工作表“{first.place.sheet}”{there}"
    return there
