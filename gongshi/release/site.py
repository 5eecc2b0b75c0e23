"""Bring build/site to what is planned, part by part: remove first, then write what changed.

An incremental run and a run from nothing leave the same bytes, because a page is skipped only when its fingerprint
says that nothing it shows has changed, and a part only when nothing that its pages show was touched (DESIGN.md
promise 5).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from gongshi.release.comparing import compared, everything
from gongshi.release.making import Order
from gongshi.release.manifest import Manifest
from gongshi.release.planning import Plan, Plans
from gongshi.render.addresses import RECORD_FOLDERS, address, path_of, record_pages
from gongshi.system.files import remove

Progress = Callable[[int, int], None]
_OF_A_RECORD = re.compile(r"([0-9a-f]{16})(?:-sheet)?\.html")


@dataclass(frozen=True, slots=True)
class SiteChange:
    """How many files were written and left as they were, and which were removed."""

    written: int
    gone: tuple[str, ...]
    kept: int


def update(
    site: Path,
    manifest: Manifest,
    plans: Plans,
    parts: Collection[str] | None = None,
    *,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> SiteChange:
    """Make `site` hold exactly what `plans` say, touching only what changed; of `parts` alone, where given.

    Before the first file is touched the manifest has on the disk what is unfinished, after the last the truth.
    `progress` is told (done, total). Raises PressDied where a process beside this one ends before its work does.
    """
    with plans.opened() as plan:
        if parts is None and manifest.is_empty() and not site.exists():
            return _first(Order(site, plans), manifest, plan, workers, progress)
        if parts is None and manifest.is_unfinished():
            return _again(Order(site, plans), manifest, plan, workers, progress)
        found = compared(manifest, plan, parts)
        for path in found.gone:
            remove(inside(site, path), site)
        written = 0
        with manifest.changing():
            manifest.forget(found.gone)
            order = Order(site, plans)
            if found.few is None:
                made = order.made(plan, found.batches(), workers)
            else:
                made = order.made_of(found.few, found.size, workers)
            for batch in made:
                manifest.put(batch)
                written += len(batch)
                progress(written, found.due)
            manifest.settle(site)
    return SiteChange(written, found.gone, found.planned - found.due)


def _first(order: Order, manifest: Manifest, plan: Plan, workers: int, progress: Progress) -> SiteChange:
    """Where there is no site yet: made beside it, where nobody looks, and put there as a whole. A folder that is there
    can not be replaced where it is a link or another disk, or holds a folder of the webmaster's."""
    site, beside = order.site, order.site.with_name(f".{order.site.name}.fresh")
    shutil.rmtree(beside, ignore_errors=True)
    with manifest.changing():
        written = _everything(Order(beside, order.plans, seen=False), manifest, plan, workers, progress)
        beside.mkdir(parents=True, exist_ok=True)
        beside.replace(site)
        manifest.settle(site)
    return SiteChange(written, (), 0)


def _again(order: Order, manifest: Manifest, plan: Plan, workers: int, progress: Progress) -> SiteChange:
    """Where every page that is known is unfinished there is nothing to compare: all are made, and what is unfinished
    then is planned by nobody any more. What a run that dies here leaves beside them lies in folders in which it was at
    work, and is swept by the next."""
    site = order.site
    with manifest.changing():
        written = _everything(order, manifest, plan, workers, progress)
        gone = tuple(manifest.unfinished())
        manifest.owe(unproven=gone)
        manifest.forget(gone)
        for path in gone:
            remove(inside(site, path), site)
        manifest.settle(site)
    return SiteChange(written, gone, 0)


def _everything(order: Order, manifest: Manifest, plan: Plan, workers: int, progress: Progress) -> int:
    """Write and enter all that is planned; how many files that are."""
    written, known = 0, set[str]()
    for batch in order.made(plan, everything(plan), workers):
        manifest.put(batch)
        folders = {page.path.rpartition("/")[0] for page in batch} - known
        manifest.work_in(folders)
        known |= folders
        written += len(batch)
        progress(written, written)
    return written


def withdraw(site: Path, manifest: Manifest, paths: Collection[str]) -> None:
    """Take these files away before anything else can fail; they are unfinished and unproven from now on.

    A full disk, a template or a narrative page that is wrong must hold up no takedown (DESIGN.md promise 7).
    """
    try:
        with manifest.changing():
            manifest.unfinish(paths)
            manifest.owe(unproven=paths)
    finally:
        for path in paths:
            remove(inside(site, path), site)


def files_of(
    manifest: Manifest, decisions: Iterable[str], notices: Iterable[str], records: Iterable[str] = ()
) -> list[str]:
    """The files that must go so that no page of `decisions` or `records` and no notice of `notices` stands.

    Beside a notice lies an empty file that says so: what stands at a decision's address is one or the other.
    """
    found: list[str] = []
    for one in decisions:
        page, mark = page_and_mark(one)
        if manifest.find(page) and not manifest.find(mark):
            found.append(page)
    for one in notices:
        page, mark = page_and_mark(one)
        if manifest.find(mark):
            found += [path for path in (mark, page) if manifest.find(path)]
    found += [path for one in records for path in record_pages(one) if manifest.find(path)]
    return found


def registered(manifest: Manifest) -> frozenset[str]:
    """The ids of all records of registers of which a page of their own is known."""
    pages = (one.path.rpartition("/")[2] for folder in RECORD_FOLDERS for one in manifest.in_folder(folder))
    return frozenset(found[1] for page in pages if (found := _OF_A_RECORD.fullmatch(page)))


def go_whole(manifest: Manifest, parts: Collection[str] | None) -> list[str]:
    """The files of these parts with the rows of many decisions, and those that are attached to records: they go whole,
    and are made again where they may be."""
    whole = (part for part in parts or () if part.startswith(("downloads:", "file:")))
    return [page.path for page in manifest.of_parts(whole)]


def page_and_mark(decision: str) -> tuple[str, str]:
    """Where the page of a decision lies below the site, and the mark that it is a notice."""
    page = path_of(address(decision))
    return page, page.removesuffix(".html") + ".gone"


def inside(site: Path, path: str) -> Path:
    """The file at a path, which leads nowhere out of the site. Raises ValueError."""
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(path)
    return site / path
