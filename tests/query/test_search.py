"""The search page and its address, over real HTTP."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.query.tokens import normalise


def paths(page: str) -> list[str]:
    return re.findall(r'<h3>.*?<a href="(/decisions/[^"]+)"', page)


def expected(decisions: list[Any], *words: str) -> list[str]:
    """By Python's own `in`: the newest first."""
    found = [d for d in decisions if all(any(normalise(w) in normalise(text) for text in d.texts) for w in words)]
    return [d.path for d in sorted(found, key=lambda d: -d.sort)]


@pytest.mark.parametrize(
    "query",
    ["罚", "运输", "占道经营", "责令改正违法行为", "𬭩", "特种轴承", "2026〕1", "生态环境", "市 许可证", "，"],
)
def test_any_substring_of_any_column_is_found_newest_first(web: httpx.Client, decisions: list[Any], query: str) -> None:
    wanted = expected(decisions, *query.split())
    assert wanted
    page = web.get("/search", params={"q": query, "order": "newest"}).text
    assert paths(page) == wanted[:20]
    assert f"找到 {len(wanted)} 条" in page


@pytest.mark.parametrize(
    "number",
    ["松市监罚〔2026〕15号", "松市监罚[2026]15号", "松市监罚（2026）15号", "罚﹝2026﹞15", "市监罚【2026】15"],
)
def test_a_document_number_is_found_by_any_bracket(web: httpx.Client, make: Any, number: str) -> None:
    assert paths(web.get("/search", params={"q": number}).text) == [make.Decision(90_000).path]


def test_a_title_that_was_copied_finds_its_decision(web: httpx.Client, decisions: list[Any]) -> None:
    for one in decisions[::20]:
        title = one.public.row["title"]
        across = title[title.index("对") - 3 : title.index("作出") + 4]
        for copied in (title, across):
            found = web.get("/api/v1/decisions", params={"q": copied, "year": one.decided_on[:4]}).json()["items"]
            assert one.id in [item["id"] for item in found], copied


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "松市监罚《2026》15号",
            "松市监罚<2026>15号",
            "松市监罚｛2026｝15号",
            "松市监罚〔2026〕第15号",
            "松市监罚〔2026〕第0015号",
        ),
        *("“松市监罚〔2026〕15号”", "《松市监罚〔2026〕15号》", "轴承，15号", "轴承、15号", "轴承+15号", "轴承/15号"),
        *("轴承 罚款人民币5,000元", "轴承 人民币５，０００元", "2026-03-02 轴承", "轴承 2026.3.2"),
    ],
)
def test_what_was_meant_is_found_where_nothing_stands_as_it_was_typed(web: httpx.Client, make: Any, typed: str) -> None:
    page = web.get("/search", params={"q": typed}).text
    assert paths(page) == [make.Decision(90_000).path]
    assert "完全一致" in page or "按文号" in page
    asked = web.get("/api/v1/decisions", params={"q": typed}).json()
    assert asked["total"] == {"value": 0, "exact": True}, "programs are told what stands there, and nothing else"


@pytest.mark.parametrize(
    "typed", ["220702198001011234", "22070219800101123X", "220702-19800101-1234", "220702********1234", "13804381234"]
)
def test_numbers_like_a_person_s_find_nothing_and_suggest_nothing(web: httpx.Client, typed: str) -> None:
    page = web.get("/search", params={"q": typed}).text
    assert paths(page) == []
    assert "没有找到" in page
    assert "完全一致" not in page


def test_what_was_taken_for_a_number_can_be_searched_for_as_it_stands(web: httpx.Client, make: Any) -> None:
    page = web.get("/search", params={"q": "2026-15"}).text
    assert paths(page)[0] == make.Decision(90_000).path
    found = re.search(r'查找。 <a href="([^"]+)">查找文字“2026-15”</a>', page)
    assert found
    literal = web.get(unescape(found[1])).text
    assert "按文号" not in literal
    assert paths(literal) == []


def test_several_words_must_all_stand(web: httpx.Client, make: Any) -> None:
    assert paths(web.get("/search", params={"q": "15号 轴承　改正"}).text) == [make.Decision(90_000).path]
    assert paths(web.get("/search", params={"q": "15号 轴承 无此词"}).text) == []


def test_all_pages_together_are_all_hits_once(web: httpx.Client, decisions: list[Any]) -> None:
    address, seen = "/search?q=商贸&order=newest", []
    while address:
        page = web.get(address).text
        seen += paths(page)
        after = re.search(r'href="([^"]+)" rel="next"', page)
        address = unescape(after[1]) if after else ""
    assert seen == expected(decisions, "商贸")
    assert "没有更多结果" in web.get("/search?q=商贸&page=99").text


def test_counts_of_facets_are_what_a_click_gives(web: httpx.Client) -> None:
    for start in ("/search?q=运输", "/search", "/search?q=运输&kind=penalty", "/search?year=2025"):
        page = web.get(start).text
        links = re.findall(r'<li><a href="([^"]+)"(?: aria-current="true")?>[^<]*</a><span>([0-9,]+)</span>', page)
        assert len(links) > 5
        chosen = parse_qs(urlsplit(start).query)
        for href, count in links:
            asked = parse_qs(urlsplit(unescape(href)).query)
            if set(chosen) - set(asked):
                continue  # this link takes a chosen facet away
            clicked = web.get(unescape(href)).text
            assert re.search(rf"(找到|已公示) {count} 条", clicked), (start, href, count)


def test_what_a_department_wrote_never_becomes_markup(web: httpx.Client) -> None:
    page = web.get("/search", params={"q": "引号"}).text
    assert "&lt;b&gt;<mark>引号</mark>&#34;与&#39;尖括号&lt;/b&gt;有限公司" in page
    assert "<b>引号" not in page
    for hostile in (
        '"><script>alert(1)</script>',
        "'\" OR 1=1 --",
        "NEAR(a b)",
        "a*",
        "facts:甲",
        "^甲",
        "{甲}",
    ):
        answer = web.get("/search", params={"q": hostile})
        assert answer.status_code == 200
        assert hostile not in answer.text or "<" not in hostile


def test_an_excerpt_shows_the_field_that_was_hit(web: httpx.Client) -> None:
    page = web.get("/search", params={"q": "轴承"}).text
    assert "<b>违法行为类型：</b>销售不合格特种<mark>轴承</mark>" in page
    page = web.get("/search", params={"q": "执照正"}).text
    assert "<b>处罚内容：</b>吊销营业<mark>执照正</mark>本" in page, "a field in which the parties differ"
    page = web.get("/search", params={"q": "ma0000000x"}).text
    assert "<b>统一社会信用代码：</b>91220700<mark>MA0000000X</mark>" in page


def test_nothing_asked_shows_the_newest_of_all(web: httpx.Client, decisions: list[Any]) -> None:
    page = web.get("/search").text
    assert f"已公示 {len(decisions)} 条" in page
    newest = sorted(decisions, key=lambda d: -d.sort)[:20]
    assert paths(page) == [d.path for d in newest]


def test_no_hit_says_what_to_try_and_whom_to_ask(web: httpx.Client, make: Any) -> None:
    answer = web.get("/search", params={"q": "查无此词 另一个词", "kind": "penalty"})
    assert answer.status_code == 200
    for advice in ("可以试试", "取消已选的条件", "少用几个词", "张某某", "为什么查不到", "仍然没有找到"):
        assert advice in answer.text
    assert "打电话问" in web.get("/search", params={"q": "查无此词", "department": make.market}).text


@pytest.mark.parametrize(
    ("query", "status", "advice"),
    [
        ({"q": "罚" * 100}, 200, "没有找到"),
        ({"q": "罚" * 201}, 400, "检索词最多 200 个字"),
        ({"q": "甲 乙 丙 丁 戊 己 庚 辛 壬"}, 400, "最多检索 8 个词"),
        ({"q": "罚", "kind": "nothing"}, 400, "没有“nothing”这个执法类别"),
        ({"q": "罚", "department": "1"}, 400, "公示部门"),
        ({"q": "罚", "year": "26"}, 400, "四位数字"),
        ({"q": "罚", "order": "oldest"}, 400, "newest"),
        ({"q": "罚", "page": "0"}, 400, "从 1 开始"),
        ({"q": "罚", "page": "501"}, 400, "最多翻到第 500 页"),
        ({"q": " \u200b\u3000"}, 200, "已公示"),
        ({"q": "罚", "utm_source": "x"}, 200, "找到"),
    ],
)
def test_every_question_gets_a_page_with_advice(
    web: httpx.Client, query: dict[str, str], status: int, advice: str
) -> None:
    answer = web.get("/search", params=query)
    assert answer.status_code == status
    assert advice in answer.text
    assert '<input id="q"' in answer.text
    if status == 400 and len(query["q"]) < 100:
        assert f'value="{query["q"]}"' in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.binary(max_size=40) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_bytes_are_asked_there_is_a_page(web: httpx.Client, query: bytes) -> None:
    for address in (f"/search?q={quote(query)}", f"/api/v1/decisions?q={quote(query)}"):
        assert web.get(address).status_code in (200, 400)


def test_best_first_finds_the_same_in_another_order(web: httpx.Client) -> None:
    newest = web.get("/search", params={"q": "运输 许可", "order": "newest"}).text
    best = web.get("/search", params={"q": "运输 许可", "order": "best"}).text
    assert re.search(r"找到 \d+ 条", newest)[0] == re.search(r"找到 \d+ 条", best)[0]  # type: ignore[index]
    assert re.search(r'aria-current="true">最相关</a>', best)
    assert paths(newest) != paths(best)


def test_the_page_wears_the_sites_shell_and_no_script(web: httpx.Client) -> None:
    answer = web.get("/search?q=罚")
    for part in (
        '<html lang="zh-CN">',
        "松原市页眉",
        "松原市页脚",
        "示例数据",
        'role="search"',
        '<label for="by-from">',
    ):
        assert part in answer.text
    assert re.findall(r"<script[^>]*>", answer.text) == re.findall(
        r'<script src="/assets/suggest\.\w+\.js" defer>', answer.text
    )
    assert " style=" not in answer.text
    assert not re.search(r"(?:src|href|action)=\"(?![/#])", answer.text)
    assert answer.headers["cache-control"] == "max-age=0, must-revalidate"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_every_form_field_has_a_label(web: httpx.Client) -> None:
    page = web.get("/search?q=罚").text.partition("<main")[2]
    ids = re.findall(r'<(?:input|select) id="([^"]+)"', page)
    assert ids == ["q", "by-from", "by-to"]
    assert all(f'for="{name}"' in page for name in ids)


def test_every_answer_says_from_what_day_its_data_are_and_who_publishes_them(web: httpx.Client) -> None:
    """Day and source stand on every page, on one that was made for this question and on one that found nothing, too."""
    days = {
        re.findall(r'本页内容最后更新：<time datetime="([\d-]+)">', web.get("/search", params={"q": typed}).text)[0]
        for typed in ("罚", "", "没有这样的内容")
    }
    assert len(days) == 1
    (day,) = days
    assert day >= "2026-09-30", "the day of every decision there is; a record may be newer"
    assert "来源：" in web.get("/search").text
