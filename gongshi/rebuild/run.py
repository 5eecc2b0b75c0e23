"""One rebuild, as a page of named steps: what changed is found, judged, journaled, written, shown and proven.

Safe to run as often as one likes: what has not changed is not touched, and a run that dies is finished by the next
(DESIGN.md promises 5 and 6). Nothing here passes over all decisions but where everything has to be looked at. What
persons took down goes before anything can fail (gongshi.rebuild.first); where a run fails, what the law takes down
still does (gongshi.rebuild.rescue).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from gongshi.instance import Instance, load
from gongshi.instance.schedule import read_schedule
from gongshi.lifecycle.legal.figures import review_years
from gongshi.lifecycle.publication import record_publication
from gongshi.lifecycle.requests.inbox import TakenRequests, look_after_requests, take_in_requests
from gongshi.lifecycle.submissions import TakenIn, take_in
from gongshi.lifecycle.tombstones import Ledger
from gongshi.publish.database.changes import Changes, changes
from gongshi.publish.database.judged import Judged
from gongshi.publish.database.public_db import bring_to, departing
from gongshi.publish.database.review_figures import differ
from gongshi.publish.database.shape import usable
from gongshi.publish.database.standing import count, count_records, intact, published_head
from gongshi.publish.preparing.prepare import prepare
from gongshi.publish.proving.departed import Departed
from gongshi.publish.proving.former import former
from gongshi.publish.registry.former import former_records
from gongshi.publish.registry.wall import prepare_records
from gongshi.rebuild.allowed import Allowed, Judgement
from gongshi.rebuild.first import owed_for, take_down
from gongshi.rebuild.guards import not_backwards, same_history, writing
from gongshi.rebuild.report import Rebuilt
from gongshi.rebuild.rescue import Rescued, built, built_from, marks, remembered, rescue
from gongshi.rebuild.site import SiteWork
from gongshi.records.review_figures import ReviewYear
from gongshi.release import good
from gongshi.release import touched as others
from gongshi.release.affected import affected
from gongshi.release.errors import NothingBuilt
from gongshi.release.inputs import everything, fingerprint
from gongshi.release.kept import Kept
from gongshi.release.lock import RebuildRunning, exclusive
from gongshi.release.manifest import Manifest
from gongshi.release.places import Places
from gongshi.release.proof import decisions_in
from gongshi.release.site import SiteChange, go_whole, withdraw
from gongshi.store import Store, head
from gongshi.store.changes import position

__all__ = ["NothingBuilt", "Places", "Progress", "RebuildRunning", "Rebuilt", "Rescued", "rebuild"]

Progress = Callable[[str], Callable[[int, int], None]]
"""From what is being done to something that is told (done, total)."""
_WORKERS = 2
"""Processes that look at decisions where there are many."""
_HEAD, _FIGURES = "reference", "figures"
"""The parts of the site that show the journal's head, and the figures of the whole city."""


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
    with (
        exclusive(place.lock, f"{now:%Y-%m-%d %H:%M}", command),
        closing(Manifest.open(place.manifest)) as manifest,
    ):
        run = _Rebuild(place, manifest, today, now, full=full, progress=progress)
        try:
            return run.run(submissions)
        except Exception as error:
            error.add_note(rescue(place, manifest, today, error, run.allowed).render_text())
            raise


class _Rebuild:
    """One run. `allowed` is what may be public of what was looked at, as soon as that is known."""

    def __init__(
        self, place: Places, manifest: Manifest, today: date, now: datetime, *, full: bool, progress: Progress
    ) -> None:
        self.place, self.manifest, self.today, self.now, self.full = place, manifest, today, now, full
        self.progress = progress
        self.marks = marks(place.reference)
        self.judged, self.registered = Judged(place.judged, ""), Judged(place.registered, "")
        self.kept = Kept(place.site, manifest)
        self.work = SiteWork(place, manifest, self.kept, progress("生成页面"))
        self.allowed: Allowed | None = None
        self.departed: tuple[Departed, ...] = ()

    def run(self, submissions: bool) -> Rebuilt:
        """The steps, in their order."""
        place, manifest, today = self.place, self.manifest, self.today
        with Store.open(place.store) as store:
            begun = position(store)
            others.adopt(place.site, manifest)
            self.departed = take_down(place, store, manifest, self.kept)
            same_history(store, manifest.last.head or published_head(place.public_db))
            if not self.full:
                not_backwards(today, manifest.last.today)
            asked = take_in_requests(store, place.root, lambda: load(place.root), now=self.now) if submissions else None
            untouched = manifest.last.public_db == fingerprint([place.public_db])
            self._look_at_the_site()
            if untouched and self._nothing_to_do(store):
                return Rebuilt(today=today, nothing=True, oldest_look=manifest.oldest_look, requests=asked)
            instance = load(place.root)
            good.keep(place.root, ("data/reference",), place.good_reference)
            taken = self._take_in(store, instance, asked) if submissions else None
            judged = self._judge(store, instance, known=untouched)
            prepared, listed, recorded, kept_down = judged
            site = self._publish(store, instance, judged, untouched=untouched)
            with writing():
                made = built(place, today.isoformat())
                outstanding = self.judged.remember(
                    prepared, recorded, store, today, built=made, public=count(place.public_db), again=kept_down
                )
                registered = self.registered.remember(
                    listed, recorded, store, today, built=made, public=count_records(place.public_db), again=kept_down
                )
            done = Rebuilt(
                today=today,
                taken_in=taken,
                outstanding=outstanding,
                registered=registered,
                recorded=recorded,
                site=site,
                broken=self.work.broken,
                kept_down=tuple(sorted(kept_down)),
                oldest_look=manifest.oldest_look,
                requests=asked,
            )
            with writing():
                self._ended_well(store, begun, taken, inputs=done.ok and submissions)
            return done

    def _look_at_the_site(self) -> None:
        """What somebody else did to it is mended by this run: of the files that were not looked at today, or since the
        machine started, so many are looked at as the city says."""
        place, manifest = self.place, self.manifest
        schedule = read_schedule(place.reference / "schedule.yml", place.root, [])
        with writing():
            if manifest.last.boot != (boot := others.boot()):
                manifest.last.boot = boot
                manifest.forget_looks()
            most = None if self.full else schedule.look_files
            others.look(place.site, manifest, self.today.isoformat(), most=most, leave_own=not self.full)

    def _nothing_to_do(self, store: Store) -> bool:
        """Whether everything is as the last run left it, which went well."""
        manifest = self.manifest
        self.judged, self.registered = remembered(self.place, self.marks, store)
        return (
            not self.full
            and not manifest.pending
            and not manifest.unproven
            and manifest.last.inputs == everything(self.place, head(store), self.today)
            and self._todo(store, self.judged) == frozenset()
            and self._todo(store, self.registered) == frozenset()
        )

    def _todo(self, store: Store, judged: Judged) -> frozenset[str] | None:
        """The ids of decisions, or of records, that have to be looked at; None for everything."""
        return judged.todo(store, self.today, built(self.place, self.manifest.last.today))

    def _take_in(self, store: Store, instance: Instance, asked: TakenRequests | None) -> TakenIn:
        """What was committed since, with its reviews; what each day brings to the requests for correction. Files that
        lie there as they did when they had nothing more to say are not read."""
        taken = take_in(
            *(store, instance),
            today=self.today,
            now=self.now,
            settled=() if self.full else self.manifest.committed,
            progress=self.progress("接收报送"),
        )
        if asked:
            look_after_requests(store, instance, asked, today=self.today, now=self.now)
        return taken

    def _judge(self, store: Store, instance: Instance, *, known: bool) -> Judgement:
        """The law of the day, journaled: of decisions, then of records, and once for both. Unless what is public is
        `known`, everything is looked at."""
        with writing():
            ledger = Ledger.open(self.place.tombstones, self.place.reconciled)
            ledger.record(store)
        kept_down = ledger.keeps_down(store)
        self.judged, self.registered = remembered(self.place, self.marks, store)
        known = known and not self.full and usable(self.place.public_db)
        todo = self._todo(store, self.judged) if known else None
        registers = self._todo(store, self.registered) if todo is not None else None
        with writing():
            prepared = prepare(
                *(store, instance, self.today),
                ledger=kept_down,
                ids=None if todo is None else todo.union(kept_down),
                workers=_WORKERS,
                spool=self.place.build,
                progress=self.progress("适用规则"),
            )
        listed = prepare_records(
            *(store, instance, self.today),
            ledger=kept_down,
            ids=None if registers is None else registers.union(kept_down),
            taken=prepared.drawn_on(self.today),
        )
        shown, stopped = chain(prepared.published, listed.published), chain(prepared.stops, listed.stops)
        recorded = record_publication(store, shown, stopped, self.today, self.now)
        with writing():
            ledger.record(store)
        return Judgement(prepared, listed, recorded, kept_down)

    def _publish(self, store: Store, instance: Instance, judged: Judgement, *, untouched: bool) -> SiteChange:
        """public.db and the site, takedowns first. What is about to be touched is on the disk before that."""
        place, manifest, refused = self.place, self.manifest, judged.recorded.refused
        prepared, listed = judged.prepared, judged.listed
        rows, notices = prepared.without(refused)
        damaged = not (untouched or intact(place.public_db))
        changed = changes(place.public_db, prepared, refused, listed)
        reviews = review_years(store, instance, self.today) if instance.city.show_review_figures else ()
        self.allowed = Allowed.by(prepared, listed, refused)
        self.departed = self._departed(store, instance, changed)
        with writing():
            parts = self._owe(changed, reviews, damaged=damaged)
            self.kept.keep(parts or ())
            whole = go_whole(manifest, parts) if changed and (changed.removals or changed.unlisted) else []
            withdraw(place.site, manifest, [*whole, *self.allowed.must_go(manifest)])
            for known in (self.judged, self.registered):
                known.expect(built_from(head(store), manifest.last.today), self.today)
            bring_to(
                *(place.public_db, rows, instance, head(store)),
                notices=notices,
                records=listed.without(refused),
                reviews=reviews,
                changes=changed if prepared.looked_at is not None else None,
                full=self.full or damaged,
                progress=self.progress("写公开数据库"),
            )
            manifest.last.public_db = fingerprint([place.public_db])
            manifest.save()
            return self.work.bring(parts, self.departed)

    def _owe(self, changed: Changes | None, reviews: Sequence[ReviewYear], *, damaged: bool) -> frozenset[str] | None:
        """The parts of the site that have to be made, None for all; entered before public.db changes, with the pages
        that will say something else."""
        manifest, place = self.manifest, self.place
        with manifest.changing():
            manifest.owe(unproven=owed_for(manifest, self.departed))
            if self.full:
                manifest.last.narrative = ""
                manifest.doubt()
            if self.full or damaged or changed is None or not changed.are_few(place.public_db):
                manifest.last.common = ""
                manifest.save()
                return None
            counted = {_FIGURES} if differ(place.public_db, reviews) else set()
            manifest.owe({*affected(place.public_db, changed), *counted, _HEAD})
        return manifest.pending

    def _departed(self, store: Store, instance: Instance, changed: Changes | None) -> tuple[Departed, ...]:
        """What will tell of the decisions and records that leave: from their rows before these go, and from the store
        for those whose proof a run that died still owes."""
        owed = decisions_in(self.manifest.unproven)
        again = (*former(store, instance, owed), *former_records(store, instance, owed))
        return (*self.departed, *departing(self.place.public_db, changed), *again)

    def _ended_well(self, store: Store, begun: int, taken: TakenIn | None, *, inputs: bool) -> None:
        """What the next run compares with. `begun` is the store's newest entry when this one began: what was written
        since is looked at again. Files that were `taken` in are known together with the store that holds them."""
        last, place = self.manifest.last, self.place
        last.head, last.today, last.position = head(store), self.today.isoformat(), str(begun)
        last.inputs = everything(place, last.head, self.today) if inputs else ""
        with self.manifest.changing():
            if taken is not None:
                self.manifest.keep_committed(taken.settled)
            self.manifest.save()
