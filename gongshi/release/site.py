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

from gongshi.release.files import remove, write_whole
from gongshi.release.manifest import UNFINISHED, Manifest

_DECISION = re.compile(r"decisions/[^/]+/([0-9a-z]+)\.html")


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


def withdraw(site: Path, manifest: Manifest, save: Callable[[], None], public: Container[str]) -> None:
    """Take away the pages of decisions whose id is not in `public`, before anything else can fail.

    A full disk, a template or a narrative page that is wrong must hold up no takedown (DESIGN.md promise 7).
    """
    gone = [path for path in manifest.pages if (found := _DECISION.fullmatch(path)) and found[1] not in public]
    if not gone:
        return
    manifest.pages.update(dict.fromkeys(gone, UNFINISHED))
    manifest.unproven = sorted({*manifest.unproven, *gone})
    try:
        save()
    finally:
        for path in gone:
            remove(site / path, site)


def sweep(site: Path, manifest: Manifest) -> int:
    """Remove files below `site` that the manifest does not know (a full build begins with this)."""
    strangers = [
        path for path in site.rglob("*") if path.is_file() and str(path.relative_to(site)) not in manifest.pages
    ]
    for path in strangers:
        remove(path, site)
    return len(strangers)
