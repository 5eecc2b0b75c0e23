"""The table `organisations`: the legal persons with a unified code, with how many decisions each, and its newest, and
by what their names are found.

No sole trader and nobody natural is in it. Counted by the index of their codes: whoever has no decision left has no
row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gongshi.publish.composing.schema import LEGAL_PERSONS
from gongshi.query.tokens import normalise
from gongshi.records.organisations import core
from gongshi.records.readings import initials, letters
from gongshi.store.sqlite import Connection

_NAME = f"""
SELECT name FROM parties AS p WHERE p.uscc = one.uscc AND {LEGAL_PERSONS} ORDER BY p.sort DESC, p.position LIMIT 1
"""  # noqa: S608 - our schema
_COUNTED = f"""
SELECT uscc, ({_NAME}) AS name, count(DISTINCT sort) AS decisions, max(sort) AS newest
FROM parties AS one WHERE {LEGAL_PERSONS}{{}} GROUP BY uscc
"""  # noqa: S608 - our schema
_ALL, _ONE = _COUNTED.format(""), _COUNTED.format(" AND uscc = ?")
_INSERT = "INSERT INTO organisations VALUES (?, ?, ?, ?, ?, ?, ?)"

_Line = tuple[Any, ...]


def fill(db: Connection) -> None:
    """Count all parties of a new file."""
    db.executemany(_INSERT, _lines(db))


def bring(db: Connection, codes: Iterable[str], *, everyone: bool = False) -> None:
    """Bring the rows of these codes to what the parties count, touching only those that differ; with `everyone`, which
    is due where the names of places changed, those of all others, too."""
    listed = {row["uscc"] for row in db.execute("SELECT uscc FROM organisations")} if everyone else set()
    for code in sorted(listed.union(codes)):
        stored = db.execute("SELECT * FROM organisations WHERE uscc = ?", (code,)).fetchone()
        counted = next(_lines(db, code), None)
        if stored and (not counted or tuple(stored) != counted):
            db.execute("DELETE FROM organisations WHERE uscc = ?", (code,))
            stored = None
        if counted and not stored:
            db.execute(_INSERT, counted)


def agree(db: Connection) -> bool:
    """Whether the table says what the parties count."""
    stored = (tuple(row) for row in db.execute("SELECT * FROM organisations ORDER BY uscc"))
    return list(stored) == sorted(_lines(db))


def _lines(db: Connection, code: str = "") -> Iterator[_Line]:
    """The rows as they should be, or that of one code."""
    places = tuple(normalise(row["name"]) for row in db.execute("SELECT name FROM regions ORDER BY code"))
    for row in db.execute(_ONE, (code,)) if code else db.execute(_ALL):
        name = core(normalise(row["name"]), places)
        yield *tuple(row), name, letters(name), initials(name)
