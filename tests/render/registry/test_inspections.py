"""Random inspections: items, plans and results together (S1.3b, D11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Page
from gongshi.render.press import Press
from gongshi.render.registry.inspections import inspection_page, inspections_index

MARKET, ROADS = "11220700MB99000134", "11220700MB990003XN"


@pytest.fixture
def press(public: Any, env: Environment, shell: Shell) -> Press:
    return Press(public.db, env, shell, NOTHING)


def texts(pages: Iterable[Page]) -> dict[str, str]:
    return {page.path: page.render().decode() for page in pages}


@pytest.mark.article("S1.3b")
@pytest.mark.article("D11")
def test_items_plans_and_results_stand_on_one_page(public: Any, press: Press) -> None:
    item = public.record("random_inspection_item", code="2207-SJ-001", name="食品销售监督检查", ratio="不低于5%")
    plan = public.record("inspection_plan", name="2026年度抽查计划")
    result = public.decision("random_inspection")
    public.count()
    page = texts(inspections_index(press))["inspections/index.html"]
    for told in (f"/inspections/{item}.html", "不低于5%", f"/inspections/{plan}.html", f"/{result}.html"):
        assert told in page
    assert page.index('id="items"') < page.index('id="plans"') < page.index('id="results"')


def test_what_is_over_is_not_listed_but_says_so_on_its_page(public: Any, press: Press) -> None:
    row = {"standing": "ended", "effective_to": "2026-02-28"}
    plan = public.record("inspection_plan", row=row, name="去年的计划")
    item = press.registry.one(public.record("random_inspection_item", row=row, name="去年的事项"))
    assert item
    made = texts(inspections_index(press)) | texts(inspection_page(press, item))
    assert "去年的" not in made["inspections/index.html"]
    for path in (f"inspections/{plan}.html", f"inspections/{item.id}.html"):
        assert "已经失效" in made[path]


def test_a_plan_names_its_items_and_changes_with_them(public: Any, press: Press) -> None:
    plan = public.record(
        "inspection_plan",
        tasks=[{"item_code": "2207-SJ-001", "period": "3月"}, {"item_code": "2207-SJ-009", "period": "4月"}],
    )
    path = f"inspections/{plan}.html"
    before = {page.path: page.fingerprint for page in inspections_index(press)}[path]
    assert "2207-SJ-001" in texts(inspections_index(press))[path]
    item = public.record("random_inspection_item", code="2207-SJ-001", name="食品销售监督检查")
    after = {page.path: page.fingerprint for page in inspections_index(press)}[path]
    page = texts(inspections_index(press))[path]
    assert before != after
    assert f'<a href="/inspections/{item}.html">食品销售监督检查</a>' in page
    assert "2207-SJ-009" in page, "an item that is not public is told by its code"


@pytest.mark.article("S1.3b")
def test_the_results_under_a_plan_hang_on_it(public: Any, press: Press) -> None:
    plan = public.record("inspection_plan", name="2026年度抽查计划")
    path = f"inspections/{plan}.html"
    assert "还没有公示" in texts(inspections_index(press))[path]
    under = public.decision("random_inspection", plan_name="2026年度抽查计划")
    other = public.decision("random_inspection", plan_name="2025年度抽查计划")
    elsewhere = public.decision("random_inspection", plan_name="2026年度抽查计划", department=ROADS)
    before = {page.path: page.fingerprint for page in inspections_index(press)}[path]
    page = texts(inspections_index(press))[path]
    assert [one in page for one in (under, other, elsewhere)] == [True, False, False]
    public.db.execute("UPDATE decisions SET digest = 'x' WHERE id = ?", (under,))
    assert {page.path: page.fingerprint for page in inspections_index(press)}[path] != before


def test_the_results_of_a_plan_are_found_by_an_index(public: Any, press: Press) -> None:
    """Of a million decisions a third may be results, and every one of them asks for the pages of the plans."""
    public.record("inspection_plan")
    heard: list[str] = []
    public.db.set_trace_callback(heard.append)
    list(inspections_index(press))
    public.db.set_trace_callback(None)
    asked = [said for said in heard if "random_inspection r" in said]
    steps = [row["detail"] for said in asked for row in public.db.execute(f"EXPLAIN QUERY PLAN {said}")]
    assert steps
    assert not any(step.startswith("SCAN") for step in steps)


def test_the_results_of_an_item_are_a_search_away(public: Any, press: Press) -> None:
    item = press.registry.one(public.record("random_inspection_item", name="食品销售监督检查", item_code="2207-XK-001"))
    assert item
    (page,) = texts(inspection_page(press, item)).values()
    asked = "%E9%A3%9F%E5%93%81%E9%94%80%E5%94%AE%E7%9B%91%E7%9D%A3%E6%A3%80%E6%9F%A5"
    assert f"/search?kind=random_inspection&amp;department={MARKET}&amp;q={asked}" in page
    assert f"/search?type=enforcement_item&amp;department={MARKET}&amp;q=2207-XK-001" in page
    assert "第二道" in page or "首次公示" in page
