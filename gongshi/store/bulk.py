"""Many rows at once, without the empty cells: binding a NULL takes SQLite's module longer than binding text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import compress
from operator import is_not

from gongshi.store.sqlite import Connection


def insert(db: Connection, into: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Insert `rows`, a value for each of `columns`; None is left to the column's default, NULL.

    `into` is the statement up to the table's name, from our own schema: INSERT INTO party.
    """
    shapes: dict[tuple[bool, ...], list[tuple[object, ...]]] = {}
    for row in rows:
        cells = tuple(row)
        filled = tuple(map(_is_filled, cells))
        shapes.setdefault(filled, []).append(tuple(compress(cells, filled)))
    for filled, found in shapes.items():
        names = [column for column, there in zip(columns, filled, strict=True) if there]
        db.executemany(f"{into} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", found)


_is_filled = partial(is_not, None)
