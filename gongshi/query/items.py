"""One hit as pages and API show it: what was decided, about whom, and where the words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from gongshi.query.database import Reading, Row
from gongshi.query.highlight import Segment, segments, snippet, words_in
from gongshi.query.question import PAGE_SIZE
from gongshi.records import DECISION_KINDS
from gongshi.records.field import SearchIn
from gongshi.render.decisions.steps import is_changed
from gongshi.render.labels import label

_COLUMNS = (
    "sort, id, kind, department, department_name, region, title, parties, document_number, decided_on, content, "
    "facts, legal_basis, first_published_on, updated_on, corrected, in_force, history, held_fields"
)
_AT = f"WHERE sort IN ({', '.join('?' * PAGE_SIZE)})"
_AMOUNT = "(SELECT amount FROM tags WHERE tags.sort = decisions.sort) AS amount"
_HITS = f"SELECT {_COLUMNS}, {_AMOUNT} FROM decisions {_AT}"  # noqa: S608 - constants of this module
_WITH_PARTIES = f"SELECT sort, uscc, own FROM parties {_AT} ORDER BY sort, position"  # noqa: S608
_SHOWN_FIRST = ("content", "facts", "legal_basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A piece of one field, with its label and the words marked."""

    field: str
    label: str
    parts: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One hit: the row, and its texts with the words of the query marked, where they are asked for."""

    row: Row
    words: Sequence[str]
    excerpt: Excerpt | None

    @property
    def title(self) -> tuple[Segment, ...]:
        """What it is called."""
        return segments(self.row["title"], self.words)

    @property
    def number(self) -> tuple[Segment, ...]:
        """Its 文号; nothing where it has none."""
        return segments(self.row["document_number"] or "", self.words)

    @property
    def parties(self) -> tuple[Segment, ...]:
        """Whom it is about."""
        return segments(self.row["parties"], self.words)

    @property
    def department(self) -> tuple[Segment, ...]:
        """The name of the department that published it."""
        return segments(self.row["department_name"], self.words)

    @property
    def path(self) -> str:
        """The address of its page."""
        return path_of(self.row["id"])

    @property
    def kind_label(self) -> str:
        """行政处罚 for penalty."""
        return DECISION_KINDS[self.row["kind"]].label

    @property
    def changed(self) -> bool:
        """Whether the decision itself was changed since it was published (变更)."""
        return is_changed(self.row)


def path_of(decision: str) -> str:
    """The address of a decision's page (DESIGN.md, "Addresses")."""
    return f"/decisions/{decision[:2]}/{decision}.html"


def load(db: Reading, places: Sequence[int], words: Sequence[str]) -> tuple[Item, ...]:
    """The decisions at `places` (of one page), in that order; one that was withdrawn meanwhile is left out.

    What only a kind has, or stands with the parties, is read where the words do not all stand in what comes first, nor
    in the hit's own lines.
    """
    if not places:
        return ()
    by_place = {row["sort"]: row for row in db.rows(_HITS, _padded(places))}
    told = {
        place: _more_telling(_NOTHING, row, {name: row[name] for name in _SHOWN_FIRST}, words)
        for place, row in by_place.items()
    }
    unclear = [row for place, row in by_place.items() if told[place].found < len(words) and not _shows(row, words)]
    for place, texts in _other_texts(db, unclear).items():
        told[place] = _more_telling(told[place], by_place[place], texts, words)
    return tuple(_item(by_place[place], told[place], words) for place in places if place in by_place)


def _shows(row: Row, words: Sequence[str]) -> bool:
    """Whether all words stand in the hit's own lines."""
    number = row["document_number"]
    lines = (number, row["parties"], row["department_name"]) if number else (row["title"], row["department_name"])
    return words_in("\n".join(lines), words) == len(words)


def _padded(places: Sequence[int]) -> list[int | None]:
    """A page's worth of places for _AT: a statement of one length is compiled once."""
    return [*places, *[None] * (PAGE_SIZE - len(places))]


def _other_texts(db: Reading, found: Sequence[Row]) -> dict[int, Row]:
    """By place the searchable fields that only a decision's kind has, and what stands with its parties."""
    if not found:
        return {}
    places = [row["sort"] for row in found]
    own, parties = _own(db, found), _parties(db, places)
    return {place: {**own.get(place, {}), **parties.get(place, {})} for place in places}


def _own(db: Reading, found: Sequence[Row]) -> dict[int, Row]:
    """The searchable fields that only a decision's kind has, by place."""
    places: dict[str, list[int]] = defaultdict(list)
    for row in found:
        places[row["kind"]].append(row["sort"])
    own: dict[int, Row] = {}
    for kind, wanted in places.items():
        names = [f.name for f in DECISION_KINDS[kind].own_public_fields if f.search is not SearchIn.NONE]
        sql = f"SELECT {', '.join(['sort', *names])} FROM {kind} {_AT}"  # noqa: S608 - declared names
        own |= {row["sort"]: row for row in db.rows(sql, _padded(wanted))}
    return own


def _parties(db: Reading, places: Sequence[int]) -> dict[int, dict[str, str]]:
    """What stands with the parties, by place: their codes, and the fields in which they differ."""
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for party in db.rows(_WITH_PARTIES, _padded(places)):
        found = texts[party["sort"]]
        for name, text in (orjson.loads(party["own"]) | {"party_uscc": party["uscc"]}).items():
            if text:
                found[name] = f"{found[name]}；{text}" if name in found else text
    return texts


def _item(row: Row, told: _Told, words: Sequence[str]) -> Item:
    return Item(row=row, words=words, excerpt=_excerpt(row, told, words))


def _excerpt(row: Row, told: _Told, words: Sequence[str]) -> Excerpt | None:
    if not told.name:
        return None
    field = DECISION_KINDS[row["kind"]].by_name[told.name]
    return Excerpt(field=told.name, label=label(field), parts=snippet(told.text, words))


class _Told(NamedTuple):
    """A field's name and text, and how many words of the query it has."""

    found: int
    name: str
    text: str


_NOTHING = _Told(-1, "", "")


def _more_telling(best: _Told, row: Row, texts: Mapping[str, str | None], words: Sequence[str]) -> _Told:
    """The first field that has the most words, `best` being the first of all; none is looked at after one that has
    them all."""
    fields = DECISION_KINDS[row["kind"]].by_name
    held = orjson.loads(row["held_fields"])
    for name, text in texts.items():
        if best.found == len(words):
            break
        if text and name in fields and name not in held:
            found = words_in(text, words)
            best = _Told(found, name, text) if found > best.found else best
    return best
