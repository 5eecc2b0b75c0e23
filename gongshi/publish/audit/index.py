"""The search index: that it holds the words of the public rows and not one more.

How often each word stands in each column is added up from the rows and compared with fts5vocab: a word that the
index has more often is a ghost of something that was taken out. Then it is asked, with MATCH, whose it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.values import What
from gongshi.publish.database import rows
from gongshi.query import tokens
from gongshi.store.sqlite import Connection

INDEX = "decisions_fts"
_AT_MOST = 20
"""Places that are named of one word."""
_MATCH = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? LIMIT {_AT_MOST}"  # noqa: S608 - a declared name


def ghosts(db: Connection, patterns: Patterns) -> Iterator[tuple[Sought, str]]:
    """What the index holds beyond the public rows: whose value it is where that can be told, and the place."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (INDEX,)).fetchone():
        return
    surplus = _surplus(db)
    if not surplus:
        return
    named: set[int] = set()
    for one in patterns.sought:
        if asked := _question(one, surplus):
            for (place,) in db.execute(_MATCH, (asked,)).fetchall():
                if one.plain not in _row_text(db, place):
                    named.add(place)
                    yield one, f"{INDEX} {place}"
    for place in sorted(_places(db, surplus) - named):
        yield Sought(What.TEXT, "", "全文索引里多出的词", "", ""), f"{INDEX} {place}"


def _surplus(db: Connection) -> set[tuple[str, str]]:
    """Column and word of everything that the index has more often than the rows."""
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for public in rows.stored(db):
        for column, text in public.indexed().items():
            expected[column].update(text.lower().split())  # as FTS5 keeps them
    db.execute(f"CREATE VIRTUAL TABLE temp.counted USING fts5vocab('main', '{INDEX}', 'col')")
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


def _row_text(db: Connection, place: int) -> str:
    """The public text of the row at a place, from which the index was made; empty where there is no row."""
    for row in db.execute("SELECT id FROM decisions WHERE sort = ?", (place,)):
        for public in rows.stored(db, [row["id"]]):
            return plain("\n".join(public.search().values()))
    return ""


def _places(db: Connection, surplus: set[tuple[str, str]]) -> set[int]:
    """Some of the places that hold a surplus word and whose row, if there is one, does not."""
    db.execute(f"CREATE VIRTUAL TABLE temp.placed USING fts5vocab('main', '{INDEX}', 'instance')")
    try:
        found: set[int] = set()
        for column, word in sorted(surplus)[:_AT_MOST]:
            asked = "SELECT DISTINCT doc FROM temp.placed WHERE term = ? AND col = ?"
            held = (int(doc) for (doc,) in db.execute(asked, (word, column)).fetchall())
            found.update(place for place in held if not _has(db, place, column, word))
        return found
    finally:
        db.execute("DROP TABLE temp.placed")


def _has(db: Connection, place: int, column: str, word: str) -> bool:
    for row in db.execute("SELECT id FROM decisions WHERE sort = ?", (place,)):
        for public in rows.stored(db, [row["id"]]):
            return word in public.indexed()[column].lower().split()
    return False
