"""One hit as pages and API show it: what was decided, about whom, and where the words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    "facts, legal_basis, first_published_on, updated_on, corrected, history, held_fields"
)
_AT = f"WHERE sort IN ({', '.join('?' * PAGE_SIZE)})"
_HITS = f"SELECT {_COLUMNS} FROM decisions {_AT}"  # noqa: S608 - constants of this module
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
    """One hit: the row, and its texts with the words of the query marked."""

    row: Row
    title: tuple[Segment, ...]
    number: tuple[Segment, ...]
    parties: tuple[Segment, ...]
    department: tuple[Segment, ...]
    excerpt: Excerpt | None

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
    """The decisions at `places` (of one page), in that order; one that was withdrawn meanwhile is left out."""
    if not places:
        return ()
    found = db.rows(_HITS, _padded(places))
    by_place = {row["sort"]: row for row in found}
    own = _own(db, list(by_place.values()))
    parties = _parties(db, places)
    return tuple(
        _item(by_place[place], {**own.get(place, {}), **parties.get(place, {})}, words)
        for place in places
        if place in by_place
    )


def _padded(places: Sequence[int]) -> list[int | None]:
    """A page's worth of places for _AT: a statement of one length is compiled once."""
    return [*places, *[None] * (PAGE_SIZE - len(places))]


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


def _item(row: Row, own: Row, words: Sequence[str]) -> Item:
    return Item(
        row=row,
        title=segments(row["title"], words),
        number=segments(row["document_number"] or "", words),
        parties=segments(row["parties"], words),
        department=segments(row["department_name"], words),
        excerpt=_excerpt(row, own, words),
    )


def _excerpt(row: Row, own: Row, words: Sequence[str]) -> Excerpt | None:
    """A piece of the field that has the most words of the query; of the first field where none has any.

    `own` holds the fields that only the kind has, and those that stand with the parties.
    """
    fields = DECISION_KINDS[row["kind"]].by_name
    held = set(orjson.loads(row["held_fields"]))
    texts = {name: row[name] for name in _SHOWN_FIRST if row[name]} | {n: own[n] for n in own if n != "sort"}
    shown = {name: text for name, text in texts.items() if text and name in fields and name not in held}
    if not shown:
        return None
    name = _telling(shown, words)
    return Excerpt(field=name, label=label(fields[name]), parts=snippet(shown[name], words))


def _telling(shown: Mapping[str, str], words: Sequence[str]) -> str:
    """The first field that has the most words; none is looked at after one that has them all."""
    best, most = "", -1
    for name, text in shown.items():
        found = words_in(text, words)
        if found > most:
            best, most = name, found
        if found == len(words):
            break
    return best
