"""What may be suggested to somebody who is typing, and meant by letters: names and terms, no person's.

Read from what is public now, anew after each change of the file, so that what left it is suggested no more. Never in
it: natural persons, sole traders, officers, who stands at which post, and words of facts or decisions. What departments
write freely (violations, certificates) is in it from FREQUENT decisions on, a law from CITED ones on. Organisations
are many and are asked of their own table (suggest.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

import orjson

from gongshi.query.database import Reading
from gongshi.query.filters import DEPARTMENT, LAW
from gongshi.query.lexicon import lexicon
from gongshi.query.likenesses import Likenesses
from gongshi.query.spelling import Spelled, spelled
from gongshi.query.tokens import normalise
from gongshi.records import REGISTRY_KINDS
from gongshi.records.penalty import PENALTY_CLASSES
from gongshi.records.registry.subject import SUBJECT
from gongshi.render.addresses import law_address, record_address

FREQUENT, CITED = 5, 3
"""So many public decisions something has that departments write freely, or a law, before it is suggested."""
TERM, KIND, REGION, ACT, ORGANISATION = "term", "kind", "region", "act", "organisation"
TYPE_LABELS = {
    REGION: "地区",
    DEPARTMENT: "部门",
    KIND: "执法类别",
    LAW: "法律法规",
    TERM: "词语",
    ACT: "常见事项",
    **{name: kind.label for name, kind in REGISTRY_KINDS.items()},
    ORGANISATION: "单位",
}
"""What a suggestion is; of two that fit as well, the one that stands further up comes first."""
_RANKS = {type: rank for rank, type in enumerate(TYPE_LABELS)}
_LISTED = frozenset(name for name, kind in REGISTRY_KINDS.items() if kind.indexed and name != SUBJECT.name)
"""Registers whose records may be led to by search engines, too: no officers, no boards. Subjects are departments."""

_LAST = "\U0010ffff"
_BEGUN = 2
"""How much worse the beginning of a word fits than the whole of it."""
_DEPARTMENTS = """
SELECT d.key, d.name, d.names, r.name AS place FROM departments d JOIN regions r ON r.code = d.region
ORDER BY d.region, d.name
"""
_LAWS = "SELECT id, name FROM laws WHERE decisions >= ? ORDER BY decisions DESC, name, id"
_ACTS = """
SELECT name FROM acts WHERE decisions >= ? AND NOT EXISTS (SELECT 1 FROM decisions WHERE item = acts.id)
ORDER BY decisions DESC, name, id
"""
_RECORDS = """
SELECT kind, title, min(id) AS id, min(department_name) AS department, count(*) AS found FROM records
WHERE standing = 'in_force' AND kind IN (SELECT value FROM json_each(?)) GROUP BY kind, title ORDER BY kind, title
"""


class Entry(NamedTuple):
    """One of them: what it is, its text, the address to which it leads, a remark; how many characters of the text
    people leave out in front (of a department its place)."""

    type: str
    text: str
    path: str
    note: str = ""
    before: int = 0


class Match(NamedTuple):
    """An entry that fits what is typed: how well (less is better), and the characters of its text that were meant."""

    order: tuple[int, int, int, str]
    entry: Entry
    marks: tuple[int, int]

    @property
    def is_whole(self) -> bool:
        """Whether the letters are those of all of it."""
        return self.order[0] < _BEGUN

    @property
    def meant(self) -> str:
        """The characters that were meant."""
        return self.entry.text[slice(*self.marks)]


_Key = tuple[str, int, int]
"""Letters, the place of the entry that is typed with them, and from which of its characters on."""


class Vocabulary:
    """All entries, by their texts and by how they are typed in letters."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(dict.fromkeys(entries))

    def by_text(self, typed: str) -> list[Match]:
        """Those that have the normalised text, the best fitting first."""
        found = ((entry, flat.find(typed), flat == typed) for entry, flat in self._flat)
        return sorted(
            _match(entry, 0 if same else 1 if at in (0, entry.before) else 2, (at, at + len(typed)))
            for entry, at, same in found
            if at >= 0
        )

    def by_letters(self, typed: str) -> list[Match]:
        """Those that are typed with these letters (spelling.typed_letters), in whole, by initials, or as far as they
        go; the best fitting first."""
        found: dict[Entry, Match] = {}
        for keys, worse in ((self._letters, 0), (self._initials, 1)):
            for key, at, start in keys[bisect_left(keys, (typed, 0, 0)) : bisect_left(keys, (typed + _LAST, 0, 0))]:
                entry = self.entries[at]
                covered = max(one.covered(typed) for one in spelled(self._flat[at][1][start:]))
                match = _match(entry, worse if key == typed else _BEGUN + worse, (start, start + covered))
                found[entry] = min(match, found.get(entry, match))
        return sorted(found.values())

    @cached_property
    def likenesses(self) -> Likenesses:
        """Their texts, to look for such as are nearly one that was typed."""
        return Likenesses(entry.text for entry in self.entries)

    @cached_property
    def _flat(self) -> tuple[tuple[Entry, str], ...]:
        return tuple((entry, normalise(entry.text)) for entry in self.entries)

    @cached_property
    def _letters(self) -> list[_Key]:
        return sorted({(one.letters, at, start) for at, start, one in self._spelled()})

    @cached_property
    def _initials(self) -> list[_Key]:
        return sorted({(one.initials, at, start) for at, start, one in self._spelled()})

    def _spelled(self) -> Iterator[tuple[int, int, Spelled]]:
        """Each entry's place with the ways to type it, from its beginning and from where people may begin."""
        for at, (entry, flat) in enumerate(self._flat):
            for start in dict.fromkeys((0, entry.before)):
                yield from ((at, start, one) for one in spelled(flat[start:]))


def vocabulary(db: Reading) -> Vocabulary:
    """What may be suggested as the public database is now. Raises TooSlow, Unavailable; NotAtOnce where others wait:
    in a large city it takes a moment to read."""
    db.at_leisure()
    return db.once("vocabulary", _read)


def names(db: Reading) -> Likenesses:
    """The texts of all entries, for "did you mean". Raises as `vocabulary`."""
    return vocabulary(db).likenesses


def search_path(text: str) -> str:
    """The address of the search for a text."""
    return f"/search?q={quote(text)}"


def _match(entry: Entry, fit: int, marks: tuple[int, int]) -> Match:
    return Match((fit, _RANKS[entry.type], len(entry.text), entry.text), entry, marks)


def _read(db: Reading) -> Vocabulary:
    return _of(tuple(chain(_departments(db), _kinds(db), _laws(db), _terms(), _acts(db), _records(db))))


_of = lru_cache(maxsize=1)(Vocabulary)
"""A change of the file seldom changes these, and to sort how 20,000 are typed takes a fifth of a second."""


def _departments(db: Reading) -> Iterator[Entry]:
    for row in db.rows(_DEPARTMENTS):
        for name in dict.fromkeys((row["name"], *(one["name"] for one in orjson.loads(row["names"])))):
            before = len(row["place"]) if name.startswith(row["place"]) else 0
            note = "" if name == row["name"] else f"现为{row['name']}"
            yield Entry(DEPARTMENT, name, f"/departments/{row['key']}/", note, before)
    for row in db.rows("SELECT name FROM regions ORDER BY code"):
        yield Entry(REGION, row["name"], search_path(row["name"]))


def _kinds(db: Reading) -> Iterator[Entry]:
    for row in db.rows("SELECT name, label FROM kinds ORDER BY position"):
        yield Entry(KIND, row["label"], f"/kinds/{row['name']}/")


def _laws(db: Reading) -> Iterator[Entry]:
    return (Entry(LAW, row["name"], law_address(row["id"])) for row in db.rows(_LAWS, [CITED]))


def _terms() -> Iterator[Entry]:
    for word in dict.fromkeys((*PENALTY_CLASSES[:-1], *lexicon().terms)):
        yield Entry(TERM, word, search_path(word))
    for short, long in lexicon().known_as.items():
        yield Entry(TERM, short, search_path(short), f"即“{long}”")


def _acts(db: Reading) -> Iterator[Entry]:
    return (Entry(ACT, row["name"], search_path(row["name"])) for row in db.rows(_ACTS, [FREQUENT]))


def _records(db: Reading) -> Iterator[Entry]:
    """Of several records of one name the search finds all."""
    for row in db.rows(_RECORDS, [orjson.dumps(sorted(_LISTED)).decode()]):
        alone = row["found"] == 1 and record_address(row["kind"], row["id"])
        yield Entry(
            row["kind"],
            row["title"],
            alone or search_path(row["title"]),
            row["department"] if row["found"] == 1 else "",
        )
