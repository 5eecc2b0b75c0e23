"""What a record says, in lines that its reviewer reads: every public value, of tables how long they are (D30)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision, nested
from gongshi.records.field import NESTED, Field, FieldType

_SHOWN = 160
"""Characters of a long text that are shown."""
_FLAGS = {"1": "是", "0": "否"}
_SIZE = 1024


def cited(decision: Decision) -> str:
    """How people call it: a decision by its 文号; a record by its number, or by its title where it has none."""
    kind = SUBMITTED_KINDS[decision.kind]
    return decision.values.get(kind.number) or decision.values.get(kind.heading) or ""


def lines(record: Decision) -> tuple[str, ...]:
    """Its kind and title, and what it says."""
    kind = SUBMITTED_KINDS[record.kind]
    return (
        "　".join(filter(None, (kind.label, record.values.get(kind.heading)))),
        *(
            f"{field.plain_label}：{told}"
            for field in kind.public_fields
            if field.name != kind.heading and (told := _told(field, record.values.get(field.name)))
        ),
    )


def _told(field: Field, value: str | None) -> str:
    if not value:
        return ""
    if field.is_table:
        return f"{len(nested(value))} 行"
    if field.type is FieldType.FILES:
        return "；".join(map(_file, nested(value)))
    return shortened(_FLAGS.get(value, value) if field.type is FieldType.FLAG else value)


def shortened(text: str) -> str:
    """A text as one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…（共 {len(line)} 字）"


def row_changes(field: Field, before: str | None, after: str | None) -> Iterator[tuple[str, str | None, str | None]]:
    """Of a field with rows each place at which the rows differ: its label with the row's number, what stood there,
    what stands there now (None: nothing)."""
    old, new = ([_row(field, row) for row in nested(value)] for value in (before, after))
    for word, i, till, j, until in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if word != "equal":
            yield from _replaced(field, old[i:till], new[j:until], j)


def has_rows(field: Field) -> bool:
    """Whether a field's value is a list of rows."""
    return field.type in NESTED


def _replaced(
    field: Field, old: Sequence[str], new: Sequence[str], at: int
) -> Iterator[tuple[str, str | None, str | None]]:
    for place in range(max(len(old), len(new))):
        before, after = (rows[place] if place < len(rows) else None for rows in (old, new))
        yield f"{field.plain_label}第 {at + place + 1} 行", before, after


def _row(field: Field, row: Mapping[str, str]) -> str:
    if not field.is_table:
        return _file(row)
    cells = (f"{column.label} {row[column.name]}" for column in field.columns if column.name in row)
    return shortened("，".join(cells))


def _file(row: Mapping[str, str]) -> str:
    """A file's name, type, size; the digest too, so that one that was exchanged for another shows."""
    size = -(-int(row.get("size") or 0) // _SIZE)
    return (
        f"{row.get('label') or row.get('name', '')}（{row.get('type', '')}，{size} KiB，{row.get('sha256', '')[:8]}）"
    )
