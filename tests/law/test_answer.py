"""The law's answer as a value: each question, the rules looked at, which won and why the others lost, the days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.answer import Answer, Asked, EndFacts, answer
from gongshi.law.argument import argue, short
from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.publishability import Standing, judge
from gongshi.law.rule import Question, Unit
from gongshi.law.rules import RuleSet
from gongshi.system.console import as_json

MakeFacts = Callable[..., DecisionFacts]

TODAY = date(2026, 11, 20)
COMPANY = PartyFacts(type="法人及非法人组织")
ADULT = PartyFacts(type="自然人", born_on=date(1990, 5, 17))


@dataclass(frozen=True)
class City:
    sole_trader_as_natural: bool = False


@pytest.fixture
def said(shipped: RuleSet, facts: MakeFacts) -> Callable[..., Answer]:
    """The answer for facts made to measure."""

    def make(
        *, today: date = TODAY, rules: RuleSet | None = None, ended: EndFacts | None = None, **given: Any
    ) -> Answer:
        return answer(facts(**given), rules or shipped, Calendar(), today, City(), ended=ended)

    return make


def on(found: Answer, question: Question, party_type: str = "") -> Asked:
    (one,) = [asked for asked in found.asked if (asked.question, asked.party_type) == (question, party_type)]
    return one


def test_the_term_tells_which_rule_won_by_which_step_and_why_each_other_lost(said: Callable[..., Answer]) -> None:
    found = said(first_published_on=date(2026, 10, 15))
    term = on(found, Question.TERM)
    assert (term.winner, term.step) == ("D27-all", 3)
    lost = {one.rule_id: (one.step, one.because) for one in term.looked if one.step}
    assert lost["S1.3-general"] == (3, "特别规定优先：S1.3-licence-penalty")
    assert lost["S1.3-licence-penalty"] == (3, "特别规定优先：D27-all")
    assert lost["R45-9"] == (1, "不在适用范围内")
    assert (found.started_on, found.due.on) == (date(2026, 9, 30), date(2026, 10, 15))
    assert any("首次公示 2026-10-15，按期" in line for line in argue(found))


def test_every_question_of_a_plain_penalty_is_asked_in_order(said: Callable[..., Answer]) -> None:
    assert [(one.question, one.party_type) for one in said(parties=(COMPANY, ADULT)).asked] == [
        (Question.MAJORITY, ""),
        (Question.PUBLICATION, ""),
        (Question.TERM, ""),
        (Question.RETENTION, "法人及非法人组织"),
        (Question.RETIREMENT, ""),
        (Question.RETENTION, "自然人"),
    ]


def test_each_party_has_its_own_last_day(said: Callable[..., Answer]) -> None:
    found = said(parties=(COMPANY, ADULT), first_published_on=date(2024, 11, 1))
    assert [(one.until, one.shown) for one in found.parties] == [(date(2029, 11, 1), True), (date(2026, 11, 1), False)]
    text = "\n".join(argue(found))
    assert "公示到 2029-11-01（含当日）" in text
    assert "公示到 2026-11-01（含当日）" in text


@pytest.mark.parametrize(
    ("given", "standing", "words"),
    [
        ({}, Standing.PUBLISH, "依法公示"),
        ({"withhold_ground": "妨害执法"}, Standing.WITHHELD, "不予公开。"),
        ({"legal_basis": ("治安管理处罚法",)}, Standing.SEALED, "依法封存"),
        ({"first_published_on": date(2021, 1, 4)}, Standing.EXPIRED, "公示期满"),
        ({"secrecy_checked": False}, Standing.HELD, "公示期限照常计算"),
    ],
)
def test_the_conclusion_is_the_laws(
    said: Callable[..., Answer], given: dict[str, Any], standing: Standing, words: str
) -> None:
    found = said(**given)
    (conclusion,) = [line for line in argue(found) if line.startswith("结论")]
    assert found.standing is standing
    assert words in conclusion
    for reason in found.reasons:
        assert any(reason.rule_id in line for line in argue(found))


def test_an_end_tells_its_rule_and_its_term(said: Callable[..., Answer]) -> None:
    found = said(ended=EndFacts("revoked", date(2026, 11, 13), date(2026, 11, 16)))
    assert on(found, Question.ENDING).winner == "P48-revoked"
    assert on(found, Question.WITHDRAWAL).winner == "P48-withdraw"
    assert found.withdrawal is not None
    assert found.withdrawal.on == date(2026, 11, 19)
    assert any("应当在 2026-11-19 以前（含当日）撤下" in line for line in argue(found))


def test_a_provisional_day_is_marked(said: Callable[..., Answer]) -> None:
    found = said(event_on=date(2026, 12, 28), today=date(2026, 12, 29))
    assert found.provisional
    assert any("暂定" in line for line in argue(found))
    assert not said().provisional


def test_what_the_city_has_to_settle_is_said(said: Callable[..., Answer], rule: Callable[..., Any]) -> None:
    clashing = [rule(name, question=Question.RETENTION, value=1, unit=Unit.HOURS, issuer=name) for name in ("甲", "乙")]
    found = said(rules=RuleSet(tuple(clashing)))
    assert Question.RETENTION in found.undecided
    assert any("请市里决定" in line for line in argue(found))


def test_where_no_rule_speaks_the_answer_says_so(said: Callable[..., Answer]) -> None:
    found = said(event_on=date(2018, 5, 2), first_published_on=date(2023, 5, 9))
    term = on(found, Question.TERM)
    assert term.won is None
    assert {one.because for one in term.looked if one.rule_id == "D27-all"} == {"2018-05-02 不在施行期间"}
    assert any("没有施行中的规则" in line for line in argue(found))


def test_what_the_city_decided_names_its_document(said: Callable[..., Answer], shipped: RuleSet) -> None:
    decided = RuleSet(
        tuple(
            replace(rule, enabled=True, decided_by="松政函〔2026〕1号") if rule.id == "R45-13-general" else rule
            for rule in shipped
        )
    )
    found = said(sector="市场监管", first_published_on=date(2026, 10, 9), rules=decided)
    assert on(found, Question.RETENTION, "法人及非法人组织").winner == "R45-13-general"
    assert found.until.on == date(2029, 10, 9)
    assert any("松政函〔2026〕1号启用" in line for line in argue(found))
    off = on(said(sector="市场监管"), Question.RETENTION, "法人及非法人组织")
    assert any(one.because.startswith("未启用：市级决定") for one in off.looked)


def test_an_answer_holds_no_value_of_a_person_and_is_json(said: Callable[..., Answer]) -> None:
    text = as_json(said(parties=(ADULT, COMPANY), first_published_on=date(2026, 10, 9)))
    assert "1990" not in text
    assert '"winner": "D27-all"' in text


def test_the_short_form_names_the_days_and_their_articles(said: Callable[..., Answer]) -> None:
    assert short(said(first_published_on=date(2026, 10, 15))) == (
        "依法公示；应公示日期 2026-10-15（《松原市行政执法公示办法》第二十七条第一款）；"
        "公示到 2031-10-15（《松原市行政执法公示办法》第二十八条）"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"publish_until": date(2027, 1, 1)}, "公示到 2027-01-01（含当日），因为部门填报的公示截止期更早"),
        ({"kind": "licence", "valid_until": date(2040, 1, 1)}, "公示到 2040-01-01（含当日），因为在此之前不得撤下"),
        ({"kind": "licence", "valid_until": date(2099, 12, 31)}, "公示没有截止日期，因为在此之前不得撤下"),
        ({"kind": "random_inspection", "outcome": "发现问题"}, "起算的事情还没有发生"),
        ({"event_on": date(2026, 10, 9)}, "已经超期"),
        ({"event_on": date(2025, 3, 3), "earlier": True, "first_published_on": date(2025, 6, 3)}, "不计时限"),
    ],
)
def test_a_day_that_is_not_the_rules_own_says_why(
    said: Callable[..., Answer], given: dict[str, Any], words: str
) -> None:
    assert words in "\n".join(argue(said(**given)))


_FACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["penalty", "licence", "levy", "random_inspection"]),
        "sector": st.sampled_from(["", "市场监管"]),
        "event_on": st.dates(date(2018, 1, 1), date(2026, 12, 31)),
        "first_published_on": st.none() | st.dates(date(2018, 1, 1), date(2026, 11, 20)),
        "changed_on": st.none() | st.dates(date(2018, 1, 1), date(2026, 11, 20)),
        "publish_until": st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        "valid_until": st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31)),
        "withhold_ground": st.sampled_from(["", "妨害执法", "没有的情形"]),
        "legal_basis": st.sampled_from([(), ("治安管理处罚法",)]),
        "penalty_classes": st.sampled_from([(), ("警告",), ("罚款", "限制从业")]),
        "outcome": st.sampled_from(["", "正常", "发现问题"]),
        "earlier": st.booleans(),
        "choice": st.sampled_from(["", "publish", "withhold"]),
        "parties": st.lists(
            st.builds(
                PartyFacts,
                type=st.sampled_from(["法人及非法人组织", "自然人", "个体工商户"]),
                born_on=st.none() | st.dates(date(1960, 1, 1), date(2020, 1, 1)),
            ),
            max_size=3,
        ).map(tuple),
    }
)


@given(case=_FACTS, natural=st.booleans())
def test_whatever_the_facts_the_answer_is_the_verdict_and_can_be_argued(
    shipped: RuleSet, facts: MakeFacts, case: dict[str, Any], natural: bool
) -> None:
    made = facts(**case)
    verdict = judge(made, shipped, Calendar(), TODAY, City(natural))
    found = answer(made, shipped, Calendar(), TODAY, City(natural))
    assert (found.standing, found.reasons, found.due) == (verdict.standing, verdict.reasons, verdict.due)
    assert [place for place, party in enumerate(found.parties) if party.shown] == list(verdict.visible_parties)
    assert on(found, Question.TERM).winner == verdict.due.rule_id
    lines = argue(found)
    assert all(any(reason.rule_id in line for line in lines) for reason in found.reasons)
    assert all(line.strip() and "None" not in line for line in lines)
