"""What is concrete fires and is never lowered; what is judged is raised, and may be lowered."""

from pathlib import Path

import pytest

from gongshi.instance import load
from gongshi.law.review.major import CONCRETE, JUDGED, needs_review
from gongshi.law.rule import Question
from gongshi.law.rule_checks import TRIGGERS

ROOT = Path(__file__).parents[3]


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
    assert set(TRIGGERS) == CONCRETE | JUDGED.keys()
    assert not CONCRETE & JUDGED.keys()


def test_what_persons_judge_is_called_by_the_titles_of_its_rules() -> None:
    titles = {rule.value: rule.title for rule in load(ROOT).rules if rule.question is Question.MAJOR}
    assert {code: titles[code] for code in JUDGED} == JUDGED
