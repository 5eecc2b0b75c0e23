"""Which rule prevails: each of the six steps by itself, then together."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.rule import Effect, Event, Question, Rank, Rule, Unit
from gongshi.law.rules import Resolution, RuleSet, Scope
from gongshi.law.scope import OF_MAJOR

TODAY = date(2026, 10, 9)
DAYS: dict[str, Any] = {"unit": Unit.WORKING_DAYS, "counted_from": Event.FORMED_OR_CHANGED}
ALL_BUT_CITY = frozenset({Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, Rank.RULE})
LAWS = frozenset({Rank.LAW, Rank.ADMINISTRATIVE_REGULATION})

MakeRule = Callable[..., Rule]
MakeFacts = Callable[..., DecisionFacts]


def ask(facts: DecisionFacts, *rules: Rule, **given: Any) -> Resolution:
    return RuleSet(rules).resolve(given.pop("question", Question.TERM), facts, given.pop("on", TODAY), **given)


def fell(found: Resolution) -> dict[str, int]:
    """Each rule's step of falling, 0 where it stands."""
    return {considered.rule.id: considered.step for considered in found.considered}


@pytest.mark.parametrize(
    ("given", "applies"),
    [
        ({}, True),
        ({"kinds": ["penalty", "licence"]}, True),
        ({"kinds": ["licence"]}, False),
        ({"departments": ["112207000135491313"]}, True),
        ({"departments": ["11220700MB99000134"]}, False),
        ({"sectors": ["市场监管"]}, False),
        ({"party_types": ["自然人"]}, False),
        ({"party_types": ["自然人", "法人及非法人组织"]}, True),
        ({"penalty_classes": ["罚款"]}, True),
        ({"penalty_classes": ["警告"]}, False),
        ({"only_penalty_classes": ["警告", "罚款"]}, True),
        ({"only_penalty_classes": ["警告"]}, False),
        ({"outcomes": ["正常"]}, False),
        ({"outcomes_except": ["正常"]}, True),
        ({"procedures": ["简易程序"]}, False),
        ({"procedures_except": ["简易程序"]}, True),
        ({"severities": ["轻微"]}, False),
        ({"cites": ["食品安全法"]}, True),
        ({"cites": ["治安管理处罚法"]}, False),
        ({"grounds": ["妨害执法"]}, False),
        ({"social_effect": False}, False),
        ({"channel": "national_publicity_system"}, False),
        ({"channel": "every"}, True),
        ({"effective_from": TODAY}, True),
        ({"effective_from": TODAY + timedelta(days=1)}, False),
        ({"effective_to": TODAY}, True),
        ({"effective_to": TODAY - timedelta(days=1)}, False),
        ({"enabled": False, "turned_on_by": "市级决定"}, False),
    ],
)
def test_step_1_only_rules_in_scope_on_this_channel_in_force_and_on_are_heard(
    rule: MakeRule, facts: MakeFacts, given: dict[str, Any], applies: bool
) -> None:
    found = ask(facts(), rule("A", **given))
    assert (found.winner is not None) is applies
    assert fell(found) == {"A": 0 if applies else 1}
    assert bool(found.considered[0].because) is not applies


@pytest.mark.parametrize(
    "text",
    ["《中华人民共和国治安管理处罚法》第二十六条", "依据 治安 管理\u3000处罚法 第四十三条", "《治安管理处罚\n法》"],
)
def test_step_1_a_law_is_found_in_the_basis_however_it_is_spaced(rule: MakeRule, facts: MakeFacts, text: str) -> None:
    assert ask(facts(legal_basis=("别的依据", text)), rule("A", cites=["治安管理处罚法"])).winner is not None


@pytest.mark.article("D27")
@pytest.mark.parametrize(
    ("clause", "other", "winner", "step"),
    [
        (ALL_BUT_CITY, Rank.RULE, "other", 2),  # D27 and a 规章 that is longer
        (ALL_BUT_CITY, Rank.LAW, "other", 2),
        (LAWS, Rank.RULE, "local", 5),  # S1.3: a 规章 cannot lengthen the seven days
        (LAWS, Rank.LOCAL_REGULATION, "local", 5),
        (LAWS, Rank.ADMINISTRATIVE_REGULATION, "other", 2),
        (frozenset(), Rank.LAW, "local", 5),  # D25, D28: yield to none
        (None, Rank.RULE, "other", 3),  # no clause: the general order
        (ALL_BUT_CITY, Rank.CITY_MEASURE, "local", 5),
    ],
)
def test_step_2_a_local_rule_yields_to_what_its_clause_names_and_to_nothing_else(
    rule: MakeRule, facts: MakeFacts, *, clause: frozenset[Rank] | None, other: Rank, winner: str, step: int
) -> None:
    local = rule("local", value=7, yields_to=clause, **DAYS)
    longer = rule("other", value=20, rank=other, issuer="别的机关", **DAYS)
    for order in ((local, longer), (longer, local)):
        found = ask(facts(), *order)
        assert found.winner is not None
        assert (found.winner.id, found.step) == (winner, step)


def test_step_2_a_shorter_term_of_another_law_replaces_too(rule: MakeRule, facts: MakeFacts) -> None:
    found = ask(
        facts(),
        rule("D27", value=7, yields_to=ALL_BUT_CITY, **DAYS),
        rule("law", value=3, rank=Rank.LAW, issuer="全国人大常委会", **DAYS),
    )
    assert found.winner is not None
    assert fell(found) == {"D27": 2, "law": 0}


def test_step_2_only_the_same_channel_is_yielded_to(rule: MakeRule, facts: MakeFacts) -> None:
    local = rule("D27", value=7, yields_to=ALL_BUT_CITY, **DAYS)
    elsewhere = rule("R45-9", value=20, rank=Rank.RULE, channel="national_publicity_system", **DAYS)
    here, there = ask(facts(), local, elsewhere), ask(facts(), local, elsewhere, channel="national_publicity_system")
    assert here.winner is local
    assert there.winner is elsewhere


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        ({"rank": Rank.LAW, "value": 20}, {"rank": Rank.RULE, "value": 3}, "one"),
        ({"kinds": ["penalty"], "value": 20}, {"value": 3}, "one"),  # special before general
        ({"kinds": ["penalty"], "sectors": ["市场监管"], "value": 20}, {"kinds": ["penalty"], "value": 3}, "one"),
        ({"outcomes_except": ["正常"], "value": 20}, {"value": 3}, "one"),
        ({"value": 20, "special_to": frozenset({"other"})}, {"kinds": ["penalty"], "value": 3}, "one"),
        ({"effective_from": date(2024, 1, 1), "value": 20}, {"effective_from": date(2020, 1, 1), "value": 3}, "one"),
        (  # an old special rule stands before a new general one
            {"kinds": ["penalty"], "effective_from": date(2020, 1, 1), "value": 20},
            {"effective_from": date(2024, 1, 1), "value": 3},
            "one",
        ),
    ],
)
def test_step_3_higher_then_special_then_new(
    rule: MakeRule, facts: MakeFacts, one: dict[str, Any], other: dict[str, Any], winner: str
) -> None:
    fact = facts(sector="市场监管", outcome="发现问题")
    rules = (rule("one", **DAYS, **one), rule("other", **DAYS, **other))
    for order in (rules, rules[::-1]):
        found = ask(fact, *order)
        assert found.winner is not None
        assert (found.winner.id, found.step) == (winner, 3)


@pytest.mark.parametrize("difference", [{"kinds": ["penalty"]}, {"effective_from": date(2024, 1, 1)}])
def test_step_3_special_and_new_count_only_within_one_issuer(
    rule: MakeRule, facts: MakeFacts, difference: dict[str, Any]
) -> None:
    found = ask(
        facts(), rule("one", value=20, issuer="甲", **DAYS, **difference), rule("other", value=3, issuer="乙", **DAYS)
    )
    assert found.winner is not None
    assert (found.winner.id, found.step) == ("other", 5)


def test_step_3_rules_that_call_each_other_general_are_both_kept(rule: MakeRule, facts: MakeFacts) -> None:
    found = ask(
        facts(),
        rule("one", value=20, special_to=frozenset({"other"}), **DAYS),
        rule("other", value=3, special_to=frozenset({"one"}), **DAYS),
    )
    assert found.winner is not None
    assert (found.winner.id, found.step) == ("other", 5)


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("ground", "duty", "reviewed", "effect"),
    [
        (Rank.CITY_MEASURE, Rank.CITY_MEASURE, False, Effect.MUST_NOT),
        (Rank.RULE, Rank.CITY_MEASURE, True, Effect.MUST_NOT),
        (Rank.CITY_MEASURE, Rank.LAW, False, Effect.MUST_NOT),  # not entered and reviewed: lifts nothing
        (Rank.CITY_MEASURE, Rank.LAW, True, Effect.MUST),
        (Rank.LAW, Rank.LAW, True, Effect.MUST_NOT),
    ],
)
@pytest.mark.parametrize("has_clause", [False, True])
def test_step_4_a_prohibition_beats_a_duty_unless_a_higher_reviewed_one_lifts_it(
    rule: MakeRule, facts: MakeFacts, *, ground: Rank, duty: Rank, reviewed: bool, effect: Effect, has_clause: bool
) -> None:
    clause = frozenset(rank for rank in Rank if rank > ground) if has_clause else None
    people = {"entered_by": "甲", "reviewed_by": "乙"} if reviewed else {}
    found = ask(
        facts(),
        rule("ground", question=Question.PUBLICATION, effect=Effect.MUST_NOT, rank=ground, yields_to=clause),
        rule("duty", question=Question.PUBLICATION, rank=duty, issuer="别的机关", **people),
        question=Question.PUBLICATION,
    )
    assert found.winner is not None
    assert found.winner.effect is effect
    assert len(found.standing) == 1


@pytest.mark.parametrize("people", [{}, {"entered_by": "甲", "reviewed_by": "乙"}])
def test_step_4_all_prohibitions_stand_together(rule: MakeRule, facts: MakeFacts, people: dict[str, str]) -> None:
    forbidding = {"question": Question.PUBLICATION, "effect": Effect.MUST_NOT}
    found = ask(
        facts(),
        rule("city", yields_to=ALL_BUT_CITY, **forbidding),
        rule("law", rank=Rank.LAW, issuer="全国人大常委会", **forbidding, **people),
        question=Question.PUBLICATION,
    )
    assert {standing.id for standing in found.standing} == {"city", "law"}
    assert found.winner is not None
    assert found.winner.id == "law"


@dataclass(frozen=True)
class Known:
    """Days by rule id."""

    days: tuple[tuple[str, date | None], ...]

    def starts(self, rule: Rule) -> date | None:
        return None

    def ends(self, rule: Rule) -> date | None:
        return dict(self.days)[rule.id]

    def silences(self, rule: Rule) -> str:
        return ""


def test_step_5_the_earliest_date_among_rules_that_can_all_be_obeyed(rule: MakeRule, facts: MakeFacts) -> None:
    rules = (rule("years", issuer="甲", value=1, unit=Unit.YEARS), rule("days", issuer="乙", value=400, **DAYS))
    found = ask(facts(), *rules, dates=Known((("years", date(2027, 1, 1)), ("days", date(2028, 1, 1)))))
    assert found.winner is not None
    assert (found.winner.id, found.step, found.undecided) == ("years", 5, False)


@pytest.mark.parametrize(
    ("days", "winner"),
    [
        ((("one", None), ("other", date(2027, 1, 1))), "other"),
        ((("one", None), ("other", None)), "one"),
    ],
)
def test_step_6_what_cannot_be_compared_is_for_the_city(
    rule: MakeRule, facts: MakeFacts, days: tuple[tuple[str, date | None], ...], winner: str
) -> None:
    found = ask(facts(), rule("one", issuer="甲"), rule("other", issuer="乙"), dates=Known(days))
    assert found.winner is not None
    assert (found.winner.id, found.step, found.undecided) == (winner, 6, True)


def test_step_6_values_without_a_common_measure(rule: MakeRule, facts: MakeFacts) -> None:
    found = ask(facts(), rule("one", issuer="甲", value="甲"), rule("other", issuer="乙", value="乙"))
    assert found.undecided


def test_one_party_can_be_looked_at_alone(rule: MakeRule, facts: MakeFacts) -> None:
    fact = facts(parties=(PartyFacts(type="自然人"), PartyFacts(type="法人及非法人组织")))
    natural = rule("natural", party_types=["自然人"])
    assert ask(fact, natural).winner is natural
    assert ask(fact, natural, party_type="法人及非法人组织").winner is None


def test_the_answer_is_remembered_by_all_that_a_rule_can_look_at(rule: MakeRule, facts: MakeFacts) -> None:
    rules = RuleSet((rule("A", cites=["治安管理处罚法"]), rule("B", question=Question.HOLD, kinds=["levy"])))
    sealed, plain = facts(legal_basis=("治安管理处罚法",)), facts()
    for _ in range(2):
        assert rules.resolve(Question.TERM, sealed, TODAY).winner is not None
        assert rules.resolve(Question.TERM, plain, TODAY).winner is None
        assert rules.resolve(Question.HOLD, plain, TODAY).winner is None
        assert rules.resolve(Question.HOLD, facts(kind="levy"), TODAY).winner is not None


_SCOPES: dict[str, Any] = {
    "kinds": ["levy"],
    "departments": ["11220700MB99000134"],
    "sectors": ["市场监管"],
    "party_types": ["自然人"],
    "penalty_classes": ["警告"],
    "only_penalty_classes": ["警告"],
    "penalty_classes_except": ["罚款"],
    "outcomes": ["正常"],
    "outcomes_except": ["正常"],
    "procedures": ["简易程序"],
    "procedures_except": ["简易程序"],
    "severities": ["轻微"],
    "cites": ["治安管理处罚法", "食品安全法"],
    "grounds": ["妨害执法"],
    "social_effect": True,
    "fine_at_most": Decimal(5000),
}
"""By each dimension of a scope something that some decisions have and others do not."""

_FACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["penalty", "levy"]),
        "department": st.sampled_from(["112207000135491313", "11220700MB99000134"]),
        "sector": st.sampled_from(["", "市场监管"]),
        "parties": st.sampled_from([(), (PartyFacts(type="自然人"),), (PartyFacts(type="法人及非法人组织"),)]),
        "penalty_classes": st.sampled_from([(), ("警告",), ("罚款",), ("警告", "罚款")]),
        "outcome": st.sampled_from(["", "正常"]),
        "procedure": st.sampled_from(["", "简易程序"]),
        "severity": st.sampled_from(["", "轻微"]),
        "legal_basis": st.sampled_from([(), ("《治安管理处罚法》第九条",), ("食品 安全法",), ("土地管理法",)]),
        "social_effect": st.sampled_from([None, True, False]),
        "fine": st.sampled_from([None, Decimal(1), Decimal(5000), Decimal(5001)]),
    }
)


@settings(max_examples=50)
@given(asked=st.lists(_FACTS, min_size=2, max_size=8))
def test_what_is_remembered_is_what_would_be_found_anew(
    rule: MakeRule, facts: MakeFacts, asked: list[dict[str, Any]]
) -> None:
    """One set of rules asked about one decision after another says of each what a set says that was asked nothing
    before, whatever dimension of a scope tells them apart."""
    assert _SCOPES.keys() == {item.name for item in fields(Scope)} - {*OF_MAJOR}, "those are never remembered"
    rows = tuple(rule(name, **{name: scope}) for name, scope in _SCOPES.items())
    remembers = RuleSet(rows)
    for given_facts in (*asked, *asked):
        fact = facts(**given_facts)
        assert remembers.resolve(Question.TERM, fact, TODAY) == ask(fact, *rows)


def test_every_rule_on_the_question_is_accounted_for(rule: MakeRule, facts: MakeFacts) -> None:
    found = ask(
        facts(),
        rule("off", enabled=False, turned_on_by="市级决定"),
        rule("elsewhere", kinds=["levy"]),
        rule("general", value=20, **DAYS),
        rule("special", value=7, kinds=["penalty"], **DAYS),
    )
    assert fell(found) == {"off": 1, "elsewhere": 1, "general": 3, "special": 0}
    assert "special" in next(c.because for c in found.considered if c.rule.id == "general")


_RULES = st.lists(
    st.fixed_dictionaries(
        {
            "rank": st.sampled_from(Rank),
            "issuer": st.sampled_from(["甲", "乙"]),
            "value": st.integers(1, 30),
            "yields_to": st.sampled_from([None, frozenset(), LAWS, ALL_BUT_CITY]),
            "effective_from": st.sampled_from([date(2019, 1, 1), date(2020, 1, 1), date(2027, 1, 1)]),
            "kinds": st.sampled_from([[], ["penalty"], ["levy"]]),
            "effect": st.sampled_from(Effect),
        }
    ),
    max_size=5,
)


@given(rows=_RULES, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_files_decides_nothing_and_somebody_always_wins(
    rule: MakeRule, facts: MakeFacts, rows: list[dict[str, Any]], seed: random.Random
) -> None:
    rules = [rule(str(n), **DAYS, **row) for n, row in enumerate(rows)]
    shuffled = seed.sample(rules, len(rules))
    one, other = ask(facts(), *rules), ask(facts(), *shuffled)
    assert (one.winner, one.step, set(one.standing)) == (other.winner, other.step, set(other.standing))
    heard = [c for c in one.considered if c.step != 1]
    assert (one.winner is None) is (not heard)
    assert len(one.considered) == len(rules)
    assert not one.standing or len({r.effect is Effect.MUST_NOT for r in one.standing}) == 1
