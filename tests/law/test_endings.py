"""Why a decision comes down: the closed set of DOMAIN.md's table, what each end asks for and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.law.endings import FIELDS, EndingNotAllowed, Leaves, endings, named, problems, required, why_not
from gongshi.law.facts import DecisionFacts
from gongshi.law.rule_words import RECORDS
from gongshi.law.rules import RuleSet

MakeFacts = Callable[..., DecisionFacts]

TODAY = date(2026, 11, 23)
NOTICE, NOTHING = Leaves.NOTICE, Leaves.NOTHING
OTHERS = ("licence", "coercion", "levy", "charge", "inspection", "random_inspection")
FILLED = {
    "instrument_number": "松政复决〔2026〕3号",
    "instrument_agency": "松原市人民政府",
    "instrument_date": "2026-11-18",
    "effective_on": "2026-11-19",
    "received_on": "2026-11-20",
    "reason": "经行政复议，原处罚决定被撤销。",
}

TABLE = [
    *(("penalty", kind, NOTICE) for kind in ("changed", "revoked", "unlawful", "void", "redo")),
    *((kind, end, NOTICE) for kind in OTHERS for end in ("revoked", "unlawful", "redo")),
    *((kind, end, NOTHING) for kind in ("penalty", *OTHERS) for end in ("ground", "mistake")),
    *((kind, "sealed", NOTHING) for kind in ("penalty", "coercion")),
]


def switched_on(rules: RuleSet, *ids: str) -> RuleSet:
    return RuleSet(
        tuple(replace(rule, enabled=rule.enabled or rule.id in ids, decided_by="松政发〔2026〕9号") for rule in rules)
    )


@pytest.mark.article("D28", "S1.3")
@pytest.mark.parametrize("kind", ["penalty", *OTHERS])
def test_what_stays_after_each_end_is_as_the_table_says(shipped: RuleSet, facts: MakeFacts, kind: str) -> None:
    found = {end: ending.leaves for end, ending in endings(shipped, facts(kind=kind), TODAY).items()}
    assert found == {end: leaves for of, end, leaves in TABLE if of == kind}


@pytest.mark.article("D31", "D18")
@pytest.mark.parametrize("kind", RECORDS)
def test_what_is_no_decision_comes_down_without_a_notice(shipped: RuleSet, facts: MakeFacts, kind: str) -> None:
    found = {end: ending.leaves for end, ending in endings(shipped, facts(kind=kind), TODAY).items()}
    assert found == {"ground": NOTHING, "mistake": NOTHING}
    with pytest.raises(EndingNotAllowed):
        named("revoked", shipped, facts(kind=kind), TODAY)


@pytest.mark.article("D28")
def test_an_end_with_a_notice_asks_for_its_instrument_and_the_reason(shipped: RuleSet, facts: MakeFacts) -> None:
    for ending in endings(shipped, facts(), TODAY).values():
        assert ending.article
        if ending.leaves is NOTICE:
            assert set(ending.requires) == set(FILLED)
            assert problems(ending, FILLED, shipped, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reason": " "}, "ending_field_missing", "reason"),
        ({"instrument_number": ""}, "ending_field_missing", "instrument_number"),
        ({"effective_on": "11月19日"}, "ending_field_not_day", "effective_on"),
        ({"received_on": "2026-11-24"}, "ending_field_ahead", "received_on"),
        ({"raison": "x"}, "ending_field_unknown", "raison"),
    ],
)
def test_what_is_wrong_with_an_end_is_named_by_field(
    shipped: RuleSet, facts: MakeFacts, changes: dict[str, str], code: str, field: str
) -> None:
    ending = named("撤销", shipped, facts(), TODAY)
    (problem,) = problems(ending, {**FILLED, **changes}, shipped, TODAY)
    assert (problem.code, problem.field) == (code, field)
    assert FIELDS[field].label in problem.message if field in FIELDS else "raison" in problem.message


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("ground", "more"),
    [
        ("主要事实涉密涉私", ()),
        ("妨害执法", ("review_on",)),
        ("上级认为不宜公开", ("ground_document",)),
    ],
)
def test_a_ground_found_later_asks_for_what_it_asks_in_a_sheet(
    shipped: RuleSet, facts: MakeFacts, ground: str, more: tuple[str, ...]
) -> None:
    ending = named("ground", shipped, facts(), TODAY)
    fields = {"ground": ground, "note": "复查时发现"}
    assert required(ending, fields, shipped, TODAY) == ("ground", "note", *more)
    assert {problem.field for problem in problems(ending, fields, shipped, TODAY)} == set(more)
    assert not problems(
        ending, {**fields, "review_on": "2027-05-01", "ground_document": "吉政办〔2026〕1号"}, shipped, TODAY
    )


def test_a_ground_that_no_rule_knows_is_refused(shipped: RuleSet, facts: MakeFacts) -> None:
    ending = named("ground", shipped, facts(), TODAY)
    (problem,) = problems(ending, {"ground": "不好看", "note": "x"}, shipped, TODAY)
    assert problem.code == "ending_ground_unknown"
    assert "不好看" not in problem.message


@pytest.mark.article("D28")
@pytest.mark.parametrize("state", ["注销", "吊销", "撤回", "延续", "到期"])
def test_a_change_of_a_licences_state_is_no_end_and_says_what_to_do(
    shipped: RuleSet, facts: MakeFacts, state: str
) -> None:
    with pytest.raises(EndingNotAllowed, match="当前状态") as caught:
        named(state, shipped, facts(kind="licence", penalty_classes=()), TODAY)
    assert "现在可以选：撤销（revoked）" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        ("penalty", "公示期满", "没有“公示期满”这种撤下情形"),
        ("penalty", "注销", "不适用于行政处罚"),
        ("levy", "变更", "不适用于行政征收"),
        ("penalty", "credit_repair", "未启用：市级决定"),
        ("penalty", "提前停止公示", "未启用：市级决定"),
        ("levy", "依法封存", "不适用于行政征收"),
    ],
)
def test_what_can_not_be_chosen_says_why(shipped: RuleSet, facts: MakeFacts, kind: str, asked: str, words: str) -> None:
    with pytest.raises(EndingNotAllowed, match=words):
        named(asked, shipped, facts(kind=kind), TODAY)


def test_an_end_is_chosen_by_its_code_or_its_name(shipped: RuleSet, facts: MakeFacts) -> None:
    assert named(" 撤销 ", shipped, facts(), TODAY) == named("revoked", shipped, facts(), TODAY)


@pytest.fixture
def decided(shipped: RuleSet) -> RuleSet:
    """The rules after the city decided on early stops and credit repair."""
    return switched_on(shipped, "R45-14", "SAMR3-half-year", "SAMR3-year", "CR36-repair")


CONDITIONS = ("duties_performed", "harm_removed", "not_repeated", "not_listed")
APPLIED = {
    "instrument_number": "松市监停公〔2026〕1号",
    "instrument_date": "2026-11-20",
    "note": "当事人申请",
    **dict.fromkeys(CONDITIONS, "是"),
}


def fined(facts: MakeFacts, **given: Any) -> DecisionFacts:
    return facts(**{"sector": "市场监管", "first_published_on": date(2026, 1, 5), "legal_basis": (), **given})


def test_an_early_stop_takes_all_four_conditions(decided: RuleSet, facts: MakeFacts) -> None:
    ending = named("提前停止公示", decided, fined(facts), TODAY)
    assert ending.leaves is NOTHING
    assert problems(ending, APPLIED, decided, TODAY) == ()
    for condition in CONDITIONS:
        for said in ("", "否"):
            (problem,) = problems(ending, {**APPLIED, condition: said}, decided, TODAY)
            assert (problem.code, problem.field) == ("ending_condition_unmet", condition)


@pytest.mark.parametrize(
    "penalty", ["责令停产停业", "限制开展生产经营活动", "限制从业", "降低资质等级", "吊销许可证件", "责令关闭"]
)
def test_a_grave_penalty_stays_to_its_end(decided: RuleSet, facts: MakeFacts, penalty: str) -> None:
    with pytest.raises(EndingNotAllowed, match=r"不适用于这条决定.*第十四条"):
        named("early_stop", decided, fined(facts, penalty_classes=("罚款", penalty)), TODAY)


@pytest.mark.parametrize(
    ("basis", "first", "allowed"),
    [
        ((), date(2026, 5, 23), True),
        ((), date(2026, 5, 24), False),
        (("《中华人民共和国食品安全法》第一百二十六条",), date(2026, 5, 23), False),
        (("《中华人民共和国食品安全法》第一百二十六条",), date(2025, 11, 23), True),
    ],
)
def test_an_early_stop_has_its_own_shortest_time(
    decided: RuleSet, facts: MakeFacts, basis: tuple[str, ...], first: date, allowed: bool
) -> None:
    case = fined(facts, legal_basis=basis, first_published_on=first)
    assert ("early_stop" in endings(decided, case, TODAY)) is allowed
    if not allowed:
        assert "还不能提前停止公示：自首次公示之日起满" in why_not("early_stop", decided, case, TODAY)


def test_without_a_shortest_time_nothing_stops_early(shipped: RuleSet, facts: MakeFacts) -> None:
    alone = switched_on(shipped, "R45-14")
    with pytest.raises(EndingNotAllowed, match="最短公示期还没有启用"):
        named("early_stop", alone, fined(facts), TODAY)


def test_before_the_day_of_the_citys_decision_an_end_is_not_in_force(decided: RuleSet, facts: MakeFacts) -> None:
    later = RuleSet(tuple(replace(rule, decided_on=date(2027, 1, 1)) for rule in decided))
    with pytest.raises(EndingNotAllowed, match="不在施行期间"):
        named("信用修复", later, facts(), TODAY)


def test_other_sectors_have_no_early_stop(decided: RuleSet, facts: MakeFacts) -> None:
    assert "early_stop" not in endings(decided, fined(facts, sector="交通运输"), TODAY)
    assert "credit_repair" in endings(decided, fined(facts, sector="交通运输"), TODAY)
