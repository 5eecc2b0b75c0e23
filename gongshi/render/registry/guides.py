"""Service guides (D15, D24): what somebody must know who comes to a window, on a page that prints as it is."""

from __future__ import annotations

from collections.abc import Iterator

from gongshi.render.contexts import Fact
from gongshi.render.look.site import Crumb
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import GuidePage, Material
from gongshi.render.registry.groups import Index, by_department, groups_page
from gongshi.render.registry.record import Record
from gongshi.render.registry.telling import HOME, basis, head, past, procedure
from gongshi.render.registry.values import facts, table

GUIDE = "service_guide"
BASE = "/guides/"
_ALL = Crumb("服务指南", BASE)
_GLANCE = ("legal_term", "promised_term", "fee", "certificate", "hours", "phone", "address")
_BODIES = ("act", "item_code", "receiving_body", "deciding_body", "online")
_CONDITIONS = ("conditions", "preferences")
_CONTACTS = ("status_query", "consult", "complaint", "supervision")
_RIGHTS = ("remedies", "responsibility")


def guides_index(press: Press) -> Iterator[Page]:
    """The guides by department."""
    groups = by_department(press, press.registry.lines(GUIDE))
    intro = "一个事项怎样办：条件、材料、流程、时限、收费、地址和电话。每份指南都可以直接打印。"
    yield groups_page(press, Index(base=BASE, heading="服务指南", intro=intro, kind=GUIDE, groups=groups))


def guide_page(press: Press, guide: Record, item: Record | None) -> Iterator[Page]:
    """One guide; without a process of its own it shows that of its item."""
    process = guide.text("process")
    shown = item if item and not item.is_over else None

    def context() -> GuidePage:
        return GuidePage(
            site=press.site,
            head=head(guide, title=f"{guide.title}服务指南", description=_description(guide)),
            crumbs=(HOME, _ALL, Crumb(guide.department_name, f"{BASE}#{guide.department}"), Crumb(guide.title)),
            updated_on=guide.updated_on,
            record=guide,
            glance=facts(guide, _GLANCE),
            bodies=facts(guide, _BODIES),
            conditions=facts(guide, _CONDITIONS),
            materials=tuple(_materials(guide)),
            process=process,
            procedure=procedure(None if process else shown),
            reductions=table(guide, "reductions"),
            contacts=facts(guide, _CONTACTS),
            rights=facts(guide, _RIGHTS),
            basis=basis(guide),
            item=shown,
            past=past(guide),
        )

    yield press.page(guide.href, "guide.html", (guide.mark, shown.mark if shown else ""), context)


def _description(guide: Record) -> str:
    terms: tuple[Fact, ...] = facts(guide, ("promised_term", "fee", "address", "phone"))
    return "；".join(f"{fact.label}：{fact.value}" for fact in terms)


def _materials(guide: Record) -> Iterator[Material]:
    blanks = {file.label: file for file in guide.files}
    for row in guide.rows("materials"):
        texts = {name: row.get(name) or "" for name in ("name", "form", "copies", "source", "sample", "mistakes")}
        yield Material(**texts, blank=blanks.get(row.get("file") or ""))
