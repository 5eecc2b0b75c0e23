"""A SQLite file: its tables by SQL, its search index by MATCH and by its words, every page of it as bytes.

A word is not in the index's bytes as such, and text that was taken out can lie in free pages for ever
(MEASURED.md, "Traps"): so each is looked at in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongshi.publish.audit.index import ghosts
from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.plain import APART, plain
from gongshi.publish.audit.scan import Scanner, places, windows
from gongshi.publish.audit.values import What
from gongshi.store.sqlite import Connection, connect

_HEADER = 100
_SHADOWS = ("_data", "_idx", "_docsize", "_config", "_content")


@dataclass(frozen=True, slots=True)
class Found:
    """A find: the pattern, the place in the file in words, the byte where there is one."""

    sought: Sought
    inner: str
    offset: int = -1


def finds(path: Path, scanner: Scanner) -> Iterator[Found]:
    """Everything in the file at `path` that must not be there. Raises DatabaseError where SQLite can not read it."""
    db = connect(path, read_only=True)
    try:
        told: set[str] = set()
        for found in _tables(db, scanner):
            told.add(found.sought.plain)
            yield found
        yield from (Found(sought, inner) for sought, inner in ghosts(db, scanner.patterns))
        yield from _pages(path, db, scanner, told)
    finally:
        db.close()


def _tables(db: Connection, scanner: Scanner) -> Iterator[Found]:
    names = [row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    virtual = [name for name in names if _is_virtual(db, name)]
    shadows = {f"{name}{suffix}" for name in virtual for suffix in _SHADOWS}
    for table in names:
        if table not in virtual and table not in shadows:
            yield from _table(db, table, scanner)
    yield from _words(db, virtual, scanner)


def _is_virtual(db: Connection, table: str) -> bool:
    sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()["sql"] or ""
    return str(sql).upper().startswith("CREATE VIRTUAL")


def _table(db: Connection, table: str, scanner: Scanner) -> Iterator[Found]:
    """Every cell of every row; the names of a record in the rows that are its own."""
    columns = [str(row["name"]) for row in db.execute(f'PRAGMA table_info("{table}")')]
    for key, *cells in db.execute(_select(table, columns)):
        texts = [_text(cell) for cell in cells]
        compared = plain(APART.join(texts))
        found = scanner.patterns.matches(compared)
        own = scanner.patterns.own(str(key))
        names = own.shown(compared) if own else []
        found |= {Sought(What.NAME, str(key), "姓名", name, name) for name in names}
        for one in found:
            held = (column for column, text in zip(columns, texts, strict=True) if one.plain in plain(text))
            yield Found(one, f"{table}.{next(held, '*')} {key}")


def _select(table: str, columns: list[str]) -> str:
    """A table's rows, each with the id of the record whose row it is, otherwise with its own key."""
    listed = ", ".join(f't."{name}"' for name in columns)
    if "id" in columns:
        return f'SELECT t."id", {listed} FROM "{table}" t'  # noqa: S608 - the file's own names
    if "sort" in columns:
        whose = "LEFT JOIN decisions d ON d.sort = t.sort LEFT JOIN records r ON r.sort = t.sort"
        return f'SELECT coalesce(d.id, r.id, t.sort), {listed} FROM "{table}" t {whose}'  # noqa: S608
    return f'SELECT t."{columns[0]}", {listed} FROM "{table}" t'  # noqa: S608


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return "" if cell is None else str(cell)


def _words(db: Connection, virtual: Iterable[str], scanner: Scanner) -> Iterator[Found]:
    """The words of each index: one longer than a pair was not cut, and stands there whole."""
    for name in virtual:
        db.execute(f"CREATE VIRTUAL TABLE temp.audited USING fts5vocab('main', '{name}', 'row')")
        for (term,) in db.execute("SELECT term FROM temp.audited WHERE length(term) > 2"):
            for sought in scanner.patterns.matches(plain(term)):
                yield Found(sought, f"{name} 索引词")
        db.execute("DROP TABLE temp.audited")


def _pages(path: Path, db: Connection, scanner: Scanner, told: set[str]) -> Iterator[Found]:
    """The bytes of the file, page by page: what SQL does not show lies in pages that are free or half used."""
    size = int(db.execute("PRAGMA page_size").fetchone()[0])
    with path.open("rb") as file:
        free = _free(file, size)
        for base, window in windows(file):
            for sought in scanner.between(window):
                for at in places(window, sought):
                    page = (base + at) // size + 1
                    if page in free or sought.plain not in told:
                        yield Found(sought, f"{'空闲页' if page in free else '页'} {page}", base + at)


def _free(file: Any, size: int) -> set[int]:
    """The numbers of the pages that hold nothing: the file's own list of them."""
    file.seek(0)
    header = file.read(_HEADER)
    trunk, found = int.from_bytes(header[32:36], "big"), set[int]()
    while trunk and trunk not in found:
        found.add(trunk)
        file.seek((trunk - 1) * size)
        page = file.read(size)
        count = min(int.from_bytes(page[4:8], "big"), size // 4 - 2)
        found.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
        trunk = int.from_bytes(page[:4], "big")
    return found
