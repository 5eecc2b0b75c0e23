"""Random inspections (S1.3b, D11, D23): what is inspected by lot, the plans, and what was found, together.

The results are decisions: they hang on a plan by its name, and on an item by a search for its name. A plan shows the
items of its tasks and its newest results, so the pages of all plans are made with the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from gongshi.law.registry import Standing
from gongshi.render.lists.entries import Entry
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.record import Record, mark_of
from gongshi.render.registry.spot_contexts import (
    DrawnBy,
    DrawnItem,
    InspectionItemPage,
    InspectionPlanPage,
    InspectionsPage,
    ListedPlan,
    Task,
)
from gongshi.render.registry.telling import HOME, REGISTERS, SECTION, basis, past
from gongshi.render.registry.values import facts

BASE = "/inspections/"
LOT, PLAN = "random_inspection_item", "inspection_plan"
_RESULT, _ITEM = "random_inspection", "enforcement_item"
_ALL = Crumb("随机抽查", BASE)
_NEWEST = 20
_NEWEST_OF_A_PLAN = 10
_UNDER = """
SELECT d.id FROM random_inspection r CROSS JOIN decisions d ON d.sort = r.sort
WHERE r.plan_name = ? AND d.department = ? ORDER BY r.sort DESC LIMIT ?
"""
_APART = frozenset(("code", "name", "item_code", "effective_from", "change_note"))
"""Fields that a page shows in a place of their own."""


def inspections_index(press: Press) -> Iterator[Page]:
    """Items, plans and the newest results on one page; then each plan's own page."""
    items, plans = press.registry.of_kind(LOT), press.registry.of_kind(PLAN)
    yield _index(press, [one for one in items if _holds(one)], [one for one in plans if _holds(one)])
    by_code = {(one.department, one.number): one for one in items if _holds(one)}
    for plan in plans:
        codes = [row["item_code"] for row in plan.rows("tasks")]
        yield _plan(press, plan, {code: by_code[at] for code in codes if (at := (plan.department, code)) in by_code})


def inspection_page(press: Press, item: Record) -> Iterator[Page]:
    """One item of the list of random inspections."""

    def context() -> InspectionItemPage:
        code = item.text("item_code")
        return InspectionItemPage(
            site=press.site,
            head=_head(item),
            crumbs=(HOME, REGISTERS, _ALL, Crumb(item.title)),
            updated_on=item.updated_on,
            record=item,
            basis=basis(item),
            facts=tuple(facts(item, [name for name in item.content if name not in _APART])),
            results=_results(item),
            item=_asked(type=_ITEM, department=item.department, q=code) if code else "",
            past=past(item),
            supervision=press.supervision(item.department),
        )

    shows = (item.mark, press.channel_marks[item.department])
    yield press.page(item.href, "inspection-item.html", shows, context)


def _index(press: Press, items: Sequence[Record], plans: Sequence[Record]) -> Page:
    tally = press.overview.kinds[_RESULT]
    newest = press.entries.newest(_NEWEST, kind=_RESULT)

    def context() -> InspectionsPage:
        changed = [one.updated_on for one in (*items, *plans)]
        return InspectionsPage(
            site=press.site,
            head=Head("随机抽查", BASE, SECTION, "随机抽查", description="随机抽查事项清单、抽查计划和抽查结果。"),
            crumbs=(HOME, REGISTERS, Crumb("随机抽查")),
            updated_on=max((tally.updated_on, *changed)),
            departments=_by_department(press, items),
            plans=tuple(map(_listed, plans)),
            total=tally.total,
            newest=press.listings.of(newest, kind=False),
        )

    shows = (mark_of(items), mark_of(plans), *tally.marks(), *(one.mark for one in newest))
    return press.page(BASE, "inspections.html", shows, context)


def _by_department(press: Press, items: Sequence[Record]) -> tuple[DrawnBy, ...]:
    found: dict[str, list[DrawnItem]] = {}
    for one in items:
        told = (one.text(name) for name in ("object", "manner", "ratio", "frequency"))
        found.setdefault(one.department, []).append(DrawnItem(one.href, one.title, one.number, *told))
    return tuple(DrawnBy(key, one.name, tuple(found[key])) for key, one in press.channels.items() if key in found)


def _listed(plan: Record) -> ListedPlan:
    return ListedPlan(plan.href, plan.title, plan.department_name, plan.text("year"), len(plan.rows("tasks")))


def _plan(press: Press, plan: Record, items: dict[str, Record]) -> Page:
    newest = _found(press, plan)
    changed = [*(one.updated_on for one in items.values()), *(one.updated_on for one in newest)]

    def context() -> InspectionPlanPage:
        return InspectionPlanPage(
            site=press.site,
            head=_head(plan),
            crumbs=(HOME, REGISTERS, _ALL, Crumb(plan.title)),
            updated_on=max((plan.updated_on, *changed)),
            record=plan,
            tasks=tuple(_tasks(plan, items)),
            facts=tuple(facts(plan, [name for name in plan.content if name not in _APART])),
            newest=press.listings.of(newest, kind=False),
            results=_results(plan),
            past=past(plan),
            supervision=press.supervision(plan.department),
        )

    marks = (one.mark for one in newest)
    shows = (plan.mark, mark_of(items.values()), press.channel_marks[plan.department], *marks)
    return press.page(plan.href, "inspection-plan.html", shows, context)


def _found(press: Press, plan: Record) -> list[Entry]:
    """The newest results under a plan: its department's that name it."""
    rows = press.db.execute(_UNDER, (plan.title, plan.department, _NEWEST_OF_A_PLAN))
    return [found for row in rows if (found := press.entries.one(row["id"]))]


def _tasks(plan: Record, items: dict[str, Record]) -> Iterator[Task]:
    """A task's item under its name; under its code where it is not public."""
    for row in plan.rows("tasks"):
        item = items.get(row["item_code"])
        told = (row.get(name, "") for name in ("object", "ratio", "count", "period"))
        yield Task(item.title if item else row["item_code"], item.href if item else "", *told)


def _head(record: Record) -> Head:
    published = record.first_published_on
    return Head(
        record.title, record.href, SECTION, "随机抽查", published=published, source=record.department_name, article=True
    )


def _results(record: Record) -> str:
    """The search for the decisions that name an item or a plan."""
    return _asked(kind=_RESULT, department=record.department, q=record.title)


def _asked(**asked: str) -> str:
    return f"/search?{urlencode(asked)}"


def _holds(record: Record) -> bool:
    return record.standing == Standing.IN_FORCE
