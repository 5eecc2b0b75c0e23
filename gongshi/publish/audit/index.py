"""The search indexes: that each holds the words of the public rows and not one more.

How often each word stands in each column is added up from the rows and compared with fts5vocab: a word that the
index has more often is a ghost of something that was taken out. Then it is asked, with MATCH, whose it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.values import What
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import rows
from gongshi.publish.database.record_rows import stored_records
from gongshi.publish.proving import proof
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.query import tokens
from gongshi.store.sqlite import Connection

_AT_MOST = 20
"""Places that are named of one word."""


@dataclass(frozen=True, slots=True)
class _Index:
    """An index, the table whose rows it finds, and how these are read."""

    search: str
    table: str
    stored: Callable[..., Iterator[PublicDecision | PublicRecord]]

    @property
    def match(self) -> str:
        return f"SELECT rowid FROM {self.search} WHERE {self.search} MATCH ? LIMIT {_AT_MOST}"  # noqa: S608 - a declared name

    def at(self, db: Connection, place: int) -> Iterator[PublicDecision | PublicRecord]:
        """The row at a place, if there is one."""
        ids = [row["id"] for row in db.execute(f"SELECT id FROM {self.table} WHERE sort = ?", (place,))]  # noqa: S608
        return self.stored(db, ids)


_INDEXES = (_Index(*proof.DECISIONS, rows.stored), _Index(*proof.RECORDS, stored_records))


def ghosts(db: Connection, patterns: Patterns) -> Iterator[tuple[Sought, str]]:
    """What the indexes hold beyond the public rows: whose value it is where that can be told, and the place."""
    for index in _INDEXES:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (index.search,)).fetchone():
            yield from _ghosts(db, index, patterns)


def _ghosts(db: Connection, index: _Index, patterns: Patterns) -> Iterator[tuple[Sought, str]]:
    surplus = _surplus(db, index)
    if not surplus:
        return
    named: set[int] = set()
    for one in patterns.sought:
        if asked := _question(one, surplus):
            for (place,) in db.execute(index.match, (asked,)).fetchall():
                if one.plain not in _row_text(db, index, place):
                    named.add(place)
                    yield one, f"{index.search} {place}"
    for place in sorted(_places(db, index, surplus) - named):
        yield Sought(What.TEXT, "", "全文索引里多出的词", "", ""), f"{index.search} {place}"


def _surplus(db: Connection, index: _Index) -> set[tuple[str, str]]:
    """Column and word of everything that the index has more often than the rows."""
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for public in index.stored(db):
        for column, text in public.indexed().items():
            expected[column].update(text.lower().split())  # as FTS5 keeps them
    db.execute(f"CREATE VIRTUAL TABLE temp.counted USING fts5vocab('main', '{index.search}', 'col')")
    try:
        held = db.execute("SELECT col, term, cnt FROM temp.counted")
        return {(column, term) for column, term, count in held if count > expected[column][term]}
    finally:
        db.execute("DROP TABLE temp.counted")


def _question(sought: Sought, surplus: set[tuple[str, str]]) -> str:
    """A value as the index is asked for it: its longest run of characters, where one of its words is surplus."""
    run = max(tokens.runs(sought.raw), key=len, default="")
    words = tokens.index_text(run).split()
    return tokens.match_expression(run) if any(word in words for _, word in surplus) else ""


def _row_text(db: Connection, index: _Index, place: int) -> str:
    """The public text of the row at a place, from which the index was made; empty where there is no row."""
    return "".join(plain("\n".join(public.search().values())) for public in index.at(db, place))


def _places(db: Connection, index: _Index, surplus: set[tuple[str, str]]) -> set[int]:
    """Some of the places that hold a surplus word and whose row, if there is one, does not."""
    db.execute(f"CREATE VIRTUAL TABLE temp.placed USING fts5vocab('main', '{index.search}', 'instance')")
    try:
        found: set[int] = set()
        for column, word in sorted(surplus)[:_AT_MOST]:
            asked = "SELECT DISTINCT doc FROM temp.placed WHERE term = ? AND col = ?"
            held = (int(doc) for (doc,) in db.execute(asked, (word, column)).fetchall())
            found.update(place for place in held if not _has(db, index, place, column, word))
        return found
    finally:
        db.execute("DROP TABLE temp.placed")


def _has(db: Connection, index: _Index, place: int, column: str, word: str) -> bool:
    return any(word in public.indexed()[column].lower().split() for public in index.at(db, place))
