"""What is concrete fires and is never lowered; what is judged is raised, and may be lowered."""

import pytest

from gongshi.law.review.major import CONCRETE, JUDGED, needs_review
from gongshi.law.rule_checks import TRIGGERS


@pytest.mark.article("L3")
@pytest.mark.parametrize(
    ("fired", "raised", "lowered", "needs"),
    [
        ((), (), (), False),
        (("L3-3",), (), (), True),
        (("list",), (), ("list",), True),
        (("L3-5",), (), ("L3-5", "L3-1"), True),
        ((), ("L3-1",), (), True),
        ((), ("L3-1",), ("L3-1",), False),
        ((), ("L3-1", "L4"), ("L3-1",), True),
        ((), ("L4",), ("L3-3",), True),
    ],
)
def test_needs(fired: tuple[str, ...], raised: tuple[str, ...], lowered: tuple[str, ...], needs: bool) -> None:
    assert needs_review(fired, raised, lowered) is needs


def test_every_trigger_is_either() -> None:
    assert set(TRIGGERS) == CONCRETE | JUDGED
    assert not CONCRETE & JUDGED
