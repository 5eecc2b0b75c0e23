"""What a reader asks of registers and lists: read from an address, checked, and written back as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gongshi.query import tokens
from gongshi.query.errors import Refused, UnknownParameter
from gongshi.query.question import Question, parse

WITHIN = ("in", "records")
"""The parameter by which /search asks registers and lists instead of decisions."""
FACETS = {"kind": "信息种类", "department": "公示部门", "act": "执法类别"}
"""What a search can be narrowed by, and its label."""
NAMES = ("q", *FACETS, "page")
API_NAMES = (*NAMES, "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuestion:
    """One search. Empty text means: not asked for. `number` is a whole number or code (the API's alone):
    where it is asked for, words are not."""

    q: str = ""
    kind: str = ""
    department: str = ""
    act: str = ""
    number: str = ""
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
    def as_meant(self) -> RecordQuestion | None:
        """The same question written as records write it; None where that is no other question."""
        meant = Question(q=self.q).as_meant
        return replace(self, q=meant.q, page=1) if meant else None

    def match(self, *columns: str) -> str:
        """The MATCH expression, its words in any column or only in `columns`; empty where it matches all."""
        words, facets = tokens.match_expression(self.q), tokens.match_expression("", self.facets.items())
        if words and columns:
            words = f"{{{' '.join(columns)}}} : ({words})"
        return " AND ".join(part for part in (words, facets) if part)

    def page_address(self, **changes: object) -> str:
        """The shareable address of this search, changed; any change but of the page leads to page 1."""
        return f"/search?{urlencode([WITHIN, *self._pairs(NAMES, changes)])}"

    def api_address(self, base: str, **changes: object) -> str:
        """The same of the API."""
        pairs = self._pairs(API_NAMES, changes)
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def _pairs(self, names: Iterable[str], changes: dict[str, object]) -> list[tuple[str, object]]:
        said = {name: getattr(self, name) for name in names} | {"page": 1} | changes
        return [(name, said[name]) for name in names if said[name] and (name != "page" or said[name] != 1)]


def is_asked(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether an address of /search asks registers and lists."""
    return WITHIN in pairs


def asked(pairs: Iterable[tuple[str, str]], *, strict: bool = False) -> RecordQuestion:
    """The question that an address asks; `strict` is the API's way: it refuses what it does not know.

    Raises a Refused that names the parameter. Whether a kind or department exists is checked in the database.
    """
    names = API_NAMES if strict else NAMES
    said: dict[str, str] = {}
    for name, value in pairs:
        if name in names:
            said[name] = value.strip()
        elif strict:
            told = f"没有名为“{name[:40]}”的参数；可用的参数：{'、'.join(names)}。"
            raise UnknownParameter(told, parameter=name[:40])
    checked = parse([(name, said.pop(name, "")) for name in ("q", "page")])
    if said.get("number"):
        return RecordQuestion(page=checked.page, **said)
    return RecordQuestion(q=checked.q, page=checked.page, **said)


def lenient(pairs: Iterable[tuple[str, str]]) -> RecordQuestion:
    """As much of a faulty question as can be kept, to fill in the form again."""
    kept = RecordQuestion()
    for name, value in pairs:
        try:
            one = asked([(name, value)])
        except Refused:
            if name == "q":
                kept = replace(kept, q=value.strip()[: tokens.MAX_QUERY])
            continue
        if name in NAMES:
            kept = replace(kept, **{name: getattr(one, name)})
    return kept
