"""What a reader finds on the pages of items, guides, departments, lists, texts, and on “12345+”."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from gongshi.records import REGISTRY_KINDS
from gongshi.records.registry.text import OWN, REVIEW
from gongshi.release.cutting import without
from gongshi.render.addresses import item_mark
from gongshi.render.registry.texts import paragraphs
from gongshi.render.words import date_zh
from tests.render.registry.contents import BASIS, RECORDS, STEPS

Site = Callable[[], dict[str, str]]
MARKET, ROADS, COUNTY = "11220700MB99000134", "11220700MB990003XN", "11220721MB9900056K"


def text_of(page: str) -> str:
    """A page's main part without its elements."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def headings(page: str) -> list[tuple[int, str]]:
    main = page[page.index("<main") : page.index("</main>")]
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", main, re.DOTALL)
    return [(int(level), re.sub(r"<[^>]+>", "", words).strip()) for level, words in found]


@pytest.fixture
def item(public: Any, site: Site) -> Callable[..., str]:
    """The page of an item."""

    def made(**content: Any) -> str:
        found = public.record("enforcement_item", **content)
        return site()[f"items/{found}.html"]

    return made


@pytest.mark.article("D8")
@pytest.mark.article("D9")
@pytest.mark.article("D10")
@pytest.mark.article("D12")
def test_an_item_tells_its_basis_its_procedure_and_what_one_may_do_against_it(item: Callable[..., str]) -> None:
    page = item()
    text = text_of(page)
    for cited in BASIS:
        assert all(cited[part] in text for part in ("law", "article", "text"))
    for step in STEPS:
        assert step["name"] in text
    for word in ("2207-CF-001", "没收违法所得和违法经营的食品", "行政复议", "知道之日起六十日内", "陈述、申辩", "较轻"):
        assert word in text, word
    order = [words for level, words in headings(page) if level == 2]
    wanted = ["依据", "权限", "执法流程", "您的权利和救济", "裁量基准", "依此作出的决定", "审核和沿革"]
    assert [words for words in order if words in wanted] == wanted


@pytest.mark.article("D10")
def test_a_procedure_is_a_picture_and_the_same_steps_as_a_list(item: Callable[..., str]) -> None:
    page = item()
    (picture,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    (listed,) = re.findall(r'<ol class="gs-flow-list">.*?</ol>', page, re.DOTALL)
    assert 'role="img"' in picture
    for step in STEPS:
        assert step["name"] in re.sub(r"<[^>]+>", "", picture)
        assert step["name"] in listed
    assert listed.count("<li") == len(STEPS)


def test_an_item_without_steps_says_so(item: Callable[..., str]) -> None:
    page = item(steps=None)
    assert "<svg" not in page
    assert "执法流程尚未公布" in page


def test_a_long_law_opens_on_request_and_a_short_one_stands_there(item: Callable[..., str]) -> None:
    long, short = "条" * 201, "文" * 200
    page = item(
        basis=[
            {"law": "《甲法》", "article": "第一条", "text": long},
            {"law": "《乙法》", "article": "第二条", "text": short},
        ]
    )
    assert re.search(rf"<details>.*?{long}.*?</details>", page, re.DOTALL)
    assert not re.search(rf"<details>[^/]*{short}", page)
    assert short in page


@pytest.mark.article("D5")
def test_what_was_in_force_before_can_be_read_and_what_was_corrected_is_named_only(public: Any, site: Site) -> None:
    before = {**RECORDS["enforcement_item"], "powers": "从前的权限"}
    history = [
        {"on": "2026-01-05", "event": "publish", "fields": []},
        {"on": "2026-02-01", "event": "correct", "fields": ["事项名称"]},
        {
            "on": "2026-06-01",
            "event": "change",
            "fields": ["权限内容"],
            "from": "2026-01-01",
            "to": "2026-05-31",
            "former": before,
        },
    ]
    row = {"history": json.dumps(history), "effective_from": "2026-06-01", "corrected": 1}
    found = public.record("enforcement_item", row=row)
    page = site()[f"items/{found}.html"]
    text = text_of(page)
    assert "更正 2026年2月1日 涉及：事项名称" in text
    assert "2026年1月1日至2026年5月31日的内容" in text
    assert re.search(r"<details.*从前的权限.*</details>.*<aside", page, re.DOTALL), "as wide as what holds today"
    assert "2026年6月1日 起施行" in text


@pytest.mark.article("D22")
def test_who_reviewed_a_list_beside_its_department_is_told(public: Any, site: Site) -> None:
    found = public.record("enforcement_item", row={"second_body": "松原市司法局", "second_on": "2026-02-27"})
    assert "第二道审核 2026年2月27日 由松原市司法局审核" in text_of(site()[f"items/{found}.html"])


@pytest.mark.article("D5")
def test_what_is_over_says_so_and_leaves_the_lists(public: Any, site: Site) -> None:
    over = public.record("enforcement_item", row={"standing": "ended", "effective_to": "2026-04-30"})
    there = public.record("enforcement_item", code="2207-CF-002")
    pages = site()
    assert "有效到2026年4月30日为止，现在不再适用" in pages[f"items/{over}.html"]
    listed = pages[f"items/departments/{MARKET}/index.html"]
    assert "共 1 项" in listed
    assert listed.index(there) < listed.index("已经失效的 1 项") < listed.index(over)
    assert over not in pages[f"departments/{MARKET}/index.html"]


@pytest.mark.article("D25")
def test_what_should_have_followed_a_change_of_law_says_since_when_and_why(public: Any, site: Site) -> None:
    row = {"outdated_since": "2026-10-30", "outdated_why": "食品安全法修正"}
    found = public.record("enforcement_item", row=row)
    pages = site()
    assert "食品安全法修正，本页内容应当在2026年10月30日以前更新" in pages[f"items/{found}.html"]
    assert "待更新" in pages[f"items/departments/{MARKET}/index.html"]


@pytest.mark.article("D22")
def test_a_regions_items_are_gathered_into_one_list(public: Any, site: Site) -> None:
    city, roads = public.record("enforcement_item"), public.record("enforcement_item", department=ROADS)
    county = public.record("enforcement_item", department=COUNTY)
    pages = site()
    of_county = pages["items/regions/220721/index.html"]
    assert county in of_county and city not in of_county
    of_city = pages["items/regions/220700/index.html"]
    assert city in of_city and roads in of_city and county not in of_city
    of_code = pages["items/2207-cf-001/index.html"]
    assert all(one in of_code for one in (city, roads, county))


def test_a_long_list_goes_on_on_further_pages(public: Any, site: Site) -> None:
    for number in range(201):
        public.record("enforcement_item", code=f"2207-CF-{number:03}", steps=None, basis=None)
    pages = site()
    folder = f"items/departments/{MARKET}"
    first, second = pages[f"{folder}/index.html"], pages[f"{folder}/2.html"]
    assert (first.count('<th scope="row"'), second.count('<th scope="row"')) == (200, 1)
    assert f'href="/{folder}/2.html"' in first
    assert "第 2 页，共 2 页" in second


def test_the_decisions_made_under_an_item_stand_on_its_page(public: Any, site: Site) -> None:
    item = public.record("enforcement_item")
    mark = item_mark(MARKET, "2207-CF-001")
    ids = [public.decision(item_code="2207-CF-001", item=mark) for _ in range(11)]
    other = public.decision()
    page = site()[f"items/{item}.html"]
    assert [one for one in ids if one in page] == ids[1:], "the newest ten"
    assert other not in page
    assert f"/search?item={mark}" in page
    public.db.execute("UPDATE decisions SET item = NULL, digest = 'x'")
    page = site()[f"items/{item}.html"]
    assert "还没有写明依此作出的决定" in page
    assert f"/search?kind=penalty&amp;department={MARKET}" in page


@pytest.mark.article("D15")
@pytest.mark.article("D24")
def test_a_guide_tells_every_field_that_the_articles_list(public: Any, site: Site) -> None:
    form = ("食品经营许可申请书", "申请书.pdf", "application/pdf", b"a form")
    found = public.record("service_guide", files=[form])
    page = site()[f"guides/{found}.html"]
    text = text_of(page)
    content = RECORDS["service_guide"]
    values = [value for value in content.values() if isinstance(value, str)]
    for table in ("basis", "materials", "reductions"):
        values += [cell for row in content[table] for cell in row.values()]
    for value in values:
        assert value in text, value
    shown = {field.plain_label for field in REGISTRY_KINDS["service_guide"].public_fields if not field.columns}
    missing = {label for label in shown if label not in text}
    assert missing <= {
        "附件",
        "事项名称",
        "办理流程",
        "优惠政策",
        "咨询电话",
        "网上办理",
        "生效日期",
        "失效日期",
        "变更说明",
    }
    assert page.count("/files/") == 2, "the form stands with its material and among the files"


def test_a_guide_without_a_process_shows_that_of_its_item(public: Any, site: Site) -> None:
    item = public.record("enforcement_item")
    guide = public.record("service_guide", process=None)
    pages = site()
    page = pages[f"guides/{guide}.html"]
    assert "<svg" in page and "调查取证" in page
    assert f"/items/{item}.html" in page
    assert f"/guides/{guide}.html" in pages[f"items/{item}.html"]
    public.db.execute("UPDATE records SET standing = 'ended', digest = 'x' WHERE id = ?", (item,))
    assert "办理流程尚未公布" in site()[f"guides/{guide}.html"]


@pytest.mark.article("S1.1")
@pytest.mark.article("D6")
def test_a_department_is_told_at_one_glance_and_then_in_depth(public: Any, site: Site) -> None:
    public.city()
    page = site()[f"departments/{MARKET}/index.html"]
    tiles = re.findall(r'<li( class="is-missing")?><a href="#(\w+)"><span>(.*?)</span><strong>(.*?)</strong>', page)
    assert [(name, number) for _, name, _, number in tiles] == [
        *(("items", "2 项"), ("officers", "1 人"), ("guides", "1 份")),
        *(("inspections", "1 项"), ("boards", "1 个"), ("decisions", "14 件")),
    ]
    text = text_of(page)
    for word in ("法定行政机关", "管辖市本级", "综合执法大队", "查处案件", "0438-0000002", "松原市工商行政管理局"):
        assert word in text, word
    assert all(f'id="{name}"' in page for _, name, _, _ in tiles), "each leads to its section"


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_that_must_come_down_at_once_leaves_no_word_on_a_page_that_tells_of_it(
    public: Any, site: Site, kind: str
) -> None:
    """What is cut before the next rebuild: a row that names it, or the page as a whole (release/cutting.py)."""
    word = "须立即撤下之词"
    field = {"determination": "content"}.get(kind, REGISTRY_KINDS[kind].heading)
    found = public.record(kind, **{field: word})
    for other in RECORDS.keys() - {kind}:
        public.record(other)
    for path, text in site().items():
        if path.endswith(".html") and found not in path:
            left = without(text.encode(), {found.encode()})
            assert left is None or word not in left.decode(), path


def test_a_departments_gaps_are_said_plainly(public: Any, site: Site) -> None:
    text = text_of(site()[f"departments/{MARKET}/index.html"])
    for gap in (
        "行政执法事项清单",
        "服务指南",
        "执法人员名录",
        "随机抽查事项清单",
        "岗位信息公示牌",
        "制度文本和规范样本",
    ):
        assert f"{gap}尚未公布" in text, gap
    assert text.count("尚未公布") == 6 + 6 + 1 + 3, "the tiles, the sections, who we are, the other lists"


def test_a_department_shows_the_first_ten_and_leads_to_all(public: Any, site: Site) -> None:
    for number in range(11):
        public.record("enforcement_item", code=f"2207-CF-{number:03}")
    page = site()[f"departments/{MARKET}/index.html"]
    assert len(re.findall(r'<a href="/items/[0-9a-f]{16}.html">', page)) == 10
    assert "全部 11 个" in page


def test_no_officers_name_stands_on_a_page_that_search_engines_keep(public: Any, site: Site) -> None:
    public.record("officer", name="示例之员")
    for path, text in site().items():
        assert "示例之员" not in text or 'content="noindex"' in text, path


@pytest.mark.article("S2.2")
@pytest.mark.article("S3.2")
@pytest.mark.article("D11")
def test_a_departments_lists_are_on_one_page_in_full(public: Any, site: Site) -> None:
    public.city()
    page = site()[f"departments/{MARKET}/lists.html"]
    text = text_of(page)
    for kind in ("random_inspection_item", "recording_item", "review_catalogue", "determination"):
        assert f'id="{kind}"' in page
        for value in RECORDS[kind].values():
            assert not isinstance(value, str) or value in text or date_zh(value) in text, value
    levels = [level for level, _ in headings(page)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.article("S5")
def test_the_handbook_holds_everything_but_officers_boards_and_the_numbers_of_a_year(public: Any, site: Site) -> None:
    public.city()
    text = text_of(site()[f"departments/{MARKET}/handbook.html"])
    for kind, content in RECORDS.items():
        found = content["duties"] if kind in {"subject", "post_board"} else content[REGISTRY_KINDS[kind].heading]
        assert (found in text) == (kind not in {"officer", "post_board", "annual_figures"}), kind


@pytest.mark.article("S0")
def test_a_text_has_its_catalogue_fields_and_its_articles(public: Any, site: Site) -> None:
    found = public.record("normative_text")
    page = site()[f"texts/{found}.html"]
    text = text_of(page)
    for name in ("index_number", "classification", "issuer", "title", "document_number"):
        assert RECORDS["normative_text"][name] in text
    assert "成文日期 2019年11月1日" in text
    assert "发布日期 2019年11月5日" in text
    assert "<strong>第一条</strong>" in page


PARAGRAPHS = {
    "第一章 总则": ("", "第一章 总则", True),
    "第十二条之一 本法所称": ("第十二条之一", "本法所称", False),
    "一、总体要求": ("一、", "总体要求", False),
    "第一章的规定适用": ("", "第一章的规定适用", False),
    "附则": ("", "附则", False),
}


@pytest.mark.parametrize("line", PARAGRAPHS)
def test_a_line_of_a_text_is_a_chapter_an_article_or_a_paragraph(line: str) -> None:
    assert tuple(paragraphs(f"\n  {line}  \n\n")) == (PARAGRAPHS[line],)


@pytest.mark.article("D16")
def test_a_determination_says_whose_it_is_and_what_is_published(public: Any, site: Site) -> None:
    found = public.record("determination", department=ROADS)
    text = text_of(site()[f"determinations/{found}.html"])
    assert "松原市交通运输局行政收费公开内容的确定" in text
    assert RECORDS["determination"]["content"] in text
    assert "松交发〔2026〕8号" in text


def cells(page: str, key: str) -> list[str]:
    """What the matrix says of a department, cell by cell."""
    (row,) = re.findall(rf'<tr role="row"><th[^>]*><a href="/departments/{key}/">.*?</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]


@pytest.mark.article("S5")
def test_for_every_department_it_is_said_what_is_there_missing_or_out_of_date(public: Any, site: Site) -> None:
    public.record("normative_text")
    public.record("officer", row={"validity": "expired"})
    public.record("subject")
    public.record("enforcement_item", row={"outdated_since": "2026-10-30", "outdated_why": "修法"})
    public.record("enforcement_item", code="x-1", steps=None, department=ROADS)
    public.record("enforcement_item", code="x-2", department=ROADS)
    pages = site()
    page = pages["registers/index.html"]
    market, roads, county = (cells(page, key) for key in (MARKET, ROADS, COUNTY))
    assert market[:4] == ["缺", "1 条", "过期 （公布过的都已经失效）", "1 件"]
    assert market[6] == "过期 2026年10月30日 起 （修法）"
    assert roads == ["缺", "缺", "缺", "全市", "缺", "缺", "2 项", "缺", "缺", "缺", "1/2 幅", "缺", "缺", "缺", "缺"]
    assert county == [*["缺"] * 3, "全市", *["缺"] * 11]
    rows = list(csv.DictReader(io.StringIO(pages["registers/registers.csv"].removeprefix("\ufeff"))))
    assert len(rows) == 3 * 15
    found = {(row["部门代码"], row["项目"]): row for row in rows}
    assert found[MARKET, "执法事项"] | {"部门": ""} == {
        "区域": "松原市",
        "部门代码": MARKET,
        "部门": "",
        "要求": "4 张清单",
        "项目": "执法事项",
        "状态": "过期",
        "件数": "1",
        "过期自": "2026-10-30",
        "原因": "修法",
    }
    assert found[COUNTY, "服务指南"]["状态"] == "缺"


def test_a_countys_text_is_not_the_citys(public: Any, site: Site) -> None:
    public.record("normative_text", department=COUNTY)
    page = site()["registers/index.html"]
    assert cells(page, COUNTY)[3] == "1 件"
    assert cells(page, MARKET)[3] == "缺"


@pytest.mark.article("L14")
def test_a_departments_own_rules_of_legal_review_are_filed_as_its_own(public: Any, site: Site) -> None:
    found = public.record("normative_text", department=ROADS, category=REVIEW, applies_to=OWN)
    pages = site()
    page = pages["registers/index.html"]
    assert (cells(page, ROADS)[5], cells(page, MARKET)[5]) == ("1 件", "缺")
    assert "<strong>第一条</strong>" in pages[f"texts/{found}.html"]


def test_a_file_lies_under_each_name_that_a_record_gives_it(public: Any, site: Site) -> None:
    body = b"\x00\xffpdf"
    for name in ("甲.pdf", "乙.pdf"):
        public.record("normative_text", title=name, files=[("附件", name, "application/pdf", body)])
    found = [path for path in site() if path.startswith("files/")]
    assert sorted(path.rpartition("/")[2] for path in found) == ["乙.pdf", "甲.pdf"]
    assert len({path.split("/")[1] for path in found}) == 1


@pytest.mark.article("D7")
def test_the_sitemap_names_items_guides_and_texts_but_no_officer_and_no_board(public: Any, site: Site) -> None:
    public.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn' WHERE key = 'url'")
    ids = {kind: public.record(kind) for kind in RECORDS}
    named = "".join(text for path, text in site().items() if path.startswith("sitemap"))
    for kind, declared in REGISTRY_KINDS.items():
        assert (ids[kind] in named) == bool(declared.folder and declared.indexed), kind
    assert "https://gs.example.gov.cn/registers/" in named
