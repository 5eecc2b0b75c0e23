"""From a mapping of text to a dataclass, by a table of readers, with every fault on its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from gongshi.instance.yaml_file import Located, YamlFile

_T = TypeVar("_T")

Readers = Mapping[str, Callable[[Any], Any]]
_WAY = re.compile(r"""(?:https://|/(?!/))[^\s\\"'<>]*|[0-9][0-9 ()+-]{2,}(?:（[^<>]*）)?""")
"""An address of the web, or of this site; a telephone number, with a remark in brackets."""
_FLAGS = {"true": True, "false": False}


def build(
    kind: Callable[..., _T], row: Located, file: YamlFile, readers: Readers, required: tuple[str, ...]
) -> _T | None:
    """`kind` made of the row's values; None, with faults noted, where something is wrong with it.

    Faults: reference_key_unknown, reference_key_missing, reference_value_bad.
    """
    values: dict[str, Any] = {}
    sound = True
    for key, value in row.values.items():
        message = _misnamed(key, readers)
        if message:
            file.fault(row.line_of(key), "reference_key_unknown", message)
            sound = False
            continue
        try:
            if value is not None:
                values[key] = readers[key](value)
        except (TypeError, ValueError) as error:
            file.fault(row.line_of(key), "reference_value_bad", f"{key} 的值不对：{error}")
            sound = False
    for key in required:
        if row.values.get(key) in (None, "", []):
            file.fault(row.line, "reference_key_missing", f"缺少 {key}")
            sound = False
    return kind(**values) if sound else None


def text(value: Any) -> str:
    """One text."""
    if not isinstance(value, str):
        raise TypeError("这里应当是一段文字")
    return value.strip()


def way(value: Any) -> str:
    """Where somebody turns: an address, which begins with https:// or with one slash, or a telephone number."""
    found = text(value)
    if found and not _WAY.fullmatch(found):
        raise ValueError(f"“{found}”不是网址（以 https:// 或者一个 / 开头，没有空格），也不是电话号码")
    return found


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise TypeError("这里应当是列表，例如 [甲, 乙]")
    return tuple(text(item) for item in value)


def flag(value: Any) -> bool:
    """true or false."""
    found = _FLAGS.get(str(value).lower())
    if found is None:
        raise ValueError("只能是 true 或者 false")
    return found


def number(value: Any) -> int:
    """A whole number of 1 or more."""
    found = text(value)
    if not (found.isascii() and found.isdigit() and int(found)):
        raise ValueError("只能是 1 以上的整数")
    return int(found)


def count(value: Any) -> int:
    """A whole number of 0 or more."""
    found = text(value)
    if not (found.isascii() and found.isdigit()):
        raise ValueError("只能是 0 以上的整数")
    return int(found)


def day(value: Any) -> date:
    """A calendar day, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text(value))
    except ValueError as error:
        raise ValueError(f"“{value}”不是日期，要写成 2026-03-02 的形式") from error


def _misnamed(key: str, readers: Readers) -> str:
    if key in readers:
        return ""
    near = get_close_matches(key, readers, n=1)
    return f"不认识的项“{key}”" + (f"，是不是 {near[0]}？" if near else "")
