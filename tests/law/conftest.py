"""Facts and rules to try the law on: a plain penalty by a department without a sector, and rules made to measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance.rules import read_rules
from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.rule import Effect, Question, Rank, Rule, Source
from gongshi.law.rules import RuleSet
from gongshi.law.scope import Scope

ROOT = Path(__file__).parents[2]

ORGANISATION = PartyFacts(type="法人及非法人组织")


@pytest.fixture(scope="session")
def shipped() -> RuleSet:
    """The rules as they are shipped."""
    faults: list[Any] = []
    rules = read_rules(ROOT / "data" / "reference" / "rules", ROOT, faults)
    assert faults == []
    return rules


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The calendar without overrides: 2004 to 2026 are known."""
    return Calendar()


@pytest.fixture(scope="session")
def facts() -> Callable[..., DecisionFacts]:
    """Makes facts: a company's fine of 30 September 2026, changed by what is given."""

    def make(**given: Any) -> DecisionFacts:
        plain: dict[str, Any] = {
            "kind": "penalty",
            "department": "112207000135491313",
            "event_on": date(2026, 9, 30),
            "legal_basis": ("《中华人民共和国食品安全法》第一百二十六条",),
            "penalty_classes": ("罚款",),
            "parties": (ORGANISATION,),
        }
        return DecisionFacts(**{**plain, **given})

    return make


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """Makes a rule: a duty of the city, changed by what is given; scope dimensions go straight in."""

    def make(id: str, **given: Any) -> Rule:
        dimensions = {name: given.pop(name) for name in list(given) if name in Scope.__dataclass_fields__}
        scope = Scope(**{n: frozenset(v) if isinstance(v, list) else v for n, v in dimensions.items()})
        plain: dict[str, Any] = {
            "question": Question.TERM,
            "effect": Effect.MUST,
            "rank": Rank.CITY_MEASURE,
            "issuer": "市政府办公室",
            "article": f"{id} 条",
            "basis": "示例",
            "source": Source.VERIFIED,
            "scope": scope,
        }
        return Rule(id=id, **{**plain, **given})

    return make
