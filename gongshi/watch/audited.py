"""build/audit.json: how the last `gongshi audit` of the build on disk went. For the webmaster alone, and never served.

What was found is told by its place and by whose value it is; a value itself is never in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from gongshi.system.console import as_json
from gongshi.system.files import write_safe

if TYPE_CHECKING:  # a rebuild reads what an audit wrote, and does not audit
    from gongshi.publish.audit import Report

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
        return cls(
            day=day,
            ok=report.ok,
            files=report.files,
            findings=len(report.findings),
            unread=len(report.unread),
            where=report.places()[:_SHOWN],
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
