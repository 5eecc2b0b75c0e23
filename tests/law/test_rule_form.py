"""A row of data/reference/rules becomes a rule, or comes back with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongshi.law.rule import Effect, Event, Question, Rank, Rule, Source, Unit
from gongshi.law.rule_checks import clashes
from gongshi.law.rule_form import RuleInvalid, parse_rule
from gongshi.law.scope import Scope

MakeRule = Callable[..., Rule]

ROW: dict[str, Any] = {
    "id": "D27-all",
    "question": "term",
    "effect": "must",
    "scope": {"kinds": ["penalty"]},
    "rank": "city_measure",
    "issuer": "松原市人民政府办公室",
    "article": "第二十七条",
    "basis": "7个工作日内予以公开",
    "source": "V",
    "value": "7",
    "unit": "working_days",
    "counted_from": "formed_or_changed",
    "effective_from": "2020-01-01",
    "yields_to": ["law", "rule"],
}


def test_a_row_becomes_a_rule() -> None:
    assert parse_rule(ROW) == Rule(
        id="D27-all",
        question=Question.TERM,
        effect=Effect.MUST,
        scope=Scope(kinds=frozenset({"penalty"})),
        rank=Rank.CITY_MEASURE,
        issuer="松原市人民政府办公室",
        article="第二十七条",
        basis="7个工作日内予以公开",
        source=Source.VERIFIED,
        value=7,
        unit=Unit.WORKING_DAYS,
        counted_from=Event.FORMED_OR_CHANGED,
        effective_from=date(2020, 1, 1),
        yields_to=frozenset({Rank.LAW, Rank.RULE}),
    )


@pytest.mark.parametrize(("clause", "meaning"), [([], frozenset()), (None, None)])
def test_yielding_to_nobody_is_not_the_same_as_saying_nothing(clause: list[str] | None, meaning: object) -> None:
    row = {key: value for key, value in ROW.items() if key != "yields_to"}
    assert parse_rule(row if clause is None else {**row, "yields_to": clause}).yields_to == meaning


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"artikel": "x"}, "rule_key_unknown", "artikel"),
        ({"scope": {"kind": ["penalty"]}}, "rule_key_unknown", "scope.kind"),
        ({"article": ""}, "rule_key_missing", "article"),
        ({"article": None}, "rule_key_missing", "article"),
        ({"basis": None}, "rule_key_missing", "basis"),
        ({"effect": "should"}, "rule_value_bad", "effect"),
        ({"rank": "statute"}, "rule_value_bad", "rank"),
        ({"question": "deadline"}, "rule_value_bad", "question"),
        ({"yields_to": "law"}, "rule_value_bad", "yields_to"),
        ({"yields_to": ["statute"]}, "rule_value_bad", "yields_to"),
        ({"scope": "penalty"}, "rule_value_bad", "scope"),
        ({"scope": {"kinds": "penalty"}}, "rule_value_bad", "scope"),
        ({"scope": {"social_effect": "perhaps"}}, "rule_value_bad", "scope"),
        ({"channel": "radio"}, "rule_value_bad", "channel"),
        ({"effective_from": "2020年"}, "rule_value_bad", "effective_from"),
        ({"enabled": "on"}, "rule_value_bad", "enabled"),
        ({"value": "seven"}, "rule_value_bad", "value"),
        ({"value": "0"}, "rule_value_bad", "value"),
        ({"issuer": ["甲"]}, "rule_value_bad", "issuer"),
        ({"unit": "years"}, "rule_measure_wrong", "unit"),
        ({"counted_from": "recorded"}, "rule_measure_wrong", "unit"),
        ({"unit": "percent"}, "rule_measure_wrong", "unit"),
        ({"effective_to": "2019-01-01"}, "rule_dates_reversed", "effective_to"),
        ({"enabled": "false"}, "rule_off_unexplained", "turned_on_by"),
        ({"needs_document": "true"}, "rule_needs_document", "decided_by"),
        ({"reviewed_by": "甲", "entered_by": "甲"}, "rule_same_person", "reviewed_by"),
        ({"reviewed_by": "甲"}, "rule_same_person", "reviewed_by"),
    ],
)
def test_what_is_wrong_is_named_by_code_and_key(changes: dict[str, Any], code: str, key: str) -> None:
    with pytest.raises(RuleInvalid) as caught:
        parse_rule({**ROW, **changes})
    assert (code, key) in {(fault.code, fault.key) for fault in caught.value.faults}


@pytest.mark.article("D22", "D23", "S3.1")
@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        ({"question": "second_review", "value": "somebody"}, "rule_value_bad", "value"),
        ({"question": "second_review"}, "rule_value_missing", "value"),
        ({"question": "reviewers_share", "value": "5"}, "rule_measure_wrong", "unit"),
        ({"question": "reviewers_share", "value": "0", "unit": "percent"}, "rule_value_bad", "value"),
        ({"question": "reviewers_share", "value": "5", "unit": "percent"}, "", ""),
        ({"question": "second_review", "value": "legal_body"}, "", ""),
    ],
)
def test_a_second_review_names_a_body_and_a_share_counts_in_percent(given: dict[str, Any], code: str, key: str) -> None:
    row = {name: said for name, said in ROW.items() if name not in ("value", "unit", "counted_from", "question")}
    try:
        parse_rule({**row, **given})
    except RuleInvalid as error:
        assert (code, key) in {(fault.code, fault.key) for fault in error.faults}
    else:
        assert code == ""


def test_all_faults_of_a_row_come_at_once_and_a_misspelt_key_names_its_neighbour() -> None:
    with pytest.raises(RuleInvalid) as caught:
        parse_rule({**ROW, "articel": "x", "article": None, "rank": "statute", "effective_from": "soon"})
    assert [fault.code for fault in caught.value.faults] == [
        "rule_key_unknown",
        "rule_key_missing",
        "rule_value_bad",
        "rule_value_bad",
    ]
    assert "是不是 article" in caught.value.faults[0].message


DAYS: dict[str, Any] = {"unit": Unit.WORKING_DAYS, "counted_from": Event.FORMED_OR_CHANGED}


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"id": "A", "value": 7}, {"id": "B", "value": 20}, "rule_overlap"),
        ({"id": "A", "value": 7}, {"id": "B", "value": 20, "kinds": ["levy"]}, None),
        ({"id": "A", "value": 7}, {"id": "B", "value": 20, "special_to": frozenset({"A"})}, None),
        ({"id": "A", "value": 7}, {"id": "B", "value": 20, "effective_from": date(2026, 1, 1)}, None),
        ({"id": "A", "value": 7}, {"id": "B", "value": 20, "issuer": "别的机关"}, None),
        ({"id": "A", "value": 7}, {"id": "B", "value": 20, "enabled": False, "turned_on_by": "市级决定"}, None),
    ],
)
def test_rules_that_contradict_each_other_are_found(
    rule: MakeRule, one: dict[str, Any], other: dict[str, Any], code: str | None
) -> None:
    found = [fault.code for _, fault in clashes((rule(**DAYS, **one), rule(**DAYS, **other)))]
    assert found == ([code] if code else [])
