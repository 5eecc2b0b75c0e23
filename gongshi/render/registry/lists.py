"""A department's lists on one page, and everything that it has on another (执法工作手册, S5): both to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongshi.records import REGISTRY_KINDS
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import ListsPage, Section
from gongshi.render.registry.record import Record, mark_of
from gongshi.render.registry.telling import HOME, detail

_LISTS = ("random_inspection_item", "inspection_plan", "recording_item", "review_catalogue", "determination")
_HANDBOOK = ("subject", "enforcement_item", *_LISTS, "service_guide", "normative_text")
"""Officers and boards change with every post: their pages have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One page: where it lies below the department's, what it is called, the kinds that it holds."""

    name: str
    heading: str
    intro: str
    kinds: tuple[str, ...]
    charts: bool


_SHEETS = (
    _Sheet(
        name="lists.html",
        heading="清单",
        intro="随机抽查、音像记录、法制审核的清单和公开内容的确定，可以直接打印。",
        kinds=_LISTS,
        charts=True,
    ),
    _Sheet(
        name="handbook.html",
        heading="执法工作手册",
        intro="执法主体、执法事项、各张清单、服务指南和制度文本汇编在一页，可以直接打印。",
        kinds=_HANDBOOK,
        charts=False,
    ),
)


def department_lists(press: Press, key: str) -> Iterator[Page]:
    """The lists and the handbook of a department; what is missing is said."""
    if key not in press.channels:
        return
    records = [one for one in press.registry.of_department(key) if not one.is_over]
    for sheet in _SHEETS:
        yield _page(press, key, sheet, [one for one in records if one.kind in sheet.kinds])


def _page(press: Press, key: str, sheet: _Sheet, records: Sequence[Record]) -> Page:
    channel, path = press.channels[key], f"/departments/{key}/{sheet.name}"

    def context() -> ListsPage:
        heading = f"{channel.name}{sheet.heading}"
        above = Crumb(channel.name, f"/departments/{key}/")
        return ListsPage(
            site=press.site,
            head=Head(heading, path, "departments", sheet.heading, description=f"{channel.name}：{sheet.intro}"),
            crumbs=(HOME, Crumb("部门", "/departments/"), above, Crumb(sheet.heading)),
            updated_on=max((one.updated_on for one in records), default=""),
            heading=heading,
            intro=sheet.intro,
            sections=tuple(_section(kind, records, charts=sheet.charts) for kind in sheet.kinds),
        )

    return press.page(path, "department-lists.html", (mark_of(records), press.channel_marks[key]), context)


def _section(kind: str, records: Sequence[Record], *, charts: bool) -> Section:
    declared = REGISTRY_KINDS[kind]
    details = tuple(detail(one, chart=charts) for one in records if one.kind == kind)
    return Section(kind, declared.label, declared.summary, details)
