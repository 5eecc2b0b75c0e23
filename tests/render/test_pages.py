"""The plan holds every page, changes only what changed, and gives the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from jinja2 import Environment

from gongshi.records import DECISION_KINDS
from gongshi.render.contexts import Pager
from gongshi.render.lists import entries
from gongshi.render.lists.pages import PER_PAGE
from gongshi.render.look.shell import Shell
from gongshi.render.press import path_of
from tests.render.registry.contents import RECORDS

BREADCRUMBS = re.compile(
    r'<script type="application/ld\+json">(\{"@context":"https://schema.org","@type":"Bread.*?)</script>'
)
CRUMB = re.compile(r'<li>(?:<a href="([^"]*)">|<span aria-current="page">)(.*?)</(?:a|span)>')
Site = Callable[[], dict[str, str]]
OURS = re.compile(r'<script (?:type="application/ld\+json"|src="/assets/suggest\.\w+\.js" defer)>')
"""Data, and the one script, which nothing needs."""
SERVED = re.compile(r"/(search|parties/|data/|api/|about/|correct/|downloads/[^/]+\.xlsx$)")


def test_every_address_of_the_design_has_its_page(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    wanted = {"index.html", "404.html", "decisions/index.html", "departments/index.html", "rules/index.html"}
    wanted |= {"dictionary/index.html", "inspections/index.html", "months/2026-02/index.html"}
    wanted |= {"days/2026-02-20/index.html", "kinds/penalty/2026-02/index.html"}
    wanted |= {f"kinds/{kind}/index.html" for kind in DECISION_KINDS}
    wanted |= {f"departments/{row['key']}/index.html" for row in public.db.execute("SELECT key FROM departments")}
    assert wanted <= set(pages)
    assert sum(path.startswith("decisions/") and path.endswith(".html") for path in pages) == 42 + 3 + 1
    wanted = {"notices/index.html", "notices/2026-03/index.html", "robots.txt"}
    assert wanted | {"feeds/decisions.atom", "feeds/notices.atom"} <= set(pages)


def test_every_link_leads_to_a_page(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    for path, text in pages.items():
        for href in re.findall(r'(?:href|src|action)="(/[^"#]*)', text):
            file = path_of(unquote(href))
            assert file in pages or SERVED.match(href), (path, href)


def test_no_page_asks_anything_of_another_host_or_runs_a_script(public: Any, site: Site) -> None:
    public.city()
    for path, text in site().items():
        assert not re.search(r'(?:href|src|action)\s*=\s*"?\s*(?:https?:)?//', text), path
        assert not re.search(r"url\((?!['\"]?data:)|@import", text), path
        assert OURS.sub("", text).count("<script") == 0, path
        assert not re.search(r"<\w[^>]*\s(?:style|on\w+)=", text), path


def test_sample_data_says_so_on_every_page_and_real_data_on_none(public: Any, site: Site) -> None:
    public.city()
    assert all("示例数据" in text for path, text in site().items() if path.endswith(".html"))
    public.db.execute("UPDATE meta SET value = '0' WHERE key = 'sample'")
    assert not any("示例数据" in text for text in site().values())


def test_every_page_is_chinese_and_has_one_heading_and_a_place_to_skip_to(public: Any, site: Site) -> None:
    public.city()
    for path, text in site().items():
        if path.endswith(".html"):
            assert '<html lang="zh-CN">' in text, path
            assert text.count("<h1") == 1, path
            assert text.count('<main id="main"') == 1, path
            ids = re.findall(r'\sid="([^"]*)"', text)
            assert len(ids) == len(set(ids)), path


def test_search_engines_are_told_the_breadcrumbs_that_readers_see(public: Any, site: Site) -> None:
    public.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn' WHERE key = 'url'")
    public.decision(legal_basis='《关于“<b>&\\"”的办法》第一条')
    told = {path: BREADCRUMBS.findall(page) for path, page in site().items() if path.endswith("index.html")}
    assert len([path for path, trail in told.items() if trail]) > 20
    for path, page in site().items():
        shown = CRUMB.findall(page[: page.find("</nav>")])
        for trail in told.get(path, ()):
            steps = json.loads(trail)["itemListElement"]
            assert [step["name"] for step in steps] == [unescape(text) for _, text in shown], path
            ways = [step.get("item", "").removeprefix("https://gs.example.gov.cn") for step in steps]
            assert ways == [way for way, _ in shown], path


def test_the_same_database_gives_the_same_bytes(public: Any, site: Site) -> None:
    public.city()
    assert site() == site()


def fingerprints(public: Any, env: Environment, shell: Shell) -> dict[str, tuple[str, bytes]]:
    return {page.path: (page.fingerprint, page.render()) for page in public.plan(env, shell)}


CHANGES: dict[str, Callable[[Any], object]] = {
    "nothing": lambda public: None,
    "a new decision": lambda public: public.decision("licence", day="2026-03-09"),
    "an old one arrives late": lambda public: public.decision("levy", day="2026-02-21"),
    "a correction": lambda public: public.db.execute(
        "UPDATE decisions SET content = '改', corrected = 1, updated_on = '2026-05-01', digest = 'x'"
        " WHERE kind = 'charge'"
    ),
    "a department's telephone": lambda public: public.db.execute("UPDATE departments SET channel_phone = '12345'"),
    "a setting of the site": lambda public: public.db.execute(
        "UPDATE meta SET value = '另一个' WHERE key = 'organiser'"
    ),
    "a withdrawal": lambda public: public.notice(withdrawn_on="2026-04-02"),
    "a notice's reason": lambda public: public.db.execute("UPDATE notices SET reason = '改', digest = 'x'"),
    "a rule": lambda public: public.db.execute("UPDATE rules SET content = '改'"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_whose_fingerprint_stays_has_the_same_bytes(
    public: Any, env: Environment, shell: Shell, change: str
) -> None:
    public.city()
    before = fingerprints(public, env, shell)
    CHANGES[change](public)
    after = fingerprints(public, env, shell)
    for path in before.keys() & after.keys():
        (old, bytes_before), (new, bytes_after) = before[path], after[path]
        if old == new:
            assert bytes_before == bytes_after, path
    if change == "nothing":
        assert before == after


def test_a_new_decision_touches_few_pages(public: Any, env: Environment, shell: Shell) -> None:
    for _ in range(3 * PER_PAGE):
        public.decision("penalty", day="2026-03-05")
    public.decision("penalty", day="2026-03-06")
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    public.decision("penalty", day="2026-03-06")
    after = {page.path: page.fingerprint for page in public.plan(env, shell)}
    changed = {path for path in after if before.get(path) != after[path]}
    assert not any(path.startswith("days/2026-03-05/") for path in changed)
    assert sum(path.startswith("decisions/") for path in changed) == 2, "its own page and the index of all"
    assert not any(path.endswith(("/2.html", "/3.html")) for path in changed)
    assert sum(not path.startswith(("figures/", "feeds/")) for path in changed) < 30


def test_a_decision_that_goes_moves_no_page_of_another_day(public: Any, env: Environment, shell: Shell) -> None:
    days = {day: [public.decision("penalty", day=f"2026-03-{day}") for _ in range(40)] for day in ("02", "05", "20")}
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    for table in ("tags", "parties", "penalty", "decisions"):
        gone = "SELECT sort FROM decisions WHERE id = ?"
        public.db.execute(f"DELETE FROM {table} WHERE sort = ({gone})", (days["02"][3],))
    after = {page.path: page.fingerprint for page in public.plan(env, shell)}
    for base in ("kinds/penalty/2026-03", "departments/11220700MB99000134/2026-03"):
        pages = [path for path in after if path.startswith(f"{base}/")]
        assert sorted(pages) == [f"{base}/{name}.html" for name in ("2", "3", "index")]
        assert [path for path in pages if after[path] != before[path]] == [f"{base}/index.html"]


@pytest.mark.parametrize("days", [{5: 50}, {5: 51}, {1: 10, 5: 120, 6: 1, 31: 49}, dict.fromkeys(range(1, 32), 7)])
def test_every_decision_of_a_month_stands_once_and_in_order(public: Any, site: Site, days: dict[int, int]) -> None:
    ids = [public.decision("penalty", day=f"2026-03-{day:02}") for day, count in days.items() for _ in range(count)]
    pages = site()
    last = sum(path.startswith("kinds/penalty/2026-03/") for path in pages)
    shown = [pages[f"kinds/penalty/2026-03/{name}.html"] for name in ("index", *range(2, last + 1))]
    rows = [re.findall(r'/decisions/[0-9a-f]{2}/([0-9a-f]{16})\.html"', page) for page in shown]
    assert [one for page in rows for one in page] == ids
    assert max(map(len, rows)) <= PER_PAGE


@pytest.mark.parametrize("asked", [entries._OF_MONTH, f"{entries._OF_MONTH} AND kind = 'penalty'"])
def test_what_lists_count_is_read_without_the_decisions_own_rows(public: Any, asked: str) -> None:
    plan = public.db.execute(f"EXPLAIN QUERY PLAN {entries._COLUMNS} {asked}", ("2026-03", "2026-03")).fetchall()
    assert "COVERING INDEX decisions_published" in plan[0]["detail"]


def test_lists_are_numbered_from_the_oldest(public: Any, site: Site) -> None:
    ids = [public.decision("penalty", day="2026-03-05") for _ in range(PER_PAGE + 1)]
    pages = site()
    assert ids[0] in pages["days/2026-03-05/index.html"]
    assert ids[-1] not in pages["days/2026-03-05/index.html"]
    assert ids[-1] in pages["days/2026-03-05/2.html"]
    assert 'href="/days/2026-03-05/2.html"' in pages["days/2026-03-05/index.html"]


def test_an_empty_city_has_pages_that_say_so(site: Site) -> None:
    pages = site()
    assert "还没有公示的决定" in pages["index.html"]
    assert "目前没有正在公示的决定" in pages["kinds/penalty/index.html"]
    assert not any(path.startswith(("months/", "days/")) for path in pages)


@pytest.mark.article("S1.3b")
def test_random_inspections_have_a_list_of_their_own(public: Any, site: Site) -> None:
    found = public.decision("random_inspection")
    public.decision("penalty")
    page = site()["inspections/index.html"]
    assert found in page
    assert "行政处罚</span>" not in page


def test_a_department_shows_the_names_that_it_bore(public: Any, site: Site) -> None:
    page = site()["departments/11220700MB99000134/index.html"]
    assert "松原市工商行政管理局" in page
    assert "1992年7月1日起" in page


def test_the_dictionary_tells_of_every_field_whether_it_is_public(site: Site) -> None:
    page = site()["dictionary/index.html"]
    for word in ("行政处罚决定书文号", "脱敏后公开", "不公开", "《行政执法公示办法》第27条"):
        assert word in page


def test_the_journals_head_is_published_and_touches_one_page(public: Any, env: Environment, shell: Shell) -> None:
    public.city()
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    public.insert("meta", key="head", value="0123abcd" * 8)
    after = {page.path: page for page in public.plan(env, shell)}
    assert {path for path, page in after.items() if page.fingerprint != before[path]} == {"dictionary/index.html"}
    assert b"0123abcd" * 8 in after["dictionary/index.html"].render()


def test_rules_are_shown_with_their_articles(site: Site) -> None:
    page = site()["rules/index.html"]
    assert 'id="term-results"' in page
    assert "行政执法公示办法第二十七条" in page
    assert "公示期限" in page


def test_the_pager_links_ends_and_neighbours() -> None:
    pager = Pager(10, 20, "/days/2026-03-05/")
    assert pager.shown == (1, 8, 9, 10, 11, 12, 20)
    assert pager.href(1) == "/days/2026-03-05/"
    assert pager.href(2) == "/days/2026-03-05/2.html"


class Seen(HTMLParser):
    """The elements and attributes that a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


VOID = {"meta", "link", "input", "br", "img", "source"}


class Nesting(HTMLParser):
    """Complains of an element that is closed in the wrong place or never."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append((tag, self.getpos()[0]))


def test_every_element_is_closed_where_it_should_be(public: Any, site: Site) -> None:
    public.city()
    public.decision(parties=tuple({"name": f"示例{n}公司", "type": "法人及非法人组织"} for n in range(9)))
    for path, text in site().items():
        if path.endswith(".html"):
            nesting = Nesting()
            nesting.feed(text)
            assert (nesting.faults, nesting.open) == ([], []), path


HOSTILE = (
    "<script>alert('x')</script>\"'><img src=x onerror=alert(1)> </script> {{ 7*7 }} <!--shell:footer--> \u202e&amp;"
)


def hostile(value: Any) -> Any:
    """The same content with the hostile words in place of every text."""
    if isinstance(value, list):
        return [hostile(one) for one in value]
    return {name: hostile(one) for name, one in value.items()} if isinstance(value, dict) else HOSTILE


def test_hostile_values_stay_text_everywhere(public: Any, site: Site) -> None:
    public.registers()
    for kind, content in RECORDS.items():
        row = dict.fromkeys(("department_name", "second_body", "outdated_why"), HOSTILE)
        dated = {"second_on": "2026-03-02", "outdated_since": "2026-03-02"}
        public.record(kind, row={**row, **dated}, **hostile(content))
    public.decision(
        "penalty",
        title=HOSTILE,
        document_number=HOSTILE,
        content=HOSTILE,
        facts=HOSTILE,
        legal_basis=HOSTILE,
        agency_name=HOSTILE,
        department_name=HOSTILE,
        remedies=HOSTILE,
        due_text=HOSTILE,
        duty_article=HOSTILE,
        duty_rule=HOSTILE,
        due_article=HOSTILE,
        due_rule=HOSTILE,
        until_article=HOSTILE,
        until_rule=HOSTILE,
        violation_type=HOSTILE,
        parties=({"name": HOSTILE, "type": "法人及非法人组织", "uscc": HOSTILE},),
    )
    public.notice(
        **dict.fromkeys(
            ("department_name", "document_number", "ending_label", "instrument_number", "instrument_agency"), HOSTILE
        ),
        **dict.fromkeys(("reason", "rule", "article"), HOSTILE),
    )
    public.db.execute("UPDATE departments SET name = ?, channel_phone = ?, channel_email = ?", (HOSTILE,) * 3)
    public.db.execute("UPDATE meta SET value = ? WHERE key IN ('site_name', 'organiser', 'domain')", (HOSTILE,))
    public.db.execute("UPDATE rules SET content = ?, article = ?, scope = ?", (HOSTILE,) * 3)
    for path, text in site().items():
        if not path.endswith(".html"):
            continue
        assert "\u202e" not in text, path
        assert text.count("FOOTER") == (0 if path.startswith(("kiosk/", "boards/kiosk/")) else 1), path
        seen = Seen()
        seen.feed(OURS.sub("<script>", text))
        own = {"img", "src"} if path.startswith("figures/") else set()
        assert not (seen.tags - own) & {"img", "iframe", "object", "base", "style"}, path
        assert not any(name.startswith("on") or name in {"style", "src"} for name in seen.attributes - own), path
        assert text.count("</script>") == len(OURS.findall(text)), path
        assert text.count("<script") == text.count("</script>"), path
