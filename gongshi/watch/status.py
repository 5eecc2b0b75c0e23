"""build/status.json and build/status.html: how the last rebuild went. For the webmaster alone, and never served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from gongshi.system.console import as_json
from gongshi.system.files import write_safe
from gongshi.watch.matters import Level, Matter, exit_status
from gongshi.watch.page import page

_PRIVATE = 0o600
_RESULTS = {0: "ok", int(Level.ATTENTION): "attention", int(Level.FAILED): "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`at` is when the rebuild ended, on the city's clock; `went_well_at` when one last did what it should, ""
    where none did yet; `changed` what it changed, as counts; `seconds` how long it took."""

    site: str
    at: str
    today: str
    seconds: float
    went_well_at: str
    changed: dict[str, int]
    matters: tuple[Matter, ...]

    @property
    def exit_status(self) -> int:
        """Which status the command ends with."""
        return exit_status(self.matters)

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON types."""
        return {
            "site": self.site,
            "at": self.at,
            "today": self.today,
            "result": _RESULTS[self.exit_status],
            "exit_status": self.exit_status,
            "seconds": self.seconds,
            "went_well_at": self.went_well_at,
            "changed": self.changed,
            "matters": [matter.to_json() for matter in self.matters],
        }

    def save(self, build: Path) -> None:
        """Write both files, for their owner alone. Raises OSError."""
        found = self.to_json()
        write_safe(build / "status.json", as_json(found).encode(), _PRIVATE)
        write_safe(build / "status.html", page(found).encode(), _PRIVATE)


@dataclass(frozen=True, slots=True)
class Before:
    """What the status before said: when a rebuild last went well, on which day it was written, what stood open."""

    went_well_at: str = ""
    today: str = ""
    matters: Sequence[Matter] = ()

    def still(self, today: date) -> Sequence[Matter]:
        """Its matters, if they were all looked for, and on this day."""
        whole = self.today == today.isoformat() and all(one.level is not Level.FAILED for one in self.matters)
        return self.matters if whole else ()

    @classmethod
    def of(cls, build: Path) -> Before:
        """From build/status.json; nothing where there is none or it can not be read."""
        try:
            found = orjson.loads((build / "status.json").read_bytes())
            matters = [Matter.from_json(one) for one in found["matters"]]
            return cls(str(found["went_well_at"]), str(found["today"]), matters)
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
            return cls()
