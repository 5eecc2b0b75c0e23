"""The table `organisations`: the legal persons with a unified code, with how many decisions each, and its newest.

No sole trader and nobody natural is in it. Counted by the index of their codes: whoever has no decision left has no
row.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongshi.publish.composing.schema import LEGAL_PERSONS
from gongshi.store.sqlite import Connection

_NAME = f"""
SELECT name FROM parties AS p WHERE p.uscc = one.uscc AND {LEGAL_PERSONS} ORDER BY p.sort DESC, p.position LIMIT 1
"""  # noqa: S608 - our schema
_COUNTED = f"""
SELECT uscc, ({_NAME}) AS name, count(DISTINCT sort) AS decisions, max(sort) AS newest
FROM parties AS one WHERE {LEGAL_PERSONS}{{}} GROUP BY uscc
"""  # noqa: S608 - our schema
_ALL, _ONE = _COUNTED.format(""), _COUNTED.format(" AND uscc = ?")


def fill(db: Connection) -> None:
    """Count all parties of a new file."""
    db.execute(f"INSERT INTO organisations {_ALL}")


def bring(db: Connection, codes: Iterable[str]) -> None:
    """Bring the rows of these codes to what the parties count, touching only those that differ."""
    for code in sorted(codes):
        stored = db.execute("SELECT * FROM organisations WHERE uscc = ?", (code,)).fetchone()
        counted = db.execute(_ONE, (code,)).fetchone()
        if stored and (not counted or tuple(stored) != tuple(counted)):
            db.execute("DELETE FROM organisations WHERE uscc = ?", (code,))
            stored = None
        if counted and not stored:
            db.execute("INSERT INTO organisations VALUES (?, ?, ?, ?)", tuple(counted))


def agree(db: Connection) -> bool:
    """Whether the table says what the parties count."""
    stored = (tuple(row) for row in db.execute("SELECT * FROM organisations ORDER BY uscc"))
    return list(stored) == [tuple(row) for row in db.execute(f"{_ALL} ORDER BY uscc")]
