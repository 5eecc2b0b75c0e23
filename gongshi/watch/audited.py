"""build/audit.json: how the last `gongshi audit` of the build on disk went. For the webmaster alone, and never served.

What was found is told by its place and by whose value it is; a value itself is never in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import orjson

from gongshi.console import as_json
from gongshi.files import write_safe
from gongshi.publish.audit import Report
from gongshi.publish.audit.build import NAME

_PRIVATE = 0o600
_FILE = "audit.json"
_SHOWN = 50
"""Places that are written down; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """`day` is the day as of which it was audited; `findings` and `unread` are counts; `where` says in Chinese the
    files of both, without what is packed in them."""

    day: date
    ok: bool
    files: int
    findings: int
    unread: int
    where: tuple[str, ...]

    @classmethod
    def of(cls, report: Report, day: date) -> Audited:
        """What is kept of a report."""
        places = tuple(dict.fromkeys(_places(report)))
        return cls(
            day=day,
            ok=report.ok,
            files=report.files,
            findings=len(report.findings),
            unread=len(report.unread),
            where=places[:_SHOWN],
        )

    @classmethod
    def last(cls, build: Path) -> Audited | None:
        """What the last audit wrote, None before the first. Raises OSError, ValueError, KeyError, TypeError."""
        path = build / _FILE
        if not path.exists():
            return None
        found = orjson.loads(path.read_bytes())
        return cls(**{**found, "day": date.fromisoformat(found["day"]), "where": tuple(found["where"])})

    def save(self, build: Path) -> None:
        """Write it, for its owner alone. Raises OSError."""
        content = as_json({**asdict(self), "day": self.day.isoformat()}).encode()
        write_safe(build / _FILE, content, _PRIVATE)


def _places(report: Report) -> Iterator[str]:
    """A file whose own name is what was found is not named."""
    telling = {one.file for one in report.findings if one.inner == NAME}
    for file in (*(one.file for one in report.findings), *(one.file for one in report.unread)):
        shown = f"{file.partition('/')[0]} 里的一个文件名" if file in telling else file
        yield shown.encode(errors="replace").decode()
