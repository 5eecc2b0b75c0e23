"""Bring build/site to what is planned: remove first, then write what changed.

An incremental run and a run from nothing leave the same bytes, because a page is skipped only when
its fingerprint says that nothing it shows has changed (DESIGN.md promise 5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gongshi.files import remove, write_whole
from gongshi.release.manifest import UNFINISHED, Manifest
from gongshi.render.decision import address
from gongshi.render.press import path_of

_DECISION = re.compile(r"(decisions/[^/]+/([0-9a-z]+))\.(?:html|gone)")
"""The page of a decision or of its notice; beside a notice lies an empty file that says so."""


class Planned(Protocol):
    """One file of the site: its path below build/site, a fingerprint of all that it shows, its bytes."""

    @property
    def path(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def render(self) -> Callable[[], bytes]: ...


@dataclass(frozen=True, slots=True)
class SiteChange:
    """How many files were written and left as they were, and which were removed."""

    written: int
    gone: tuple[str, ...]
    kept: int


def update(
    site: Path,
    manifest: Manifest,
    save: Callable[[], None],
    pages: Iterable[Planned],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> SiteChange:
    """Make `site` hold exactly `pages`, touching only what changed.

    `manifest` is brought along and saved through `save`: before the first write with what is
    unfinished, after the last with the truth. `progress` is told (done, total).
    """
    planned = {page.path: page for page in pages}
    gone = [path for path in manifest.pages if path not in planned]
    for path in gone:
        remove(site / path, site)
    changed = [page for page in planned.values() if manifest.pages.get(page.path) != page.fingerprint]
    if not gone and not changed:
        return SiteChange(0, (), len(planned))
    manifest.pages = {path: mark for path, mark in manifest.pages.items() if path in planned}
    manifest.pages.update({page.path: UNFINISHED for page in changed})
    manifest.unproven = sorted({*manifest.unproven, *gone})
    save()
    for done, page in enumerate(changed, start=1):
        write_whole(site / page.path, page.render())
        progress(done, len(changed))
    manifest.pages = {path: page.fingerprint for path, page in planned.items()}
    save()
    return SiteChange(len(changed), tuple(gone), len(planned) - len(changed))


def withdraw(
    site: Path,
    manifest: Manifest,
    save: Callable[[], None],
    public: Container[str],
    *,
    noticed: Container[str] = (),
    replaced: Iterable[str] = (),
) -> None:
    """Take away the pages of decisions whose id is not in `public`, before anything else can fail.

    Of ids in `noticed` the notice stays where it is there already; `replaced` are ids whose page is about to say
    something else. All of it is unproven from now on. A full disk, a template or a narrative page that is wrong
    must hold up no takedown (DESIGN.md promise 7).
    """
    gone = [path for path in manifest.pages if _must_go(path, manifest, public, noticed)]
    unproven = {*manifest.unproven, *gone, *_pages_of(replaced, manifest)}
    if not gone and unproven == set(manifest.unproven):
        return
    manifest.pages.update(dict.fromkeys(gone, UNFINISHED))
    manifest.unproven = sorted(unproven)
    try:
        save()
    finally:
        for path in gone:
            remove(site / path, site)


def _must_go(path: str, manifest: Manifest, public: Container[str], noticed: Container[str]) -> bool:
    """Whether the file is a page of a decision that is not public, or the mark of a notice that is none any more."""
    found = _DECISION.fullmatch(path)
    if found is None:
        return False
    is_notice = f"{found[1]}.gone" in manifest.pages
    return found[2] not in (noticed if is_notice else public)


def _pages_of(ids: Iterable[str], manifest: Manifest) -> list[str]:
    paths = (path_of(address(one)) for one in ids)
    return [path for path in paths if path in manifest.pages]


def sweep(site: Path, manifest: Manifest, only: Container[str] | None = None, *, leave_own: bool = False) -> int:
    """Remove files below `site` that the manifest does not know (a full build begins with this); with `only`,
    those of them alone. With `leave_own` the webmaster's own stay: files beside index.html, with which one proves
    a site to be one's own, and .well-known."""
    found = (path for path in site.rglob("*") if path.is_file() or path.is_symlink())
    if leave_own:
        found = (path for path in found if not _is_own(path.relative_to(site)))
    paths = (path.relative_to(site).as_posix() for path in found)
    strangers = [path for path in paths if path not in manifest.pages and (only is None or path in only)]
    for path in strangers:
        remove(site / path, site)
    return len(strangers)


def _is_own(path: Path) -> bool:
    return path.parts[0] == ".well-known" or len(path.parts) == 1
