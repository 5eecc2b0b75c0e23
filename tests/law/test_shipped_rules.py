"""The rules as shipped: every row of DOMAIN.md's table is there, with its article, and what is off says why."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from gongshi.law.rule import Effect, Event, LeadsTo, Question, Rank, Rule, Source, Unit
from gongshi.law.rule_form import CHANNELS, parse_rule
from gongshi.law.rule_words import (
    DECISIONS,
    EFFECTS,
    EVENTS,
    QUESTIONS,
    RECORDS,
    content_words,
    period,
    scope_words,
)
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope
from gongshi.records import DECISION_KINDS, REGISTRY_KINDS, SUBMITTED_KINDS

ROOT = Path(__file__).parents[2]

TABLE = [
    ("D27-all", 7, Unit.WORKING_DAYS, Event.FORMED_OR_CHANGED),
    ("D27-random-normal", 20, Unit.WORKING_DAYS, Event.INSPECTION_ENDED),
    ("D27-random-problem", 7, Unit.WORKING_DAYS, Event.HANDLED),
    ("S1.3-general", 20, Unit.WORKING_DAYS, Event.FORMED_OR_CHANGED),
    ("S1.3-licence-penalty", 7, Unit.WORKING_DAYS, Event.FORMED_OR_CHANGED),
    ("R45-9", 20, Unit.WORKING_DAYS, Event.DECIDED),
    ("D25-update", 20, Unit.WORKING_DAYS, Event.LAW_EFFECTIVE_OR_REPEALED),
    ("P48-withdraw", 3, Unit.WORKING_DAYS, Event.ACT_EFFECTIVE_OR_RECEIVED),
    ("S1.3-withdraw", 3, Unit.WORKING_DAYS, Event.ACT_EFFECTIVE_OR_RECEIVED),
    ("D28-general", 5, Unit.YEARS, Event.FIRST_PUBLISHED),
    ("D28-natural", 2, Unit.YEARS, Event.FIRST_PUBLISHED),
    ("R45-13-short", 3, Unit.MONTHS, Event.FIRST_PUBLISHED),
    ("R45-13-general", 3, Unit.YEARS, Event.FIRST_PUBLISHED),
    ("CR36-minor", 3, Unit.MONTHS, Event.DECIDED),
    ("L11-review", 7, Unit.WORKING_DAYS, Event.MATERIALS_RECEIVED),
    ("L11-extension", 5, Unit.WORKING_DAYS, Event.EXTENSION_APPROVED),
    ("R8-urgent", 24, Unit.HOURS, Event.STARTED),
    ("R32-recording", 24, Unit.HOURS, Event.RECORDED),
    ("R32-archive", 30, Unit.CALENDAR_DAYS, Event.ACT_ENDED),
    ("D31-answer", 7, Unit.WORKING_DAYS, Event.REQUESTED),
    ("S3.1-share", 5, Unit.PERCENT, None),
    ("G118-figures", "01-31", Unit.MONTH_DAY, Event.YEAR_ENDED),
]

OFF_UNTIL_DECIDED = {
    "P48-social-effect",
    "R45-13-short",
    "R45-13-fine",
    "R45-13-general",
    "R45-13-restriction",
    "R45-14",
    "CR36-minor",
    "CR36-ordinary",
    "CR36-serious",
    "CR36-repair",
    "SAMR3-half-year",
    "SAMR3-year",
}

CLAUSES = {
    "D16-publish": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, Rank.RULE},
    "D18-1": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, Rank.RULE},
    "D27-all": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, Rank.RULE},
    "R32-archive": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, Rank.RULE},
    "S1.3-general": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION},
    "S1.3-licence-penalty": {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION},
    "D25-update": set(),
    "D28-general": set(),
    "D28-natural": set(),
}


def named(rules: RuleSet, rule_id: str) -> Rule:
    rule = rules.get(rule_id)
    assert rule is not None, rule_id
    return rule


@pytest.mark.parametrize(("rule_id", "value", "unit", "event"), TABLE)
def test_each_row_of_the_table_is_shipped(
    shipped: RuleSet, rule_id: str, value: int | str, unit: Unit, event: Event | None
) -> None:
    rule = named(shipped, rule_id)
    assert (rule.value, rule.unit, rule.counted_from) == (value, unit, event)


def test_what_a_city_must_decide_is_off_and_says_what_turns_it_on(shipped: RuleSet) -> None:
    off = {rule.id: rule for rule in shipped if not rule.enabled}
    assert set(off) == OFF_UNTIL_DECIDED
    assert all(rule.needs_document and rule.turned_on_by and not rule.decided_by for rule in off.values())


@pytest.mark.parametrize(("rule_id", "ranks"), CLAUSES.items())
def test_each_local_rule_yields_to_what_its_own_text_names(shipped: RuleSet, rule_id: str, ranks: set[Rank]) -> None:
    assert named(shipped, rule_id).yields_to == ranks


def test_every_rule_names_its_article_and_what_is_from_memory_is_marked(shipped: RuleSet) -> None:
    assert all(rule.article and rule.basis and rule.issuer for rule in shipped)
    memory = {rule.id for rule in shipped if rule.source is Source.MEMORY}
    repair = {"CR36-minor", "CR36-ordinary", "CR36-serious", "CR36-repair", "SAMR3-half-year", "SAMR3-year"}
    assert memory == {"C17-majority", "G118-figures", "list-market-01", *repair}


def test_rules_name_only_kinds_that_are_declared(shipped: RuleSet) -> None:
    assert set().union(*(rule.scope.kinds for rule in shipped)) <= set(SUBMITTED_KINDS)


def test_every_word_of_a_rule_has_its_chinese(shipped: RuleSet) -> None:
    assert (set(QUESTIONS), set(EFFECTS), set(EVENTS)) == (set(Question), set(Effect), set(Event))
    assert {kind: record.label for kind, record in DECISION_KINDS.items()} == DECISIONS
    assert {kind: record.label for kind, record in REGISTRY_KINDS.items()} == RECORDS
    for rule in shipped:
        assert not any("a" <= c <= "z" for c in content_words(rule) + scope_words(rule.scope)), rule.id


@pytest.mark.parametrize(
    ("rule_id", "words"),
    [
        ("D27-all", "自信息形成或者变更之日起7个工作日内"),
        ("D28-natural", "自首次公示之日起满2年"),
        ("R32-recording", "自音像记录制作完成起24小时内"),
        ("G118-figures", "次年1月31日前"),
        ("D28-licence-floor", "至有效期届满之日"),
        ("D18-4", ""),
    ],
)
def test_a_period_in_words(shipped: RuleSet, rule_id: str, words: str) -> None:
    assert period(named(shipped, rule_id)) == words


def test_a_scope_in_words_is_the_same_in_every_process() -> None:
    scope = Scope(
        kinds=frozenset({"charge", "licence", "levy"}), outcomes_except=frozenset({"正常"}), social_effect=True
    )
    assert scope_words(scope) == "行政许可、行政征收、行政收费；检查结果不是：正常；具有一定社会影响"
    assert scope_words(Scope()) == "全部"


def test_the_readme_beside_the_rules_explains_every_word_that_can_be_written() -> None:
    words = {
        *(item.name for item in fields(Rule)),
        *(item.name for item in fields(Scope)),
        *(member.value for kind in (Question, Effect, Unit, Event, Source, LeadsTo) for member in kind),
        *(rank.name.lower() for rank in Rank),
        *CHANNELS,
    }
    readme = (ROOT / "data" / "reference" / "rules" / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([^`\s]+)`", readme))
    assert words - explained == set()


def test_the_example_in_the_readme_is_a_rule() -> None:
    readme = (ROOT / "data" / "reference" / "rules" / "README.md").read_text(encoding="utf-8")
    example = readme.partition("```yaml\n")[2].partition("```")[0]
    (row,) = yaml.load(example, Loader=yaml.BaseLoader)
    assert parse_rule(row).id == "D27-all"
