"""Which encoding a text file is in, decided strictly: a wrong guess would turn names into other names."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from gongshi.intake.readers.faults import Fault, Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SURE = 8
_THREE_BYTES = 0x800
_TABLE = 2
"""Separators of the smallest table: a delimiter and a line end."""
"""So many characters of several bytes never happen to be right UTF-8 in a GB18030 text."""


def encoding_of(data: bytes) -> str:
    """The name of the encoding in which all of `data` decodes without error and without NUL.

    UTF-8 with and without byte-order mark, UTF-16 with and without, GB18030 (of which GBK and
    GB2312 are parts). Raises Unreadable.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            _check(data, encoding)
            return encoding
    guess = _utf16_without_mark(data)
    if guess:
        _check(data, guess)
        return guess
    if b"\0" in data:
        raise Unreadable.because(Fault.NUL, row=data.count(b"\n", 0, data.index(b"\0")) + 1)
    return "utf-8" if _is_utf8(data) else _gb18030(data)


def decoded(data: bytes) -> str:
    """All of `data` as text, in whatever encoding it is."""
    return data.decode(encoding_of(data))


def lines(data: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends as they are, decoded as they are asked for."""
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 by its separators: only read the right way round does it have line ends and delimiters."""
    sample = data[:_SAMPLE]
    if b"\0" not in sample:
        return ""
    separators = {encoding: _separators(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(separators, key=lambda encoding: separators[encoding])
    return best if separators[best] >= _TABLE else ""


def _separators(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, errors="replace")
    line_ends = text.count("\n") + text.count("\r")
    return line_ends and line_ends + sum(text.count(delimiter) for delimiter in ",;\t")


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8; raises Unreadable for what clearly was UTF-8 before it was damaged."""
    try:
        _decode(data, "utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")[-_SAMPLE:]
        if sum(ord(c) >= _THREE_BYTES for c in before) >= _SURE:
            raise _broken(data, error) from error
        return False
    return True


def _gb18030(data: bytes) -> str:
    try:
        _decode(data, "gb18030")
    except UnicodeDecodeError as error:
        raise Unreadable.because(Fault.ENCODING) from error
    return "gb18030"


def _check(data: bytes, encoding: str) -> None:
    try:
        nul = _decode(data, encoding)
    except UnicodeDecodeError as error:
        raise _broken(data, error) from error
    if nul is not None:
        raise Unreadable.because(Fault.NUL, row=nul)


def _decode(data: bytes, encoding: str) -> int | None:
    """Decode piece by piece, keeping nothing; the line of the first NUL, if any.

    Raises UnicodeDecodeError with `start` counted from the beginning of `data`.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for start in range(0, len(data), _CHUNK):
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(data[start : start + _CHUNK], final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            error.start += start - held
            raise
        if "\0" in text:
            return line + text.count("\n", 0, text.index("\0"))
        line += text.count("\n")
    return None


def _broken(data: bytes, error: UnicodeDecodeError) -> Unreadable:
    at_end = error.start > len(data) - 4
    detail = "结尾不完整" if at_end else f"第 {error.start + 1} 字节"
    return Unreadable.because(Fault.TRUNCATED, row=data.count(b"\n", 0, error.start) + 1, detail=detail)


def sample(data: bytes) -> str:
    """The beginning of a text, read forgivingly: enough to see what kind of text it is."""
    head = data[:_SAMPLE]
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, errors="replace")
    return head.decode(_utf16_without_mark(head) or "utf-8", errors="replace")
