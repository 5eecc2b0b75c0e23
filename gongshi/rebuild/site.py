"""The site brought to what public.db says: by the templates as they are, or as they last were good; then proven."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import gongshi
from gongshi.publish.database.takeout import standing_among
from gongshi.publish.proving.by_right import ByRight
from gongshi.publish.proving.departed import Departed
from gongshi.release import good, narrative, touched
from gongshi.release.errors import LookBroken
from gongshi.release.inputs import fingerprint
from gongshi.release.kept import Kept
from gongshi.release.manifest import Manifest
from gongshi.release.places import Places
from gongshi.release.planning import SitePlans
from gongshi.release.proof import Standing, TakedownIncomplete, decisions_in, prove_gone
from gongshi.release.site import SiteChange, update
from gongshi.store.sqlite import DatabaseError
from gongshi.system.files import remove

_LOOK = ("site_src/templates", "site_src/assets")
_CODE = Path(gongshi.__file__).parent
_OWN_WORDS = (_CODE / "render",)
"""What the code itself writes on pages."""
_WORKERS = 2


@contextmanager
def _told_of_templates() -> Iterator[None]:
    """What went wrong in a template, as a mistake to mend: it may be older than the program that fills it."""
    try:
        yield
    except Exception as error:
        if LookBroken.is_of_template(error):
            raise LookBroken(LookBroken.told(error)) from error
        raise


class SiteWork:
    """One run's work on the site. `broken` says what is wrong with templates or narrative pages, where the pages were
    made with those from before."""

    def __init__(self, place: Places, manifest: Manifest, kept: Kept, progress: Callable[[int, int], None]) -> None:
        self.place, self.manifest, self.kept, self.progress = place, manifest, kept, progress
        self.broken = ""
        self._look = "", ""

    def bring(self, parts: Collection[str] | None, departed: Sequence[Departed]) -> SiteChange:
        """Make the pages of `parts` (None: all), and show that nothing tells of `departed`, nor of what is unproven.

        Done only when that is shown: where a file still tells, everything is made again, and a stranger goes; raises
        TakedownIncomplete where that does not help.
        """
        change = self._pages(parts)
        try:
            self._prove(self._touched(parts), departed)
        except TakedownIncomplete as left:
            self.manifest.doubt()
            self._pages(None)
            self._strangers_go(left.places)
            self._prove(touched.files(self.place.site), departed)
        self.manifest.last.common, self.manifest.last.look = self._look
        self.manifest.proven()
        return change

    def _touched(self, parts: Collection[str] | None) -> Iterable[str]:
        if parts is None:
            return touched.files(self.place.site)
        ours = (page.path for page in self.manifest.of_parts(parts))
        return [*ours, *touched.own_files(self.place.site, self.manifest)]

    def _prove(self, files: Iterable[str], departed: Sequence[Departed]) -> None:
        place, gone = self.place, self.manifest.unproven
        public, noticed = standing_among(place.public_db, decisions_in(gone))
        by_right = ByRight(place.public_db, [place.narrative, place.root / "site_src", *_OWN_WORDS])
        prove_gone(place.site, files, gone, departed, Standing(public, noticed, by_right, by_right.plainly))

    def _strangers_go(self, paths: Iterable[str]) -> None:
        for path in paths:
            if self.manifest.find(path) is None:
                remove(self.place.site / path, self.place.site)

    @_told_of_templates()
    def _pages(self, parts: Collection[str] | None) -> SiteChange:
        """With the templates as they are; where those are broken, with those of the last time that went well. Raises
        LookBroken where neither will do."""
        place = self.place
        try:
            self._try_out(place.root)
            if narrative.build(place.root, place.narrative, self.manifest):
                parts = None if parts is None else {*parts, narrative.PART}
            change = self._update(place.root, parts)
        except DatabaseError:
            raise
        except Exception as error:
            if not (LookBroken.is_told_by(error) and good.kept(place.good_look)):
                raise
            self.broken = LookBroken.told(error)
            return self._update(place.good_look, parts)
        good.keep(place.root, _LOOK, place.good_look)
        return change

    def _try_out(self, look: Path) -> None:
        """Templates that nobody has tried are all read before a page is touched."""
        from gongshi.render.look.environment import environment  # as in planning.py

        if not good.is_kept(look, _LOOK, self.place.good_look):
            env = environment(look / "site_src" / "templates")
            for name in env.list_templates():
                env.get_template(name)

    def _update(self, look: Path, parts: Collection[str] | None) -> SiteChange:
        """Everything is made where what all pages wear or show is another than when they were made."""
        from gongshi.render.look.shell import cut

        place, manifest, last = self.place, self.manifest, self.manifest.last
        shell = cut((place.narrative / "404.html").read_bytes())
        shell.save(place.shell)
        plans = SitePlans(look, place.public_db, place.shell, place.narrative)
        used = [*(look / name for name in _LOOK), *sorted(place.reference.rglob("*.yml")), _CODE]
        seen = fingerprint(used, shell.version)
        common = last.common if last.common and seen == last.look else plans.common()
        if common != last.common or parts is None:
            parts, last.common = None, ""
            manifest.save()
        self._look = common, seen
        plans = replace(plans, before=self.kept.before(parts))
        return update(place.site, manifest, plans, parts, workers=_WORKERS, progress=self.progress)
