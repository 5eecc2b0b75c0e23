"""One rebuild, as a page of named steps: take in, judge, journal, write public.db, bring the site to it.

Safe to run as often as one likes: what has not changed is not touched, and a run that dies is
finished by the next (DESIGN.md promises 5 and 6). Where a run fails, what must come down still does
(gongshi.rescue).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment

import gongshi
from gongshi.emergency import take_down
from gongshi.instance import Instance, load
from gongshi.lifecycle.publication import Recorded, record_publication
from gongshi.lifecycle.requests.inbox import TakenRequests, look_after_requests, take_in_requests
from gongshi.lifecycle.submissions import TakenIn, take_in
from gongshi.lifecycle.tombstones import Ledger
from gongshi.publish.by_right import ByRight
from gongshi.publish.changes import Changes, changes
from gongshi.publish.departed import Departed
from gongshi.publish.former import former
from gongshi.publish.judged import Judged
from gongshi.publish.prepare import Prepared, prepare
from gongshi.publish.public_db import bring_to, count, departing, intact, published_head
from gongshi.publish.shape import usable
from gongshi.rebuilt import Rebuilt
from gongshi.release import good, narrative
from gongshi.release.errors import BuildUnwritable, ClockBackwards, LookBroken, NothingBuilt, StoreNotOfThisSite
from gongshi.release.inputs import everything, fingerprint
from gongshi.release.lock import RebuildRunning, exclusive
from gongshi.release.manifest import Manifest
from gongshi.release.places import Places
from gongshi.release.proof import Standing, TakedownIncomplete, prove_gone
from gongshi.release.site import Planned, SiteChange, sweep, update, withdraw
from gongshi.render import pages
from gongshi.render.environment import environment
from gongshi.render.shell import Shell, cut
from gongshi.rescue import Allowed, Rescued, rescue
from gongshi.store import Store, contains, head
from gongshi.store.changes import position
from gongshi.store.sqlite import DatabaseError, OperationalError, connect

__all__ = ["NothingBuilt", "Places", "Progress", "RebuildRunning", "Rebuilt", "Rescued", "rebuild"]

Progress = Callable[[str], Callable[[int, int], None]]
"""From what is being done to something that is told (done, total)."""
_LOOK = ("site_src/templates", "site_src/assets")
_WORKERS = 2
"""Processes that look at decisions where there are many."""
_OWN_WORDS = (Path(gongshi.__file__).parent / "render",)
"""What the code itself writes on pages."""


def rebuild(
    root: Path,
    *,
    today: date,
    now: datetime,
    full: bool = False,
    submissions: bool = True,
    progress: Progress = lambda doing: lambda done, total: None,
    command: str = "gongshi rebuild",
) -> Rebuilt:
    """Bring the site of the instance at `root` to what the law says as of `today`.

    `full` makes public.db and every page again from nothing; `submissions` says whether to take in
    data/submissions first; `command` is what another who rebuilds meanwhile is told. Raises RebuildRunning,
    ReferenceInvalid, StoreNotOfThisSite, LookBroken, BuildUnwritable, ClockBackwards and what the store
    raises; whatever it raises, what must come down has come down, as a note to the error says, and the rest
    stays as it was or is finished by the next run.
    """
    place = Places(root)
    with exclusive(place.lock, f"{now:%Y-%m-%d %H:%M}", command):
        run = _Rebuild(place, today, now, full, progress)
        try:
            return run.run(submissions)
        except Exception as error:
            error.add_note(rescue(place, run.manifest, today, error, run.allowed).render_text())
            raise


class _Rebuild:
    """One run. `allowed` is what may be public, as soon as that is known; `sweep` says to look for files in the
    site that are not ours."""

    def __init__(self, place: Places, today: date, now: datetime, full: bool, progress: Progress) -> None:
        self.place, self.today, self.now, self.full, self.progress = place, today, now, full, progress
        self.manifest = Manifest.load(place.manifest)
        self.allowed: Allowed | None = None
        self.taken_down: tuple[Departed, ...] = ()
        self.broken = ""
        self.sweep = full

    def run(self, submissions: bool) -> Rebuilt:
        """The steps, in their order."""
        place, manifest, today = self.place, self.manifest, self.today
        with Store.open(place.store) as store:
            manifest.adopt(place.site)
            begun = position(store)
            self.taken_down = take_down(place, store, manifest, self._save)
            _same_history(store, manifest.head or published_head(place.public_db))
            if not self.full:
                _not_backwards(today, manifest)
            asked = take_in_requests(store, place.root, lambda: load(place.root), now=self.now) if submissions else None
            untouched = manifest.public_db == fingerprint([place.public_db])
            touched = manifest.was_touched(place.site)
            self.sweep = self.full or touched or not manifest.site
            if (
                not self.full
                and untouched
                and not touched
                and not manifest.unproven
                and manifest.inputs == everything(place, head(store), today)
            ):
                return Rebuilt(today=today, nothing=True, requests=asked)
            if touched:
                manifest.doubt()
            instance = load(place.root)
            good.keep(place.root, ("data/reference",), place.good_reference)
            taken = self._take_in(store, instance, asked) if submissions else None
            judged = self._judged()
            prepared, recorded, kept_down = self._judge(store, instance, judged if untouched else None)
            site = self._publish(store, instance, prepared, recorded, untouched=untouched)
            done = Rebuilt(
                today=today,
                taken_in=taken,
                outstanding=judged.remember(
                    *(prepared, recorded, store, today),
                    built=self._built(today.isoformat()),
                    public=count(place.public_db),
                    again=kept_down,
                ),
                recorded=recorded,
                site=site,
                broken=self.broken,
                kept_down=tuple(sorted(kept_down)),
                requests=asked,
            )
            manifest.head, manifest.today, manifest.position = head(store), today.isoformat(), begun
            manifest.public_db = fingerprint([place.public_db])
            manifest.inputs = everything(place, head(store), today) if done.ok and submissions else ""
            with _writing():
                manifest.site = fingerprint([place.site])
                manifest.save(place.manifest)
            return done

    def _judged(self) -> Judged:
        """What came of each decision before, by the reference data and the code of now."""
        law = sorted(self.place.reference.rglob("*.yml"))  # not the door's key, which lies there, too
        return Judged(self.place.judged, fingerprint([*law, Path(gongshi.__file__).parent]))

    def _built(self, day: str) -> str:
        """Which public.db lies there: from which entry of the journal and on which day it was made."""
        return f"{published_head(self.place.public_db)} {day}"

    def _take_in(self, store: Store, instance: Instance, asked: TakenRequests | None) -> TakenIn:
        """What was committed since, with its reviews; what each day brings to the requests for correction."""
        taken = take_in(store, instance, today=self.today, now=self.now, progress=self.progress("接收报送"))
        if asked:
            look_after_requests(store, instance, asked, today=self.today, now=self.now)
        return taken

    def _judge(
        self, store: Store, instance: Instance, judged: Judged | None
    ) -> tuple[Prepared, Recorded, Mapping[str, str]]:
        """The law of the day, journaled; and what only the ledger of takedowns keeps down. Without `judged`, or where
        that does not know enough, everything is looked at."""
        with _writing():
            ledger = Ledger.open(self.place.tombstones, self.place.reconciled)
            ledger.record(store)
        kept_down = ledger.keeps_down(store)
        known = judged is not None and not self.full and usable(self.place.public_db)
        todo = judged.todo(store, self.today, self._built(self.manifest.today)) if judged and known else None
        prepared = prepare(
            *(store, instance, self.today),
            ledger=kept_down,
            ids=None if todo is None else todo.union(kept_down),
            workers=_WORKERS,
            spool=self.place.build,
            progress=self.progress("适用规则"),
        )
        recorded = record_publication(store, prepared.published, prepared.stops, self.today, self.now)
        with _writing():
            ledger.record(store)
        return prepared, recorded, kept_down

    def _publish(
        self, store: Store, instance: Instance, prepared: Prepared, recorded: Recorded, *, untouched: bool
    ) -> SiteChange:
        """public.db and the site, takedowns first. `untouched`: public.db is as the last rebuild left it."""
        place = self.place
        rows, notices = prepared.without(recorded.refused)
        damaged = not (untouched or intact(place.public_db))
        changed = changes(place.public_db, prepared, recorded.refused)
        self.allowed = Allowed.after(place.public_db, changed) if changed is not None else Allowed.of(rows, notices)
        departed = self._departed(store, instance, changed)
        replaced = [one.id for one in departed if one.id in self.allowed.decisions]
        with _writing():
            withdraw(
                *(place.site, self.manifest, self._save, self.allowed.decisions),
                noticed=self.allowed.notices,
                replaced=replaced,
            )
            bring_to(
                *(place.public_db, rows, instance, head(store)),
                notices=notices,
                changes=changed if prepared.looked_at is not None else None,
                full=self.full or damaged,
                progress=self.progress("写公开数据库"),
            )
            return self._site(departed, self.allowed)

    def _save(self) -> None:
        """As long as a rebuild is at work on the site, nobody can say how it was left."""
        self.manifest.site = ""
        self.manifest.save(self.place.manifest)

    def _departed(self, store: Store, instance: Instance, changed: Changes | None) -> tuple[Departed, ...]:
        """What will tell of the decisions that leave: from their rows before these go, and from the store for
        those whose proof a run that died still owes."""
        owed = {Path(path).stem for path in self.manifest.unproven if path.startswith("decisions/")}
        return (*self.taken_down, *departing(self.place.public_db, changed), *former(store, instance, owed))

    def _site(self, departed: Sequence[Departed], allowed: Allowed) -> SiteChange:
        """The pages, from public.db and from what MkDocs made; done only when nothing tells of what departed."""
        place, manifest = self.place, self.manifest
        if self.full:
            manifest.narrative = ""
            manifest.doubt()
        change = self._pages()
        if self.sweep:
            sweep(place.site, manifest, leave_own=not self.full)
        by_right = ByRight(place.public_db, [place.narrative, place.root / "site_src", *_OWN_WORDS])
        standing = Standing(allowed.decisions, allowed.notices, by_right)
        try:
            prove_gone(place.site, manifest.unproven, departed, standing)
        except TakedownIncomplete as left:
            manifest.doubt()
            self._pages()
            sweep(place.site, manifest, left.places)
            prove_gone(place.site, manifest.unproven, departed, standing)
        manifest.unproven = []
        return change

    def _pages(self) -> SiteChange:
        """With the templates as they are; where those are broken, with those of the last time that went well."""
        place = self.place
        try:
            env = self._environment(place.root)
            narrative.build(place.root, place.narrative, self.manifest)
            change = self._update(env)
        except DatabaseError:
            raise
        except Exception as error:
            if not (LookBroken.is_told_by(error) and good.kept(place.good_look)):
                raise
            self.broken = LookBroken.told(error)
            return self._update(self._environment(place.good_look))
        good.keep(place.root, _LOOK, place.good_look)
        return change

    def _environment(self, look: Path) -> Environment:
        """The templates and assets below `look`. Those that nobody has tried are all read before a page is touched."""
        env = environment(look / "site_src" / "templates")
        if not good.is_kept(self.place.root, _LOOK, self.place.good_look):
            for name in env.list_templates():
                env.get_template(name)
        return env

    def _update(self, env: Environment) -> SiteChange:
        place = self.place
        shell = cut((place.narrative / "404.html").read_bytes())
        shell.save(place.build / "shell")
        db = connect(place.public_db, read_only=True)
        try:
            planned = _planned(place.narrative, db, env, shell)
            return update(place.site, self.manifest, self._save, planned, self.progress("生成页面"))
        finally:
            db.close()


@contextmanager
def _writing() -> Iterator[None]:
    """What a full disk or a folder without permission say, as a mistake to mend."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise BuildUnwritable(
            f"R006 网站没有更新完（{error}）：请检查磁盘空间、build 目录的权限和 site_src 是否完整，再运行一次。"
        ) from error


def _same_history(store: Store, built_from: str) -> None:
    """Refuse to build an empty or an older store over a site that was built from more."""
    if built_from and not contains(store, built_from):
        raise StoreNotOfThisSite(
            "R002 data/store.db 不包含现有网站所依据的记录：它是空的、较旧的，或者属于另一个网站。"
            "请恢复正确的 data/store.db；确实要用它重新开始时，先移走 build 目录，再运行 gongshi rebuild。"
        )


def _not_backwards(today: date, manifest: Manifest) -> None:
    """A server whose clock fell back would take down everything that was published since."""
    if today.isoformat() < manifest.today:
        raise ClockBackwards(
            f"R007 今天（{today}）早于上次更新的日期（{manifest.today}）：请检查服务器的时钟和 --today。"
            "确实要按较早的日期重新适用规则时，运行 gongshi rebuild --full。"
        )


def _planned(made: Path, db: Any, env: Environment, shell: Shell) -> Iterable[Planned]:
    """Narrative files first: a page of data at the same address takes its place."""
    yield from narrative.files(made)
    yield from pages.plan(db, env, shell)
