"""What each ground of D18 asks for, and the holds' place among the rules."""

from __future__ import annotations

from datetime import date

import pytest

from gongshi.law import publishability
from gongshi.law.grounds import required_fields
from gongshi.law.rule import Question
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS
from gongshi.records.common import WITHHOLD_GROUNDS

TODAY = date(2026, 10, 9)


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("ground", "needed"),
    [
        ("未成年人", ("withhold_reason",)),
        ("主要事实涉密涉私", ("withhold_reason",)),
        ("危及安全稳定", ("withhold_reason",)),
        ("妨害执法", ("withhold_reason", "withhold_review_on")),
        ("上级认为不宜公开", ("withhold_reason", "withhold_document")),
    ],
)
def test_a_ground_asks_for_its_reason_review_date_or_document(
    shipped: RuleSet, ground: str, needed: tuple[str, ...]
) -> None:
    assert required_fields(shipped, TODAY)[ground] == needed


def test_before_the_regulation_was_in_force_no_ground_is_known(shipped: RuleSet) -> None:
    assert required_fields(shipped, date(2018, 1, 1)) == {}


def test_every_ground_of_the_sheet_has_a_rule_and_every_required_field_exists(shipped: RuleSet) -> None:
    fields = DECISION_KINDS["penalty"].by_name
    required = required_fields(shipped, TODAY)
    assert set(required) == set(WITHHOLD_GROUNDS)
    assert all(name in fields for names in required.values() for name in names)


def test_every_hold_has_its_rule_and_every_rule_its_hold(shipped: RuleSet) -> None:
    assert {rule.value for rule in shipped.asking(Question.HOLD)} == set(publishability.HOLDS)
