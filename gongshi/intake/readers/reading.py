"""One way in for every format: a file to sheets of raw rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from gongshi.intake.readers.characters import safe_name
from gongshi.intake.readers.delimited import delimited
from gongshi.intake.readers.detect import OLE2, Format, format_of
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits
from gongshi.intake.readers.model import Sheet, Stream
from gongshi.intake.readers.workbook import workbook

_BLANK = b"\0 \t\r\n"
_HEAD = 1 << 16


def read(source: Path | bytes, name: str, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of a file, chosen by its content, in the file's order, with all their rows: see `streams`."""
    return [sheet.held() for sheet in streams(source, name, limits)]


def streams(source: Path | bytes, name: str, limits: Limits | None = None, *, nested: bool = False) -> Iterator[Stream]:
    """The sheets of a file, chosen by its content, in the file's order; each is read before the next is asked for.

    `name` is the file's name as the submitter knows it; a format without sheet names gives its
    stem to its one sheet. Raises Unreadable with what is wrong and how to mend it, and takes
    neither more memory nor more time than `limits` allow; of CSV it holds some rows at a time. With
    `nested` a record of JSON or YAML may hold tables, which take rows (see `records.sheets_of`).
    """
    limits = limits or Limits()
    title = PurePosixPath(safe_name(name)).stem
    check_size(source, limits)
    with _opened(source) as file:
        size = file.seek(0, io.SEEK_END)
        form = _form(file)
        if form is Format.CSV:
            yield Stream(name=title, portions=delimited(file, limits), told=lambda: (file.tell(), size), bytes=size)
            return
        _check_size(size, limits.file_bytes)
        file.seek(0)
        data = file.read()
    if form in (Format.XLSX, Format.XLS):
        yield from workbook(data, form, limits)
    else:
        from gongshi.intake.readers.trees import read_json, read_yaml  # a workbook's process needs neither

        read_tree = read_json if form is Format.JSON else read_yaml
        yield from map(Stream.of, read_tree(data, title, limits, nested=nested))


def check_size(source: Path | bytes, limits: Limits | None = None) -> None:
    """Raises Unreadable where the file is larger than any that is read."""
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    _check_size(size, (limits or Limits()).delimited_bytes)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[IO[bytes]]:
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        yield file


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise Unreadable.because(Fault.TOO_LARGE, size=-(-size // MEBIBYTE), limit=limit // MEBIBYTE)


def _form(file: IO[bytes]) -> Format:
    """What the file is, by its beginning; of the container that XLS shares with others all of it is looked at."""
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise Unreadable.because(Fault.EMPTY)
    _check_filled(head, file)
    if head.startswith(OLE2):
        file.seek(0)
        return format_of(file.read())
    return format_of(head)


def _check_filled(head: bytes, file: IO[bytes]) -> None:
    piece = head
    while not piece.strip(_BLANK):
        piece = file.read(MEBIBYTE)
        if not piece:
            raise Unreadable.because(Fault.BLANK)
