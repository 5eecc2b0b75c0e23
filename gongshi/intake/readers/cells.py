"""The cells of a worksheet that failed: the fast reader shows #DIV/0! and a formula without a stored
result as an empty cell, and what is missing must not pass for what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_CELL = rb"""<(?:\w+:)?c\b[^>]*?\sr=["']([A-Z]{1,4})(\d{1,10})["']"""
_FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)"
_FAILED = re.compile(_CELL + rb"""[^>]*\st=["']e["'][^>]*>(?:""" + _FORMULA + rb")?<(?:\w+:)?v>([^<]*)<")
_UNCOMPUTED = re.compile(
    _CELL
    + rb"""(?:(?!\st=["']str["'])[^>])*>"""
    + _FORMULA
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_HELD = 1 << 16
"""Bytes that are looked at again with the next piece: a cell longer than that is cut in two."""
_MOST = 10_000
"""Rows with failed cells that are kept for each sheet: more of them change no report."""

Failed = dict[int, dict[int, str]]
"""Row number → column from 0 → the error (#DIV/0!) or the formula that has no stored result."""


def watch(pieces: Iterator[bytes], failed: Failed) -> Iterator[bytes]:
    """Pass a worksheet's XML on, noting the failed cells on the way."""
    held = b""
    for piece in pieces:
        held += piece
        _look(held, failed)
        held = held[-_HELD:]
        yield piece


def _look(xml: bytes, failed: Failed) -> None:
    if b'="e"' in xml or b"='e'" in xml:
        for letters, row, _, error in _FAILED.findall(xml):
            _note(failed, letters, row, error)
    if b"f>" in xml:
        for letters, row, formula in _UNCOMPUTED.findall(xml):
            _note(failed, letters, row, b"=" + formula)


def _note(failed: Failed, letters: bytes, row: bytes, text: bytes) -> None:
    if len(failed) < _MOST:
        failed.setdefault(int(row), {})[_column(letters)] = unescape(text.decode(errors="replace"))


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
