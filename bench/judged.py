"""What there is to find in a public.db, read without the search, and which of it a judged query wants (judged.yml)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import yaml

from gongshi.records import DECISION_KINDS
from gongshi.records.field import SearchIn
from gongshi.render.addresses import address, law_address, record_address
from gongshi.store.sqlite import Connection

FILE = Path(__file__).with_name("judged.yml")
SETS = "sets"
DECISION, HELP = "decision", "help"
_ABOUT = ("violation_type", "certificate_name", "document_name", "item_name")
_READ = {
    kind.name: frozenset(field.name for field in kind.public_fields if field.search is not SearchIn.NONE)
    for kind in DECISION_KINDS.values()
}
"""By kind the columns that are searched. Left out are days, choices, and what every decision says of remedies."""
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_NAMED_BY = {DECISION: "number", "notice": "number"}
"""What a text alone says of something wanted, where it is not its name."""


class Judged(NamedTuple):
    """A query, by which maker, and what it wants: conditions by type, several such in a list; nothing for a set."""

    maker: str
    typed: str
    wanted: Any

    @property
    def is_of_party(self) -> bool:
        """Whether it wants decisions about one party, whatever they are: then the page that lists them will do."""
        return isinstance(self.wanted, dict) and list(self.wanted.get(DECISION) or ()) == ["party"]


class Page(NamedTuple):
    """Something public: its address, its type (decision, department, … or a kind of record), what it can be wanted by,
    its texts as they are shown, and these in the normal form."""

    address: str
    type: str
    values: Mapping[str, Any]
    texts: tuple[str, ...]
    flat: tuple[str, ...]

    @classmethod
    def of(cls, address: str, type: str, values: Mapping[str, Any], told: Iterable[object]) -> Page:
        """With those of the told that are texts."""
        texts = tuple(text for text in told if isinstance(text, str) and text)
        return cls(address, type, values, texts, tuple(map(flat, texts)))

    def has(self, words: Iterable[str]) -> bool:
        """Whether each word, in the normal form, stands in one of its texts."""
        return all(any(word in text for text in self.flat) for word in words)

    def holds(self, name: str, value: Any) -> bool:
        """Whether it meets one condition."""
        if name == "has":
            return self.has(map(flat, value))
        own = self.values.get(name)
        return value in own if isinstance(own, tuple) else value == own


@lru_cache(maxsize=200_000)
def flat(text: str) -> str:
    """The normal form in which texts are read: it owes nothing to the one of the index."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_BRACKETS)


def judged(file: Path = FILE) -> list[Judged]:
    """The queries of a file, in its order."""
    makers: dict[str, list[Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Judged(maker, typed, wanted)
        for maker, entries in makers.items()
        for entry in entries
        for typed, wanted in (entry.items() if isinstance(entry, dict) else [(entry, {})])
    ]


def wanted(one: Judged, there: Sequence[Page]) -> set[str]:
    """The addresses of what a query wants; of a set, of all decisions in which its words stand."""
    if one.maker == SETS:
        words = flat(one.typed).split()
        return {page.address for page in there if page.type == DECISION and page.has(words)}
    wishes = [pair for wish in _list(one.wanted) for pair in wish.items()]
    found = [page for page in there for what, conditions in wishes if _is(page, what, conditions)]
    own = (address for page in found if one.is_of_party for address in page.values["page"])
    return {page.address for page in found}.union(own)


def _list(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _is(page: Page, what: str, conditions: Any) -> bool:
    if what == "any":
        return page.has(map(flat, conditions))
    if what == "page":
        return page.type == HELP and page.address.partition("#")[0] == conditions
    if isinstance(conditions, str):
        return page.type == what and page.values[_NAMED_BY.get(what, "name")] == conditions
    is_it = page.type == DECISION if what == DECISION else "title" in page.values
    return is_it and all(page.holds(name, value) for name, value in conditions.items())


def pages(db: Connection) -> list[Page]:
    """Everything that can be found."""
    return [*_decisions(db), *_records(db), *_others(db)]


def _decisions(db: Connection) -> Iterator[Page]:
    for kind, read in _READ.items():
        for row in db.execute(f"SELECT * FROM decisions JOIN {kind} USING (sort)").fetchall():
            parties = db.execute("SELECT * FROM parties WHERE sort = ?", (row["sort"],)).fetchall()
            own = dict(zip(row.keys(), row, strict=True))
            told = [own["department_name"], own["title"], *(value for name, value in own.items() if name in read)]
            told += [party[name] for party in parties for name in ("name", "uscc")]
            told += [text for party in parties for name, text in orjson.loads(party["own"]).items() if name in read]
            values = {
                "number": own["document_number"],
                "party": tuple(party["name"] for party in parties),
                "page": tuple(f"/parties/{party['uscc']}" for party in parties if party["uscc"]),
                "department": own["department_name"],
                "certificate": own.get("certificate_number"),
                "about": tuple(own[name] for name in _ABOUT if own.get(name)),
                "kind": kind,
            }
            yield Page.of(address(own["id"]), DECISION, values, told)


def _records(db: Connection) -> Iterator[Page]:
    for row in db.execute("SELECT * FROM records WHERE standing = 'in_force'").fetchall():
        values = {name: row[name] for name in ("kind", "number", "title")} | {"department": row["department_name"]}
        told = (row["number"], row["title"], row["department_name"], *_inner(orjson.loads(row["content"])))
        yield Page.of(record_address(row["kind"], row["id"]) or row["id"], row["kind"], values, told)


def _inner(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _inner(one)


def _others(db: Connection) -> Iterator[Page]:
    for row in db.execute("SELECT * FROM departments"):
        former = (one["name"] for one in orjson.loads(row["names"]))
        yield Page.of(f"/departments/{row['key']}/", "department", {"name": row["name"]}, (row["name"], *former))
    for row in db.execute("SELECT * FROM laws"):
        yield Page.of(law_address(row["id"]), "law", {"name": row["name"]}, [row["name"]])
    for row in db.execute("SELECT * FROM notices"):
        told = (row[name] for name in ("document_number", "reason", "department_name", "instrument_number"))
        yield Page.of(address(row["id"]), "notice", {"number": row["document_number"]}, told)
    for row in db.execute("SELECT * FROM help ORDER BY position"):
        yield Page.of(row["path"], HELP, {"name": row["heading"]}, (row["title"], row["heading"], row["text"]))
