"""Where the values wait that an audit looks for: a file of SQLite without a name, gone when the process ends.

At a million decisions they are some two million, with whose they are: too many for the memory of a small machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from gongshi.publish.audit.plain import APART
from gongshi.publish.audit.values import Value, What
from gongshi.store.sqlite import scratch

_LOOSE = (What.TEXT, What.ADDRESS, What.RECORD)
"""May stand in the middle of anything. Of the others 12345678901 is not found in 912345678901."""
_LONG = 15
"""Digits and letters from which a number is found inside a longer one, too: no accident makes so many alike."""
STRICT = (What.NUMBER, What.ADDRESS)
"""Public in a column of codes and names only, never because some text says so."""

_TABLES = (
    "CREATE TABLE sought (plain TEXT PRIMARY KEY, what TEXT, record TEXT, field TEXT, raw TEXT) WITHOUT ROWID",
    "CREATE TABLE inside (plain TEXT, record TEXT, PRIMARY KEY (plain, record)) WITHOUT ROWID",
    "CREATE TABLE public (record TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID",
    "CREATE TABLE own (record TEXT PRIMARY KEY, names TEXT, words TEXT) WITHOUT ROWID",
    "BEGIN",
)
_ADD = f"""
INSERT INTO sought VALUES (:plain, :what, :record, :field, :raw) ON CONFLICT (plain) DO UPDATE
SET what = excluded.what, record = excluded.record, field = excluded.field
WHERE excluded.what IN {tuple(map(str, STRICT))} AND what NOT IN {tuple(map(str, STRICT))}
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Sought:
    """One pattern: `plain` as it is compared, `raw` as it was written; `record` and `field` say whose value it is."""

    what: What
    record: str
    field: str
    raw: str
    plain: str

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether the find is the value itself and not the middle of a longer number."""
        if self.what in _LOOSE or (end - start >= _LONG and self.what is not What.DOCUMENT):
            return True
        return not (_word(text, start - 1) and _word(text, start)) and not (_word(text, end - 1) and _word(text, end))


@dataclass(frozen=True, slots=True)
class Own:
    """What is sought in a record's own page and rows: the names it masks, once the words shown by right are cut out."""

    names: tuple[str, ...]
    words: tuple[str, ...]

    def shown(self, text: str) -> list[str]:
        """Which names stand open in `text`."""
        if not any(name in text for name in self.names):
            return []
        for word in self.words:
            text = text.replace(word, APART)
        return [name for name in self.names if name in text]


class Kept:
    """Values, each once, by the form in which they are compared; the public records in which each is an internal
    value, whose own public text makes it public to nobody; the names of each record."""

    def __init__(self) -> None:
        self._db = scratch()
        for statement in _TABLES:
            self._db.execute(statement)

    def add(self, value: Value, record: str, inside: str = "") -> None:
        """Look for this; a person's number stays one, whoever else wrote it as a text."""
        told = {"what": value.what, "record": record, "field": value.field, "raw": value.raw, "plain": value.plain}
        self._db.execute(_ADD, told)
        if inside:
            self._db.execute("INSERT OR IGNORE INTO inside VALUES (?, ?)", (value.plain, inside))

    def drop(self, plain: str) -> None:
        """Do not look for this."""
        self._db.execute("DELETE FROM sought WHERE plain = ?", (plain,))

    def is_internal(self, plain: str, record: str) -> bool:
        """Whether it is an internal value of that public record."""
        asked = "SELECT 1 FROM inside WHERE plain = ? AND record = ?"
        return bool(record) and self._db.execute(asked, (plain, record)).fetchone() is not None

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM sought").fetchone()[0])

    def __iter__(self) -> Iterator[Sought]:
        return map(_sought, self._db.execute("SELECT what, record, field, raw, plain FROM sought"))

    def get(self, plain: str) -> Sought | None:
        """The value that is compared so, if it is looked for."""
        asked = "SELECT what, record, field, raw, plain FROM sought WHERE plain = ?"
        row = self._db.execute(asked, (plain,)).fetchone()
        return _sought(row) if row else None

    def plains(self) -> Iterator[str]:
        """All of them as they are compared, in their order."""
        return (row[0] for row in self._db.execute("SELECT plain FROM sought ORDER BY plain"))

    def shortest(self) -> int:
        """The characters of the shortest; 0 where there is none."""
        return int(self._db.execute("SELECT coalesce(min(length(plain)), 0) FROM sought").fetchone()[0])

    def public(self, records: Iterable[str]) -> None:
        """These are public, in this order."""
        self._db.executemany("INSERT INTO public VALUES (?, ?)", ((one, at) for at, one in enumerate(records)))

    def place_of(self, record: str) -> int | None:
        """The place of a public record among them; None for one that is not."""
        row = self._db.execute("SELECT place FROM public WHERE record = ?", (record,)).fetchone()
        return row[0] if row else None

    def own(self, record: str, names: tuple[str, ...], words: tuple[str, ...]) -> None:
        """What is sought in this record's own page and rows."""
        self._db.execute("INSERT INTO own VALUES (?, ?, ?)", (record, *map(_as_json, (names, words))))

    def own_of(self, record: str) -> Own | None:
        """The same again."""
        row = self._db.execute("SELECT names, words FROM own WHERE record = ?", (record,)).fetchone()
        return Own(*map(_from_json, row)) if row else None

    def names(self) -> Iterator[str]:
        """Every name of any record, each once."""
        listed = "SELECT DISTINCT value FROM own, json_each(own.names)"
        return (row[0] for row in self._db.execute(listed))

    def count_of_names(self) -> int:
        """How many names are sought in their records' own pages, each as often as it has one."""
        asked = "SELECT coalesce(sum(json_array_length(names)), 0) FROM own"
        return int(self._db.execute(asked).fetchone()[0])


def _sought(row: tuple[str, str, str, str, str]) -> Sought:
    what, record, field, raw, plain = row
    return Sought(What(what), record, field, raw, plain)


def _as_json(words: tuple[str, ...]) -> str:
    return orjson.dumps(words).decode()


def _from_json(text: str) -> tuple[str, ...]:
    return tuple(orjson.loads(text))


def _word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()
