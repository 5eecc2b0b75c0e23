"""What persons took down goes first, before anything can fail: intake, reference data, the law, templates, MkDocs.

Looked at are only the decisions that persons withdrew, suspended or erased since the last good run, by their ids, so
that this takes as long in a large city as in a small one. Journal, notices and lists follow in the same run; where
that fails, gongshi.rescue cuts them out of the lists, and the next run does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from gongshi.files import remove
from gongshi.publish.departed import Departed
from gongshi.publish.public_decision import PublicDecision
from gongshi.publish.takeout import Left, shown, take_out
from gongshi.release.inputs import fingerprint
from gongshi.release.manifest import UNFINISHED, Manifest
from gongshi.release.places import Places
from gongshi.render.decision import address
from gongshi.render.downloads.pages import downloads_of
from gongshi.render.press import path_of
from gongshi.store import Store
from gongshi.store.changes import down_by_hand, down_with_notice


@dataclass(frozen=True, slots=True)
class _Down:
    """`ids` are down by hand; of `unnoticed` not even a notice may stand."""

    ids: Collection[str]
    unnoticed: Collection[str]

    def files(self, manifest: Manifest) -> list[str]:
        """Their files on the site that must go, the mark of a notice before the notice."""
        found = []
        for one in self.ids:
            page = path_of(address(one))
            mark = page.removesuffix(".html") + ".gone"
            if mark not in manifest.pages:
                found += [page] if page in manifest.pages else []
            elif one in self.unnoticed:
                found += [mark, page]
        return found


def _downloads(found: Collection[PublicDecision], manifest: Manifest) -> list[str]:
    """The files with the rows of these decisions: they go whole and are made again in the same run."""
    months = dict.fromkeys((one.kind, one.row["first_published_on"][:7]) for one in found)
    return [path for kind, month in months for path in downloads_of(kind, month) if path in manifest.pages]


def take_down(place: Places, store: Store, manifest: Manifest, save: Callable[[], None]) -> tuple[Departed, ...]:
    """Take out of public.db and site what persons took down since the manifest's `position`; what tells of it.

    Nothing that disk or public.db are like stops it: what could not be done here, the run itself comes upon.
    """
    down = _Down(down_by_hand(store, manifest.position), down_with_notice(store, manifest.position))
    files = [
        path for path in down.files(manifest) if manifest.pages[path] != UNFINISHED or (place.site / path).exists()
    ]
    found = shown(place.public_db, down.ids, down.unnoticed)
    if not files and found is None:
        return ()
    files = [*_downloads(found or (), manifest), *files]
    untouched = manifest.public_db == fingerprint([place.public_db])
    manifest.pages.update(dict.fromkeys(files, UNFINISHED))
    manifest.unproven = sorted({*manifest.unproven, *files, *(path_of(address(one.id)) for one in found or ())})
    manifest.inputs = ""
    with suppress(OSError):
        save()
    for path in files:
        with suppress(OSError):
            remove(place.site / path, place.site)
    left = take_out(place.public_db, down.ids, down.unnoticed)
    if untouched and left is Left.CLEAN:
        manifest.public_db = fingerprint([place.public_db])
        with suppress(OSError):
            save()
    return tuple(Departed.of(one) for one in found or ())
