"""What changed is told in the unit in which amounts are kept, whatever the sheet's unit was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongshi.lifecycle.diff import changes
from gongshi.records.decision import Decision

Make = Callable[..., Decision]


def test_a_changed_fine_is_told_in_yuan(decision: Make, party: Callable[..., Any]) -> None:
    before, after = (decision(1, party("松原示例公司", fine=fine)) for fine in ("5000", "6000"))
    (found,) = changes(before, after)
    assert found.render_text() == "罚款金额（元）（松原示例公司）：5000 → 6000"
