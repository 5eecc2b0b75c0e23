"""How the command line prints: JSON for machines, a progress bar where work takes longer than a moment."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

PATIENCE = 2.0
"""Seconds before a progress bar appears."""
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` without signs that command a terminal or turn what stands there around: file names and what citizens
    and departments wrote are printed beside our own words."""
    return _COMMANDS.sub("", text)


def as_json(data: object) -> str:
    """`data` as indented JSON; dataclasses become objects, dates text."""
    return orjson.dumps(_plain(data), option=orjson.OPT_INDENT_2).decode()


def json_pieces(items: Iterable[object]) -> Iterator[str]:
    """The list of `items` as `as_json` would write it, piece by piece: there may be a million."""
    before = "[\n  "
    for item in items:
        yield before + as_json(item).replace("\n", "\n  ")
        before = ",\n  "
    yield "[]" if before.startswith("[") else "\n]"


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [_plain(item) for item in items]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


class Progress:
    """A bar on standard error, shown only on a terminal and only when the work takes its time."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._shown = -1
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Tell that `done` of `total` are done."""
        percent = 100 * done // max(total, 1)
        if not self._live or percent == self._shown or time.monotonic() - self._started < PATIENCE:
            return
        self._shown = percent
        bar = "█" * (percent // 4)
        sys.stderr.write(f"\r{self._label} {bar:<25} {percent:3d}% {done}/{total}")
        if done >= total:
            sys.stderr.write("\n")
        sys.stderr.flush()
