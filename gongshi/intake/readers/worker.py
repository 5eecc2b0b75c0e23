"""The process that reads a workbook: limited in memory and time, it dies in the place of the service.

A few bytes of XLSX can make the reader allocate 34 GB and abort its process, a crafted XLS likewise;
no check beforehand covers every such file. It reads the workbook on standard input and writes one
JSON value a line: what `grid.messages` says, and at last {"end"} or {"error"}.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import orjson
import python_calamine as calamine

from gongshi.intake.readers.detect import Format
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.grid import messages, open_xls, open_xlsx
from gongshi.intake.readers.limits import Limits
from gongshi.system.confined import confine

_OVERFLOW = "capacity overflow"


def main() -> None:
    """Arguments: the format, and the limits as JSON."""
    limits = Limits(**orjson.loads(sys.argv[2]))
    confine(limits.memory_bytes, limits.cpu_seconds)
    try:
        for message in _said(Format(sys.argv[1]), limits):
            _write(message)
        _write({"end": True})
    except Unreadable as error:
        _write({"error": [error.code, error.message, error.hint, error.sheet, error.row]})


def _said(form: Format, limits: Limits) -> Iterator[dict[str, Any]]:
    """The messages, with every way in which calamine fails turned into an Unreadable."""
    try:
        with tempfile.TemporaryFile() as scratch:
            source = sys.stdin.buffer
            yield from messages(open_xls(source) if form is Format.XLS else open_xlsx(source, scratch, limits), limits)
    except (Unreadable, GeneratorExit):
        raise
    except calamine.PasswordError as error:
        raise Unreadable.because(Fault.ENCRYPTED) from error
    except MemoryError as error:
        raise Unreadable.because(Fault.TOO_MUCH, resource="内存") from error
    except BaseException as error:  # a Rust panic is no Exception
        if _OVERFLOW in str(error):
            raise Unreadable.because(Fault.TOO_MUCH, resource="内存") from error
        raise Unreadable.because(Fault.DAMAGED, detail="内部结构无法解析") from error


def _write(message: dict[str, Any]) -> None:
    out: IO[bytes] = sys.stdout.buffer
    out.write(orjson.dumps(message, default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME))
    out.write(b"\n")


def _tagged(value: object) -> Any:
    """JSON has no dates: {"date": …} and {"datetime": …}; a time or a duration is text."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


if __name__ == "__main__":
    main()
