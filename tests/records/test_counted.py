"""Figures count each decision once: under the heaviest of what it says."""

from __future__ import annotations

import pytest

from gongshi.records import DECISION_KINDS
from gongshi.records.counted import CLASSES, HEADINGS, counts_as, field_counted, heaviest
from gongshi.records.penalty import PENALTY_CLASSES


@pytest.mark.article("D32")
@pytest.mark.parametrize(
    ("classes", "heading"),
    [
        (["警告"], "警告"),
        (["警告、罚款"], "罚款"),
        (["罚款、没收违法所得"], "没收违法所得和非法财物"),
        (["没收非法财物"], "没收违法所得和非法财物"),
        (["罚款", "吊销许可证件、警告"], "吊销许可证件"),
        (["其他-责令公开道歉"], "其他"),
        (["其他、警告"], "警告"),
        (["行政拘留、吊销许可证件"], "行政拘留"),
        ([], ""),
    ],
)
def test_a_penalty_of_several_classes_counts_once_as_its_heaviest(classes: list[str], heading: str) -> None:
    assert heaviest(classes) == heading


@pytest.mark.parametrize(
    ("kind", "outcomes", "heading"),
    [
        ("inspection", ("未发现问题",), "未发现问题"),
        ("inspection", ("未发现问题", "移送处理"), "移送处理"),
        ("random_inspection", ("正常", "发现问题"), "发现问题"),
        ("random_inspection", ("无从得知",), "其他"),
    ],
)
def test_an_inspection_of_several_counts_by_what_weighs_most(
    kind: str, outcomes: tuple[str, ...], heading: str
) -> None:
    assert counts_as(kind, outcomes) == ("outcome", heading)


def test_every_class_of_the_law_and_every_result_has_a_heading() -> None:
    assert {heaviest([one]) for one in PENALTY_CLASSES} == set(CLASSES)
    for kind, headings in HEADINGS.items():
        choices = DECISION_KINDS[kind].by_name[field_counted(kind)].choices
        assert {counts_as(kind, (one,))[1] for one in choices} == set(headings)
    assert field_counted("licence") == ""
