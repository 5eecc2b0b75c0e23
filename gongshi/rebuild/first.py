"""What persons took down goes first, before anything can fail: intake, reference data, the law, templates, MkDocs.

Looked at are only the decisions and records that persons withdrew, suspended or erased since the last run that ended
well, by their ids, so that this takes as long in a large city as in a small one: out of public.db, their pages and
attachments out of the site, their rows out of the lists, which the same run makes again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from gongshi.publish.database.changes import Changes
from gongshi.publish.database.takeout import Left, own_files, shown, take_out
from gongshi.publish.proving.departed import Departed, Public
from gongshi.release import cutting
from gongshi.release.affected import affected
from gongshi.release.inputs import fingerprint
from gongshi.release.kept import Kept
from gongshi.release.manifest import Manifest
from gongshi.release.places import Places
from gongshi.release.site import files_of, inside, page_and_mark
from gongshi.release.tables import UNFINISHED
from gongshi.render.addresses import record_pages
from gongshi.store import Store
from gongshi.store.changes import down_by_hand, down_with_notice
from gongshi.store.sqlite import OperationalError
from gongshi.system.files import remove

_UNWRITABLE = (OSError, OperationalError)


def take_down(place: Places, store: Store, manifest: Manifest, kept: Kept) -> tuple[Departed, ...]:
    """Take out of public.db and site what persons took down since the manifest's `position`; what tells of it. What
    else stands in the files that go whole is `kept`.

    Nothing that disk or public.db are like stops it: what could not be done here, the run itself comes upon.
    """
    since = int(manifest.last.position or 0)
    ids, unnoticed = down_by_hand(store, since), down_with_notice(store, since)
    named = [*files_of(manifest, ids, unnoticed, ids), *attached_to(place, ids)]
    files = [path for path in named if _stands(place.site, manifest, path)]
    found = shown(place.public_db, ids, unnoticed)
    if not files and found is None:
        return ()
    gone = found or ()
    parts = (
        affected(place.public_db, Changes((), tuple(ids), (), tuple(unnoticed), (), tuple(ids)))
        if found is not None
        else frozenset()
    )
    with suppress(*_UNWRITABLE), manifest.changing():
        manifest.unfinish(files)
        manifest.owe(parts, [*files, *owed_for(manifest, gone)])
        manifest.last.inputs = ""
        manifest.save()
    for path in files:
        with suppress(OSError):
            remove(inside(place.site, path), place.site)
    kept.keep(manifest.pending)
    cut_lists(place.site, manifest, manifest.pending, {*ids})
    _take_out(place, manifest, ids, unnoticed)
    return tuple(Departed.of(one) for one in gone)


def cut_lists(site: Path, manifest: Manifest, parts: Collection[str], ids: Collection[str]) -> list[str]:
    """Cut the rows of `ids` out of the pages of `parts` that are not a decision's own, and take away downloads that
    hold them; their paths. They are unfinished from now on."""
    pages = [site / one.path for one in manifest.of_parts(parts) if not one.part.startswith("decision:")]
    named = [path.relative_to(site).as_posix() for path in cutting.naming(pages, ids)]
    with suppress(*_UNWRITABLE):
        manifest.unfinish(named)
    for path in named:
        cutting.take_out(site / path, ids)
    return named


def attached_to(place: Places, ids: Collection[str]) -> list[str]:
    """Where the files lie that no other record than those of `ids` has."""
    folders = (place.site / "files" / sha256[:16] for sha256 in own_files(place.public_db, ids))
    return [path.relative_to(place.site).as_posix() for folder in folders for path in sorted(folder.glob("*"))]


def owed_for(manifest: Manifest, gone: Iterable[Departed | Public]) -> list[str]:
    """The paths that stand for what left until it is proven that nothing tells of it; of what has no page of its own
    one that it could have."""
    paths = list[str]()
    for one in gone:
        possible = (page_and_mark(one.id)[0], *record_pages(one.id))
        paths += [path for path in possible if manifest.find(path)] or record_pages(one.id)[:1]
    return paths


def _stands(site: Path, manifest: Manifest, path: str) -> bool:
    known = manifest.find(path)
    return known is not None and (known.mark != UNFINISHED or (site / path).exists())


def _take_out(place: Places, manifest: Manifest, ids: Collection[str], unnoticed: Collection[str]) -> None:
    untouched = manifest.last.public_db == fingerprint([place.public_db])
    if take_out(place.public_db, ids, unnoticed) is Left.CLEAN and untouched:
        manifest.last.public_db = fingerprint([place.public_db])
        with suppress(*_UNWRITABLE):
            manifest.save()
