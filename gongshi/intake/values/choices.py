"""Choices, one or several, by label or alias; 其他-说明; 是 and 否."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from unicodedata import normalize

from gongshi.intake.problems import Wrong
from gongshi.records.field import Field

OTHER = "其他"
JOINT = "、"
_OTHER = re.compile(r"其[他它]\s*[-—–:(_]+\s*(.+?)\s*\)?")
_AND = re.compile(r"并处|[并及和与+\s]+")
_SEPARATORS = re.compile(r"([、;,/\n|]+)")
_BLANKS = re.compile(r"\s+")

_FLAGS = {
    **dict.fromkeys(("是", "y", "yes", "true", "1", "t", "√", "✓", "有", "已", "成年"), "1"),
    **dict.fromkeys(("否", "n", "no", "false", "0", "f", "×", "x", "✗", "未", "不是", "未成年"), "0"),
}


def folded(text: str) -> str:
    """The form on which two writings of one choice meet."""
    return _BLANKS.sub("", normalize("NFKC", text)).casefold()


@cache
def choice_table(field: Field) -> Mapping[str, str]:
    """Every writing of the field's choices, folded, to the choice it means; labels before aliases."""
    return {folded(k): v for k, v in (*field.choice_aliases, *((c, c) for c in field.choices))}


def parse_choice(text: str, field: Field, table: Mapping[str, str]) -> str:
    """The choice that `text` means. Raises Wrong E241 with the nearest one."""
    chosen = _chosen(text, table)
    if chosen is None:
        raise _unknown(text, field)
    return chosen


def parse_choices(text: str, field: Field, table: Mapping[str, str]) -> str:
    """The choices that `text` lists, joined by 、, each once. Raises Wrong E241.

    Separators are 、;；,，/ and new lines, and 并, 和 or a blank between choices, but a choice that
    contains one of them itself is recognised whole; a list whose every part is a choice is always that list.
    """
    pieces = _SEPARATORS.split(normalize("NFKC", text).strip())
    words, separators = pieces[::2], [*pieces[1::2], ""]
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        taken, chosen = _next(words, separators, at, table)
        several = (chosen,) if chosen is not None else _joined_by_and(words[at], table)
        if not several:
            raise _unknown(words[at], field)
        found.update(dict.fromkeys(filter(None, several)))
        at += taken
    if not found:
        raise _unknown(text, field)
    return JOINT.join(found)


def parse_flag(cell: object) -> str:
    """1 or 0. Raises Wrong E242."""
    if isinstance(cell, bool | int | float) and cell in (0, 1):
        return "1" if cell else "0"
    flag = _FLAGS.get(folded(str(cell)))
    if flag is None:
        raise Wrong("E242", value=cell)
    return flag


def _next(words: Sequence[str], separators: Sequence[str], at: int, table: Mapping[str, str]) -> tuple[int, str | None]:
    """How many words the choice at `at` takes, and the choice ("" for nothing, None for none)."""
    if not words[at].strip():
        return 1, ""
    joined = ""
    for end in range(at, len(words)):
        joined += words[end]
        chosen = _chosen(joined, table)
        if chosen is not None:
            return end - at + 1, chosen
        joined += separators[end]
    return 1, None


def _joined_by_and(text: str, table: Mapping[str, str]) -> tuple[str, ...]:
    """The choices of 警告并处罚款 and of 罚款 警告; empty where a part is none."""
    chosen = [table.get(folded(word)) for word in _AND.split(text.strip())]
    return tuple(one for one in chosen if one) if all(chosen) else ()


def _chosen(text: str, table: Mapping[str, str]) -> str | None:
    known = table.get(folded(text))
    if known is None and table.get(OTHER) == OTHER:
        matched = _OTHER.fullmatch(normalize("NFKC", text).strip())
        known = f"{OTHER}-{matched[1].replace(JOINT, '，')}" if matched else None
    return known


def _unknown(text: str, field: Field) -> Wrong:
    near = get_close_matches(text, field.choices, n=1, cutoff=0.5)
    nearest = f"，是否应为“{near[0]}”" if near else ""
    return Wrong("E241", value=text.strip(), nearest=nearest, choices="、".join(field.choices))
