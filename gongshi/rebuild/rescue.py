"""What still comes down when a rebuild fails: with the last good reference data, without templates or room.

Nothing is published, corrected or journaled here. The next rebuild that goes well brings site, public.db
and journal to the same state as if none had failed; until then a list may lack a row or a page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongshi.instance import Instance, ReferenceInvalid, load
from gongshi.lifecycle.determined import mark as determinations
from gongshi.lifecycle.tombstones import Ledger, LedgerDamaged
from gongshi.publish.database.changes import Changes
from gongshi.publish.database.judged import Judged, of_records
from gongshi.publish.database.shape import usable
from gongshi.publish.database.standing import published_head
from gongshi.publish.database.takeout import Left, held, past, records_in, take_out
from gongshi.publish.preparing.prepare import Prepared, prepare
from gongshi.publish.preparing.spool import InMemory
from gongshi.publish.registry.wall import prepare_records
from gongshi.rebuild.allowed import Allowed
from gongshi.rebuild.first import attached_to
from gongshi.release import cutting
from gongshi.release.affected import affected
from gongshi.release.errors import ClockBackwards, StoreNotOfThisSite
from gongshi.release.inputs import fingerprint, law, registry_law
from gongshi.release.manifest import Manifest
from gongshi.release.places import Places
from gongshi.release.proof import decisions_in
from gongshi.release.site import page_and_mark, registered
from gongshi.render.addresses import record_pages
from gongshi.store import Store
from gongshi.store.salvage import salvaged
from gongshi.store.sqlite import DatabaseError


@dataclass(frozen=True, slots=True)
class Rescued:
    """`ids` came down; `pages` lost a row or went with them; `search` says what became of public.db; `left` are
    files that name them still. `known` is false where nobody could tell by the law what had to come down."""

    ids: tuple[str, ...] = ()
    pages: int = 0
    search: Left = Left.CLEAN
    left: tuple[str, ...] = ()
    known: bool = True

    @property
    def complete(self) -> bool:
        """Whether nothing of what had to come down is left."""
        return not self.left and self.search is not Left.TOUCHED_NOT

    def render_text(self) -> str:
        """For the webmaster, in Chinese."""
        return "".join(self._sentences())

    def _sentences(self) -> list[str]:
        told = []
        if not self.known:
            told.append("现在无法按规则算出应当撤下的内容，只撤下了台账上已撤下的和页面上公示截止期已过的。")
        if not self.ids and self.complete:
            return [*told, "没有发现需要撤下而仍在公开的内容；网站保持原样。"]
        if not self.ids:
            return [*told, f"撤下没有做完：{'、'.join(self.left)} 读不出来，请立即处理，必要时先停止网站。"]
        told.append(
            f"应当撤下的 {len(self.ids)} 件内容已先行撤下，为此改动或者撤去 {self.pages} 个文件，其余页面保持原样。"
        )
        if self.search is Left.AWAY:
            told.append("公开数据库来不及逐条清除，已整个撤去，检索暂停，更新成功后恢复。")
        if not self.complete:
            places = "、".join([*self.left[:20], *(["public.db"] if self.search is Left.TOUCHED_NOT else [])])
            told.append(f"撤下没有完成：{places} 无法改写，仍有应当撤下的内容，请立即处理，必要时先停止网站。")
        return told


def rescue(place: Places, manifest: Manifest, today: date, error: Exception, allowed: Allowed | None = None) -> Rescued:
    """Take down what must not be public as of `today`, although the rebuild failed with `error`.

    `allowed` is what may be public where the run got so far as to know it. Never raises for what disk,
    store or reference data are like.
    """
    try:
        manifest = manifest.readable()
        allowed = allowed or _by_the_law(place, manifest, today, error)
        ids = _must_go(place, manifest, allowed) if allowed else _certain(place, manifest, today, error)
        if not ids:
            return Rescued(known=allowed is not None)
        few = allowed is not None and not allowed.of_all and bool(manifest.last.common)
        return _take_down(place, manifest, ids, known=allowed is not None, few=few)
    except Exception as fault:
        return Rescued(left=(f"build（{type(fault).__name__}）",), known=False)


def _by_the_law(place: Places, manifest: Manifest, today: date, error: Exception) -> Allowed | None:
    """What may be public by the store and the newest reference data without a fault; None where nobody can tell."""
    if isinstance(error, (StoreNotOfThisSite, ClockBackwards)):
        return None
    try:
        with salvaged(place.store) as store:
            instance, reference = at_hand(place)
            kept_down = _kept_down(place, store)
            judged, registered = remembered(place, marks(reference), store)
            todo = _todo(place, manifest, store, today, judged)
            ids = None if todo is None else {*todo, *kept_down}
            listed = _todo(place, manifest, store, today, registered) if todo is not None else None
            records = None if listed is None else {*listed, *kept_down}
            return Allowed.by(
                _prepared(store, instance, today, kept_down, ids),
                prepare_records(store, instance, today, ledger=kept_down, ids=records),
            )
    except Exception:
        return None


def marks(reference: Path) -> tuple[str, str]:
    """What decisions are judged by, and what records of registers are: reference data and code."""
    of_decisions = law(reference)
    return of_decisions, registry_law(reference, of_decisions)


def remembered(place: Places, by: tuple[str, str], store: Store) -> tuple[Judged, Judged]:
    """What is remembered of decisions, and of records, where they were judged by the same; what departments determined
    themselves (D16) is a part of that."""
    of_decisions, of_registers = by
    known = Judged(place.judged, of_decisions + determinations(store))
    return known, Judged(place.registered, of_registers, of_records)


def _prepared(
    store: Store, instance: Instance, today: date, ledger: Mapping[str, str], ids: Collection[str] | None
) -> Prepared:
    """Where there is no room on the disk, rows wait in memory."""
    with suppress(OSError):
        return prepare(store, instance, today, ledger=ledger, ids=ids)
    return prepare(store, instance, today, ledger=ledger, ids=ids, spool=InMemory())


def _todo(place: Places, manifest: Manifest, store: Store, today: date, judged: Judged) -> Collection[str] | None:
    """What has to be looked at; None for everything, where nobody knows what is shown."""
    if manifest.last.public_db != fingerprint([place.public_db]) or not usable(place.public_db):
        return None
    return judged.todo(store, today, built(place, manifest.last.today))


def built(place: Places, day: str) -> str:
    """Which public.db lies there: from which entry of the journal and on which day it was made."""
    return built_from(published_head(place.public_db), day)


def built_from(entry: str, day: str) -> str:
    """The same of one that is about to be made: the hash of the journal's newest entry, and the last run's day."""
    return f"{entry} {day}"


def at_hand(place: Places) -> tuple[Instance, Path]:
    """The instance, and the folder of its reference data: those that last were without a fault where today's have one.
    Raises ReferenceInvalid where there are none."""
    try:
        return load(place.root), place.reference
    except ReferenceInvalid:
        if not place.good_reference.is_dir():
            raise
        return load(place.good_reference), place.good_reference / "data" / "reference"


def _must_go(place: Places, manifest: Manifest, allowed: Allowed) -> frozenset[str]:
    """The ids that nothing may name, but of a notice which the last run finished."""
    owed = decisions_in(manifest.unproven)
    if allowed.looked_at is None:
        known = {*cutting.shown_in(place.site), *manifest.decisions(), *registered(manifest)}
        asked = {*known, *held(place.public_db), *owed}
    else:
        listed = allowed.listed_at
        records = {*registered(manifest), *records_in(place.public_db)} if listed is None else listed
        asked = {*allowed.looked_at, *records, *(owed - held(place.public_db, owed).keys())}
    down = asked - allowed.public
    return frozenset(one for one in down if not (one in allowed.notices and _is_noticed(manifest, one)))


def _is_noticed(manifest: Manifest, one: str) -> bool:
    mark = manifest.find(page_and_mark(one)[1])
    return mark is not None and bool(mark.mark)


def _certain(place: Places, manifest: Manifest, today: date, error: Exception) -> frozenset[str]:
    """What must not be public whatever the store says: by its own last day, and by the ledger of takedowns."""
    if isinstance(error, ClockBackwards):
        return frozenset()
    asked = past(place.public_db, today) | _by_the_ledger(place)
    return asked & {*cutting.shown_in(place.site), *held(place.public_db), *decisions_in(manifest.unproven)}


def _kept_down(place: Places, store: Store) -> Mapping[str, str]:
    """What only the ledger knows to be down."""
    try:
        return Ledger.open(place.tombstones, place.reconciled).keeps_down(store)
    except (LedgerDamaged, OSError):
        return {}


def _by_the_ledger(place: Places) -> frozenset[str]:
    """What the ledger has down, save where the notice stands that took the decision's place, unless that is down."""
    try:
        ledger = Ledger.open(place.tombstones, place.reconciled)
    except (LedgerDamaged, OSError):
        return frozenset()
    noticed = (one for one in ledger.down() if (place.site / page_and_mark(one)[1]).exists())
    return ledger.down().difference(noticed) | ledger.suspended()


def _take_down(place: Places, manifest: Manifest, ids: Collection[str], *, known: bool, few: bool) -> Rescued:
    """With `few`, only the parts of the site are looked at on which they stand; otherwise every file."""
    parts = _parts(place, manifest, ids) if few else frozenset()
    files = _files(place, manifest, parts) if few else list(place.site.rglob("*"))
    marks = [path for one in sorted(ids) if (path := place.site / page_and_mark(one)[1]).exists()]
    touched = [*cutting.naming(files, ids), *marks, *(place.site / path for path in attached_to(place, ids))]
    _mark(place, manifest, [path.relative_to(place.site).as_posix() for path in touched], ids, parts)
    for path in touched:
        cutting.take_out(path, ids)
    search = take_out(place.public_db, ids)
    left = tuple(path.relative_to(place.root).as_posix() for path in cutting.naming(files, ids))
    return Rescued(tuple(sorted(ids)), len(touched), search, left, known)


def _parts(place: Places, manifest: Manifest, ids: Collection[str]) -> frozenset[str]:
    """The parts of the site on which they stand."""
    leaving = Changes((), tuple(ids), (), tuple(ids), (), tuple(ids))
    return manifest.pending | affected(place.public_db, leaving) | {f"decision:{one}" for one in ids}


def _files(place: Places, manifest: Manifest, parts: Collection[str]) -> list[Path]:
    return [place.site / page.path for page in manifest.of_parts(parts)]


def _mark(
    place: Places, manifest: Manifest, paths: Collection[str], ids: Collection[str], parts: Collection[str]
) -> None:
    """Enter what is about to be touched as unfinished, so that the next rebuild makes `parts` again, or all where
    there are none; where that can not be written, let there be no manifest: then everything is made again."""
    try:
        with manifest.changing():
            manifest.unfinish(paths)
            manifest.owe(parts, [path for one in ids for path in (page_and_mark(one)[0], *record_pages(one))])
            manifest.last.inputs = ""
            manifest.last.common = manifest.last.common if parts else ""
            manifest.save()
    except (OSError, DatabaseError):
        with suppress(OSError):
            place.manifest.unlink(missing_ok=True)
