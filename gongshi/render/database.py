"""What the pages need of a database: rows by name. The public side never opens the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol


class Row(Protocol):
    """One row, its values by column name."""

    def __getitem__(self, key: str, /) -> Any: ...


class Rows(Protocol):
    """A connection to build/public.db."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Any]:
        """The rows that answer `sql`."""
        ...


def one(db: Rows, sql: str, *parameters: object) -> Any:
    """The only row of the answer. Raises LookupError where there is none."""
    for row in db.execute(sql, parameters):
        return row
    raise LookupError(sql)
