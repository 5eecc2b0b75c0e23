"""What changed is told in the unit in which amounts are kept, whatever the sheet's unit was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gongshi.lifecycle.diff import changes, is_correction
from gongshi.records.decision import Decision

Make = Callable[..., Decision]


def test_a_changed_fine_is_told_in_yuan(decision: Make, party: Callable[..., Any]) -> None:
    before, after = (decision(1, party("松原示例公司", fine=fine)) for fine in ("5000", "6000"))
    (found,) = changes(before, after)
    assert found.render_text() == "罚款金额（元）（松原示例公司）：5000 → 6000"


@pytest.mark.article("D27")
@pytest.mark.parametrize(
    ("changed", "correction"),
    [
        ({"licence_state": "注销"}, False),
        ({"licence_state": "注销", "content": "食品销售"}, True),
        ({"content": "食品销售"}, True),
        ({"content": "食品销售", "changed_on": "2026-03-01"}, False),
        ({"remarks": "乙"}, False),
    ],
)
def test_a_licence_that_was_cancelled_was_not_wrong(decision: Make, changed: dict[str, str], correction: bool) -> None:
    before = replace(decision(1, licence_state="有效"), kind="licence")
    after = replace(before, values={**before.values, **changed})
    assert is_correction(before, after) is correction
