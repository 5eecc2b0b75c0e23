"""The webmaster's own command, told on standard input what needs a person: once, and again where it still stands.

It runs without a shell, with a time limit, and what becomes of it changes nothing about the rebuild.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from gongshi.instance.schedule import Schedule
from gongshi.system.console import as_json
from gongshi.system.files import write_safe
from gongshi.watch.matters import Level, Matter
from gongshi.watch.status import Status

_PRIVATE = 0o600
_MEMORY = "alarms.json"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an alarm: `matters` that were told, and what was wrong with the command, "" where nothing."""

    matters: tuple[Matter, ...] = ()
    fault: str = ""


def raise_alarm(status: Status, schedule: Schedule, build: Path, now: datetime) -> Told:
    """Tell the command what is new, or stands open longer than `alarm_again_hours` since it was told.

    A command that fails or takes too long is asked again at the next rebuild.
    """
    if not schedule.alarm:
        return Told()
    memory = _remembered(build)
    again = timedelta(hours=schedule.alarm_again_hours)
    urgent = [matter for matter in status.matters if matter.level is not Level.NOTICE]
    due = [part for matter in urgent if (part := _untold(matter, memory, now - again)) is not None]
    if not due:
        _remember(build, {key: at for key, at in memory.items() if key in _keys(urgent)})
        return Told()
    fault = _run(schedule, status, due)
    if not fault:
        stands = {key: at for key, at in memory.items() if key in _keys(urgent)}
        _remember(build, {**stands, **dict.fromkeys(_keys(due), now.isoformat())})
    return Told(tuple(due), fault)


def _untold(matter: Matter, memory: Mapping[str, str], since: datetime) -> Matter | None:
    """The part of a matter that was not told since; None where all of it was."""
    new = [key for key in _keys([matter]) if not _after(memory.get(key, ""), since)]
    if not new:
        return None
    ids = {key.partition(" ")[2] for key in new}
    return replace(matter, ids=tuple(one for one in matter.ids if one in ids)) if matter.ids else matter


def _after(at: str, since: datetime) -> bool:
    try:
        return bool(at) and datetime.fromisoformat(at) > since
    except (ValueError, TypeError):
        return False


def _keys(matters: Sequence[Matter]) -> list[str]:
    """What is remembered: a matter by each of its records, one without by its code."""
    return [f"{matter.code} {one}" for matter in matters for one in matter.ids or ("",)]


def _run(schedule: Schedule, status: Status, due: Sequence[Matter]) -> str:
    """Run the command; what is wrong with it, for the webmaster."""
    told = {
        **{name: value for name, value in status.to_json().items() if name not in ("matters", "changed")},
        "matters": [matter.to_json() for matter in due],
        "text": "\n".join(matter.render_text() for matter in due),
    }
    try:
        run = subprocess.run(  # noqa: S603 - the webmaster's own command, no shell
            schedule.alarm,
            input=as_json(told).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=schedule.alarm_seconds,
            check=False,
        )
    except OSError as error:
        return (
            f"报警命令 {schedule.alarm[0]} 无法运行（{error.strerror}）：请检查 data/reference/schedule.yml 的 alarm。"
        )
    except subprocess.TimeoutExpired:
        return f"报警命令 {schedule.alarm[0]} 超过 {schedule.alarm_seconds} 秒没有结束，已中止；下次更新再报。"
    return f"报警命令 {schedule.alarm[0]} 失败，退出码 {run.returncode}；下次更新再报。" if run.returncode else ""


def _remembered(build: Path) -> dict[str, str]:
    try:
        return {str(key): str(at) for key, at in orjson.loads((build / _MEMORY).read_bytes()).items()}
    except (OSError, orjson.JSONDecodeError, AttributeError):
        return {}


def _remember(build: Path, memory: Mapping[str, str]) -> None:
    if _remembered(build) != memory:
        write_safe(build / _MEMORY, orjson.dumps(memory, option=orjson.OPT_SORT_KEYS), _PRIVATE)
