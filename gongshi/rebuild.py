"""One rebuild, as a page of named steps: take in, judge, journal, write public.db, bring the site to it.

Safe to run as often as one likes: what has not changed is not touched, and a run that dies is
finished by the next (DESIGN.md promises 5 and 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import gongshi
from gongshi.instance import load
from gongshi.lifecycle.publication import Recorded, record_publication
from gongshi.lifecycle.submissions import TakenIn, take_in
from gongshi.publish.prepare import Prepared, prepare
from gongshi.publish.public_db import bring_to, intact, published_head
from gongshi.release import narrative
from gongshi.release.inputs import fingerprint
from gongshi.release.lock import exclusive
from gongshi.release.manifest import Manifest
from gongshi.release.proof import prove_gone
from gongshi.release.site import Planned, SiteChange, sweep, update, withdraw
from gongshi.render import pages
from gongshi.render.environment import environment
from gongshi.render.shell import Shell, cut
from gongshi.store import Store, contains, head
from gongshi.store.sqlite import OperationalError, connect

Progress = Callable[[str], Callable[[int, int], None]]
"""From what is being done to something that is told (done, total)."""


class StoreNotOfThisSite(RuntimeError):
    """The store does not hold the history that the site was built from: it is empty, older or another's."""

    code = "R002"


class BuildUnwritable(RuntimeError):
    """The output can not be written: the disk is full, or a file is missing or may not be touched."""

    code = "R006"


class ClockBackwards(RuntimeError):
    """Today lies before the day as of which the law was last applied."""

    code = "R007"


class NothingBuilt(RuntimeError):
    """There is no site yet."""

    code = "R004"


@dataclass(frozen=True, slots=True)
class Places:
    """Where an instance keeps things."""

    root: Path

    @property
    def store(self) -> Path:
        """The record."""
        return self.root / "data" / "store.db"

    @property
    def build(self) -> Path:
        """What comes out; deleted and made again at will."""
        return self.root / "build"

    @property
    def public_db(self) -> Path:
        """Everything that the public can reach."""
        return self.build / "public.db"

    @property
    def site(self) -> Path:
        """The pages."""
        return self.build / "site"

    @property
    def manifest(self) -> Path:
        """What the pages were made from."""
        return self.build / "manifest.json"

    @property
    def lock(self) -> Path:
        """Held while a rebuild runs."""
        return self.root / "data" / ".rebuild.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did. `nothing` says that no input had changed since the last, which went well."""

    today: date
    nothing: bool = False
    taken_in: TakenIn | None = None
    prepared: Prepared | None = None
    recorded: Recorded | None = None
    site: SiteChange | None = None

    @property
    def ok(self) -> bool:
        """Whether everything that should be in or out is: no file left aside, nothing refused by the gate."""
        faults = self.taken_in.faults if self.taken_in else []
        refused = self.prepared.refused if self.prepared else []
        return not faults and not refused and not (self.recorded and self.recorded.refused)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types; ids, never names."""
        site = self.site
        return {
            "today": self.today.isoformat(),
            "ok": self.ok,
            "nothing_changed": self.nothing,
            "taken_in": self.taken_in.to_json() if self.taken_in else None,
            "public": len(self.prepared.rows) if self.prepared else None,
            "recorded": self.recorded,
            "refused": self.prepared.refused if self.prepared else [],
            "undecided_names": self.prepared.undecided if self.prepared else {},
            "pages": {"written": site.written, "removed": len(site.gone), "kept": site.kept} if site else None,
        }

    def render_text(self) -> str:
        """One page for the webmaster, in Chinese."""
        if self.nothing:
            return f"{self.today}：没有变化，网站不需要更新。"
        return "\n".join([f"{self.today}：网站已更新。", *self._lines()])

    def _lines(self) -> Iterator[str]:
        if self.taken_in:
            yield self.taken_in.render_text()
        if self.recorded:
            done = self.recorded
            yield (
                f"新公示 {len(done.published)} 件，更正 {len(done.corrected)} 件，恢复公示 {len(done.restored)} 件，"
                f"停止或者暂缓公示 {len(done.stopped)} 件。"
            )
            yield from (f"  未能公示 {record}：{reason}" for record, reason in done.refused.items())
        if self.prepared:
            yield f"公示中 {len(self.prepared.rows)} 件；{len(self.prepared.undecided)} 件有文字等待确认疑似姓名。"
            yield from (f"  发布前检查未通过 {one.id}：{one.check} {one.message}" for one in self.prepared.refused)
        if self.site:
            yield f"页面：写入 {self.site.written}，撤去 {len(self.site.gone)}，未变 {self.site.kept}。"


def rebuild(
    root: Path,
    *,
    today: date,
    now: datetime,
    full: bool = False,
    submissions: bool = True,
    progress: Progress = lambda doing: lambda done, total: None,
) -> Rebuilt:
    """Bring the site of the instance at `root` to what the law says as of `today`.

    `full` makes public.db and every page again from nothing; `submissions` says whether to take in
    data/submissions first. Raises RebuildRunning, ReferenceInvalid, StoreNotOfThisSite, NarrativeFailed,
    BuildUnwritable, ClockBackwards; whatever it raises, the site stays as it was or is finished by the next run.
    """
    place = Places(root)
    with exclusive(place.lock):
        manifest = Manifest.load(place.manifest)
        with Store.open(place.store) as store:
            manifest.adopt(place.site)
            _same_history(store, manifest.head or published_head(place.public_db))
            if not full:
                _not_backwards(today, manifest)
            inputs = _inputs(place, store, today)
            untouched = manifest.public_db == fingerprint([place.public_db])
            if not full and manifest.inputs == inputs and untouched:
                return Rebuilt(today=today, nothing=True)
            instance = load(root)
            taken = (
                take_in(store, instance, today=today, now=now, progress=progress("接收报送")) if submissions else None
            )
            prepared = prepare(store, instance, today)
            recorded = record_publication(store, prepared.published, prepared.stops, today, now)
            rows = [row for row in prepared.rows if row.id not in recorded.refused]
            with _writing():
                withdraw(place.site, manifest, lambda: manifest.save(place.manifest), {row.id for row in rows})
                damaged = not (untouched or intact(place.public_db))
                notices = [one for one in prepared.notices if one.id not in recorded.refused]
                bring_to(place.public_db, rows, instance, head(store), notices=notices, full=full or damaged)
                site = _site(place, manifest, full, progress("生成页面"))
            done = Rebuilt(today=today, taken_in=taken, prepared=prepared, recorded=recorded, site=site)
            manifest.head, manifest.today = head(store), today.isoformat()
            manifest.public_db = fingerprint([place.public_db])
            manifest.inputs = _inputs(place, store, today) if done.ok and submissions else ""
            manifest.save(place.manifest)
            return done


@contextmanager
def _writing() -> Iterator[None]:
    """What a full disk, a folder without permission or a missing template say, as a mistake to mend."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise BuildUnwritable(
            f"R006 网站没有更新完（{error}）：请检查磁盘空间、build 目录的权限和 site_src 是否完整，再运行一次。"
            "应当撤下的决定页面已经先行撤下，列表和检索要等更新完成。"
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


def _inputs(place: Places, store: Store, today: date) -> str:
    """A fingerprint of all that a rebuild looks at."""
    root = place.root
    looked_at = [
        root / "data" / "reference",
        root / "data" / "submissions",
        root / "site_src",
        root / "plugins",
        root / "mkdocs.yml",
        Path(gongshi.__file__).parent,
    ]
    return fingerprint(looked_at, head(store), today.isoformat())


def _site(place: Places, manifest: Manifest, full: bool, progress: Callable[[int, int], None]) -> SiteChange:
    """The pages, from public.db and from what MkDocs made."""
    if full:
        manifest.narrative = ""
        manifest.pages = dict.fromkeys(manifest.pages, "")
    made = place.build / "narrative"
    narrative.build(place.root, made, manifest)
    shell = cut((made / "404.html").read_bytes())
    shell.save(place.build / "shell")
    db = connect(place.public_db, read_only=True)
    try:
        planned = _planned(made, db, place, shell)
        change = update(place.site, manifest, lambda: manifest.save(place.manifest), planned, progress)
    finally:
        db.close()
    if full:
        sweep(place.site, manifest)
    prove_gone(place.site, manifest.unproven)
    manifest.unproven = []
    return change


def _planned(made: Path, db: Any, place: Places, shell: Shell) -> Iterable[Planned]:
    """Narrative files first: a page of data at the same address takes its place."""
    yield from narrative.files(made)
    yield from pages.plan(db, environment(place.root / "site_src" / "templates"), shell)
