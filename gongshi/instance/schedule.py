"""data/reference/schedule.yml: when a webmaster is called, and by what. A city starts without the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`held_days`: working days after which a decision that is held, counted from its receipt, needs attention.
    `audit_days`: days after which the last audit is too old; 0 is never. `look_files`: files of the site of which one
    rebuild looks whether somebody else overwrote them, until all were looked at that day. `alarm`: a command and its
    words, run without a shell; empty for none. `alarm_seconds`: how long it may take. `alarm_again_hours`: after how
    long a matter that still stands is told again."""

    held_days: int = 20
    audit_days: int = 2
    look_files: int = 20_000
    alarm: tuple[str, ...] = ()
    alarm_seconds: int = 30
    alarm_again_hours: int = 24


_READERS: dict[str, Callable[[Any], Any]] = {
    "held_days": form.number,
    "audit_days": form.count,
    "look_files": form.number,
    "alarm": form.texts,
    "alarm_seconds": form.number,
    "alarm_again_hours": form.number,
}


def read_schedule(path: Path, root: Path, faults: list[Fault]) -> Schedule:
    """The settings of the file at `path`, the defaults where there is none or where it is faulty."""
    if not path.exists():
        return Schedule()
    file = YamlFile(path, root, faults)
    row = file.mapping()
    return (form.build(Schedule, row, file, _READERS, ()) if row else None) or Schedule()
