"""What a public decision is filtered and counted by, worked out from its public rows alone.

The keys go into the search index, into `tags` and into the counted tables of public.db. What was written with one way
of working them out must be erased with the same, or a ghost stays: this module, gongshi/law/citing.py and the form in
which numbers are matched belong to the frozen tokeniser. Any change of what `keys_of` returns needs another
KEYS_VERSION, and with it a full build; so does one of how organisations are found (organisations.py, readings.txt), or
names would stay as they were written.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from gongshi.law.citing import law_id, names_cited
from gongshi.law.document_number import match_key
from gongshi.records.licence import LICENCE, NO_END
from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER

KEYS_VERSION = "1"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts from `least` yuan up to the next band's; `value` stands in addresses and in the index."""

    value: str
    least: Decimal
    label: str


BANDS = (
    Band("0", Decimal(0), "无金额"),
    Band("1", Decimal("0.01"), "不满 1 千元"),
    Band("2", Decimal(1_000), "1 千元至 1 万元"),
    Band("3", Decimal(10_000), "1 万元至 5 万元"),
    Band("4", Decimal(50_000), "5 万元至 10 万元"),
    Band("5", Decimal(100_000), "10 万元至 100 万元"),
    Band("6", Decimal(1_000_000), "100 万元以上"),
)
"""Each from its least amount on, the next one's left out."""

PARTIES = {LEGAL_PERSON: "o", SOLE_TRADER: "s", NATURAL_PERSON: "n"}
"""By type of party the value of the key."""

OTHER = "其他"
"""Of a class that stands in no list (其他-说明)."""

_amounts = itemgetter("fine", "confiscated", "amount")
_NO_AMOUNT = Decimal(0)
_ITEMS = ("item_name", "violation_type", "certificate_name", "document_name")
"""The fields that say what a decision is about, the first that is there."""
_LONGEST_ITEM = 100
"""A longer text describes a case, not what many are about."""
_ENDED = frozenset(("注销", "吊销", "撤销", "撤回", "到期"))
"""States in which a licence permits nothing any more."""
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BRACKETS = str.maketrans("()", "（）")
_NUMBER = re.compile(r"〔([0-9]{4})〕([0-9]{1,9})$")
"""Year and serial at the end of a number in the form in which numbers are matched."""
_USUAL_NUMBER = re.compile(r"〔([0-9]{4})〕第?0*([1-9][0-9]{0,8})号$")
"""The same as nearly every number is written: to bring it into that form takes ten times as long."""
_CLASSES_BETWEEN = "、"
_NOTHING_OWN = "{}"


class Keys(NamedTuple):
    """The keys of one decision. `classes` are penalty classes by mark (`class_mark`), `party` values of PARTIES, `item`
    the mark of the item of its department's list that it names (its name is then the code), otherwise an id of what it
    is about; `laws` are ids with names; `state` is "1" for a licence in force, "0" for an ended one, "" for any other
    kind; `number` is year:serial of its number; `amount` in fen, of all parties. What it does not have is empty."""

    kind: str
    department: str
    region: str
    year: str
    classes: tuple[str, ...]
    band: str
    party: tuple[str, ...]
    item: str
    item_name: str
    laws: tuple[tuple[str, str], ...]
    state: str
    number: str
    amount: int

    @property
    def counted(self) -> tuple[str, ...]:
        """What of it the table `facets` counts by, a text each: kind, department, region, year, classes, band, party,
        state; several classes or parties joined by blanks."""
        one = (self.kind, self.department, self.region, self.year)
        return (*one, " ".join(self.classes), self.band, " ".join(self.party), self.state)

    @property
    def cell(self) -> int:
        """What stands for `counted` in `tags`."""
        return cell_of(self.counted)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Name and value of each, as the index holds them."""
        yield from (("kind", self.kind), ("department", self.department), ("region", self.region), ("year", self.year))
        yield from (("class", one) for one in self.classes)
        yield "band", self.band
        yield from (("party", one) for one in self.party)
        yield from (("law", law) for law, _ in self.laws)
        single = (("item", self.item), ("state", self.state), ("no", self.number))
        yield from ((name, value) for name, value in single if value)


def keys_of(row: Row, own: Row, parties: Sequence[Row]) -> Keys:
    """The keys of a decision from its rows in public.db: that of `decisions`, that of its kind, those of `parties`.

    A field in which parties differ lies in their `own`; one that is held back is in no row and gives no key. Raises
    ValueError for rows that were damaged.
    """
    others = [_own(party["own"]) for party in parties]
    amount = _amount(parties)
    item, name = _item_of(row, own, others)
    state = row["in_force"]
    return Keys(
        kind=row["kind"],
        department=row["department"],
        region=row["region"],
        year=row["decided_on"][:4],
        classes=_classes(tuple(_everywhere("penalty_class", own, others))),
        band=_band(amount),
        party=tuple(sorted({PARTIES[party["type"]] for party in parties if party["type"] in PARTIES})),
        item=item,
        item_name=name,
        laws=_laws(tuple(_everywhere("legal_basis", row, others))),
        state="" if state is None else str(state),
        number=_number(row["document_number"] or ""),
        amount=int(amount * 100),
    )


def organisations_of(parties: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Unified code and name of each party of a decision that is a legal person with a code: no sole trader, nobody
    natural."""
    return ((party["uscc"], party["name"]) for party in parties if party["type"] == LEGAL_PERSON and party["uscc"])


def in_force(kind: str, own: Row, today: dt.date) -> int | None:
    """1 for a licence that is in force on `today` by its state and its end, 0 for one that is not; None for a decision
    of another kind.

    Without an end, or with that of the standard (2099-12-31), it is until its state says otherwise.
    """
    if kind != LICENCE.name:
        return None
    return int(own["licence_state"] not in _ENDED and (own["valid_until"] or NO_END) >= today.isoformat())


def ends_on(own: Row) -> dt.date | None:
    """The last day of a licence; None without an end."""
    end = own["valid_until"]
    return dt.date.fromisoformat(end) if end and end < NO_END else None


@lru_cache(maxsize=256)
def class_mark(name: str) -> str:
    """4 hexadecimal digits that stand for a penalty class; those that are in no list stand as 其他."""
    return _hash(OTHER if name.startswith(OTHER) else name, 2)


def _everywhere(name: str, row: Row, others: Iterable[Row]) -> Iterator[str]:
    """The values of a field, the decision's own and those of its parties."""
    return (text for source in (row, *others) if (text := source.get(name)))


@lru_cache(maxsize=4096)
def _classes(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({class_mark(one) for text in texts for one in text.split(_CLASSES_BETWEEN) if one}))


@lru_cache(maxsize=4096)
def _laws(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    names = dict.fromkeys(name for text in texts for name in names_cited(text))
    return tuple((law_id(name), name) for name in names)


def _amount(parties: Iterable[Row]) -> Decimal:
    """Fines, what was confiscated, levies and charges of all parties, in yuan."""
    try:
        return sum(Decimal(text) for party in parties for text in _amounts(party) if text) or _NO_AMOUNT
    except InvalidOperation:
        raise ValueError("an amount is no number") from None


@lru_cache(maxsize=4096)
def _band(amount: Decimal) -> str:
    return next((band.value for band in reversed(BANDS) if amount >= band.least), BANDS[0].value)


def _item_of(row: Row, own: Row, others: Sequence[Row]) -> tuple[str, str]:
    if row["item"]:
        return row["item"], _plain(row["item_code"]).upper()
    named = next((text for name in _ITEMS for text in _everywhere(name, own, others)), "")
    plain = _plain(named)
    return (_item(row["kind"], plain), plain) if 0 < len(plain) <= _LONGEST_ITEM else ("", "")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A name in one form, fit to be shown: NFKC, without blanks, in Chinese brackets."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


@lru_cache(maxsize=4096)
def _item(kind: str, name: str) -> str:
    return _hash(f"{kind}/{name}", 8)


def _number(text: str) -> str:
    found = _USUAL_NUMBER.search(text) or _NUMBER.search(match_key(text))
    return f"{found[1]}:{found[2]}" if found else ""


@lru_cache(maxsize=16_384)
def cell_of(counted: tuple[str, ...]) -> int:
    """48 bits that stand for what is counted together (Keys.counted): the same in any build."""
    return int.from_bytes(blake2b("\x1f".join(counted).encode(), digest_size=6).digest())


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


def _own(text: str) -> Row:
    return orjson.loads(text) if text != _NOTHING_OWN else {}
