"""The stored files as parts of the site, and the page that leads to them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import IO, cast

from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.catalog import catalog_file, linked
from gongshi.render.downloads.columns import UNDECLARED, columns_of
from gongshi.render.downloads.contexts import DownloadsPage, KindFiles, MonthFiles
from gongshi.render.downloads.formats import Sheet
from gongshi.render.downloads.package import BASE, package_files
from gongshi.render.downloads.rows import Row, rows_at
from gongshi.render.downloads.splicing import by_day, rows_of
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press

_SUMMARY = "已公示的行政执法决定，按月下载。"
FORMATS: dict[str, tuple[str, Callable[[Sheet, IO[bytes]], None]]] = {
    "csv": ("CSV", Sheet.csv),
    "jsonl": ("JSON Lines", Sheet.jsonl),
    "parquet": ("Parquet", Sheet.parquet),
}
"""Suffix by what a format is called and how it is written."""


def downloads_of(kind: str, month: str) -> tuple[str, ...]:
    """The files below build/site that tell of the decisions of a kind first published in a month (YYYY-MM): a
    takedown removes them before anything else."""
    return tuple(f"{BASE[1:]}{month}-{kind}.{suffix}" for suffix in FORMATS)


def month_files(press: Press, kind: str, month: str) -> Iterator[Page]:
    """The files of a kind and a month; none where nothing of it is public. Reads that month alone."""
    entries = press.entries.of_kind(kind, month)
    if not entries:
        return
    mark = fingerprint(press.plain, *(entry.mark for entry in entries))
    days, touched = by_day(entries), press.before.days
    before = press.before.tables.get(downloads_of(kind, month)[-1], b"")

    def read(places: Sequence[int]) -> Iterator[list[Row]]:
        return rows_at(press.db, kind, month, places, press.site.url)

    shared = _Shared(lambda: Sheet(columns_of(kind), rows_of(days, read, touched, before)))
    for path, suffix in zip(downloads_of(kind, month), FORMATS, strict=True):
        yield press.file(path, fingerprint(path, mark), partial(shared.written, suffix))


class _Shared:
    """The rows of a kind and month: read for the first of its files that is written, let go with the last."""

    def __init__(self, make: Callable[[], Sheet]) -> None:
        self._make, self._sheet, self._left = make, cast("Sheet | None", None), len(FORMATS)

    def written(self, suffix: str) -> bytes:
        """The rows in one format."""
        sheet, out = self._sheet or self._make(), io.BytesIO()
        FORMATS[suffix][1](sheet, out)
        self._left -= 1
        self._sheet = sheet if self._left > 0 else None
        return out.getvalue()


def index_page(press: Press) -> Iterator[Page]:
    """/downloads/: which months and kinds there are, and what their files hold; the same for programs."""
    months = tuple(_month(month, press.overview.months[month].kinds) for month in sorted(press.overview.months))
    years = tuple((year, tuple(found)) for year, found in groupby(reversed(months), key=lambda one: one.month[:4]))

    updated_on = press.overview.all.updated_on

    def context() -> DownloadsPage:
        return DownloadsPage(
            site=press.site,
            head=Head("数据下载", BASE, "data", "数据", description=_SUMMARY, linked=linked(press.site)),
            crumbs=(Crumb("首页", "/"), Crumb("数据", "/dictionary/"), Crumb("下载")),
            updated_on=updated_on,
            total=sum(month.count for month in months),
            years=years,
            columns=UNDECLARED,
        )

    yield press.page(BASE, "downloads.html", (repr(months), updated_on), context)
    yield from package_files(press, {month.month: [kind.kind for kind in month.kinds] for month in months})
    yield from catalog_file(press)


def _month(month: str, counts: Mapping[str, int]) -> MonthFiles:
    names = tuple(name for name, _ in FORMATS.values())
    kinds = tuple(
        KindFiles(
            kind, counts[kind], tuple(zip(names, (f"/{path}" for path in downloads_of(kind, month)), strict=True))
        )
        for kind in DECISION_KINDS
        if counts[kind]
    )
    return MonthFiles(month, sum(counts.values()), f"{BASE}{month}.xlsx", kinds)
