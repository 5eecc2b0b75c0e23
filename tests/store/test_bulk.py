"""Rows written by the columns they fill are the rows that were given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from gongshi.store import bulk
from gongshi.store.sqlite import connect

COLUMNS = ("id", "position", "name", "note")
CELLS = some.one_of(some.none(), some.sampled_from(["", "0", "松原市", " "]), some.integers(0, 3))
TABLE = "CREATE TABLE party (id INTEGER PRIMARY KEY, position INTEGER, name TEXT, note TEXT)"


def stored(rows, write):
    db = connect(":memory:")
    db.execute(TABLE)
    write(db, [(number, *row) for number, row in enumerate(rows)])
    found = [tuple(row) for row in db.execute("SELECT * FROM party ORDER BY id")]
    db.close()
    return found


@given(rows=some.lists(some.tuples(CELLS, CELLS, CELLS)))
def test_empty_cells_that_are_not_bound_read_as_those_that_are(rows):
    in_one_statement = stored(rows, lambda db, given: db.executemany("INSERT INTO party VALUES (?, ?, ?, ?)", given))
    by_shape = stored(rows, lambda db, given: bulk.insert(db, "INSERT INTO party", COLUMNS, given))
    assert by_shape == in_one_statement
