"""What still comes down when a rebuild fails: with the last good reference data, without templates or room.

Nothing is published, corrected or journaled here. The next rebuild that goes well brings site, public.db
and journal to the same state as if none had failed; until then a list may lack a row or a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongshi.instance import Instance, ReferenceInvalid, load
from gongshi.lifecycle.tombstones import Ledger, LedgerDamaged
from gongshi.publish import opening
from gongshi.publish.changes import Changes
from gongshi.publish.notice import PublicNotice
from gongshi.publish.prepare import prepare
from gongshi.publish.public_decision import PublicDecision
from gongshi.publish.spool import heads
from gongshi.publish.takeout import Left, held, past, take_out
from gongshi.release import cutting
from gongshi.release.cutting import Mentions
from gongshi.release.errors import ClockBackwards, StoreNotOfThisSite
from gongshi.release.manifest import UNFINISHED, Manifest
from gongshi.release.places import Places
from gongshi.store import Store
from gongshi.store.salvage import salvaged


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the law and the gate let the public see, by id: decisions, and decisions of which a notice stands."""

    decisions: frozenset[str]
    notices: frozenset[str]

    @classmethod
    def of(cls, decisions: Iterable[PublicDecision], notices: Iterable[PublicNotice]) -> Allowed:
        """From what was prepared."""
        return cls(frozenset(one.id for one in decisions), frozenset(one.id for one in notices))

    @classmethod
    def after(cls, path: Path, changes: Changes) -> Allowed:
        """From what the public.db at `path` holds, when `changes` have been made in it."""
        with opening.reading(path) as db:
            decisions = {row["id"] for row in db.execute("SELECT id FROM decisions")}
            notices = {row["id"] for row in db.execute("SELECT id FROM notices")}
        decisions.difference_update(changes.removals)
        decisions.update(head.id for head in heads(changes.upserts))
        notices.difference_update(changes.lifted)
        notices.update(one.id for one in changes.notices)
        return cls(frozenset(decisions), frozenset(notices))

    def standing(self, manifest: Manifest) -> frozenset[str]:
        """What may be named as the site is: of a notice only where the last rebuild finished it."""
        finished = (one for one in self.notices if manifest.pages.get(f"decisions/{one[:2]}/{one}.gone"))
        return self.decisions | frozenset(finished)


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
            told.append("现在无法按规则算出应当撤下的决定，只撤下了台账上已撤下的和页面上公示截止期已过的。")
        if not self.ids and self.complete:
            return [*told, "没有发现需要撤下而仍在公开的决定；网站保持原样。"]
        if not self.ids:
            return [*told, f"撤下没有做完：{'、'.join(self.left)} 读不出来，请立即处理，必要时先停止网站。"]
        told.append(
            f"应当撤下的 {len(self.ids)} 件决定已先行撤下，为此改动或者撤去 {self.pages} 个文件，其余页面保持原样。"
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
        mentions = Mentions.of(place.site)
        shown = {*mentions.decisions, *held(place.public_db), *_unproven(manifest)}
        allowed = allowed or _by_the_law(place, today, error)
        ids = shown - allowed.standing(manifest) if allowed else shown & _certain(place, today, error)
        if not ids:
            return Rescued(known=allowed is not None)
        return _take_down(place, manifest, mentions, ids, known=allowed is not None)
    except Exception as fault:
        return Rescued(left=(f"build（{type(fault).__name__}）",), known=False)


def _by_the_law(place: Places, today: date, error: Exception) -> Allowed | None:
    """What may be public by the store and the newest reference data without a fault; None where nobody can tell."""
    if isinstance(error, (StoreNotOfThisSite, ClockBackwards)):
        return None
    try:
        with salvaged(place.store) as store:
            prepared = prepare(store, _instance(place), today, ledger=_kept_down(place, store))
    except Exception:
        return None
    return Allowed.of(prepared.rows, prepared.notices)


def _instance(place: Places) -> Instance:
    try:
        return load(place.root)
    except ReferenceInvalid:
        return load(place.good_reference)


def _certain(place: Places, today: date, error: Exception) -> frozenset[str]:
    """What must not be public whatever the store says: by its own last day, and by the ledger of takedowns."""
    if isinstance(error, ClockBackwards):
        return frozenset()
    return past(place.public_db, today) | _by_the_ledger(place)


def _kept_down(place: Places, store: Store) -> Mapping[str, str]:
    """What only the ledger knows to be down."""
    try:
        return Ledger.open(place.tombstones).keeps_down(store)
    except (LedgerDamaged, OSError):
        return {}


def _by_the_ledger(place: Places) -> frozenset[str]:
    """What the ledger has down, save where the notice stands that took the decision's place, unless that is down."""
    try:
        ledger = Ledger.open(place.tombstones)
    except (LedgerDamaged, OSError):
        return frozenset()
    noticed = (one for one in ledger.down() if (place.site / "decisions" / one[:2] / f"{one}.gone").exists())
    return ledger.down().difference(noticed) | ledger.suspended()


def _unproven(manifest: Manifest) -> frozenset[str]:
    paths = (path.rsplit("/", 1)[-1] for path in manifest.unproven if path.startswith("decisions/"))
    return frozenset(name.split(".")[0] for name in paths)


def _take_down(place: Places, manifest: Manifest, mentions: Mentions, ids: Collection[str], *, known: bool) -> Rescued:
    marks = [path for one in sorted(ids) if (path := place.site / "decisions" / one[:2] / f"{one}.gone").exists()]
    touched = [*mentions.naming(ids), *marks]
    _mark(place, manifest, [path.relative_to(place.site).as_posix() for path in touched], ids)
    for path in touched:
        cutting.take_out(path, ids)
    search = take_out(place.public_db, ids)
    left = Mentions.of(place.site).naming(ids)
    names = tuple(path.relative_to(place.root).as_posix() for path in left)
    return Rescued(tuple(sorted(ids)), len(touched), search, names, known)


def _mark(place: Places, manifest: Manifest, paths: Collection[str], ids: Collection[str]) -> None:
    """Enter what is about to be touched as unfinished, so that the next rebuild makes it again; where that can
    not be written, let there be no manifest: then everything is made again."""
    manifest.pages.update(dict.fromkeys(paths, UNFINISHED))
    manifest.unproven = sorted({*manifest.unproven, *(f"decisions/{one[:2]}/{one}.html" for one in ids)})
    manifest.inputs = manifest.site = ""
    try:
        manifest.save(place.manifest)
    except OSError:
        with suppress(OSError):
            place.manifest.unlink(missing_ok=True)
