"""XLSX, XLS and WPS workbooks, read by a confined process of their own."""

from __future__ import annotations

import dataclasses
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import IO, Any

import orjson

from gongshi.intake.readers.detect import Format
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Area, Portion, Stream
from gongshi.system import confined

_WORKER = "gongshi.intake.readers.worker"
_DATE = b'{"date'


def workbook(data: bytes, form: Format, limits: Limits) -> Iterator[Stream]:
    """The sheets of a workbook in its order, hidden ones without rows. Raises Unreadable."""
    messages = _messages(data, form, limits)
    message = next(messages, None)
    while message is not None:
        rows = _Rows(messages)
        yield _stream(message, rows)
        message = rows.next_sheet()


class _Rows:
    """The rows of one sheet, up to the message that begins the next."""

    def __init__(self, messages: Iterator[dict[str, Any]]) -> None:
        self._messages = messages
        self._next: dict[str, Any] | None = None
        self._ended = False

    def __iter__(self) -> Iterator[Portion]:
        for message in self._messages:
            if "rows" not in message:
                self._next = message
                break
            numbers, cells = zip(*message["rows"], strict=True)
            yield Portion(numbers, cells)
        self._ended = True

    def next_sheet(self) -> dict[str, Any] | None:
        """The message that begins the next sheet, whether or not all rows of this one were asked for."""
        while not self._ended:
            deque(self, maxlen=0)
        return self._next


def _stream(message: dict[str, Any], rows: _Rows) -> Stream:
    areas = tuple(Area(*area) for area in message["merged"])
    return Stream(name=message["sheet"], portions=iter(rows), hidden=message["hidden"], merged=areas)


def _dated(message: dict[str, Any]) -> dict[str, Any]:
    """The message with its dates, which come as {"date": …} and {"datetime": …}."""
    for _, cells in message["rows"]:
        cells[:] = [_date(cell) if isinstance(cell, dict) else cell for cell in cells]
    return message


def _date(tagged: dict[str, str]) -> date:
    if "date" in tagged:
        return date.fromisoformat(tagged["date"])
    return datetime.fromisoformat(tagged["datetime"])


def _messages(data: bytes, form: Format, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the worker says, up to its end; its death becomes an Unreadable."""
    with _worker(data, form, limits) as worker:
        for line in _lines(worker):
            message: dict[str, Any] = orjson.loads(line)
            if "end" in message:
                return
            if "error" in message:
                code, text, hint, sheet, row = message["error"]
                raise Unreadable(code, text, hint, sheet=sheet, row=row)
            yield _dated(message) if _DATE in line and "rows" in message else message
        raise _death(worker.wait())


def _lines(worker: subprocess.Popen[bytes]) -> Iterator[bytes]:
    out: IO[bytes] | None = worker.stdout
    for line in out or ():
        if line.endswith(b"\n"):
            yield line


def _death(code: int) -> Unreadable:
    if resource := confined.wanted(code):
        return Unreadable.because(Fault.TOO_MUCH, resource=resource)
    return Unreadable.because(Fault.DAMAGED, detail="内部结构无法解析")


def _worker(data: bytes, form: Format, limits: Limits) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """The reading process, ended in any case."""
    return confined.child(_WORKER, form, orjson.dumps(dataclasses.asdict(limits)).decode(), given=data)
