"""What is handed in, stated and looked at in a legal review (L6, L7, L8), as the city's checklists have it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from gongshi.law.review.words import ReviewRefused

MATERIALS, STATEMENT, ASPECTS = "materials", "statement", "aspects"
CHECKLISTS = (MATERIALS, STATEMENT, ASPECTS)
NOT_APPLICABLE = "na"
_BETWEEN, _EQUALS, _COLON = re.compile(r"[；;\n]"), re.compile("[=＝]"), re.compile("[:：]")
"""How several answers stand in one text: 1=有；5=na:没有听证. Keyboards write these marks wide or narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item. `lines` are the documents of which one must lie in the file; an `optional` item may be 不适用, but
    not where one of `required_when` happened: then the document beside it must lie there."""

    code: str
    label: str
    lines: tuple[str, ...] = ()
    required_when: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A list of items with the article that asks for them."""

    id: str
    article: str
    items: tuple[Item, ...]


def answers(text: str) -> dict[str, str]:
    """The answers of a checklist from one text, by code; of a code that is answered twice both answers count."""
    said: dict[str, str] = {}
    for one in filter(str.strip, _BETWEEN.split(text)):
        code, *more = map(str.strip, _EQUALS.split(one, maxsplit=1))
        said[code] = "；".join((*filter(None, [said.get(code)]), *more))
    return said


def word(answer: str) -> tuple[str, str]:
    """The word with which an answer begins (ok, problem, na), and what follows its colon."""
    first, *more = map(str.strip, _COLON.split(answer, maxsplit=1))
    return first, more[0] if more else ""


def unanswered(
    checklist: Checklist, answers: Mapping[str, str], happened: Collection[str], lines: Collection[str] | None = None
) -> tuple[str, ...]:
    """What is wrong with the answers (code to text, `na` with its reason after a colon for 不适用), in words.

    `happened` are the circumstances of the case; `lines` the documents that lie in its file, None where the answers
    alone count.
    """
    return tuple(
        fault for item in checklist.items if (fault := _fault(item, answers.get(item.code, ""), happened, lines))
    )


def _fault(item: Item, answer: str, happened: Collection[str], lines: Collection[str] | None) -> str:
    said, (first, why) = answer.strip(), word(answer)
    if first == NOT_APPLICABLE:
        if not item.optional:
            return f"第{item.code}项“{item.label}”不能填不适用"
        if set(item.required_when) & set(happened):
            return f"第{item.code}项“{item.label}”在本案中应当提交，不能填不适用"
        return "" if why else f"第{item.code}项“{item.label}”填不适用的，要写明理由，例如 {item.code}=na:没有听证"
    if not said:
        return f"缺第{item.code}项“{item.label}”"
    if lines is not None and item.lines and not _lies_there(item, happened, set(lines)):
        return f"第{item.code}项“{item.label}”在案卷里没有登记"
    return ""


def _lies_there(item: Item, happened: Collection[str], lines: Collection[str]) -> bool:
    """Whether one of its documents lies in the file, and each that what happened asks for."""
    asked = {document for what, document in item.required_when.items() if what in happened}
    return asked <= set(lines) and not set(item.lines).isdisjoint(lines)


def require(
    checklist: Checklist, answers: Mapping[str, str], happened: Collection[str], lines: Collection[str] | None = None
) -> None:
    """Raise ReviewRefused with everything that is missing from the answers."""
    if faults := unanswered(checklist, answers, happened, lines):
        raise ReviewRefused("review_incomplete", checklist.article, "；".join(faults))
