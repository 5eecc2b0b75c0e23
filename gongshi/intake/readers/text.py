"""Which encoding a text file is in, decided strictly: a wrong guess would turn names into other names.

A text is read piece by piece: a file of a gigabyte takes no more memory than a small one.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import IO

from gongshi.intake.readers.faults import Fault, Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SURE = 8
"""So many characters of several bytes never happen to be right UTF-8 in a GB18030 text."""
_THREE_BYTES = 0x800
_TABLE = 2
"""Separators of the smallest table: a delimiter and a line end."""
_AT_END = 4
"""Bytes from the end within which a broken character is one that was cut off."""


def encoding_of(source: IO[bytes], *, longest_line: float = inf) -> str:
    """The name of the encoding in which all of `source` decodes without error and without NUL.

    UTF-8 with and without byte-order mark, UTF-16 with and without, GB18030 (of which GBK and
    GB2312 are parts). Raises Unreadable, also for a line of more than `longest_line` characters.
    """
    source.seek(0)
    head = source.read(_SAMPLE)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            _check(source, encoding, longest_line)
            return encoding
    guess = _utf16_without_mark(head)
    if guess:
        _check(source, guess, longest_line)
        return guess
    broken = _broken_at(source, "utf-8", longest_line)
    if broken is None:
        return "utf-8"
    if (line := _line_of_nul(source)) is not None:
        raise Unreadable.because(Fault.NUL, row=line)
    if broken.was_plainly_utf8:
        raise broken.error()
    if _broken_at(source, "gb18030", longest_line) is not None:
        raise Unreadable.because(Fault.ENCODING)
    return "gb18030"


def decoded(data: bytes) -> str:
    """All of `data` as text, in whatever encoding it is."""
    return data.decode(encoding_of(io.BytesIO(data)))


def _utf16_without_mark(sample: bytes) -> str:
    """UTF-16 by its separators: only read the right way round does it have line ends and delimiters."""
    if b"\0" not in sample:
        return ""
    separators = {encoding: _separators(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(separators, key=lambda encoding: separators[encoding])
    return best if separators[best] >= _TABLE else ""


def _separators(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, errors="replace")
    line_ends = text.count("\n") + text.count("\r")
    return line_ends and line_ends + sum(text.count(delimiter) for delimiter in ",;\t")


@dataclass(frozen=True, slots=True)
class _Broken:
    """Where a text stops being one in an encoding: the byte, its line, the text just before it."""

    byte: int
    line: int
    size: int
    before: str

    @property
    def was_plainly_utf8(self) -> bool:
        """Whether what stands before was UTF-8 beyond doubt, so that it was damaged here."""
        return sum(ord(c) >= _THREE_BYTES for c in self.before) >= _SURE

    def error(self) -> Unreadable:
        """The refusal, with the place."""
        detail = "结尾不完整" if self.byte > self.size - _AT_END else f"第 {self.byte + 1} 字节"
        return Unreadable.because(Fault.TRUNCATED, row=self.line, detail=detail)


def _check(source: IO[bytes], encoding: str, longest_line: float) -> None:
    broken = _broken_at(source, encoding, longest_line)
    if broken is not None:
        raise broken.error()


def _broken_at(source: IO[bytes], encoding: str, longest_line: float) -> _Broken | None:
    """Decode all of it, keeping nothing. Raises Unreadable for a NUL and for a line without end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    at, line, open_line, before = 0, 1, 0, ""
    while True:
        piece = source.read(_CHUNK)
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, errors="ignore")
            size = source.seek(0, io.SEEK_END)
            return _Broken(at - held + error.start, line + good.count("\n"), size, (before + good)[-_SAMPLE:])
        if "\0" in text:
            raise Unreadable.because(Fault.NUL, row=line + text.count("\n", 0, text.index("\0")))
        end = max(text.rfind("\n"), text.rfind("\r"))
        open_line = open_line + len(text) if end < 0 else len(text) - end - 1
        line += text.count("\n")
        if open_line > longest_line:
            raise Unreadable.because(Fault.ROW_TOO_LONG, row=line)
        if not piece:
            return None
        at, before = at + len(piece), text[-_SAMPLE:]


def _line_of_nul(source: IO[bytes]) -> int | None:
    source.seek(0)
    line = 1
    while piece := source.read(_CHUNK):
        if b"\0" in piece:
            return line + piece.count(b"\n", 0, piece.index(b"\0"))
        line += piece.count(b"\n")
    return None


def sample(head: bytes) -> str:
    """The beginning of a text, read forgivingly: enough to see what kind of text it is."""
    head = head[:_SAMPLE]
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, errors="replace")
    return head.decode(_utf16_without_mark(head) or "utf-8", errors="replace")


def lines(source: IO[bytes], encoding: str) -> Iterator[list[str]]:
    """The lines with their ends as they are, some at a time. `source` is read from its beginning and left open."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        while some := text.readlines(_SAMPLE):
            yield some
    finally:
        with suppress(ValueError):  # closed before we were done
            text.detach()
