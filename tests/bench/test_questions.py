"""The questions of the benchmark are what they are called, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.questions import SORTS, characters, terms
from gongshi.publish.composing.schema import statements
from gongshi.query.tokens import index_text, match_expression
from gongshi.store.sqlite import connect

WORDS = ("食品经营许可证", "无证运输", "责令改正违法行为", "占道经营", "超限运输", "虚假宣传", "消防通道", "计量器具")


@pytest.fixture
def db(tmp_path: Path) -> Any:
    """A public.db of 400 decisions, each with a number of its own and with facts that others have, too."""
    made = connect(tmp_path / "public.db")
    for script in statements():
        made.executescript(script)
    made.execute("PRAGMA foreign_keys = OFF")
    made.execute("BEGIN")
    for place in range(400):
        number, facts = f"松示例字〔2026〕{place * 7919 % 10_000:04}号", f"经查，当事人{WORDS[place % len(WORDS)]}。"
        made.execute(
            "INSERT INTO decisions (sort, id, kind, department, department_name, region, title, parties,"
            " document_number, decided_on, facts, first_published_on, updated_on, digest)"
            " VALUES (?, ?, 'penalty', 'd', 'd', 'r', 't', 'p', ?, '2026-03-02', ?, '2026-03-03', '2026-03-03', '')",
            (place, str(place), number, facts),
        )
        made.execute("INSERT INTO tags VALUES (?, 0, 0, NULL, '')", (place,))
        made.execute(
            "INSERT INTO decisions_fts (rowid, number, facts) VALUES (?, ?, ?)",
            (place, index_text(number), index_text(facts)),
        )
    made.execute("COMMIT")
    yield made
    made.close()


def test_a_third_each_is_common_rare_and_absent(db: Any) -> None:
    drawn = terms(db, 60, seed=4)
    assert drawn == terms(db, 60, seed=4) != terms(db, 60, seed=5)
    found = {sort: [] for sort in SORTS}
    for term in drawn:
        assert 2 <= len(term.text) <= 8
        match = match_expression(term.text)
        count = db.execute("SELECT count(*) FROM decisions_fts WHERE decisions_fts MATCH ?", (match,)).fetchone()[0]
        found[term.sort].append(count)
    assert {sort: len(counts) for sort, counts in found.items()} == dict.fromkeys(SORTS, 20)
    assert min(found["common"]) > max(found["rare"]) >= min(found["rare"]) > max(found["absent"]) == 0


def test_single_characters_are_drawn_from_the_texts(db: Any) -> None:
    assert all(len(term.text) == 1 for term in characters(db, 30, seed=4))
