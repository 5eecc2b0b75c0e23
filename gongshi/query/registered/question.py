"""What a reader asks of registers and lists: read from an address, checked, and written back as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gongshi.query import tokens
from gongshi.query.errors import UnknownParameter
from gongshi.query.question import Question, parse
from gongshi.records import REGISTRY_KINDS

FACETS = {"kind": "信息种类", "department": "公示部门", "act": "执法类别"}
"""What a search can be narrowed by, and its label."""
NAMES = ("q", *FACETS, "page", "number")


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

    @classmethod
    def of(cls, question: Question) -> RecordQuestion:
        """What a search of everything asks of registers and lists."""
        kind = question.type if question.type in REGISTRY_KINDS else ""
        narrowed = {"department": question.department, "act": question.act}
        return cls(q=question.q, kind=kind, page=question.page, **narrowed)

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

    def address(self, base: str, **changes: object) -> str:
        """The address of this search in the API, changed; any change but of the page leads to page 1."""
        said = {name: getattr(self, name) for name in NAMES} | {"page": 1} | changes
        pairs = [(name, said[name]) for name in NAMES if said[name] and (name != "page" or said[name] != 1)]
        return f"{base}?{urlencode(pairs)}" if pairs else base


def asked(pairs: Iterable[tuple[str, str]]) -> RecordQuestion:
    """The question that an address of the API asks; what it does not know is refused.

    Raises a Refused that names the parameter. Whether a kind or department exists is checked in the database.
    """
    said: dict[str, str] = {}
    for name, value in pairs:
        if name not in NAMES:
            told = f"没有名为“{name[:40]}”的参数；可用的参数：{'、'.join(NAMES)}。"
            raise UnknownParameter(told, parameter=name[:40])
        said[name] = value.strip()
    checked = parse([(name, said.pop(name, "")) for name in ("q", "page")])
    if said.get("number"):
        return RecordQuestion(page=checked.page, **said)
    return RecordQuestion(q=checked.q, page=checked.page, **said)
