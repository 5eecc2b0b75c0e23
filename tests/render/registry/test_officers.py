"""Officers' pages: whether a certificate holds today is said first, and in words (D7, D14, S3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Page
from gongshi.render.press import Press
from gongshi.render.registry.officers import officer_page, officers_index, officers_of

MARKET, ROADS = "11220700MB99000134", "11220700MB990003XN"


@pytest.fixture
def press(public: Any, env: Environment, shell: Shell) -> Press:
    return Press(public.db, env, shell, NOTHING)


def texts(pages: Iterable[Page]) -> dict[str, str]:
    return {page.path: page.render().decode() for page in pages}


def read(html: str) -> str:
    """What a reader reads of a page, without blanks."""
    main = html.partition('<main id="main" tabindex="-1">')[2].partition("</main>")[0]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", main))


HOLDS = {
    "valid": ({"validity": "valid"}, {}, "证件有效", "今天有效，有效期至2028年6月30日。"),
    "expired": ({"validity": "expired"}, {}, "证件无效", "今天无效：有效期已于2028年6月30日届满，目前不能据以执法。"),
    "not yet": ({"validity": "not_yet"}, {}, "证件无效", "今天无效：自2023年7月1日起才有效，目前不能据以执法。"),
    "suspended, shown": ({"validity": "suspended"}, {"state": "暂扣"}, "证件无效", "今天无效（证件状态：暂扣）："),
    "suspended, not shown": ({"validity": "invalid"}, {"state": None}, "证件无效", "今天无效：目前不能据以执法。"),
    "off the list": (
        {"standing": "ended", "effective_to": "2026-02-28"},
        {},
        "证件无效",
        "今天无效：2026年2月28日以后不再列入松原市市场监督管理局的执法人员，目前不能据以执法。",
    ),
}


@pytest.mark.article("D7")
@pytest.mark.article("D14")
@pytest.mark.parametrize("case", HOLDS)
def test_the_first_line_says_whether_the_certificate_holds_today(public: Any, press: Press, case: str) -> None:
    row, content, word, said = HOLDS[case]
    dates = {"valid_from": "2023-07-01", "valid_to": "2028-06-30"}
    officer = press.registry.one(public.record("officer", row=row, **dates, **content))
    assert officer
    (page,) = texts(officer_page(press, officer)).values()
    assert read(page).startswith(f"{word}{officer.title}")
    assert said in read(page)
    assert "证件状态有效" not in read(page), "the days may say otherwise"
    assert ("请拨打监督举报电话0438-0000001" in read(page)) is (word == "证件无效")
    assert '<meta name="robots" content="noindex">' in page


def test_the_code_leads_to_the_page_itself(public: Any, env: Environment, shell: Shell) -> None:
    public.db.execute("UPDATE meta SET value = 'https://example.invalid' WHERE key = 'url'")
    press = Press(public.db, env, shell, NOTHING)
    officer = press.registry.one(public.record("officer"))
    assert officer
    (page,) = texts(officer_page(press, officer)).values()
    assert f'aria-label="二维码：https://example.invalid{officer.href}"' in page
    assert "本站网址未设置" not in page


@pytest.mark.article("S3.1")
def test_the_index_counts_officers_valid_ones_and_reviewers_of_every_department(public: Any, press: Press) -> None:
    public.insert(
        "rules",
        **dict.fromkeys(("in_force_from", "in_force_to", "decided_by", "decided_on"), None),
        id="S3.1-share",
        question="reviewers_share",
        effect="may",
        scope="全部",
        issuer="x",
        content="法制审核人员的比例：原则上不少于执法人员的5%",
        article="责任分工方案一（三）1",
        basis="x",
        position=9,
    )
    for number in range(1, 4):
        row = {"validity": "expired" if number == 3 else "valid"}
        flag = "1" if number != 2 else None
        public.record("officer", certificate_number=f"2207010000{number}", legal_reviewer=flag, row=row)
    public.record("officer", department=ROADS, certificate_number="22070200001", legal_reviewer=None)
    public.record("officer", certificate_number="22070100009", row={"standing": "ended"})
    (page,) = texts(officers_index(press)).values()
    said = read(page)
    assert "松原市市场监督管理局3人2人1人50%松原市" in said
    assert "松原市交通运输局1人1人0人不足0%" in said
    assert "前郭尔罗斯蒙古族自治县水利局尚未公布" in said
    assert "原则上不少于执法人员的5%（责任分工方案一（三）1）" in page


def test_a_departments_list_has_those_in_force_by_number(public: Any, press: Press) -> None:
    for number, standing in (("22070100002", "in_force"), ("22070100001", "in_force"), ("22070100003", "ended")):
        public.record("officer", name=f"示{number[-1]}", certificate_number=number, row={"standing": standing})
    pages = texts(officers_of(press, MARKET))
    (page,) = pages.values()
    assert list(pages) == [f"officers/departments/{MARKET}/index.html"]
    assert re.findall(r"2207010000\d", page) == ["22070100001", "22070100002"]
    assert '<meta name="robots" content="noindex">' in page


def test_a_long_list_has_pages(public: Any, press: Press) -> None:
    for number in range(201):
        public.record("officer", certificate_number=f"22070100{number:03}")
    pages = texts(officers_of(press, MARKET))
    base = f"officers/departments/{MARKET}"
    assert list(pages) == [f"{base}/index.html", f"{base}/2.html"]
    assert "22070100200" in pages[f"{base}/2.html"]
    assert "共 201 人" in pages[f"{base}/index.html"]


def test_nothing_of_what_is_not_declared_reaches_a_page(public: Any, press: Press) -> None:
    officer = press.registry.one(public.record("officer", state_on="2026-02-01", remarks="内部备注一二三"))
    assert officer
    (page,) = texts(officer_page(press, officer)).values()
    assert "2026年2月1日" not in page
    assert "内部备注" not in page
