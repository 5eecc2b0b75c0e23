"""What is counted of decisions: that of the rows, after any change of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import organisations
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.public_db import _rewrite, apply
from gongshi.publish.database.reference_rows import VERSIONS
from gongshi.publish.database.rows import delete, stored
from gongshi.publish.database.standing import intact
from gongshi.publish.database.takeout import Left, take_out
from gongshi.publish.database.tallies import Tallies
from gongshi.publish.proving import derived
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.records.party import LEGAL_PERSON
from gongshi.store.sqlite import Connection, connect

TABLES = ("tags", "facets", "laws", "acts", "figures_more", "organisations")


def counted(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The tables, which must be what the rows count."""
    assert intact(path)
    db = connect(path)
    try:
        return {name: sorted(map(tuple, db.execute(f"SELECT * FROM {name}"))) for name in TABLES}
    finally:
        db.close()


def named(path: Path) -> dict[str, str]:
    """Ids by number."""
    db = connect(path)
    try:
        return {row["document_number"]: row["id"] for row in db.execute("SELECT document_number, id FROM decisions")}
    finally:
        db.close()


def without(db: Connection, one: PublicDecision) -> None:
    """Take a decision out, and what counts it."""
    delete(db, one)
    tallies = Tallies()
    tallies.without([one])
    tallies.write(db)
    organisations.bring(db, tallies.organisations)


def by_kind(path: Path) -> list[tuple[Any, ...]]:
    """How many decisions there are by kind and year, as the search adds them up."""
    db = connect(path)
    try:
        asked = "SELECT kind, year, sum(decisions) FROM facets GROUP BY 1, 2 ORDER BY 1, 2"
        return [tuple(row) for row in db.execute(asked)]
    finally:
        db.close()


def test_decisions_are_counted_by_kind_and_year(world: Any) -> None:
    licence = world.decision("licence", number="松市监许准〔2026〕1号", decided_on="2026-11-17")
    world.send(world.decision(), world.decision(number="松市监罚〔2026〕77号"), licence)
    world.publish()
    assert by_kind(world.path) == [("licence", "2026", 1), ("penalty", "2026", 2)]


BASES = ("《药品管理法》第一条", "《食品安全法》第一条；《中华人民共和国药品管理法》第二条", "依法")


def drawn(random: Random, world: Any, parties: Any) -> Any:
    """A decision of which everything that is counted may be another the next time."""
    some = random.choice(
        (["company"], ["company", "person"], ["trader", "company"], ["person"], ["company", "company"])
    )
    hidden = {"withhold_ground": "妨害执法", "withhold_reason": "正在侦办", "withhold_review_on": "2028-06-01"}
    decided = (world.today - timedelta(days=random.randint(0, 40))).isoformat()
    values = {"decided_on": decided, "legal_basis": random.choice(BASES), **random.choice([{}, {}, hidden])}
    shown = [parties[name] for name in some]
    if random.random() < 0.3:
        until = (world.today + timedelta(days=random.randint(1, 20))).isoformat()
        number = f"松市监许准〔2026〕{random.randint(1, 3)}号"
        return world.decision("licence", shown, number=number, valid_until=until, certificate_name="证", **values)
    fine = [party | {"fine": str(random.choice((200, 5_000, 70_000)))} for party in shown]
    more = {
        "violation_type": random.choice(("无照经营", "超范围经营")),
        "penalty_class": random.choice(("警告", "警告、罚款", "罚款、没收违法所得", "其他-公示")),
        "item_code": random.choice((None, "2207-CF-001")),
    }
    return world.decision(parties=fine, number=f"松市监罚〔2026〕{random.randint(800, 805)}号", **values, **more)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_counts_are_those_of_the_rows(seed: int, world: Any, parties: Any) -> None:
    random = Random(seed)
    for _ in range(8):
        world.today += timedelta(days=random.randint(0, 20))
        world.send(drawn(random, world, parties))
        world.publish()
        if random.random() < 0.3 and (there := sorted(named(world.path).values())):
            world.suspend(random.choice(there))
            world.publish()
        step_by_step = counted(world.path)
    world.publish(full=True)
    assert counted(world.path) == step_by_step


def test_what_is_taken_out_without_a_rebuild_is_counted_no_more(world: Any, parties: Any) -> None:
    other = world.decision(parties=(parties["trader"],), violation_type="无照经营", number="松市监罚〔2026〕2号")
    world.send(world.decision(number="松市监罚〔2026〕1号"), other)
    world.publish()
    before = counted(world.path)
    assert take_out(world.path, [named(world.path)["松市监罚〔2026〕1号"]]) is Left.CLEAN
    after = counted(world.path)
    assert [len(before[table]) for table in TABLES] == [2, 2, 1, 2, 1, 1]
    assert [len(after[table]) for table in TABLES] == [1, 1, 1, 1, 1, 0]


def test_letters_by_which_a_company_is_found_are_no_trace_of_a_decision_that_went(world: Any) -> None:
    """They stand beside the company's name by right, whoever else wrote the same letters."""
    other = world.decision(number="松市监罚〔2026〕2号", facts="liyishangmao")
    world.send(world.decision(number="松市监罚〔2026〕1号"), other)
    world.publish()
    assert [line[5] for line in counted(world.path)["organisations"]] == ["liyishangmao"]
    assert take_out(world.path, [named(world.path)["松市监罚〔2026〕2号"]]) is Left.CLEAN
    assert [line[2] for line in counted(world.path)["organisations"]] == [1]


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_from_a_file_that_was_written_otherwise_nothing_is_erased_in_place(version: str, world: Any) -> None:
    """Other tokens and keys than those that were written would leave ghosts: the file goes whole."""
    world.send(world.decision(number="松市监罚〔2026〕1号"))
    world.publish()
    db = connect(world.path)
    db.execute("UPDATE meta SET value = '0' WHERE key = ?", (version,))
    db.close()
    assert take_out(world.path, ["0" * 16]) is Left.CLEAN
    assert take_out(world.path, list(named(world.path).values())) is Left.AWAY
    assert not world.path.exists()


def test_a_large_change_is_counted_in_a_fresh_file(world: Any, parties: Any) -> None:
    """The slow way, row by row into another file, counts the same."""
    world.send(*(world.decision(number=f"松市监罚〔2026〕{number}号") for number in range(1, 4)))
    world.publish()
    changed = diff(world.path, ())
    _rewrite(world.path, changed, world.instance, "1" * 64, ())
    assert all(lines == [] for lines in counted(world.path).values())


def test_a_company_a_law_and_a_subject_come_with_their_first_decision_and_go_with_their_last(
    world: Any, parties: Any
) -> None:
    company, person, trader = (parties[name] for name in ("company", "person", "trader"))
    other = {"party_name": "松原市例三商贸有限公司", "party_type": LEGAL_PERSON, "party_uscc": "91220702MA17XXXX3A"}
    world.send(
        world.decision(number="松市监罚〔2026〕1号", parties=(company, person), legal_basis="《药品管理法》第一条"),
        world.decision(number="松市监罚〔2026〕2号", parties=(company, trader), legal_basis="《食品安全法》第一条"),
        world.decision(number="松市监罚〔2026〕3号", parties=(other,), violation_type="无照经营"),
    )
    world.publish()
    before = counted(world.path)
    assert [line[1:3] for line in before["organisations"]] == [
        (company["party_name"], 2),
        (other["party_name"], 1),
    ]
    for number in (1, 3):
        world.suspend(named(world.path)[f"松市监罚〔2026〕{number}号"])
    world.publish()
    after = counted(world.path)
    assert [line[1:3] for line in after["organisations"]] == [(company["party_name"], 1)]
    gone = {name for table in ("laws", "acts") for _, name, _ in set(before[table]) - set(after[table])}
    assert {"药品管理法", "无照经营"} <= gone
    assert not any(name.encode() in world.path.read_bytes() for name in (other["party_name"], "药品管理法", "无照经营"))


def test_an_organisation_has_the_name_of_its_newest_decision(world: Any, parties: Any) -> None:
    renamed = parties["company"] | {"party_name": "松原市例一商贸集团有限公司"}
    world.send(world.decision(number="松市监罚〔2026〕1号"))
    world.publish()
    world.today += timedelta(days=3)
    world.send(world.decision(number="松市监罚〔2026〕2号", parties=(renamed,)))
    world.publish()
    assert [line[1:3] for line in counted(world.path)["organisations"]] == [(renamed["party_name"], 2)]
    world.suspend(named(world.path)["松市监罚〔2026〕2号"])
    world.publish()
    assert [line[1:3] for line in counted(world.path)["organisations"]] == [(parties["company"]["party_name"], 1)]


def test_where_places_are_called_otherwise_names_are_found_otherwise(world: Any) -> None:
    """What tells an organisation's name from others depends on the names of places: all are worked out again."""
    world.send(world.decision(number="松市监罚〔2026〕1号"))
    world.publish()
    assert [line[4:] for line in counted(world.path)["organisations"]] == [("例一商贸", "liyishangmao", "lysm")]
    places = {code: replace(one, name=one.name.replace("松原", "吉安")) for code, one in world.instance.regions.items()}
    apply(world.path, Changes((), ()), replace(world.instance, regions=places), "1" * 64)
    assert [line[4] for line in counted(world.path)["organisations"]] == ["松原市例一商贸"]


@pytest.mark.parametrize("table", ["laws", "acts"])
def test_a_count_that_stays_behind_stops_the_takedown(table: str, world: Any) -> None:
    """What nothing counts for any more has no row: where one is left, the takedown is not proven."""
    world.send(world.decision(number="松市监罚〔2026〕1号"))
    world.publish()
    db = connect(world.path)
    try:
        (one,) = stored(db)
        db.execute(f"UPDATE {table} SET decisions = decisions + 1")
        without(db, one)
        with pytest.raises(TakedownUnproven, match=table):
            derived.forgotten(db, [one])
    finally:
        db.close()


def test_a_figure_that_counts_more_than_there_are_stops_the_takedown(world: Any) -> None:
    world.send(world.decision(number="松市监罚〔2026〕1号"), world.decision(number="松市监罚〔2026〕2号"))
    world.publish()
    db = connect(world.path)
    try:
        one, _ = stored(db)
        without(db, one)
        db.execute("UPDATE figures SET published = 1")
        derived.forgotten(db, [one])
        db.execute("UPDATE figures_more SET decisions = 2")
        with pytest.raises(TakedownUnproven, match="figures_more"):
            derived.forgotten(db, [one])
    finally:
        db.close()


def test_an_organisation_that_stays_behind_stops_the_takedown(world: Any) -> None:
    world.send(world.decision(number="松市监罚〔2026〕1号"))
    world.publish()
    db = connect(world.path)
    try:
        (one,) = stored(db)
        db.execute("CREATE TEMP TABLE kept AS SELECT * FROM organisations")
        without(db, one)
        derived.forgotten(db, [one])
        db.execute("INSERT INTO organisations SELECT * FROM kept")
        with pytest.raises(TakedownUnproven, match="单位索引"):
            derived.forgotten(db, [one])
    finally:
        db.close()


@pytest.mark.parametrize("column", ["fine = 'x'", "own = '{'", "uscc = 'x'"])
def test_a_damaged_party_is_noticed(column: str, world: Any) -> None:
    world.send(world.decision())
    world.publish()
    db = connect(world.path)
    try:
        db.execute(f"UPDATE parties SET {column}")
        assert not intact(world.path)
    finally:
        db.close()


@pytest.mark.parametrize("table", ["facets", "laws", "acts", "organisations"])
def test_a_count_that_was_touched_is_noticed(table: str, world: Any) -> None:
    world.send(world.decision())
    world.publish()
    db = connect(world.path)
    try:
        assert intact(world.path)
        db.execute(f"UPDATE {table} SET decisions = 7")
        assert not intact(world.path)
    finally:
        db.close()
