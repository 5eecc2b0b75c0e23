"""What the pages need of a database: rows by name. The public side never opens the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class Rows(Protocol):
    """A connection to build/public.db."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Any]:
        """The rows that answer `sql`."""
        ...


def named(row: Any) -> dict[str, Any]:
    """A row as a dictionary, which is read many times faster by name; the last of two equal names counts."""
    return dict(zip(row.keys(), row, strict=True))


def all_named(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The rows of one answer as dictionaries."""
    names: tuple[str, ...] = ()
    for row in rows:
        names = names or tuple(row.keys())
        yield dict(zip(names, row, strict=True))


def one(db: Rows, sql: str, *parameters: object) -> dict[str, Any]:
    """The only row of the answer. Raises LookupError where there is none."""
    for row in db.execute(sql, parameters):
        return named(row)
    raise LookupError(sql)
