"""What is internal stays so, whatever stands beside whatever in public."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.publish.composing.forms import names_of
from gongshi.publish.gate.secrets import made_plain, secrets_of
from gongshi.store.queries import approved

REMARKS = "公示许可证件过期已经三日"


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(
    ("facts", "is_internal"),
    [("证件过期已经三日", True), (f"当事人{REMARKS}。", False)],
    ids=["at the seam of two public values", "in one of them"],
)
def test_an_internal_value_is_public_where_one_public_value_says_it(world: Any, facts: str, is_internal: bool) -> None:
    world.send(world.decision(violation_type="未按规定公示许可", facts=facts, remarks=REMARKS))
    (one,) = approved(world.store)
    department = world.instance.departments[one.decision.department]
    names = names_of(one, [one.decision], department, (), open_leaders=False)
    assert (REMARKS in secrets_of([one.decision], names, []).internal_in(REMARKS)) is is_internal


@given(st.lists(st.text()))
def test_texts_are_made_plain_together_as_one_by_one(texts: list[str]) -> None:
    assert made_plain("\x1f".join(texts)) == "\x1f".join(map(made_plain, texts))
