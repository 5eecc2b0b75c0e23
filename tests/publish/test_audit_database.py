"""The audit inside public.db: free pages, side files, and an index that remembers what its rows no longer say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongshi.publish.audit import Report, audit_build, gather
from gongshi.publish.audit.values import What
from gongshi.query import tokens
from gongshi.store.sqlite import connect

SECRET = "群众举报线索编号甲一乙二丙三"
SHOWN = "当事人未按规定公示食品经营许可证"


@pytest.fixture
def audited(world: Any) -> Callable[[], Report]:
    world.send(world.decision(), world.decision(facts=SECRET, withhold_ground="妨害执法"))
    world.publish()
    patterns = gather(world.store, world.instance, world.today, Path("site_src"))
    return lambda: audit_build(world.path.parent, patterns)


def places(report: Report) -> set[tuple[str, str]]:
    return {(found.file, found.inner.split()[0]) for found in report.findings}


def test_a_leftover_in_a_free_page_is_found_and_the_page_is_named(world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("CREATE TABLE leftover (a TEXT)")
    db.executemany("INSERT INTO leftover VALUES (?)", [(SECRET * 30,)] * 40)
    db.execute("DROP TABLE leftover")
    assert db.execute("PRAGMA freelist_count").fetchone()[0] > 3
    db.close()
    report = audited()
    assert places(report) == {("public.db", "空闲页")}
    content = world.path.read_bytes()
    assert all(content[one.offset : one.offset + 6] in SECRET.encode() for one in report.findings)


def test_a_value_that_a_table_shows_is_told_of_the_free_page_too(world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("CREATE TABLE leftover (a TEXT)")
    db.executemany("INSERT INTO leftover VALUES (?)", [(SECRET * 30,)] * 40)
    db.execute("DROP TABLE leftover")
    db.execute("UPDATE decisions SET remedies = ?", (SECRET,))
    db.close()
    assert places(audited()) == {("public.db", "空闲页"), ("public.db", "decisions.remedies")}


def test_a_leftover_in_a_page_in_use_is_found(world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("INSERT INTO meta VALUES ('a', ?)", (SECRET,))
    db.execute("DELETE FROM meta WHERE key = 'a'")
    db.close()
    assert SECRET.encode() in world.path.read_bytes()
    assert places(audited()) == {("public.db", "页")}


@pytest.mark.parametrize("name", ["public.db-wal", "public.db-journal", ".public.db.fresh"])
def test_what_lies_beside_the_database_is_looked_at(name: str, world: Any, audited: Callable[[], Report]) -> None:
    world.path.with_name(name).write_bytes(b"\x00\x01" + SECRET.encode() + b"\xff")
    report = audited()
    assert name in {found.file for found in report.findings}


def index(path: Path, rowid: int, facts: str) -> None:
    db = connect(path)
    db.execute("INSERT INTO decisions_fts (rowid, facts) VALUES (?, ?)", (rowid, tokens.index_text(facts)))
    db.close()


def test_a_ghost_in_the_index_is_found_though_no_byte_of_the_file_spells_it(
    world: Any, audited: Callable[[], Report]
) -> None:
    assert audited().ok
    index(world.path, 12345, SECRET)
    assert SECRET.encode() not in world.path.read_bytes()
    report = audited()
    assert {(found.what, found.inner) for found in report.findings} == {(What.TEXT, "decisions_fts 12345")}
    assert all(found.record for found in report.findings)


def test_words_that_a_corrected_row_left_in_the_index_are_found(world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    place = db.execute("SELECT sort FROM decisions").fetchone()[0]
    db.close()
    index(world.path, place, SECRET)
    assert ("public.db", "decisions_fts") in places(audited())


def test_any_word_too_many_in_the_index_is_told_even_where_nobody_knows_whose(
    world: Any, audited: Callable[[], Report]
) -> None:
    index(world.path, 777, SHOWN)
    assert {found.inner for found in audited().findings} == {"decisions_fts 777"}


@pytest.mark.parametrize("value", [SECRET, SECRET.encode()])
def test_a_cell_of_any_table_is_looked_at(value: object, world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    db.execute("CREATE TABLE other (a, b)")
    db.execute("INSERT INTO other VALUES (7, ?)", (value,))
    db.close()
    assert "other.b 7" in {found.inner for found in audited().findings}


def test_a_text_that_only_sqls_own_spelling_hides_is_found(world: Any, audited: Callable[[], Report]) -> None:
    """The bytes of the file do not say it, the table does."""
    spaced = " ".join(SECRET)
    db = connect(world.path)
    db.execute("UPDATE decisions SET remedies = ?", (spaced,))
    db.close()
    assert {inner for _, inner in places(audited())} == {"decisions.remedies"}


def test_a_key_that_stayed_in_the_index_is_found(world: Any, audited: Callable[[], Report]) -> None:
    db = connect(world.path)
    db.execute("INSERT INTO decisions_fts (rowid, facet) VALUES (778, ?)", (tokens.key_text([("no", "2026:9")]),))
    db.close()
    assert {found.inner for found in audited().findings} == {"decisions_fts 778"}


def test_a_company_that_is_counted_though_its_decision_is_held_back_is_found(world: Any) -> None:
    hidden = {
        "party_name": "松原市例九商贸有限公司",
        "party_type": "法人及非法人组织",
        "party_uscc": "91220702MA17XXXX3A",
    }
    world.send(world.decision(), world.decision(parties=(hidden,), withhold_ground="妨害执法"))
    world.publish()
    patterns = gather(world.store, world.instance, world.today, Path("site_src"))
    assert audit_build(world.path.parent, patterns).ok
    db = connect(world.path)
    db.execute("INSERT INTO organisations VALUES ('x', ?, 1, 1, '', '', '')", (hidden["party_name"],))
    db.close()
    assert places(audit_build(world.path.parent, patterns)) == {("public.db", "organisations.name")}
