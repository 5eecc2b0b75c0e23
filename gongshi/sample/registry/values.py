"""What the sample's records are made of: rows of text, days, telephones, a basis taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from gongshi.records.department import Department

Value = str | Sequence[Mapping[str, str]]
Record = dict[str, Value]
"""A record by its fields' names: text, or the rows of a table."""

SINCE = "2026-01-01"
"""The day from which most of the sample's records are in force."""
_ARTICLE_TEXT = "（示例）条文内容以国家法律法规数据库公布的文本为准。"
_PARTS = re.compile("[；;]")
_LAW = re.compile(r"(《[^》]+》)?(.*)")


def basis(*texts: str) -> list[dict[str, str]]:
    """The rows of a basis such as 《食品安全法》第三十五条；《许可办法》第四条, each once."""
    rows: list[dict[str, str]] = []
    law = ""
    for part in (part.strip() for text in texts for part in _PARTS.split(text)):
        found = _LAW.fullmatch(part)
        if found is None or not found[2]:
            continue
        law = found[1] or law
        row = {"law": law, "article": found[2], "text": _ARTICLE_TEXT}
        if law and row not in rows:
            rows.append(row)
    return rows


def place_number(department: Department) -> int:
    """The department's number in the sample's block of codes MB9900xx: of it are made codes and certificates."""
    return int(department.key[12:16])


def district(department: Department) -> str:
    """Where the department enforces: 松原市, or the county that its name begins with."""
    name = department.name
    return name[: next(at for at, sign in enumerate(name) if sign in "市县") + 1]


def phone(department: Department, line: int = 0) -> str:
    """An invented landline number: no subscriber's number begins with 0."""
    return f"0438-00{place_number(department):03d}{line:02d}"


def plus_years(day: str, years: int) -> str:
    """The same day so many years later."""
    on = date.fromisoformat(day)
    return on.replace(year=on.year + years).isoformat()
