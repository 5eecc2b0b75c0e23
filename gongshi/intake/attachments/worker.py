"""The process that looks into one attachment: limited in memory and time, it dies in the place of the service.

It reads the file on standard input and writes a line of JSON, {type, notes} or {code, words}, and after it the bytes
that were made of the file.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import orjson

from gongshi.intake.problems import Wrong
from gongshi.system.confined import confine

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
"""What one file of ten megabytes may ask for."""


def main() -> None:
    """No arguments."""
    confine(MEMORY_BYTES, CPU_SECONDS)
    head, content = _looked(sys.stdin.buffer.read())
    sys.stdout.buffer.write(orjson.dumps(head) + b"\n" + content)


def _looked(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The line and the bytes, with every way in which a library fails turned into a code."""
    from gongshi.intake.attachments.inside import made_of

    logging.disable()
    try:
        made = made_of(content)
    except Wrong as wrong:
        return {"code": wrong.code, "words": {name: str(word) for name, word in wrong.words.items()}}, b""
    except MemoryError:
        return {"code": "E603", "words": {"detail": "读取时所需的内存超过上限"}}, b""
    except Exception:
        return {"code": "E606", "words": {"detail": "内部结构无法解析"}}, b""
    return {"type": made.type, "notes": made.notes}, made.content


if __name__ == "__main__":
    main()
