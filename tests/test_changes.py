"""data/reference/changes.yml: changes of laws and organisations, and which records each of them touches (D25)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongshi.instance import load
from gongshi.instance.changes import read_changes
from gongshi.instance.faults import Fault
from gongshi.records.changes import Change
from gongshi.records.decision import Decision, nested_text

PROJECT = Path(__file__).parents[1]
FOOD, LICENSING = "《中华人民共和国食品安全法》", "《中华人民共和国行政许可法》"
SOUND = """
- id: food
  on: 2026-11-02
  what: 修改
  laws: [《中华人民共和国食品安全法》]
  document: 示例主席令第1号
"""


def read(root: Path, text: str, departments: frozenset[str] | None = None) -> tuple[tuple[Change, ...], list[Fault]]:
    faults: list[Fault] = []
    path = root / "changes.yml"
    path.write_text(text, encoding="utf-8")
    return read_changes(path, root, faults, departments), faults


def test_a_city_starts_without_the_file(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert read_changes(tmp_path / "changes.yml", tmp_path, faults) == ()
    assert faults == []


@pytest.mark.article("D25")
def test_a_change_says_of_what_and_since_when(tmp_path: Path) -> None:
    changes, faults = read(tmp_path, SOUND)
    assert faults == []
    wanted = Change(id="food", on=date(2026, 11, 2), what="修改", document="示例主席令第1号", laws=frozenset({FOOD}))
    assert changes == (wanted,)


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("  laws: [《中华人民共和国食品安全法》]\n", "", "change_without_object", 2),
        ("[《中华人民共和国食品安全法》]", "[中华人民共和国食品安全法]", "reference_value_bad", 5),
        ("what: 修改", "what: 改", "reference_value_bad", 4),
        ("on: 2026-11-02", "on: 11月2日", "reference_value_bad", 3),
        ("  document: 示例主席令第1号\n", "", "reference_key_missing", 2),
        ("  document", "  departments: [9]\n  document", "change_department_unknown", 6),
        ("  document", "  law: [《甲》]\n  document", "reference_key_unknown", 6),
        (SOUND, SOUND + SOUND.lstrip("\n"), "change_id_twice", 7),
    ],
)
def test_what_is_wrong_with_a_change_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, code: str, line: int
) -> None:
    assert before in SOUND
    _, faults = read(tmp_path, SOUND.replace(before, after), frozenset({"d"}))
    assert [(fault.code, fault.line) for fault in faults] == [(code, line)]


def item(*laws: str, department: str = "d") -> Decision:
    values = {"basis": nested_text([{"law": law, "article": "第一条"} for law in laws]), "name": FOOD}
    return Decision(
        kind="enforcement_item", department=department, key="d/enforcement_item/1", values=values, parties=(), kept={}
    )


CHANGE = Change(
    id="1", on=date(2026, 11, 2), what="修改", document="", laws=frozenset({FOOD}), departments=frozenset({"e"})
)


@pytest.mark.article("D25")
@pytest.mark.parametrize(
    ("record", "touched"),
    [
        (item(FOOD), True),
        (item(LICENSING, FOOD), True),
        (item("《中华人民共和国 食品安全法》"), True),
        (item("《中华人民共和国食品安全法实施条例》"), False),
        (item(LICENSING), False),
        (item(LICENSING, department="e"), True),
        (item(), False),
        (
            Decision(
                kind="determination", department="d", key="k", values={"basis": f"依据{FOOD}"}, parties=(), kept={}
            ),
            True,
        ),
        (Decision(kind="officer", department="d", key="k", values={}, parties=(), kept={}), False),
        (Decision(kind="officer", department="e", key="k", values={}, parties=(), kept={}), True),
    ],
)
def test_a_change_touches_what_rests_on_the_law_or_belongs_to_the_department(record: Decision, touched: bool) -> None:
    assert CHANGE.touches(record) is touched


@pytest.mark.article("D22", "D23", "D25")
def test_the_sample_city_has_changes_and_bodies_that_review_the_lists_of_others() -> None:
    instance = load(PROJECT)
    assert {change.what for change in instance.changes} == {"修改", "职能调整"}
    given = {body for department in instance.departments.values() for body in department.second_reviews}
    assert given == {"legal_body", "market_supervision"}
    legal = next(one for one in instance.departments.values() if "legal_body" in one.second_reviews)
    assert legal.number_prefixes == ()
    assert len(legal.reviewers) >= 2
