"""The public figures: exact numbers, the same after any change as from nothing, and no trace of what is not public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish.composing import figures_more
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database.figures import COLUMNS, Figures, agree
from gongshi.publish.database.standing import intact
from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from gongshi.render.pages import plan
from gongshi.store.sqlite import connect

SECRET = {"withhold_ground": "妨害执法", "withhold_reason": "正在侦办", "withhold_review_on": "2027-06-01"}
SOON = "2026-11-17"
"""Decided so that the world's day, 2026-11-20, is in time."""
HIDDEN = [
    SECRET,
    {"secrecy_checked": "0"},
    {"withhold_ground": "危及安全稳定", "withhold_reason": "理由"},
    {"decided_on": "2027-01-05"},
]


def figures(path: Path) -> list[dict[str, Any]]:
    """The table without what is zero."""
    db = connect(path)
    try:
        assert agree(db)
        rows = db.execute("SELECT * FROM figures").fetchall()
        return [
            {name: value for name, value in zip(row.keys(), row, strict=True) if value or value is None} for row in rows
        ]
    finally:
        db.close()


def told(path: Path, **extra: Any) -> dict[str, Any]:
    """The only row, without its department and last change."""
    (row,) = figures(path)
    return {name: value for name, value in row.items() if name not in ("department", "updated_on")}


def pages_of_figures(path: Path) -> dict[str, bytes]:
    """Every file below figures/, charts and CSV included."""
    env = environment(Path(__file__).parents[2] / "site_src" / "templates")
    db = connect(path)
    try:
        planned = plan(db, env, Shell(b"<header>", b"<footer>"))
        made = {page.path: page.render() for page in planned if page.path.startswith("figures/")}
    finally:
        db.close()
    assert {"figures/index.html", "figures/figures.csv", "figures/months.svg"} <= set(made)
    return made


@pytest.fixture
def shows_late(world: Any) -> None:
    world.instance = replace(world.instance, city=replace(world.instance.city, show_late=True))


@pytest.mark.article("D32")
def test_what_is_public_is_counted_by_month_department_and_kind(world: Any) -> None:
    given = world.decision("licence", number="松市监许准〔2026〕1号", decided_on=SOON)
    world.send(world.decision(decided_on=SOON), world.decision(decided_on=SOON), given)
    world.publish()
    assert [(row["month"], row["kind"], row["published"], row["in_time"]) for row in figures(world.path)] == [
        ("2026-11", "licence", 1, 1),
        ("2026-11", "penalty", 2, 2),
    ]


@pytest.mark.article("D33")
def test_whether_late_is_shown_is_the_citys_setting(world: Any) -> None:
    world.send(world.decision(decided_on=SOON), world.decision(decided_on="2026-09-01"))
    world.publish()
    row = {"month": "2026-11", "kind": "penalty", "published": 2, "in_time": 1}
    assert told(world.path) == {**row, "late": None}
    city = world.instance.city
    for late, expected in ((True, {**row, "late": 1}), (False, {**row, "late": None})):
        world.instance = replace(world.instance, city=replace(city, show_late=late))
        world.publish()
        assert told(world.path) == expected


@pytest.mark.usefixtures("shows_late")
def test_old_data_and_changed_decisions_are_neither_in_time_nor_late(world: Any) -> None:
    old = world.decision(decided_on="2026-01-05", earlier_published_on="2026-11-02", number="松市监罚〔2026〕901号")
    world.send(old, earlier=True, evidence="档案")
    world.publish()
    assert told(world.path) == {"month": "2026-11", "kind": "penalty", "published": 1, "earlier": 1}
    number = "松市监罚〔2026〕902号"
    world.send(world.decision(number=number, decided_on=SOON))
    world.publish()
    assert told(world.path)["in_time"] == 1
    world.today += timedelta(days=14)
    world.send(world.decision(number=number, decided_on=SOON, changed_on="2026-12-01", content="罚款人民币3000元。"))
    world.publish()
    assert [
        (row["month"], row.get("published"), row.get("in_time"), row.get("changed")) for row in figures(world.path)
    ] == [
        ("2026-11", 2, None, None),
        ("2026-12", None, None, 1),
    ]


@pytest.mark.article("D31")
def test_a_correction_counts_in_its_own_month(world: Any) -> None:
    number = "松市监罚〔2026〕903号"
    world.send(world.decision(number=number))
    world.publish()
    world.today = date(2026, 12, 2)
    world.send(world.decision(number=number, content="罚款人民币5100元。"))
    world.publish()
    assert [(row["month"], row.get("published"), row.get("corrected")) for row in figures(world.path)] == [
        ("2026-11", 1, None),
        ("2026-12", None, 1),
    ]


def test_the_last_change_of_a_cell_leaves_with_the_decision_that_made_it(world: Any) -> None:
    number = "松市监罚〔2026〕905号"
    world.send(world.decision(number=number, decided_on=SOON), world.decision(decided_on=SOON))
    world.publish()
    world.today = date(2026, 11, 29)
    world.send(world.decision(number=number, decided_on=SOON, content="罚款人民币5100元。"))
    world.publish()
    assert [row["updated_on"] for row in figures(world.path)] == ["2026-11-29"]
    world.send(world.decision(number=number, decided_on=SOON, **SECRET))
    world.publish()
    assert [(row["published"], row["updated_on"]) for row in figures(world.path)] == [(1, "2026-11-20")]


@pytest.mark.article("D28")
def test_what_leaves_the_public_leaves_the_figures(world: Any) -> None:
    number = "松市监罚〔2026〕904号"
    world.send(world.decision(number=number, decided_on=SOON), world.decision(decided_on=SOON))
    world.publish()
    world.send(world.decision(number=number, decided_on=SOON, **SECRET))
    world.publish()
    assert told(world.path) == {"month": "2026-11", "kind": "penalty", "published": 1, "in_time": 1, "late": None}


@pytest.mark.article("D18")
@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_is_not_public_moves_a_public_figure(seed: int, world: Any, dump: Callable) -> None:
    random = Random(seed)
    world.send(*(world.decision() for _ in range(3)))
    world.publish()
    before, pages = dump(world.path)["figures"], pages_of_figures(world.path)
    for _ in range(random.randint(1, 6)):
        kind = random.choice(["penalty", "inspection"])
        world.send(world.decision(kind, **random.choice(HIDDEN)))
        world.publish(full=random.random() < 0.3)
        assert dump(world.path)["figures"] == before
    assert pages_of_figures(world.path) == pages


@pytest.mark.usefixtures("shows_late")
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_figures_are_those_of_a_count_from_nothing(
    seed: int, world: Any, tmp_path: Path, dump: Callable
) -> None:
    random, numbers = Random(seed), [f"松市监罚〔2026〕{n}号" for n in range(800, 812)]
    for _ in range(8):
        world.today += timedelta(days=random.randint(0, 20))
        decided = (world.today - timedelta(days=random.randint(0, 40))).isoformat()
        options = random.choice([{}, {}, {"content": f"罚款人民币{random.randint(1, 9)}00元。"}, SECRET])
        changed = {"changed_on": world.today.isoformat()} if random.random() < 0.2 else {}
        number = random.choice(numbers)
        world.send(world.decision(number=number, **{"decided_on": decided, **changed, **options}))
        world.publish()
        assert agree_at(world.path)
    step_by_step = dump(world.path)["figures"]
    world.publish(full=True)
    assert dump(world.path)["figures"] == step_by_step


def agree_at(path: Path) -> bool:
    db = connect(path)
    try:
        return agree(db)
    finally:
        db.close()


def test_figures_that_were_touched_are_noticed(world: Any) -> None:
    world.send(world.decision())
    world.publish()
    assert intact(world.path)
    db = connect(world.path)
    db.execute("UPDATE figures SET published = 7")
    db.close()
    assert not intact(world.path)


def test_an_empty_city_has_no_figures(world: Any) -> None:
    world.publish()
    assert figures(world.path) == []
    assert list(Figures(late=True).lines()) == []
    assert "formed" not in COLUMNS
    assert "due" not in COLUMNS


@pytest.mark.parametrize(
    ("kind", "own", "parties", "expected"),
    [
        ("penalty", {"penalty_class": "警告、罚款"}, ["{}", "{}"], ("class", "罚款")),
        (
            "penalty",
            {"penalty_class": None},
            ['{"penalty_class":"警告"}', '{"penalty_class":"责令关闭"}'],
            ("class", "责令关闭"),
        ),
        ("penalty", {"penalty_class": None}, ["{}"], None),
        ("inspection", {"outcome": "责令改正"}, ["{}"], ("outcome", "责令改正")),
        ("licence", {}, ["{}"], None),
    ],
)
def test_a_decision_is_one_figure_whatever_its_parties_say(
    kind: str, own: dict[str, Any], parties: list[str], expected: tuple[str, str] | None
) -> None:
    row = {"kind": kind, "department": "d", "first_published_on": "2026-11-20"}
    public = PublicDecision(row=row, own=own, parties=tuple({"own": text} for text in parties))
    line = figures_more.counted(public)
    assert line == (("2026-11", "d", kind, *expected) if expected else None)
