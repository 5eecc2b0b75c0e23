"""A decision's page says what was decided, by what right, when it had to be public, and where to turn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from gongshi.law.citing import law_id, names_cited
from gongshi.records import DECISION_KINDS
from gongshi.records.field import Scope
from gongshi.render.decisions.basis import pieces
from gongshi.render.decisions.page import address
from gongshi.render.labels import label
from gongshi.render.look.shell import Shell

COMPANY = {"name": "松原示例商贸有限公司", "type": "法人及非法人组织", "uscc": "91220700MA0000000X"}
PERSON = {"name": "张某某", "type": "自然人"}
TRADER = {"name": "宁江区老味道小吃店（示例）", "type": "个体工商户", "uscc": "92220702MA00000009"}
BASIS = "依据《中华人民共和国食品安全法》第一百二十四条、〈道路运输条例〉（2023修订）第三条的规定"
REMEDIES = "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议。"


@pytest.fixture
def page(public: Any, env: Environment, shell: Shell) -> Callable[..., str]:
    """Publishes one decision and gives its page."""

    def make(kind: str = "penalty", **values: Any) -> str:
        wanted = address(public.decision(kind, **values))[1:]
        return next(page.render().decode() for page in public.plan(env, shell) if page.path == wanted)

    return make


@pytest.mark.article("D16")
@pytest.mark.article("D17")
@pytest.mark.parametrize("kind", DECISION_KINDS)
def test_every_public_field_with_a_value_is_shown_under_its_label_in_the_declared_order(
    page: Callable[..., str], public: Any, kind: str
) -> None:
    text = page(kind)
    shown = re.findall(r"<dt>(.*?)</dt>", text.split('id="facts"')[1].split('id="remedies"')[0])
    row = public.db.execute(f"SELECT * FROM decisions d JOIN {kind} k ON k.sort = d.sort").fetchone()
    wanted = [
        label(field)
        for field in DECISION_KINDS[kind].public_fields
        if field.scope is not Scope.PARTY
        and field.name not in {"remedies", "publish_until"}
        and (field.name == DECISION_KINDS[kind].event or row[field.name])
    ]
    assert shown == wanted
    assert DECISION_KINDS[kind].label in text


def test_no_internal_field_has_a_place_on_the_page(page: Callable[..., str]) -> None:
    text = page()
    for field in DECISION_KINDS["penalty"].fields:
        if not field.is_public and field.label not in {"首次公示日期", "证件号码", "法定代表人"}:
            assert f"<dt>{field.label}</dt>" not in text


@pytest.mark.article("D12")
def test_rights_and_remedies_are_the_decisions_own_words(page: Callable[..., str]) -> None:
    text = page(remedies=REMEDIES)
    assert REMEDIES in text
    assert "以上为决定书载明的告知内容" in text
    assert "期限自送达或者知道之日起计算" in text


@pytest.mark.article("D12")
def test_without_own_words_the_general_rights_are_named_and_no_date_is_computed(page: Callable[..., str]) -> None:
    text = page(remedies=None)
    assert "申请行政复议或者提起行政诉讼" in text
    assert "期限自送达或者知道之日起计算" in text


def test_a_known_day_of_service_is_said(page: Callable[..., str]) -> None:
    assert "本决定于2026年3月4日送达" in page(served_on="2026-03-04")


@pytest.mark.article("D13")
def test_the_departments_channel_is_on_the_page(page: Callable[..., str]) -> None:
    text = page()
    for value in ("0438-0000001", "jiandu01@example.invalid", "松原市示例大街1号", "138000", "60日内办结"):
        assert value in text


def test_each_law_of_the_basis_leads_to_the_decisions_that_cite_it(site: Any, public: Any) -> None:
    public.decision(legal_basis=BASIS)
    pages = site()
    (text,) = (pages[path] for path in pages if path.startswith("decisions/") and path != "decisions/index.html")
    laws = re.findall(r'<a href="/(laws/\w+/)">(.*?)</a>', text)
    assert [name for _, name in laws] == ["《中华人民共和国食品安全法》", "〈道路运输条例〉"]
    assert all(f"{address}index.html" in pages for address, _ in laws)
    assert re.sub(r"<a [^>]*>|</a>", "", text).count(BASIS) == 1


@given(st.text("《》〈〉<>＜＞()（）\n 法律条例2021修正\u0338①", max_size=40))
def test_the_pieces_of_a_basis_are_the_basis_and_link_what_is_cited(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    linked = {piece.href for piece in found if piece.href}
    assert linked in ({f"/laws/{law_id(name)}/" for name in names_cited(text)}, set())


@pytest.mark.parametrize(("in_force", "said"), [(1, "有效"), (0, "已失效"), (None, "")])
def test_a_licence_says_whether_it_is_in_force(page: Callable[..., str], in_force: int | None, said: str) -> None:
    found = re.search(r'<p class="gs-tags">.*?</p>', page("licence", in_force=in_force), re.DOTALL)
    assert found and re.findall(r"<span[^>]*>(.*?)</span>", found[0]) == ([said] if said else [])


def related_of(text: str) -> list[tuple[str, str]]:
    return re.findall(
        r'<li><a href="(.*?)">(.*?)</a></li>', text.split('id="related"')[1].split("</section>", maxsplit=1)[0]
    )


def test_what_has_to_do_with_a_decision_is_a_click_away_and_counts_nothing(page: Callable[..., str]) -> None:
    links = dict(related_of(page(parties=(COMPANY, PERSON, TRADER), item_code="2207-CF-001", item="0" * 16)))
    assert links["/parties/91220700MA0000000X"] == "松原示例商贸有限公司的全部决定"
    assert links[f"/search?item={'0' * 16}"] == "同一事项的决定"
    assert links[f"/search/item/{'0' * 16}"] == "执法事项：依据、流程和救济"
    assert links["/departments/11220700MB99000134/2026-03/"]
    assert not any(TRADER["uscc"] in href or "张某某" in text for href, text in links.items())


def test_how_to_cite_a_decision_is_written_out(page: Callable[..., str]) -> None:
    text = page(document_number="松市监罚〔2026〕15号")
    told = "松原市市场监督管理局：松市监罚〔2026〕15号，2026年3月2日，松原市行政执法信息公示平台（示例）"
    assert f'<p class="gs-text">{told}</p>' in text


@pytest.mark.article("D27")
@pytest.mark.parametrize(
    ("day", "values", "said", "unsaid"),
    [
        ("2026-03-11", {}, "按期公示", "超期公示"),
        ("2026-03-12", {}, "超期公示", "按期公示"),
        ("2026-03-12", {"due_provisional": 1}, "暂定", "超期公示"),
        ("2021-03-12", {"earlier": 1, "legal_due": None}, "不参加及时性统计", "超期公示"),
    ],
)
def test_when_it_had_to_be_public_and_when_it_was(
    page: Callable[..., str], day: str, values: dict[str, Any], said: str, unsaid: str
) -> None:
    text = page(day=day, **values)
    assert said in text
    assert unsaid not in text


@pytest.mark.article("D27")
def test_the_rule_that_fired_and_its_article_are_shown(page: Callable[..., str]) -> None:
    text = page()
    assert '<a href="/rules/#term-results">行政执法公示办法第二十七条</a>' in text
    assert '<a href="/rules/#D16-publish">行政执法公示办法第十六条第一款</a>' in text
    assert "自信息形成之日起7个工作日内" in text


@pytest.mark.article("D28")
def test_the_end_of_publication_is_shown_with_its_article(page: Callable[..., str]) -> None:
    text = page()
    assert "2031年3月5日" in text
    assert '<a href="/rules/#retention-default">行政执法公示办法第二十八条</a>' in text


def test_a_held_field_is_explained_and_not_shown(page: Callable[..., str]) -> None:
    text = page(facts=None, held_fields='["facts"]')
    assert '<dt>违法事实</dt><dd><span class="gs-held">该项内容待审核确认后公布</span>' in text
    assert "部分内容待审核" in text


def test_a_masked_name_is_explained_and_a_company_is_not(page: Callable[..., str]) -> None:
    explained = "姓氏＋某某"
    assert explained in page(parties=(PERSON,))
    assert explained not in page(parties=(COMPANY,))


def test_each_of_several_parties_has_its_own_values(page: Callable[..., str]) -> None:
    text = page(
        parties=(
            {**COMPANY, "fine": "5000"},
            {**PERSON, "fine": "1000.5", "own": '{"content":"罚款一千元零五角。"}'},
        ),
        content=None,
    )
    first, second = text.split('class="gs-facts is-party"')[1:3]
    assert "5,000 元" in first
    assert "1,000.50 元" in second
    assert "罚款一千元零五角。" in second
    assert "罚款一千元零五角。" not in first


def test_forty_parties_stand_in_one_table(page: Callable[..., str]) -> None:
    text = page(parties=tuple({**COMPANY, "name": f"示例{n}有限公司"} for n in range(40)))
    assert "共 40 个" in text
    assert text.count('data-label="行政相对人名称"') == 40


def history(*events: tuple[str, str, list[str]]) -> str:
    """A decision's history as public.db holds it."""
    return json.dumps([{"on": on, "event": event, "fields": fields} for on, event, fields in events])


def steps_of(text: str) -> list[tuple[str, str, str]]:
    """The dated events of a page: what, when, what is said of it."""
    found = re.findall(r"<li><span>(.*?)</span><time datetime=\"(.*?)\">.*?</time>(?:<small>(.*?)</small>)?</li>", text)
    return [(name, day, note) for name, day, note in found]


@pytest.mark.article("D31")
@pytest.mark.article("D28")
def test_the_history_says_when_and_which_fields_never_what_stood_there(page: Callable[..., str]) -> None:
    text = page(
        corrected=1,
        updated_on="2026-06-01",
        history=history(
            ("2026-03-05", "publish", []),
            ("2026-04-01", "correct", ["罚款金额", "违法事实"]),
            ("2026-05-01", "change", ["处罚内容"]),
            ("2026-06-01", "restore", []),
        ),
    )
    assert steps_of(text) == [
        ("处罚决定日期", "2026-03-02", ""),
        ("首次公示", "2026-03-05", ""),
        ("应公示日期", "2026-03-11", ""),
        ("更正", "2026-04-01", "更正了罚款金额、违法事实"),
        ("变更", "2026-05-01", "变更了处罚内容"),
        ("恢复公示", "2026-06-01", ""),
        ("公示截止期", "2031-03-05", ""),
    ]
    for tag in ("已更正", "已变更"):
        assert f">{tag}</span>" in text


def test_a_change_is_no_correction_and_the_lists_say_so_too(public: Any, env: Environment, shell: Shell) -> None:
    public.decision(history=history(("2026-03-05", "publish", []), ("2026-05-01", "change", ["处罚内容"])))
    pages = {one.path: one.render().decode(errors="replace") for one in public.plan(env, shell)}
    for path in ("index.html", "days/2026-03-05/index.html", "kinds/penalty/index.html"):
        assert "已变更" in pages[path], path
        assert "已更正" not in pages[path], path


def test_what_was_never_touched_has_no_history_but_its_first_day(page: Callable[..., str]) -> None:
    text = page(history=history(("2026-03-05", "publish", [])))
    assert [name for name, _, _ in steps_of(text)] == ["处罚决定日期", "首次公示", "应公示日期", "公示截止期"]
    assert "已变更" not in text


@pytest.mark.article("D31")
def test_anyone_can_ask_for_a_correction_from_the_page(page: Callable[..., str], public: Any) -> None:
    text = page()
    (found,) = [row["id"] for row in public.db.execute("SELECT id FROM decisions")]
    assert f'href="/correct/{found}"' in text
    assert "任何人都可以凭证据申请更正" in text


def test_a_correction_is_marked(page: Callable[..., str]) -> None:
    text = page(corrected=1, updated_on="2026-04-01")
    assert "已更正" in text
    assert "数据更正" in text
    assert '本页内容最后更新：<time datetime="2026-04-01">2026年4月1日</time>' in text


def test_government_meta_tags_are_there(page: Callable[..., str]) -> None:
    text = page()
    found = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', text))
    assert found["SiteName"] == "松原市行政执法信息公示平台（示例）"
    assert found["SiteIDCode"] == "2207009999"
    assert found["ColumnName"] == "行政处罚"
    assert found["PubDate"] == "2026-03-05"
    assert found["ContentSource"] == "松原市市场监督管理局"
    assert {"ColumnType", "ArticleTitle", "Keywords", "Description", "Url"} <= set(found)


def test_with_a_url_the_page_has_one_address(public: Any, page: Callable[..., str]) -> None:
    public.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn/' WHERE key = 'url'")
    text = page()
    assert re.search(r'<link rel="canonical" href="https://gs\.example\.gov\.cn/decisions/\w\w/\w+\.html">', text)
    assert '"url":"https://gs.example.gov.cn/decisions/' in text


def test_a_natural_person_is_not_named_to_search_engines(page: Callable[..., str]) -> None:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(parties=(PERSON,)))
    assert data
    assert '"about"' not in data[1]
