"""What the reviewer is shown: nearly every name, and few words that are none (DOMAIN.md 7)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.names import possible_names

LABELLED = yaml.safe_load((Path(__file__).parents[2] / "bench/labelled_names.yml").read_text(encoding="utf-8"))


@pytest.mark.article("S1.4")
@pytest.mark.parametrize("group", sorted(LABELLED))
def test_the_recall_on_the_labelled_set_does_not_fall(group: str) -> None:
    found = expected = 0
    for row in LABELLED[group]:
        got = set(possible_names(row["text"], (), frozenset()))
        found += len(got & set(row["names"]))
        expected += len(row["names"])
    assert expected > 40
    assert found / expected >= 0.93


@pytest.mark.parametrize("group", sorted(LABELLED))
def test_false_alarms_stay_few_enough_to_be_read(group: str) -> None:
    found = false = 0
    for row in LABELLED[group]:
        got = set(possible_names(row["text"], (), frozenset()))
        found += len(got & set(row["names"]))
        false += len(got - set(row["names"]))
    assert found / (found + false) >= 0.9


def test_what_is_dealt_with_is_not_asked_again() -> None:
    text = "当事人张建国与李秀英共同经营。"
    assert possible_names(text, (), ()) == ("张建国", "李秀英")
    assert possible_names(text, ("张建国",), ()) == ("李秀英",)
    assert possible_names(text, (), {"李秀英"}) == ("张建国",)


@pytest.mark.parametrize(
    ("text", "not_names"),
    [("当事人高文秀未到场。", {"高文秀"}), ("负责人文秀路的店铺。", {"文秀路"}), ("王建国路面破损。", {"王建国路"})],
)
def test_a_word_that_reviewers_know_shields_what_it_contains(text: str, not_names: set[str]) -> None:
    assert possible_names(text, (), not_names) == ()


@pytest.mark.parametrize(
    "text",
    [
        "张某某未取得许可。",
        "当事人张某拒绝签字。",
        "依据《李秀英保护条例》第一条。",
        "松原市宁江区张建国商贸有限公司未年报。",
        "",
        "2026年3月2日",
    ],
)
def test_masked_names_statutes_and_companies_are_no_persons(text: str) -> None:
    assert possible_names(text, (), ()) == ()


@given(st.text("张李王欧阳建国秀英于和的在未经当事人，。·A b乌云", max_size=40))
def test_every_find_stands_in_the_text_once(text: str) -> None:
    found = possible_names(text, (), ())
    assert len(set(found)) == len(found)
    assert all(name in text and len(name) > 1 for name in found)


def test_a_compound_family_name_without_a_given_name_is_passed_over() -> None:
    assert possible_names("欧阳人", (), ()) == ()


def test_amounts_in_words_are_no_names() -> None:
    for amount in ("伍仟元整", "陆佰元", "伍万元", "陆仟伍佰元整"):
        assert possible_names(f"处以罚款人民币{amount}，由伍建国缴纳。", (), ()) == ("伍建国",)
    assert "伍万春" in possible_names("当事人伍万春未缴纳。", (), ())


def test_the_words_of_statutes_are_no_names() -> None:
    """The article that decisions quote most, and sentences of the measures: nobody is named there."""
    text = (
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。对无误后签字或者盖章。在边远、水上、交通不便地区，"
        "应当记录于国家企业信用信息公示系统。应制作抽查取样通知书及物品清单等文书；听取当事人陈述和申辩的，应制作权利告知文书；"
        "在案卷中记明原因和经过。依法应保密的除外，应严格按照保密工作的有关规定办理，应健全内部工作程序。"
    )
    assert possible_names(text, (), frozenset()) == ()
