"""What the supervisor asks of a department by numbers alone: gaps in its series, shares that stand out (D33)."""

from __future__ import annotations

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.report.findings import withheld_shares
from gongshi.lifecycle.report.numbers import gaps, serial_of
from gongshi.lifecycle.report.tally import Tally

NUMBERS = [
    ("松市监罚〔2026〕0012号", ("松市监罚〔2026〕", "2026", 12)),
    ("松市监罚[2026]第12号", ("松市监罚〔2026〕", "2026", 12)),
    ("（2026）松市监罚字第7号", ("〔2026〕松市监罚字", "2026", 7)),
    ("〔2025〕粤北办007号", ("〔2025〕粤北办", "2025", 7)),
    ("松城管罚〔2026〕户外3号", ("松城管罚〔2026〕户外", "2026", 3)),
    ("松市监罚〔2026〕12-1号", ("松市监罚〔2026〕", "2026", 12)),
    ("松市监罚〔2026〕12号之一", ("松市监罚〔2026〕", "2026", 12)),
    ("松市监罚〔2026〕20260315001号", None),
    ("JY12207020009999", None),
    ("松环审表2026第5号", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_document_number_has_its_place_in_a_series_or_none(text: str, expected: tuple[str, str, int] | None) -> None:
    found = serial_of(text)
    assert (found and (found.series, found.year, found.serial)) == expected


GAPS = [
    ({1, 2, 3}, 50, (), 0, ((1, 3),)),
    ({1, 2, 5, 6, 9}, 50, ((3, 4), (7, 8)), 4, ((1, 9),)),
    ({3, 4}, 50, ((1, 2),), 2, ((1, 4),)),
    # a branch's own block, and a year that began before the platform did
    ({1, 2, 1001, 1003}, 50, ((1002, 1002),), 1, ((1, 2), (1001, 1003))),
    ({300, 301, 303}, 50, ((302, 302),), 1, ((300, 303),)),
    ({51, 52}, 50, ((1, 50),), 50, ((1, 52),)),
    ({52}, 50, (), 0, ((52, 52),)),
    (set(range(1, 101, 2)), 1, tuple((n, n) for n in range(2, 41, 2)), 49, ((1, 99),)),
]


@pytest.mark.article("D33")
@pytest.mark.parametrize(("numbers", "jump", "missing", "count", "blocks"), GAPS)
def test_gaps_in_a_series(numbers: set[int], jump: int, missing: tuple, count: int, blocks: tuple) -> None:
    found = list(gaps({("松试罚〔2026〕", "2026"): numbers}, jump))
    if not count:
        assert found == []
        return
    (gap,) = found
    assert (gap.missing, gap.count, gap.blocks, gap.known) == (missing, count, blocks, len(numbers))
    assert gap.shortened == (count > sum(last - first + 1 for first, last in missing))
    assert f"缺 {count} 个" in gap.render_text()


SHARES = [
    # (chosen, decisions) of one department and of all others together, and whether it stands out
    ((6, 40), (10, 400), True),
    ((6, 40), (20, 400), False),
    ((4, 10), (0, 400), False),
    ((5, 10), (0, 400), True),
    ((5, 10), (0, 0), False),
]


@pytest.mark.article("D33")
@pytest.mark.parametrize(("mine", "others", "stands_out"), SHARES)
def test_a_department_that_chooses_to_withhold_far_more_than_the_others_is_named(
    mine: tuple[int, int], others: tuple[int, int], stands_out: bool, instance: Instance
) -> None:
    tallies = {"a": Tally(), "b": Tally()}
    for key, (chosen, formed) in zip(tallies, (mine, others), strict=True):
        tallies[key].counts.update(chosen=chosen, formed=formed)
    assert ("a" in withheld_shares(tallies, instance.city)) == stands_out
