"""A Parquet file as text: its columns are packed each for itself, and no byte search sees into them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from arro3.core import RecordBatchReader
from arro3.io import read_parquet, write_ndjson

MAGIC = b"PAR1"
_AT_ONCE = 10_000
"""Rows that are looked at together."""
_TAIL = 8
"""The length of what describes the file, and the magic again, stand at its end."""


class NotParquet(ValueError):
    """Damaged, or with columns that hold bytes and no text."""


def texts(file: IO[bytes]) -> Iterator[bytes]:
    """The rows as JSON lines, so many at once. Raises NotParquet."""
    _check_end(file)
    file.seek(0)
    reader = _opened(file)
    if any("Binary" in str(kind) for kind in reader.schema.types):
        raise NotParquet("binary columns")
    while rows := _next(reader):
        yield rows


def _opened(file: IO[bytes]) -> RecordBatchReader:
    with _told():
        return read_parquet(file, batch_size=_AT_ONCE)


def _next(reader: RecordBatchReader) -> bytes:
    """Some rows; nothing at the end."""
    out = io.BytesIO()
    with _told():
        for batch in reader:
            write_ndjson(batch, out)
            break
    return out.getvalue()


@contextmanager
def _told() -> Iterator[None]:
    """The library's panics, which are no Exception, as a fault of the file."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise NotParquet(type(error).__name__) from None


def _check_end(file: IO[bytes]) -> None:
    """What was cut off is told here; the library would print where it stumbled."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if tail[-len(MAGIC) :] != MAGIC or int.from_bytes(tail[:4], "little") > size - _TAIL - len(MAGIC):
        raise NotParquet("cut off")
