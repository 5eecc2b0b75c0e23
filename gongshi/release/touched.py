"""What somebody else did to the site since: files added, removed, renamed, overwritten; strangers go.

Each run looks at the times of the known folders, which tell of every file that was added, removed or renamed, and at
every notice, in whose place an older copy may be put back. A bounded share of the files is looked at besides, by size
and time, which tell of one that was overwritten in place, or was lost with the power: folder by folder, each once a day
and once after the machine started.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from gongshi.release.manifest import Made, Manifest
from gongshi.release.tables import UNFINISHED
from gongshi.system.files import remove

_OWN = ".well-known"
_SITEMAP = "sitemap-"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def boot() -> str:
    """Which start of the machine this is; "" where nobody says."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def adopt(site: Path, manifest: Manifest) -> None:
    """Where no page is known, or no folder, take every file below `site` for an unfinished one: what lay there is made
    again or taken away, whatever became of the manifest."""
    if manifest.is_empty() and site.is_dir():
        with manifest.changing():
            manifest.put(Made(path, "") for path in _files(site, ""))
            manifest.work_in(folder for folder in _folders(site, ""))
            manifest.doubt()


def look(
    site: Path, manifest: Manifest, day: str, *, most: int | None = None, leave_own: bool = True
) -> frozenset[str]:
    """The parts of the pages that somebody else touched, which are unfinished from now on; what is not ours is gone.

    Of the folders that were not looked at on `day` so many are that `most` files are, or the last folder's more; None:
    all folders, whenever they were. With `leave_own` the webmaster's own stay: files beside index.html, with which one
    proves a site to be one's own, and .well-known.
    """
    folders = dict(manifest.folders())
    changed = [folder for folder, at in folders.items() if at != _changed(site / folder)]
    touched = [page for page in manifest.notices() if _differs(page, _stat(site / page.path))]
    looked, seen = list[str](), 0
    for folder in dict.fromkeys([*changed, *(folders if most is None else manifest.unlooked(day))]):
        if most is not None and seen >= most and len(looked) >= len(changed):
            break
        there = {entry.name: entry for entry in _entries(site / folder)}
        touched += _not_as_left(site, folder, there, manifest, leave_own=leave_own)
        looked.append(folder)
        seen += len(there)
    if looked or touched:
        with manifest.changing():
            manifest.work_in(changed)
            manifest.settle(site)
            manifest.looked(looked, day)
            manifest.unfinish([page.path for page in touched])
            manifest.owe({page.part for page in touched})
    return frozenset(page.part for page in touched)


def _not_as_left(
    site: Path, folder: str, there: Mapping[str, os.DirEntry[str]], manifest: Manifest, *, leave_own: bool
) -> list[Made]:
    """The pages of a folder that are not as they were left; what is not ours goes."""
    known = {page.path.rpartition("/")[2]: page for page in manifest.in_folder(folder)}
    for name in there.keys() - known.keys():
        _take_away(site, f"{folder}/{name}" if folder else name, there[name], manifest, leave_own=leave_own)
    return [page for name, page in known.items() if _differs(page, _stat(there.get(name)))]


def files(site: Path) -> Iterator[str]:
    """Every file, by its path below the site."""
    return _files(site, "")


def own_files(site: Path, manifest: Manifest) -> Iterator[str]:
    """The webmaster's own files, by their paths below the site."""
    known = {page.path for page in manifest.in_folder("")}
    yield from (entry.name for entry in _entries(site) if entry.is_file() and entry.name not in known)
    yield from _files(site, _OWN)


def _differs(page: Made, stat: os.stat_result | None) -> bool:
    """Whether a page is not as it was left. One that is unfinished is made again in any case."""
    if page.mark == UNFINISHED:
        return False
    return stat is None or (stat.st_size, stat.st_mtime_ns) != (page.size, page.changed)


def _stat(file: os.DirEntry[str] | Path | None) -> os.stat_result | None:
    """Of a link the link itself: none of ours is one."""
    try:
        return file.stat(follow_symlinks=False) if file else None
    except OSError:
        return None


def _take_away(site: Path, path: str, entry: os.DirEntry[str], manifest: Manifest, *, leave_own: bool) -> None:
    """What is not ours: a file, or a folder of which we know nothing."""
    if leave_own and (path == _OWN or _may_be_own(path, entry)):
        return
    if not entry.is_dir(follow_symlinks=False):
        remove(site / path, site)
    elif manifest.knows_folder(path):
        return
    else:
        for file in [*_files(site, path)]:
            remove(site / file, site)
        _prune(site / path)


def _may_be_own(path: str, entry: os.DirEntry[str]) -> bool:
    """A file at the top, but a sitemap: a run that died may have left one."""
    return not ("/" in path or path.startswith(_SITEMAP) or entry.is_dir(follow_symlinks=False))


def _prune(folder: Path) -> None:
    """Empty folders go with what is below them."""
    for above, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(above).rmdir()


def _changed(folder: Path) -> int | None:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return None


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _files(site: Path, folder: str) -> Iterator[str]:
    for entry in _entries(site / folder):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _files(site, path)
        else:
            yield path


def _folders(site: Path, folder: str) -> Iterator[str]:
    yield folder
    for entry in _entries(site / folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _folders(site, f"{folder}/{entry.name}" if folder else entry.name)
