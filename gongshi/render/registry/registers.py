"""“12345+” (S5): for every department which of the fifteen are there, missing or out of date, with the way to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongshi.law.registry import Standing
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.database import all_named
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press, path_of
from gongshi.render.registry.contexts import Region, RegistersPage
from gongshi.render.registry.matrix import COUNTED, GROUPS, matrix
from gongshi.render.registry.telling import HOME, SECTION

BASE, CSV = "/registers/", "/registers/registers.csv"
_HEAD = ("区域", "部门代码", "部门", "要求", "项目", "状态", "件数", "过期自", "原因")


def registers_pages(press: Press) -> Iterator[Page]:
    """The matrix as a page and as CSV."""
    found = list(all_named(press.db.execute(COUNTED, (Standing.IN_FORCE,))))
    regions = matrix(found, press.channels, press.registry.regions)
    updated_on = max((row["updated_on"] for row in found), default="")
    rows = [row for region in regions for row in region.rows]

    def context() -> RegistersPage:
        return RegistersPage(
            site=press.site,
            head=Head("事前公开", BASE, SECTION, "事前公开", description=_told()),
            crumbs=(HOME, Crumb("事前公开")),
            updated_on=updated_on,
            groups=tuple((name, tuple(one.label for one in asked)) for name, asked in GROUPS),
            regions=regions,
            complete=sum(not row.missing and not row.stale for row in rows),
            total=len(rows),
            csv=CSV,
        )

    yield press.page(BASE, "registers.html", (repr(regions), updated_on), context)
    yield press.file(
        path_of(CSV), fingerprint(press.plain, CSV, repr(regions)), lambda: csv_bytes([_HEAD, *_lines(regions)])
    )


def _told() -> str:
    return "一个方案、两个名录、三项办法、四张清单、五类文本：各部门公布了什么、缺什么、什么过期了。"


def _lines(regions: Iterable[Region]) -> Iterator[tuple[object, ...]]:
    for region in regions:
        for row in region.rows:
            places = (name for name, asked in GROUPS for _ in asked)
            for name, cell in zip(places, row.cells, strict=True):
                yield (region.name, row.key, row.name, name, cell.label, cell.state, cell.count, cell.since, cell.why)
