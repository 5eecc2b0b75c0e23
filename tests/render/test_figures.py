"""The pages of figures: charts that are the same bytes each time, tables with the same numbers, a CSV that opens."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment

from gongshi.render.database import one
from gongshi.render.figures.charts import Chart, Series, ticks
from gongshi.render.figures.drawn import colours
from gongshi.render.look.palette import contrast
from gongshi.render.look.shell import Shell
from gongshi.render.parts import parts_of

ROOT = Path(__file__).parents[2]
MARKET, ROADS = "11220700MB99000134", "11220700MB990003XN"
Site = Callable[[], dict[str, str]]
PIECES = (Series("行政许可", "#1b6844"), Series("行政处罚", "#c26f72"))
MONTHS = Chart("各月（件）", (("12月\n2025年", (0,)), ("1月\n2026年", (1234,)), ("2月", (7,))), 400)
KINDS = Chart("各类（件）", (("行政许可", (3,)), ("双随机抽查结果", (1200,)), ("行政检查", (0,))), 350, across=True)
STACK = Chart("各月（件）", (("1月\n2026年", (30, 4)), ("2月", (0, 0)), ("3月", (0, 1200))), 400, series=PIECES)
LYING = Chart("各月（件）", (("2026年1月", (30, 4)), ("2026年2月", (0, 0))), 350, across=True, series=PIECES)
SHARES = Chart("按期率", (("1月\n2026年", (98.44,)), ("2月", (None,)), ("3月", (100.0,))), 400, percent=True)
CHARTS = {"standing": MONTHS, "lying": KINDS, "stack": STACK, "lying stack": LYING, "shares": SHARES}


@pytest.mark.article("S4")
@pytest.mark.article("D32")
def test_the_page_shows_the_same_numbers_as_pictures_and_as_tables(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    page = pages["figures/index.html"]
    assert '<td class="is-number">42</td>' in page
    assert "2026年2月" in page
    assert f'href="/figures/{MARKET}/"' in page
    table = re.sub(r"<[^>]*>", " ", page)
    for src in re.findall(r'(?:src|srcset)="/(figures/[^"]*)"', page):
        numbers = re.findall(r">([\d,]+)</text>", pages[src])
        assert all(re.search(rf"\s{number}\s", table) for number in numbers)
        assert f'alt="条形图：{ET.fromstring(pages[src]).findtext("{*}title")}' in page
    ours = pages[f"figures/{MARKET}/index.html"]
    assert '<td class="is-number">14</td>' in ours
    assert "水利局" not in ours


@pytest.mark.parametrize("chart", [KINDS, STACK], ids=["lying", "stack"])
def test_a_chart_is_the_same_in_another_process_and_needs_nothing_from_anywhere(chart: Chart) -> None:
    drawn = chart.svg()
    names = "from gongshi.render.figures.charts import Chart, Series"
    program = f"import sys; {names}; sys.stdout.buffer.write({chart!r}.svg())"
    elsewhere = {"PYTHONHASHSEED": "1", "TZ": "UTC", "PYTHONPATH": str(ROOT)}
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=elsewhere)
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


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_bar_has_its_label_and_its_number_inside_the_picture(chart: Chart) -> None:
    root = ET.fromstring(chart.svg())
    texts = {text.text for text in root.findall(".//{*}text")} | {text.text for text in root.findall(".//{*}tspan")}
    for label, numbers in chart.bars:
        assert set(label.split("\n")) <= texts
        if chart.percent:
            assert {"98.4%", "100%"} <= texts
        else:
            assert f"{sum(numbers):,}" in texts
    assert {one.name for one in chart.series} <= texts
    offset = 22 + 8 if chart.series else 0
    for group in root.findall(".//{*}g[{*}rect]"):
        left, top = map(float, re.findall(r"[\d.]+", group.get("transform", "translate(0, 0)")))
        for rect in group.findall("{*}rect"):
            assert left + float(rect.get("x")) + float(rect.get("width")) <= chart.width
            assert offset + top + float(rect.get("y")) + float(rect.get("height")) <= chart.height


def test_what_a_stack_is_made_of_adds_up_and_is_told_apart_without_colours() -> None:
    """A stack of nothing has no pieces; the others are as high as their numbers, with paper between them."""
    pieces = [rect for rect in ET.fromstring(STACK.svg()).findall(".//{*}g/{*}rect") if rect.get("stroke") == "#fff"]
    heights = [(rect.get("fill"), float(rect.get("height"))) for rect in pieces]
    assert [fill for fill, _ in heights] == ["#1b6844", "#c26f72", "#c26f72"]
    assert heights[2][1] / heights[0][1] == pytest.approx(1200 / 30, rel=0.05)
    shades = [contrast(one, "#ffffff") for one in colours().values()]
    assert all(shade >= 3 for shade in shades)
    assert all(max(pair) / min(pair) > 1.5 for pair in pairwise(shades))


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
    assert not [
        path for path in pages if path.endswith(".csv") and path.startswith("figures/") and "/figures.csv" not in path
    ]


def test_a_new_decision_draws_again_only_what_shows_it(public: Any, env: Environment, shell: Shell) -> None:
    public.city()
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    public.decision("licence", day="2026-03-09")
    public.count()
    after = {page.path: page.fingerprint for page in public.plan(env, shell)}
    changed = {path for path in after if path.startswith("figures/") and before.get(path) != after[path]}
    assert changed == {path for path in after if path.startswith("figures/") and not _of_another(path)}


def _of_another(path: str) -> bool:
    ours = (f"figures/{MARKET}/", "figures/counties/220700/")
    shown = ("classes", "outcomes", "annual")  # no licence is in these, nor any decision in what is declared
    return (
        path.rsplit("/", 1)[-1].startswith(shown)
        or "/2025/" in path
        or (path.count("/") > 1 and not path.startswith(ours))
    )


@pytest.mark.article("S4")
def test_penalties_and_inspections_are_told_apart_by_class_and_result(public: Any, site: Site) -> None:
    public.decision(penalty_class="警告、吊销许可证件")
    public.decision(penalty_class="罚款")
    public.decision(penalty_class="警告、罚款")
    public.decision("inspection", outcome="责令改正")
    public.decision("random_inspection", outcome="正常")
    pages = site()
    classes = [line.split(",") for line in pages["figures/classes.csv"].removeprefix("\ufeff").splitlines()]
    assert classes == [
        ["处罚种类", "件数", "比例"],
        ["罚款", "2", "66.7%"],
        ["吊销许可证件", "1", "33.3%"],
        ["合计", "3", ""],
    ]
    outcomes = [line.split(",") for line in pages[f"figures/{MARKET}/outcomes.csv"].splitlines()[1:]]
    assert outcomes == [["行政检查：责令改正", "1", "100.0%"], ["双随机抽查：正常", "1", "100.0%"]]
    assert "吊销许可证件" in pages["figures/index.html"]
    assert f"figures/{MARKET}/classes.svg" in pages


def test_a_county_has_the_figures_of_its_departments(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    ours = pages["figures/counties/220721/index.html"]
    assert "前郭尔罗斯蒙古族自治县公示统计" in ours
    assert '<td class="is-number">14</td>' in ours
    assert 'href="/figures/counties/220721/"' in pages["figures/index.html"]
    assert f'href="/figures/{MARKET}/"' in pages["figures/counties/220700/index.html"]
    assert "figures/counties/220702/index.html" not in pages, "a region without a department"


def test_each_table_is_a_file_with_the_same_cells(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    shown = re.findall(r'<a href="/(figures/[a-z]+\.csv)" download>', pages["figures/index.html"])
    assert {path.removeprefix("figures/") for path in shown} >= {
        "months.csv",
        "classes.csv",
        "outcomes.csv",
        "timing.csv",
    }
    for path in set(shown) - {"figures/figures.csv"}:
        table = re.sub(r"<[^>]*>", " ", pages["figures/index.html"]).replace(",", "")
        cells = [cell for line in csv.reader(io.StringIO(pages[path])) for cell in line if cell not in ("", "0")]
        assert [cell for cell in cells if cell.removeprefix("\ufeff") not in table] == [], path


@pytest.mark.article("D32", "S6")
def test_a_year_is_shown_as_departments_declared_it_and_nothing_stands_in_for_the_others(
    public: Any, site: Site
) -> None:
    public.city()
    pages = site()
    year, ours = pages["figures/2025/index.html"], pages[f"figures/{MARKET}/2025/index.html"]
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</th>(.*?)</tr>", year)
    told = {re.sub("<[^>]*>", "", name): re.findall(r">([^<>]+)</td>|尚未公布", cells) for name, cells in rows}
    assert told["松原市市场监督管理局"] == ["1,200", "42", "1,234,567.50", "—", "—", "—", "310"]
    assert [name for name, cells in rows if "尚未公布" in cells] == ["松原市交通运输局", "前郭尔罗斯蒙古族自治县水利局"]
    assert "1,234,567.50" in ours
    assert "含委托执法的案件。" in ours
    assert f'href="/figures/{MARKET}/2025/"' in pages[f"figures/{MARKET}/index.html"]
    assert 'href="/figures/2025/"' in pages["figures/index.html"]
    assert f'href="/figures/{MARKET}/2025/"' in pages[f"departments/{MARKET}/index.html"]
    cells = list(csv.DictReader(io.StringIO(pages[f"figures/{MARKET}/2025/annual.csv"].removeprefix("\ufeff"))))
    assert [(row["类别"], row["项目"], row["件数"], row["金额（元）"]) for row in cells][3:5] == [
        ("行政处罚", "合计", "42", ""),
        ("行政处罚", "罚没金额", "", "1234567.50"),
    ]
    assert {row["网址"] for row in cells} == {f"/figures/{MARKET}/2025/"}
    assert not [path for path in pages if path.startswith(f"figures/{ROADS}/2")]


def test_a_year_that_nobody_declares_any_more_has_no_page(public: Any, env: Environment, shell: Shell) -> None:
    """What is taken down leaves no empty page behind, and the file that has its numbers names it, to go at once."""
    id = public.record("annual_figures")
    row = one(public.db, "SELECT id, kind, department, region, number, item FROM records WHERE id = ?", id)
    parts = parts_of([], [], [], [], [row | {"files": ""}], [])
    assert {"annual", f"annual:{MARKET}", "figures", f"figures:{MARKET}"} <= parts
    before = {page.path: page.render() for page in public.plan(env, shell, parts)}
    named = [path for path, content in before.items() if path.startswith("figures/") and id.encode() in content]
    years = ("figures/2025/", f"figures/{MARKET}/2025/")
    assert sorted(named) == sorted(f"{year}{file}" for year in years for file in ("annual.csv", "index.html"))
    public.db.execute("DELETE FROM records")
    after = {page.path for page in public.plan(env, shell, parts)}
    assert {path for path in before if "2025" in path} - after == set(named)
