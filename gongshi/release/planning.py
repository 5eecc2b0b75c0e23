"""What the site is to hold: pages of data and what MkDocs made, opened anew by each process that makes pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gongshi.publish import opening
from gongshi.release import narrative
from gongshi.render.database import Rows
from gongshi.render.downloads.splicing import NOTHING, Before
from gongshi.render.parts import all_parts

if TYPE_CHECKING:
    from gongshi.render import pages


class Planned(Protocol):
    """One file of the site: its path below build/site, a fingerprint of all that it shows, the part it belongs to."""

    @property
    def path(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def render(self) -> Callable[[], bytes]: ...


class Plan(Protocol):
    """An opened plan."""

    def of(self, parts: Collection[str] | None) -> Iterable[Planned]:
        """The files of `parts`, or of all of them."""
        ...

    def parts(self) -> Iterator[str]:
        """Every part, each once."""
        ...


class Plans(Protocol):
    """Opens a plan, here or in another process."""

    def opened(self) -> AbstractContextManager[Plan]: ...


@dataclass(frozen=True, slots=True)
class SitePlans:
    """Where all of it lies: the folder with site_src, public.db, header and footer, what MkDocs made; `before` are
    downloads that can be used again."""

    look: Path
    public_db: Path
    shell: Path
    narrative: Path
    before: Before = NOTHING

    @contextmanager
    def opened(self) -> Iterator[_SitePlan]:
        """With a connection of its own, which lasts until the last page is made."""
        from gongshi.render import pages  # what makes pages is read where some are made: mostly nothing has changed
        from gongshi.render.look.environment import environment
        from gongshi.render.look.shell import Shell

        env = environment(self.look / "site_src" / "templates")
        with opening.reading(self.public_db) as db:
            yield _SitePlan(db, pages.Plan(db, env, Shell.load(self.shell), self.before), self.narrative)

    def common(self) -> str:
        """A fingerprint of what pages show beside decisions, notices and figures: any may differ where it does."""
        with self.opened() as plan:
            return plan.data.common()


@dataclass(frozen=True, slots=True)
class _SitePlan:
    db: Rows
    data: pages.Plan
    narrative: Path

    def of(self, parts: Collection[str] | None) -> Iterator[Planned]:
        if parts is None or narrative.PART in parts:
            yield from narrative.files(self.narrative)
        if parts is None:
            yield from self.data.everything()
        else:
            yield from self.data.of(part for part in parts if part != narrative.PART)

    def parts(self) -> Iterator[str]:
        yield narrative.PART
        yield from all_parts(self.db)
