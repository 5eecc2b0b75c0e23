"""What a reader asks of the search: read from an address, checked, and written back as one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from gongshi.query import checks, tokens
from gongshi.query.errors import PageTooFar, Refused, UnknownParameter, UnknownValue
from gongshi.query.filters import FILTERS, OF_DECISIONS, OF_RECORDS, RECORDS, TYPES, meant
from gongshi.records.places import first_of, last_of

PAGE_SIZE = 20
COUNT_BOUND = 1_000
"""Hits of a word that are counted; past it a page says 超过."""
LISTED = 10_000
"""Hits that are paged through."""
LAST_PAGE = LISTED // PAGE_SIZE

SEARCH = "/search"
DECISIONS = "/api/v1/decisions"
"""The older search of decisions alone, whose order is newest first unless told otherwise."""


class Order(StrEnum):
    """The order of the hits."""

    BEST = "best"
    """By relevance (best.py) among the newest hits."""
    NEWEST = "newest"
    """By day of first publication, the newest first."""
    AMOUNT = "amount"
    """By the sum of all amounts of money (largest.py)."""


ORDER_LABELS = {Order.BEST: "最相关", Order.NEWEST: "最新公示", Order.AMOUNT: "金额最大"}

_ATTRIBUTES: dict[str, str] = {
    "q": "q",
    "type": "type",
    **{name: one.attribute for name, one in FILTERS.items()},
    "act": "act",
    "from": "since",
    "to": "until",
    "order": "order",
    "page": "page",
}
"""By parameter of an address, in the order of addresses, what it is called here."""
NAMES = tuple(_ATTRIBUTES)
DAYS = {"from": "公示日期从", "to": "公示日期到"}
_OF_RECORDS = ("q", "type", "department", "act", "page")
_OF_OTHERS = ("q", "type", "page")
"""The parameters that mean something where no decisions are searched."""
_HIGHEST = 2**62
"""Above every place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One search. Empty text means: not asked for."""

    q: str = ""
    type: str = ""
    """Which sort of things (filters.TYPES); all sorts where it is empty."""
    kind: str = ""
    department: str = ""
    region: str = ""
    penalty_class: str = ""
    band: str = ""
    party: str = ""
    item: str = ""
    law: str = ""
    year: str = ""
    state: str = ""
    act: str = ""
    """Of records alone."""
    since: str = ""
    until: str = ""
    """The first and the last day of first publication."""
    order: Order | None = None
    """None for the usual one."""
    page: int = 1
    number: str = ""
    """Year and serial of a document number that stood among the words (year:serial); in no address."""
    _words: tuple[str, ...] | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def facets(self) -> dict[str, str]:
        """What narrows this search, by the name of the filter; days are not among it."""
        return {name: value for name, one in FILTERS.items() if (value := getattr(self, one.attribute))}

    @property
    def words(self) -> tuple[str, ...]:
        """The normalised words of the query: asked for twenty times on the way to an answer, worked out once."""
        if self._words is None:
            object.__setattr__(self, "_words", tokens.words(self.q))
        assert self._words is not None
        return self._words

    @property
    def sorting(self) -> Order:
        """The order that is meant: with words the best first, without them there is no best."""
        usual = _usual_order(SEARCH, self.q)
        return usual if self.order is None or (self.order is Order.BEST and not self.words) else self.order

    @property
    def as_meant(self) -> Question | None:
        """The same question written as records write it, its words apart where marks divided them; None where that is
        no other question, or one of too many words."""
        text = tokens.normalise(self.q)
        for pattern, written in _MEANT:
            text = pattern.sub(written, text)
        other = replace(self, q=text.strip(), page=1)
        return other if 0 < len(other.words) <= tokens.MAX_WORDS and other.words != self.words else None

    def match(self, **changes: str) -> str:
        """The MATCH expression, with facets set or (empty) taken away; empty where it matches all."""
        asked = {name: meant(name, value) for name, value in (self.facets | changes).items() if value}
        keys = [(name, values[0]) for name, values in asked.items() if len(values) == 1]
        if self.number:
            keys.append(("no", self.number))
        several = (tokens.match_any(name, values) for name, values in asked.items() if len(values) > 1)
        return " AND ".join(filter(None, (tokens.match_all(self.words, keys), *several)))

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest place that the days allow."""
        low = first_of(dt.date.fromisoformat(self.since)) if self.since else 0
        return low, last_of(dt.date.fromisoformat(self.until)) if self.until else _HIGHEST

    @property
    def narrowing(self) -> dict[str, str]:
        """Everything but words that narrows this search, by parameter."""
        days = {name: value for name in DAYS if (value := getattr(self, _ATTRIBUTES[name]))}
        return self.facets | days

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words narrows it."""
        return bool(self.narrowing)

    def without(self, name: str) -> Question:
        """The same question without one of its parameters, from the first page on."""
        nothing: dict[str, Any] = {_ATTRIBUTES[name]: ""}
        return replace(self, page=1, **nothing)

    def address(self, base: str = SEARCH, **changes: object) -> str:
        """The shareable address of this search, changed (by the names of parameters); any change but of the page leads
        to page 1."""
        pairs = _pairs(self._said() | {"page": 1} | changes, base)
        return f"{base}?{'&'.join(pairs)}" if pairs else base

    def narrowed(self, facet: str, values: Iterable[str]) -> Iterator[str]:
        """For each of a facet's values the address of this search narrowed by it: what does not differ is written once,
        for a page has a hundred of them."""
        said = self._said() | {"page": 1}
        place = NAMES.index(facet)
        before = _pairs({name: said[name] for name in NAMES[:place]}, SEARCH)
        after = _pairs({name: said[name] for name in NAMES[place + 1 :]}, SEARCH, self.q)
        for value in values:
            yield f"{SEARCH}?{'&'.join([*before, f'{facet}={_quoted(value)}', *after])}"

    def said(self, *without: str) -> dict[str, str]:
        """What the address says beside words and page, for the hidden fields of a form that asks something else."""
        left = {"q", "page", *without}
        said = {name: str(value) for name, value in self._said().items() if value and name not in left}
        return said if self.order else {name: value for name, value in said.items() if name != "order"}

    def _said(self) -> dict[str, object]:
        return {name: getattr(self, attribute) for name, attribute in _ATTRIBUTES.items()}


def _usual_order(base: str, q: object) -> Order:
    return Order.BEST if base != DECISIONS and q else Order.NEWEST


def _pairs(said: Mapping[str, object], base: str, q: str = "") -> list[str]:
    unsaid = {"page": 1, "order": _usual_order(base, q or said.get("q"))}
    return [f"{name}={_quoted(str(value))}" for name, value in said.items() if value and value != unsaid.get(name)]


@lru_cache(maxsize=1_000)
def _quoted(value: str) -> str:
    """A page has a hundred addresses of the same few words and departments."""
    return quote_plus(value)


_MEANT = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),  # 罚款254,000元
    (re.compile(r"(?<![0-9])([0-9]{4})[-./]0?([0-9]{1,2})[-./]0?([0-9]{1,2})(?![0-9])"), r"\1年\2月\3日"),  # 2026-03-02
    (re.compile(r"[(<{《〈〖「]([0-9]{4})[)>}》〉〗」]"), r"〔\1〕"),  # 罚《2026》15号
    (re.compile(r"〕第?0*(?=[1-9])"), "〕"),  # 罚〔2026〕第015号
    (re.compile(r"[^\w〔〕()*]+"), " "),  # 食品、许可证; “食品”; what was masked stays whole
)
"""How people write what records write otherwise, in a normalised query, and what they mean."""
_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_WITHIN = "in"
"""How addresses asked for registers and lists before there was one search: understood, and written no more."""


def parse(pairs: Iterable[tuple[str, str]], *, strict: bool = False, base: str = SEARCH) -> Question:
    """The question that an address asks; `strict` refuses parameters that do not exist, `base` says where it was asked.

    Raises a Refused that names the parameter. Whether a department or kind exists is the
    database's knowledge, and checked there.
    """
    said = _asked(pairs, strict=strict)
    type_ = _type(said)
    if type_ not in OF_DECISIONS:
        known = _OF_RECORDS if type_ in OF_RECORDS else _OF_OTHERS
        said = {name: value for name, value in said.items() if name in known}
    since, until = (checks.day(said.get(name, ""), name) for name in DAYS)
    if since and until and since > until:
        raise UnknownValue("公示日期的开始晚于结束，请对调。", parameter="from")
    return Question(
        q=checks.query(said.get("q", "")),
        type=type_,
        **{one.attribute: checks.value(name, said.get(name, "")) for name, one in FILTERS.items()},
        act=said.get("act", "") if type_ in OF_RECORDS else "",
        since=since,
        until=until,
        order=_order(said.get("order", ""), base),
        page=page_number(said.get("page", "")),
    )


def lenient(pairs: Iterable[tuple[str, str]]) -> Question:
    """As much of a faulty question as can be kept, to fill in the form again; its words as they were typed."""
    kept = dict(pairs)
    typed = kept.pop("q", "").strip()
    while True:
        try:
            return replace(parse(kept.items()), q=typed[: tokens.MAX_QUERY])
        except Refused as refused:
            del kept[refused.parameter]


def _asked(pairs: Iterable[tuple[str, str]], *, strict: bool) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in pairs:
        if name in _ATTRIBUTES or (name == _WITHIN and not strict):
            said[name] = value.strip()
        elif strict:
            told = f"没有名为“{name[:40]}”的参数；可用的参数：{'、'.join(NAMES)}。"
            raise UnknownParameter(told, parameter=name[:40])
    return said


def _type(said: dict[str, str]) -> str:
    """The type that is asked for; `said` is left without the kind where that was one of records."""
    if said.get(_WITHIN) == RECORDS and not said.get("type"):
        kind = said.pop("kind", "")
        if kind and kind not in OF_RECORDS:
            raise UnknownValue(f"没有“{kind[:40]}”这个信息种类。", parameter="kind")
        return kind or RECORDS
    type_ = said.get("type", "")
    if type_ not in TYPES:
        told = f"没有“{type_[:40]}”这一类内容；可用的：{'、'.join(filter(None, TYPES))}。"
        raise UnknownValue(told, parameter="type")
    return type_


def _order(text: str, base: str) -> Order | None:
    try:
        return Order(text) if text else (Order.NEWEST if base == DECISIONS else None)
    except ValueError:
        told = "、".join(f"{order}（{label}）" for order, label in ORDER_LABELS.items())
        raise UnknownValue(f"排序方式只有 {told}。", parameter="order") from None


def page_number(text: str) -> int:
    """A page as it stands in an address; the first where none does. Raises UnknownValue, PageTooFar."""
    if text and not _PAGE.fullmatch(text):
        raise UnknownValue("页码应是从 1 开始的整数。", parameter="page")
    page = int(text or 1)
    if page > LAST_PAGE:
        raise PageTooFar(
            f"最多翻到第 {LAST_PAGE} 页（前 {LISTED} 条）。请增加检索词，或者选定部门、类别、年份。",
            parameter="page",
        )
    return page
