"""What a reader asks of the search: read from an address, checked, and written back as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote_plus

from gongshi.query import tokens
from gongshi.query.errors import PageTooFar, QueryTooLong, Refused, TooManyWords, UnknownParameter, UnknownValue

PAGE_SIZE = 20
COUNT_BOUND = 1_000
"""Hits of a word that are counted; past it a page says 超过."""
LISTED = 10_000
"""Hits that are paged through."""
LAST_PAGE = LISTED // PAGE_SIZE

FACETS = {"kind": "执法类别", "department": "公示部门", "year": "决定年份"}
"""What a search can be narrowed by, and its label."""


class Order(StrEnum):
    """The order of the hits."""

    NEWEST = "newest"
    """By day of first publication, the newest first."""
    BEST = "best"
    """By relevance (best.py) among the newest hits."""


ORDER_LABELS = {Order.NEWEST: "最新公示", Order.BEST: "最相关"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One search. Empty text means: not asked for."""

    q: str = ""
    kind: str = ""
    department: str = ""
    year: str = ""
    order: Order = Order.NEWEST
    page: int = 1

    @property
    def facets(self) -> dict[str, str]:
        """The facets that narrow this search."""
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}

    @property
    def words(self) -> tuple[str, ...]:
        """The normalised words of the query."""
        return tokens.words(self.q)

    @property
    def as_meant(self) -> Question | None:
        """The same question written as records write it, its words apart where marks divided them; None where that is
        no other question, or one of too many words."""
        text = tokens.normalise(self.q)
        for pattern, meant in _MEANT:
            text = pattern.sub(meant, text)
        other = replace(self, q=text.strip(), page=1)
        return other if 0 < len(other.words) <= tokens.MAX_WORDS and other.words != self.words else None

    def match(self, **changes: str) -> str:
        """The MATCH expression, with facets set or (empty) taken away; empty where it matches all."""
        facets = {name: value for name, value in (self.facets | changes).items() if value}
        return tokens.match_expression(self.q, facets.items())

    def address(self, base: str = "/search", **changes: object) -> str:
        """The shareable address of this search, changed; any change but of the page leads to page 1."""
        said = {name: getattr(self, name) for name in NAMES} | {"page": 1} | changes
        pairs = _pairs(said)
        return f"{base}?{'&'.join(pairs)}" if pairs else base

    def narrowed(self, facet: str, values: Iterable[str]) -> Iterator[str]:
        """For each of a facet's values the address of this search narrowed by it: what does not differ is written once,
        for a page has thirty of them."""
        said = {name: getattr(self, name) for name in NAMES} | {"page": 1}
        place = NAMES.index(facet)
        before = _pairs({name: said[name] for name in NAMES[:place]})
        after = _pairs({name: said[name] for name in NAMES[place + 1 :]})
        for value in values:
            yield f"/search?{'&'.join([*before, f'{facet}={_quoted(value)}', *after])}"


def _pairs(said: Mapping[str, object]) -> list[str]:
    return [f"{name}={_quoted(str(value))}" for name, value in said.items() if value and value != _UNSAID.get(name)]


@lru_cache(maxsize=1_000)
def _quoted(value: str) -> str:
    """A page has fifty addresses of the same few words and departments."""
    return quote_plus(value)


NAMES = ("q", *FACETS, "order", "page")
_UNSAID = {"order": Order.NEWEST, "page": 1}
"""What an address does not say."""
_YEAR = re.compile(r"[0-9]{4}")
_MEANT = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),  # 罚款254,000元
    (re.compile(r"(?<![0-9])([0-9]{4})[-./]0?([0-9]{1,2})[-./]0?([0-9]{1,2})(?![0-9])"), r"\1年\2月\3日"),  # 2026-03-02
    (re.compile(r"[(<{《〈〖「]([0-9]{4})[)>}》〉〗」]"), r"〔\1〕"),  # 罚《2026》15号
    (re.compile(r"〕第?0*(?=[1-9])"), "〕"),  # 罚〔2026〕第015号
    (re.compile(r"[^\w〔〕()*]+"), " "),  # 食品、许可证; “食品”; what was masked stays whole
)
"""How people write what records write otherwise, in a normalised query, and what they mean."""
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


def parse(pairs: Iterable[tuple[str, str]], *, strict: bool = False) -> Question:
    """The question that an address asks; `strict` refuses parameters that do not exist.

    Raises a Refused that names the parameter. Whether a department or kind exists is the
    database's knowledge, and checked there.
    """
    asked: dict[str, str] = {}
    for name, value in pairs:
        if name in NAMES:
            asked[name] = value.strip()
        elif strict:
            raise UnknownParameter(
                f"没有名为“{name[:40]}”的参数；可用的参数：{'、'.join(NAMES)}。", parameter=name[:40]
            )
    return Question(
        q=_query(asked.get("q", "")),
        kind=asked.get("kind", ""),
        department=asked.get("department", ""),
        year=_year(asked.get("year", "")),
        order=_order(asked.get("order", "")),
        page=page_number(asked.get("page", "")),
    )


def lenient(pairs: Iterable[tuple[str, str]]) -> Question:
    """As much of a faulty question as can be kept, to fill in the form again."""
    kept = Question()
    for name, value in pairs:
        try:
            one = parse([(name, value)])
        except Refused:
            if name == "q":
                kept = replace(kept, q=value.strip()[: tokens.MAX_QUERY])
            continue
        if name in NAMES:
            kept = replace(kept, **{name: getattr(one, name)})
    return kept


def _query(text: str) -> str:
    if len(text) > tokens.MAX_QUERY:
        raise QueryTooLong(
            f"检索词最多 {tokens.MAX_QUERY} 个字，现在有 {len(text)} 个字。"
            "请只留下最有特点的几个词，例如文号、名称或者违法行为。",
            parameter="q",
        )
    count = len(tokens.words(text))
    if count > tokens.MAX_WORDS:
        raise TooManyWords(
            f"一次最多检索 {tokens.MAX_WORDS} 个词，现在有 {count} 个。各个词必须同时出现，请去掉几个。", parameter="q"
        )
    return text if count else ""


def _year(text: str) -> str:
    if text and not _YEAR.fullmatch(text):
        raise UnknownValue("年份应是四位数字，例如 2026。", parameter="year")
    return text


def _order(text: str) -> Order:
    try:
        return Order(text or Order.NEWEST)
    except ValueError:
        raise UnknownValue("排序方式只有 newest（最新公示）和 best（最相关）。", parameter="order") from None


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
