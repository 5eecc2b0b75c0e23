"""Many rows at once, without the empty cells: binding a NULL takes SQLite's module longer than binding text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongshi.store.sqlite import Connection


def insert(db: Connection, into: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Insert `rows`, a value for each of `columns`; None is left to the column's default, NULL.

    `into` is the statement up to the table's name, from our own schema: INSERT INTO party.
    """
    shapes: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    for row in rows:
        filled = [(column, value) for column, value in zip(columns, row, strict=True) if value is not None]
        names, values = zip(*filled, strict=True)
        shapes.setdefault(names, []).append(values)
    for names, found in shapes.items():
        db.executemany(f"{into} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", found)
