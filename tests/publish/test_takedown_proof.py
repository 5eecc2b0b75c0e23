"""A takedown leaves nothing of it in public.db, and what stayed is found by the proof (promise 8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongshi.publish import opening
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import public_db, rows
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.public_db import apply, write_full
from gongshi.publish.proving import proof
from gongshi.publish.proving.by_right import ByRight
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import connect
from tests.publish.thirty import HEAD, changed, decision, notice, thirty


@pytest.fixture(scope="module")
def decisions() -> list[PublicDecision]:
    return thirty()


def test_a_notice_that_goes_leaves_no_byte(tmp_path: Path, instance: Any, decisions: list[PublicDecision]) -> None:
    path = tmp_path / "public.db"
    ours = notice(decisions[3], "原决定所依据的检验报告已被依法撤回")
    write_full(path, instance, decisions[4:], HEAD, [ours])
    before = path.read_bytes()
    apply(path, diff(path, decisions[4:]), instance, HEAD)
    after = path.read_bytes()
    for value in (ours.id, "检验报告已被依法撤回", ours.digest):
        assert value.encode() in before
        assert value.encode() not in after


def test_a_full_write_that_replaces_and_removes_is_proven_too(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    wanted = [changed(one, f"改为{one.sort}另行处理") for one in decisions[2:]]
    assert public_db.bring_to(path, wanted, instance, HEAD, full=True) is None
    monkeypatch.setattr(opening, "switch", lambda new, path: None)
    with pytest.raises(TakedownUnproven) as caught:
        public_db.bring_to(path, wanted[1:], instance, HEAD, full=True)
    assert caught.value.record == wanted[0].id


@pytest.mark.article("D28")
def test_a_takedown_leaves_no_byte_no_match_and_no_token(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    gone = decisions[7]
    values = [gone.id, gone.row["document_number"], gone.row["parties"], gone.row["content"], gone.row["title"]]
    assert all(value.encode() in path.read_bytes() for value in values)
    apply(path, Changes((), (gone.id,)), instance, HEAD)
    data = path.read_bytes()
    assert not [value for value in values if value.encode() in data]
    db = connect(path)
    for value in ("独有事实" + gone.row["content"][4:10], gone.row["parties"]):
        assert not db.execute(
            "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ?", (match_expression(value),)
        ).fetchall()
    db.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'decisions_fts', 'instance')")
    assert db.execute("SELECT count(*) FROM temp.v WHERE doc = ?", (gone.sort,)).fetchone()[0] == 0
    db.execute("CREATE VIRTUAL TABLE temp.t USING fts5vocab('main', 'decisions_fts', 'row')")
    tokens = {token for text in gone.indexed().values() for token in text.split()}
    others = {
        token for one in decisions if one is not gone for text in one.indexed().values() for token in text.split()
    }
    left = {row["term"] for row in db.execute("SELECT term FROM temp.t")}
    assert tokens - others
    assert not (tokens - others) & left
    db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('integrity-check')")
    db.close()
    assert [child.name for child in tmp_path.iterdir()] == ["public.db"]


@pytest.mark.article("D28")
def test_a_takedown_leaves_no_piece_of_a_word_in_the_index_s_own_bytes(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    """A deleted word stays in the index's blocks, cut short by what it shares with its neighbours (DOMAIN.md 20)."""
    path = tmp_path / "public.db"
    rare = changed(decisions[4], "当事人使用䶮㿟牌产品")
    write_full(path, instance, [*decisions[:4], rare, *decisions[5:]], HEAD)

    def in_the_index() -> bool:
        db = connect(path)
        blocks = b"".join(bytes(row["block"]) for row in db.execute("SELECT block FROM decisions_fts_data"))
        db.close()
        return "㿟".encode() in blocks

    assert in_the_index()
    apply(path, Changes((), (rare.id,)), instance, HEAD)
    assert not in_the_index()


@pytest.mark.parametrize("suffix", proof.SIDE_FILES)
def test_a_file_left_beside_the_database_is_no_proof(
    suffix: str, tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions[:3], HEAD)
    db = connect(path)
    path.with_name(path.name + suffix).write_bytes(b"")
    with pytest.raises(TakedownUnproven):
        proof.no_bytes(path, db, [])
    db.close()


def test_a_token_that_stays_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    before = path.read_bytes()
    monkeypatch.setattr(rows, "_FORGET", "SELECT " + ", ".join("?" * 8))
    with pytest.raises(TakedownUnproven) as caught:
        apply(path, Changes((), (decisions[3].id,)), instance, HEAD)
    assert decisions[3].row["parties"] not in str(caught.value)
    assert path.read_bytes() == before
    monkeypatch.undo()


def test_a_word_that_only_the_index_lists_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    gone = changed(decisions[3], "㿟鬯")
    write_full(path, instance, [*decisions[:3], gone, *decisions[4:]], HEAD)
    db = connect(path)
    db.execute("INSERT INTO decisions_fts (rowid, content) VALUES (7, '㿟鬯')")
    db.close()
    with pytest.raises(TakedownUnproven) as caught:
        apply(path, Changes((), (gone.id,)), instance, HEAD)
    assert "词表" in caught.value.place
    assert public_db.bring_to(path, [*decisions[:3], *decisions[4:]], instance, HEAD) is None
    assert not diff(path, [*decisions[:3], *decisions[4:]])


def test_a_byte_that_stays_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    real = opening.connect

    def careless(*arguments: Any, **options: Any) -> Any:
        db = real(*arguments, **options)
        db.execute("PRAGMA secure_delete = OFF")
        return db

    monkeypatch.setattr(opening, "connect", careless)
    with pytest.raises(TakedownUnproven):
        apply(path, Changes((), (decisions[3].id,)), instance, HEAD)
    monkeypatch.undo()
    public_db.bring_to(path, decisions[:3] + decisions[4:], instance, HEAD, full=True)
    assert decisions[3].id.encode() not in path.read_bytes()


def test_what_another_decision_says_too_does_not_stop_a_takedown(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    twin = changed(decisions[1], str(decisions[0].row["content"]))
    write_full(path, instance, [decisions[0], twin], HEAD)
    apply(path, Changes((), (decisions[0].id,)), instance, HEAD)
    assert twin.row["content"].encode() in path.read_bytes()


def test_what_decisions_near_by_have_is_plainly_by_right_and_only_that(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions[1:], HEAD)
    (tmp_path / "page.html").write_text("本网站自己的话")
    near, far, gone = (decisions[at].row["document_number"] for at in (2, 9, 0))
    words = {near, far, gone, "本网站自己的话"}
    ours = ByRight(path, [tmp_path])
    assert ours.plainly(words, {decisions[2].id}) == {near, "本网站自己的话"}
    assert ours(words, {decisions[2].id}) == {near, far, "本网站自己的话"}


def test_a_reader_that_does_not_let_go_does_not_hold_up_a_takedown(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    reader = connect(path, read_only=True)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM decisions").fetchone()
    monkeypatch.setattr(opening, "connect", lambda target, timeout=0.1: connect(target, timeout=0.1))
    assert public_db.bring_to(path, decisions[:5] + decisions[6:], instance, HEAD) is None
    assert decisions[5].id.encode() not in path.read_bytes()
    reader.close()


def test_the_pieces_looked_for_are_long_enough_to_tell() -> None:
    public = decision(3, "penalty", "短")
    assert all(len(piece) >= 4 for piece in proof.telling(public))
    assert public.id in set(proof.telling(public))
