"""Pages written into the site, by this process or by several beside it, each with its own connection to public.db."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path

from gongshi.release.comparing import Batch
from gongshi.release.errors import PressDied
from gongshi.release.kept import TABLES, digest_of
from gongshi.release.manifest import Made
from gongshi.release.planning import Plan, Planned, Plans
from gongshi.system.files import write_new, write_whole
from gongshi.system.processes import BrokenProcessPool, beside

_FEW = 16
"""So many batches this process makes alone: others take longer to begin."""
_AHEAD = 4
"""Batches that wait for each process."""
_MUCH = 64 << 20
"""Bytes of files, most of them downloads of large months, for which it is worth while to begin another process."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is told to whoever makes pages: where to, from what, and whether anybody looks into that folder."""

    site: Path
    plans: Plans
    seen: bool = True

    def made(self, plan: Plan, batches: Iterable[Batch], workers: int) -> Iterator[list[Made]]:
        """Write the pages of `batches` by the `plan` that is open here; what was written, batch by batch. Raises
        PressDied."""
        remaining = iter(batches)
        first = list(islice(remaining, _FEW + 1))
        if workers > 1 and len(first) > _FEW:
            yield from _beside(self, chain(first, remaining), workers)
            return
        for batch in chain(first, remaining):
            yield self.make(plan, batch)

    def made_of(self, pages: Sequence[Planned], size: int, workers: int) -> Iterator[list[Made]]:
        """Write these pages, which are planned already and take the place of `size` bytes; where that is much, together
        with one process beside this one. The first months' rows are for that one; while it begins, this one makes all
        other pages; of the rest each takes the next when it is free. Raises PressDied."""
        rows = (page for page in pages if page.part.startswith(TABLES))
        months = [list(some) for _, some in groupby(rows, key=attrgetter("part"))]
        if workers == 1 or size < _MUCH or len(months) <= _AHEAD:
            yield self.write(pages)
            return
        others = [page for page in pages if not page.part.startswith(TABLES)]
        pieces = filter(None, (*months[:_AHEAD], others, *months[_AHEAD:]))
        batches = (({page.part for page in some}, [page.path for page in some]) for some in pieces)
        planned = {page.path: page for page in pages}
        yield from _beside(self, batches, 1, here=lambda batch: self.write(planned[path] for path in batch[1] or ()))

    def make(self, plan: Plan, batch: Batch) -> list[Made]:
        """Write the pages of one batch."""
        parts, paths = set(batch[0]), batch[1]
        return self.write(
            page for page in plan.of(parts) if (page.part in parts if paths is None else page.path in paths)
        )

    def write(self, pages: Iterable[Planned]) -> list[Made]:
        """Write these pages."""
        write = write_whole if self.seen else write_new
        found = []
        for page in pages:
            content = page.render()
            stat, digest = write(self.site / page.path, content), digest_of(page.path, content)
            found.append(Made(page.path, page.part, page.fingerprint, stat.st_size, stat.st_mtime_ns, digest))
        return found


def _beside(
    order: Order,
    batches: Iterable[Batch],
    workers: int,
    here: Callable[[Batch], list[Made]] | None = None,
) -> Iterator[list[Made]]:
    try:
        yield from beside(batches, _make, workers, _begin, order, ahead=_AHEAD, here=here)
    except BrokenProcessPool as error:
        raise PressDied(
            "R012 生成页面的一个子进程意外结束（内存不足，或者被终止），页面没有写完：请检查内存后再运行一次。"
        ) from error


_at_work: list[tuple[Order, Plan]] = []
"""What this process makes pages by, where it was begun for that."""
_open = ExitStack()


def _begin(order: Order) -> None:
    _at_work.append((order, _open.enter_context(order.plans.opened())))


def _make(batch: Batch) -> list[Made]:
    order, plan = _at_work[0]
    return order.make(plan, batch)
