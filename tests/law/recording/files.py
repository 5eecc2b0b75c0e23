"""Case files for tests: one that meets a requirement, made from its row as it stands in the data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

STAGES = ("start", "investigation", "decision", "execution", "archive")
STARTED = "2026-03-02T09:00+08:00"


@dataclass(frozen=True, kw_only=True)
class OneCase:
    kind: str = "penalty"
    procedure: str = "general"
    stage: str = "archive"
    started_at: str = STARTED
    filed_at: str = ""
    ended_on: str = "2026-06-01"
    hearing: str = "未涉及"
    filled: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    major: bool = False
    major_at_start: bool = False
    review: str = ""
    decided: bool = False


@dataclass(frozen=True, kw_only=True)
class OneLine:
    line: str
    what: str
    medium: str = "text"
    about: str = ""
    at: str = STARTED
    stored_at: str = ""
    days: int | None = None
    filled: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Meeting:
    """A case and lines that meet one requirement, and what each thing that can be taken away is called then."""

    case: OneCase
    lines: tuple[OneLine, ...]
    removals: tuple[tuple[str, str, tuple[OneLine, ...], OneCase], ...] = field(default_factory=tuple)


def meeting(row: dict[str, Any]) -> Meeting:
    """Of a row of recording.yml: everything it asks for, once; then the same with one thing less."""
    ticks = {one.split("|")[0] for one in row.get("when", [])}
    case = OneCase(
        kind=row.get("kinds", ["penalty"])[0],
        procedure=row.get("procedures", ["application" if "application" in ticks else "general"])[0],
        circumstances=frozenset(ticks - {"major", "major_at_start", "own_authority"}),
        major="major" in ticks,
        major_at_start="major_at_start" in ticks,
        filled=frozenset(one.removeprefix("case.") for one in row.get("filled", []) if one.startswith("case.")),
        filed_at="2026-03-03T09:00+08:00" if row.get("to") == "case.filed_at" else "",
    )
    tokens = row.get("needs_all") or (row.get("needs") or row.get("each") or [])[:1]
    asked = [one.split("|")[0] for one in row.get("filled", []) if not one.startswith("case.")]
    lines = [
        OneLine(
            line=f"行{at}",
            what="recording" if token.startswith("*:") else token,
            medium=token.removeprefix("*:") if token.startswith("*:") else "text",
            stored_at="2026-03-03T09:00+08:00",
            filled=frozenset(asked),
            contents=frozenset([*row.get("contents", []), *_served_by(token, row)]),
            signed=frozenset(one.split("|")[0] for one in row.get("signed", [])),
        )
        for at, token in enumerate(tokens, start=1)
    ]
    served = [
        OneLine(line="送", what="service.direct", contents=frozenset([name]), filled=frozenset(["served_at"]))
        for name in row.get("served", [])
        if not any(_served_by(token, row) for token in tokens)
    ]
    media = [
        OneLine(line=f"音像{line.line}{medium}", what="recording", medium=medium, about=line.line)
        for line in lines
        for medium in (row.get("recorded") or [[]])[0]
    ]
    whole = (*lines, *served, *media)
    return Meeting(case, whole, tuple(_removals(row, case, lines, (*served, *media))))


def _served_by(token: str, row: dict[str, Any]) -> list[str]:
    """A line of service says itself what was served."""
    return row.get("served", []) if token.startswith("service.") else []


def _removals(row: dict[str, Any], case: OneCase, lines: list[OneLine], rest: tuple[OneLine, ...]) -> Any:
    def without(name: str, word: str) -> tuple[OneLine, ...]:
        return (*(replace(line, **{name: getattr(line, name) - {word}}) for line in lines), *rest)

    for one in row.get("filled", []):
        word = one.split("|")[0]
        told = f"field:{min(one.split('|'))}"
        if word.startswith("case."):
            yield f"no {word}", told, (*lines, *rest), replace(case, filled=frozenset(), filed_at="")
        else:
            yield f"no {word}", told, without("filled", word), case
    for word in row.get("contents", []):
        yield f"no {word}", f"content:{word}", without("contents", word), case
    for one in row.get("signed", []):
        yield f"no {one}", f"signed:{min(one.split('|'))}", without("signed", one.split("|")[0]), case
    if not row.get("each"):
        for line in lines:
            yield f"no {line.what}", f"line:{line.what}", (*(one for one in lines if one is not line), *rest), case
    for name in row.get("served", []):
        left = tuple(one for one in without("contents", name) if name not in one.contents)
        yield f"no {name}", f"served:{name}", left, case
    for medium in (row.get("recorded") or [[]])[0]:
        left = tuple(one for one in rest if one.medium != medium)
        yield f"no {medium}", f"medium:{medium}", (*lines, *left), case
