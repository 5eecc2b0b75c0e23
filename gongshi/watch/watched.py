"""A rebuild that is looked after: it runs, its outcome is written down, and whoever must act is called."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gongshi.instance import Instance, ReferenceInvalid, load
from gongshi.rebuild.run import Places, RebuildRunning, Rebuilt
from gongshi.store.salvage import salvaged
from gongshi.watch.alarm import raise_alarm
from gongshi.watch.done import KEPT, failed, ran_into
from gongshi.watch.matters import UNKNOWN, Level, Matter
from gongshi.watch.standing import Look, standing
from gongshi.watch.status import Before, Status


@dataclass(frozen=True, slots=True)
class Watched:
    """What a rebuild did (None where it failed), the status, and what was wrong with telling of it."""

    done: Rebuilt | None
    status: Status
    faults: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The rebuild's summary, and the status without what it repeats."""
        summary = self.done.to_json() if self.done else {}
        return {**summary, "status": self.status.to_json(), "faults": list(self.faults)}

    def render_text(self) -> str:
        """One page for the webmaster, in Chinese."""
        parts = [self.done.render_text()] if self.done else []
        parts += [matter.render_text() for matter in self.status.matters if self.done or matter.code != _failure(self)]
        return "\n".join([*parts, *self.faults])


def _failure(watched: Watched) -> str:
    return watched.status.matters[0].code if watched.status.matters else ""


def watched(run: Callable[[], Rebuilt], root: Path, today: date, now: datetime) -> Watched:
    """Do `run`, a rebuild of the instance at `root`; write status.json and status.html; raise the alarm.

    An error of the rebuild is written down and raised again, with what could not be told as notes to it;
    RebuildRunning passes untouched. Nothing that goes wrong with status or alarm is an error.
    """
    watch = _Watch(Places(root), today, now)
    try:
        done = run()
    except RebuildRunning:
        raise
    except Exception as error:
        for line in watch.outcome(None, [failed(error)]).render_text().splitlines():
            error.add_note(line)
        raise
    return watch.outcome(done, list(ran_into(done)))


class _Watch:
    """One run, from its begin."""

    def __init__(self, place: Places, today: date, now: datetime) -> None:
        self.place, self.today, self.now = place, today, now
        self.began = time.monotonic()

    def outcome(self, done: Rebuilt | None, own: Sequence[Matter]) -> Watched:
        """Write down what came of it: `own` are the matters that the run itself ran into."""
        before, instance = Before.of(self.place.build), _instance(self.place)
        if done and done.nothing:
            own = [*own, *(matter for matter in before.matters if matter.code in KEPT)]
        names = {key: one.name_on(self.today) for key, one in instance.departments.items()} if instance else {}
        known = before.still(self.today) if done and done.nothing else ()
        matters = tuple(one.named(names) for one in (*own, *_standing(self.place, instance, self.today, known)))
        at = self.now.isoformat(timespec="seconds")
        well = not any(matter.level is Level.FAILED for matter in matters)
        status = Status(
            site=instance.city.site_name if instance else self.place.root.name,
            at=at,
            today=self.today.isoformat(),
            seconds=round(time.monotonic() - self.began, 1),
            went_well_at=at if well else before.went_well_at,
            changed=_changed(done) if done else {},
            matters=matters,
        )
        return Watched(done, status, tuple(_told(status, self.place, instance, self.now)))


def _told(status: Status, place: Places, instance: Instance | None, now: datetime) -> list[str]:
    """Status written and alarm raised; what could not be."""
    faults = []
    try:
        status.save(place.build)
    except OSError as error:
        faults.append(f"状态页没有写成（{error.strerror}）：请检查磁盘空间和 build 目录的权限。")
    if instance:
        with suppress(OSError):
            fault = raise_alarm(status, instance.schedule, place.build, now).fault
            faults += [fault] if fault else []
    return faults


def _instance(place: Places) -> Instance | None:
    """The reference data, or as they last were without a fault."""
    for root in (place.root, place.good_reference):
        with suppress(ReferenceInvalid, OSError):
            return load(root)
    return None


def _standing(place: Places, instance: Instance | None, today: date, known: Sequence[Matter]) -> list[Matter]:
    """What stands open; `known` as standing() takes it."""
    if instance is None:
        return []
    try:
        with salvaged(place.store) as store:
            return standing(Look(store, instance, place.root, today), known)
    except Exception as error:
        said = (type(error).__name__,)
        return [Matter(code=UNKNOWN, level=Level.ATTENTION, label="记录库读不出来，不知道有没有超期", said=said)]


def _changed(done: Rebuilt) -> dict[str, int]:
    """What it changed, as counts."""
    found: dict[str, int] = {}
    if done.taken_in:
        found |= {"receipts": len(done.taken_in.receipts), "reviews": len(done.taken_in.reviews)}
    if done.recorded:
        lists = ("published", "corrected", "restored", "stopped")
        found |= {name: len(getattr(done.recorded, name)) for name in lists}
    if done.outstanding:
        found["public"] = done.outstanding.public
    if done.site:
        found |= {"written": done.site.written, "removed": len(done.site.gone)}
    return found
