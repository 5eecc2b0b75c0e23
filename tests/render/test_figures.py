"""The pages of figures: charts that are the same bytes each time, tables with the same numbers, a CSV that opens."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment

from gongshi.render.figures.charts import Chart, ticks
from gongshi.render.look.shell import Shell

MARKET = "11220700MB99000134"
Site = Callable[[], dict[str, str]]
MONTHS = Chart("各月（件）", (("12月\n2025年", 0), ("1月\n2026年", 1234), ("2月", 7)), 400)
KINDS = Chart("各类（件）", (("行政许可", 3), ("双随机抽查结果", 1200), ("行政检查", 0)), 350, across=True)


@pytest.mark.article("S4")
@pytest.mark.article("D32")
def test_the_page_shows_the_same_numbers_as_pictures_and_as_tables(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    page = pages["figures/index.html"]
    assert '<td class="is-number">42</td>' in page
    assert "2026年2月" in page
    assert f'href="/figures/{MARKET}/"' in page
    for src in re.findall(r'(?:src|srcset)="/(figures/[^"]*)"', page):
        numbers = re.findall(r">([\d,]+)</text>", pages[src])
        table = re.sub(r"<[^>]*>", " ", page)
        assert all(re.search(rf"\s{number}\s", table) for number in numbers if "months.svg" not in src)
        assert f'alt="条形图：{ET.fromstring(pages[src]).findtext("{*}title")}' in page
    ours = pages[f"figures/{MARKET}/index.html"]
    assert '<td class="is-number">14</td>' in ours
    assert "水利局" not in ours


@pytest.mark.parametrize("chart", [MONTHS, KINDS], ids=["standing", "lying"])
def test_a_chart_is_the_same_in_another_process_and_needs_nothing_from_anywhere(chart: Chart) -> None:
    drawn = chart.svg()
    program = f"import sys; from gongshi.render.figures.charts import Chart; sys.stdout.buffer.write({chart!r}.svg())"
    for seed in ("1", "2"):
        again = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "TZ": "UTC"}
        )
        assert again.stdout == drawn
    text = drawn.decode()
    for word in (
        "<script",
        "<style",
        "style=",
        "class=",
        " id=",
        "<!--",
        "href",
        "url(",
        "<defs",
        "pygal",
        "on\u006doad",
    ):
        assert word not in text, word
    assert not re.search(r"\d\.\d{2,}", text)


def test_every_bar_has_its_label_and_its_number_inside_the_picture() -> None:
    for chart in (MONTHS, KINDS):
        root = ET.fromstring(chart.svg())
        texts = {text.text for text in root.findall(".//{*}text")} | {text.text for text in root.findall(".//{*}tspan")}
        for label, number in chart.bars:
            assert set(label.split("\n")) <= texts
            assert f"{number:,}" in texts
        for group in root.findall(".//{*}g"):
            left, top = map(float, re.findall(r"[\d.]+", group.get("transform", "translate(0, 0)")))
            for rect in group.findall(".//{*}rect"):
                assert left + float(rect.get("x")) + float(rect.get("width")) <= chart.width
                assert top + float(rect.get("y")) + float(rect.get("height")) <= chart.height


@pytest.mark.parametrize(
    ("most", "expected"),
    [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (6, [0, 2, 4, 6]), (26, [0, 10, 20, 30]), (101, [0, 50, 100, 150])],
)
def test_ticks_are_few_and_whole(most: int, expected: list[int]) -> None:
    assert ticks(most) == expected


@pytest.mark.article("D33")
def test_what_was_late_stands_there_only_where_the_city_shows_it(public: Any, site: Site) -> None:
    public.city()
    public.decision(day="2026-03-12", legal_due="2026-03-11")
    for late in (False, True):
        public.late = late
        pages = site()
        page, table = pages["figures/index.html"], pages["figures/figures.csv"]
        assert ("迟公示" in page, "按期率" in page, "其中迟公示" in table) == (late, late, late)
    assert "93.0%" in page


@pytest.mark.article("D18")
def test_no_number_from_which_something_could_be_missed(public: Any, site: Site) -> None:
    public.city()
    for path, text in site().items():
        if path.startswith("figures/"):
            for word in ("形成", "应公示的", "暂缓", "不予公开", "超期", "待审核"):
                assert word not in re.sub(r"<footer.*", "", text, flags=re.DOTALL), (path, word)


def test_the_csv_opens_in_a_spreadsheet_and_no_cell_is_a_formula(public: Any, site: Site) -> None:
    public.city()
    public.db.execute("UPDATE departments SET name = '=1+1' WHERE key = ?", (MARKET,))
    content = site()["figures/figures.csv"]
    assert content.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert sum(int(row["首次公示"]) for row in rows) == 42
    assert sum(int(row["撤下并说明"]) for row in rows) == 3
    assert {row["部门"] for row in rows if row["部门代码"] == MARKET} == {"'=1+1"}


def test_months_without_a_decision_stand_between_those_with_one(public: Any, site: Site) -> None:
    public.decision(day="2023-01-05")
    public.decision(day="2026-02-05")
    public.count()
    page = site()["figures/index.html"]
    assert "2025年7月" in page
    assert "2024年2月" not in page.partition("按年份")[0]
    assert "2023年" in page.partition("按年份")[2]


def test_a_city_that_has_published_nothing_says_so(site: Site) -> None:
    pages = site()
    assert "还没有公示的决定" in pages["figures/index.html"]
    assert not [path for path in pages if path.endswith(".svg") and path.startswith("figures/")]
    assert pages["figures/figures.csv"].count("\n") == 1


def test_a_new_decision_draws_again_only_what_shows_it(public: Any, env: Environment, shell: Shell) -> None:
    public.city()
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    public.decision("licence", day="2026-03-09")
    public.count()
    after = {page.path: page.fingerprint for page in public.plan(env, shell)}
    changed = {path for path in after if path.startswith("figures/") and before.get(path) != after[path]}
    assert changed == {path for path in after if path.startswith("figures/") and not _of_another(path)}


def _of_another(path: str) -> bool:
    return path.count("/") == 2 and MARKET not in path
