"""Under which heading a decision counts in figures: once, whatever else it says (DOMAIN.md, "Annual figures").

The order of each list is from the lightest to the heaviest: a penalty of several classes counts as its heaviest, an
inspection of several parties by the result that weighs most.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from gongshi.records.other_acts import INSPECTION, INSPECTION_OUTCOMES
from gongshi.records.penalty import PENALTY
from gongshi.records.random_inspection import RANDOM_INSPECTION, RANDOM_OUTCOMES

OTHER = "其他"
CONFISCATION = "没收违法所得和非法财物"
CLASSES = (
    "警告",
    "通报批评",
    "罚款",
    CONFISCATION,
    "暂扣许可证件",
    "降低资质等级",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "吊销许可证件",
    "行政拘留",
    OTHER,
)
"""The headings of penalties, as bureaus print them: lightest first, what none of them names at the end."""

_CONFISCATIONS = frozenset(("没收违法所得", "没收非法财物"))
_BETWEEN = "、"
_CLASS, _OUTCOME = "class", "outcome"

_COUNTED = {
    PENALTY.name: (_CLASS, "penalty_class", (OTHER, *CLASSES[:-1])),
    INSPECTION.name: (_OUTCOME, "outcome", INSPECTION_OUTCOMES),
    RANDOM_INSPECTION.name: (_OUTCOME, "outcome", RANDOM_OUTCOMES),
}
"""By kind of decision: what is counted, the field that says it, the headings by weight."""

HEADINGS = {PENALTY.name: CLASSES, INSPECTION.name: INSPECTION_OUTCOMES, RANDOM_INSPECTION.name: RANDOM_OUTCOMES}
"""By kind of decision the headings, in the order in which they are shown."""


def field_counted(kind: str) -> str:
    """The field by which decisions of a kind are told apart in figures; "" for a kind where none is."""
    return _COUNTED[kind][1] if kind in _COUNTED else ""


@lru_cache(maxsize=1024)
def counts_as(kind: str, texts: tuple[str, ...]) -> tuple[str, str]:
    """What is counted of a decision (class or outcome) and under which heading; `texts` are the values of
    `field_counted`, its own and those of its parties. Two empty texts where it says nothing."""
    what, _, order = _COUNTED[kind]
    places = [_place(order, one) for text in texts for one in text.split(_BETWEEN) if one]
    return (what, order[max(places)]) if places else ("", "")


def heaviest(classes: Iterable[str]) -> str:
    """Of penalty classes the heading under which the penalty counts; "" without any."""
    return counts_as(PENALTY.name, tuple(classes))[1]


def _place(order: tuple[str, ...], said: str) -> int:
    """Where a value stands; what no heading names (其他-说明) counts as 其他."""
    said = CONFISCATION if said in _CONFISCATIONS else said
    return order.index(said if said in order else OTHER)
