"""What stays after a withdrawal: a page at the decision's address, a mark beside it, a list; nothing of its content."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.render.decisions.page import address
from gongshi.render.look.shell import Shell
from gongshi.render.notices.pages import PER_PAGE

SITE_SRC = Path(__file__).parents[2] / "site_src"
Site = Callable[[], dict[str, str]]


@pytest.fixture
def page(public: Any, site: Site) -> Callable[..., str]:
    """Publishes one notice and gives its page."""

    def make(*kind: str, **values: Any) -> str:
        found = public.notice(*kind, **values)
        return site()[address(found)[1:]]

    return make


def main_of(page: str) -> str:
    """What a reader reads, without markup."""
    return re.sub(r"<[^>]+>", "", page.partition('<main id="main"')[2].partition("</main>")[0])


@pytest.mark.article("D28")
@pytest.mark.article("S1.3")
def test_a_notice_says_which_decision_went_when_why_and_by_what(page: Callable[..., str]) -> None:
    text = main_of(page(document_number="松市监罚〔2026〕15号"))
    for said in (
        "这条行政处罚信息已经依法撤下",
        "松原市市场监督管理局",
        "松市监罚〔2026〕15号",
        "2026年1月2日",
        "2026年1月5日",
        "2026年3月20日撤下",
        "原决定已被依法撤销",
        "松原市人民政府",
        "松政复决〔2026〕7号",
        "2026年3月16日",
        "2026年3月18日",
        "认定事实的主要证据不足",
        "行政处罚法第四十八条",
        "保留到2031年1月5日",
    ):
        assert said in text, said


@pytest.mark.article("D13")
@pytest.mark.article("D31")
def test_a_notice_says_where_to_ask_and_how_to_have_it_corrected(public: Any, site: Site) -> None:
    found = public.notice()
    text = site()[address(found)[1:]]
    assert "0438-0000001" in text
    assert f'<a class="gs-action" href="/correct/{found}" rel="nofollow">申请更正</a>' in text


def test_a_notice_is_kept_by_no_search_engine_and_names_no_one(page: Callable[..., str]) -> None:
    text = page()
    found = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', text))
    assert found["robots"] == "noindex,noarchive"
    assert found["ColumnName"] == "撤下说明"
    assert found["PubDate"] == "2026-03-20"
    assert {"SiteName", "ArticleTitle", "ContentSource", "Keywords", "Description", "Url"} <= set(found)
    assert "canonical" not in text
    assert "ld+json" not in text


@pytest.mark.parametrize(
    ("ending", "label", "said"),
    [
        ("changed", "变更", "决定的内容以变更后的为准"),
        ("redo", "责令重新作出", "重新作出的决定依法应当公示的，另行公示"),
        ("revoked", "撤销", ""),
        ("unlawful", "确认违法", ""),
        ("void", "确认无效", ""),
    ],
)
def test_each_kind_of_end_is_explained(page: Callable[..., str], ending: str, label: str, said: str) -> None:
    text = main_of(page(ending=ending, ending_label=label))
    assert f"原决定已被依法{label}" in text
    assert said in text
    assert ("以变更后的为准" in text) == (ending == "changed")


def test_what_is_not_known_of_an_end_leaves_no_empty_line(page: Callable[..., str]) -> None:
    optional = ("document_number", "instrument_number", "instrument_agency", "instrument_date", "effective_on")
    text = page("levy", **dict.fromkeys((*optional, "rule", "article", "notice_until")))
    assert "<dd></dd>" not in text
    assert "None" not in text
    assert "行政征收信息撤下说明：2026年1月2日的行政征收决定" in text


def test_beside_a_notice_lies_the_mark_by_which_it_is_answered_as_gone(
    public: Any, env: Environment, shell: Shell
) -> None:
    found = address(public.notice())[1:]
    paths = [page.path for page in public.plan(env, shell)]
    mark = found.replace(".html", ".gone")
    assert paths.index(mark) < paths.index(found), "a notice is never served as an ordinary page"
    assert next(page.render() for page in public.plan(env, shell) if page.path == mark) == b""


def test_the_list_shows_the_newest_withdrawal_first_and_the_months(public: Any, site: Site) -> None:
    old = public.notice(withdrawn_on="2025-12-31")
    newest = public.notice(withdrawn_on="2026-03-21")
    middle = public.notice(withdrawn_on="2026-03-20")
    index = site()["notices/index.html"]
    places = [index.index(address(one)) for one in (newest, middle, old)]
    assert places == sorted(places)
    assert 'href="/notices/2026-03/">3月<small>2 件</small>' in index
    assert 'href="/notices/2025-12/"' in index
    assert site()["notices/2025-12/index.html"].count("/decisions/") >= 1


def test_without_a_withdrawal_the_list_says_so(site: Site) -> None:
    pages = site()
    assert "目前没有撤下说明" in pages["notices/index.html"]
    assert not [path for path in pages if path.startswith("notices/2")]


def test_a_new_notice_touches_its_own_page_the_last_of_its_month_and_the_index(
    public: Any, env: Environment, shell: Shell
) -> None:
    for _ in range(2 * PER_PAGE - 1):
        public.notice()
    public.notice(withdrawn_on="2026-02-01")
    before = {page.path: page.fingerprint for page in public.plan(env, shell)}
    found = address(public.notice(withdrawn_on="2026-03-31"))[1:]
    after = {page.path: page.fingerprint for page in public.plan(env, shell)}
    changed = {path for path in after if before.get(path) != after[path]}
    assert {path for path in changed if not path.startswith("figures/")} == {
        found,
        found.replace(".html", ".gone"),
        "notices/index.html",
        "notices/2026-03/index.html",  # the count of the whole month stands on its first page
        "notices/2026-03/2.html",
        "feeds/notices.atom",
        "feeds/notices.json",
        "feeds/notices/11220700MB99000134.atom",
        "feeds/notices/11220700MB99000134.json",
        *("404.html", "dictionary/index.html"),  # they say when anything last changed
    }
    assert {"figures/index.html", "figures/11220700MB99000134/index.html", "figures/figures.csv"} <= changed


def test_a_citizen_finds_the_list_from_the_front_page_and_from_an_address_that_is_gone(site: Site) -> None:
    pages = site()
    assert 'href="/notices/"' in pages["404.html"]
    assert 'href="/notices/"' in pages["decisions/index.html"]
    theme = (SITE_SRC / "theme" / "partials" / "gongshi-footer.html").read_text(encoding="utf-8")
    assert '<a href="/notices/">撤下说明</a>' in theme
