"""One way in for every format: bytes to sheets of raw rows."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from gongshi.intake.readers.characters import safe_name
from gongshi.intake.readers.delimited import read_delimited
from gongshi.intake.readers.detect import Format, format_of
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits
from gongshi.intake.readers.model import Sheet
from gongshi.intake.readers.trees import read_json, read_yaml
from gongshi.intake.readers.workbook import read_workbook

_BLANK = b"\0 \t\r\n"


def read(source: Path | bytes, name: str, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of a file, chosen by its content, in the file's order.

    `name` is the file's name as the submitter knows it; a format without sheet names gives its
    stem to its one sheet. Raises Unreadable with what is wrong and how to mend it, and takes
    neither more memory nor more time than `limits` allow.
    """
    limits = limits or Limits()
    data = _bytes(source, limits)
    title = PurePosixPath(safe_name(name)).stem
    form = format_of(data)
    if form in (Format.XLSX, Format.XLS):
        return read_workbook(data, form, limits)
    if form is Format.CSV:
        return [read_delimited(data, title, limits)]
    return (read_json if form is Format.JSON else read_yaml)(data, title, limits)


def _bytes(source: Path | bytes, limits: Limits) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limits.file_bytes:
        shown = -(-size // MEBIBYTE)
        raise Unreadable.because(Fault.TOO_LARGE, size=shown, limit=limits.file_bytes // MEBIBYTE)
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data:
        raise Unreadable.because(Fault.EMPTY)
    if not data.strip(_BLANK):
        raise Unreadable.because(Fault.BLANK)
    return data
