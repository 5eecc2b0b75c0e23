"""What one would pick instead of our search: SQLite's trigram index, its unicode61 index, LIKE; of the same texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bench.judged import Page
from gongshi.store.sqlite import Connection, connect

_MOST, _TOP = 1_000, 10


Ask = Callable[[str, bool], Sequence[str]]


def _fts(tokenize: str) -> Callable[[Sequence[Page]], Ask]:
    """An index of that tokeniser, the best by bm25 first."""

    def make(there: Sequence[Page]) -> Ask:
        db = connect(":memory:")
        db.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(address UNINDEXED, type UNINDEXED, body, tokenize='{tokenize}')"
        )
        _fill(db, there)

        def ask(typed: str, of_set: bool) -> Sequence[str]:
            match = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in typed.split())
            only = "AND type = 'decision' " if of_set else ""
            sql = f"SELECT address FROM texts WHERE texts MATCH ? {only}ORDER BY rank LIMIT ?"
            return [row[0] for row in db.execute(sql, (match, _MOST if of_set else _TOP))] if match else []

        return ask

    return make


def _like(there: Sequence[Page]) -> Ask:
    """Every text read for every query, as they come."""
    db = connect(":memory:")
    db.execute("CREATE TABLE texts (address, type, body)")
    _fill(db, there)

    def ask(typed: str, of_set: bool) -> Sequence[str]:
        words = [f"%{_escaped(word)}%" for word in typed.split()]
        where = " AND ".join("body LIKE ? ESCAPE '\\'" for _ in words)
        only = "AND type = 'decision' " if of_set else ""
        sql = f"SELECT address FROM texts WHERE {where} {only}ORDER BY rowid LIMIT ?"
        return [row[0] for row in db.execute(sql, (*words, _MOST if of_set else _TOP))] if words else []

    return ask


def _fill(db: Connection, there: Sequence[Page]) -> None:
    rows = ((page.address, page.type, "\n".join(page.texts)) for page in there)
    db.executemany("INSERT INTO texts (address, type, body) VALUES (?, ?, ?)", rows)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


PEERS: Mapping[str, Callable[[Sequence[Page]], Ask]] = {
    "FTS5 trigram": _fts("trigram"),
    "FTS5 unicode61": _fts("unicode61"),
    "LIKE": _like,
}
