"""The table `facets`: how many decisions are public, by kind, department and year of the decision.

The search shows these numbers where nothing is asked for and where a reader only narrows, without counting
a million rows. Triggers keep the table (schema.py); here it is held against the rows.
"""

from __future__ import annotations

from gongshi.store.sqlite import Connection

_COUNTED = """
SELECT kind, department, substr(decided_on, 1, 4) AS year, count(*) AS decisions
FROM decisions GROUP BY kind, department, year
"""


def fill(db: Connection) -> None:
    """Count all rows of a new file, which has no triggers yet."""
    db.execute(f"INSERT INTO facets {_COUNTED}")


def agree(db: Connection) -> bool:
    """Whether the table says what the rows of public.db count."""
    stored = {tuple(row) for row in db.execute("SELECT kind, department, year, decisions FROM facets")}
    return stored == {tuple(row) for row in db.execute(_COUNTED)}
