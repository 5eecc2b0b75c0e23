"""Records into public.db and out of it: in place as from nothing, and what went is in no byte of the file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish.database.changes import Changes, changes, touched
from gongshi.publish.database.public_db import apply, bring_to, leaving, write_full
from gongshi.publish.database.record_rows import stored_records
from gongshi.publish.database.standing import count_records, intact
from gongshi.publish.database.takeout import Left, own_files, standing_among, take_out
from gongshi.publish.opening import changing
from gongshi.publish.preparing.prepared import Prepared
from gongshi.publish.proving import proof
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.query.tokens import match_expression
from gongshi.store import head
from gongshi.store.sqlite import connect

Dump = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
HEAD = "1" * 64


def held(path: Path, sql: str, *asked: object) -> list[Any]:
    with closing(connect(path, read_only=True)) as db:
        return [tuple(row) for row in db.execute(sql, asked)]


def found(path: Path, query: str) -> list[Any]:
    return held(path, "SELECT rowid FROM records_fts WHERE records_fts MATCH ?", match_expression(query))


def terms(path: Path) -> list[str]:
    with closing(connect(path, read_only=True)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, records_fts, instance)")
        return sorted(repr(tuple(row)) for row in db.execute("SELECT * FROM temp.terms"))


def rows(path: Path, dump: Dump) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(cells, key=repr) for name, cells in dump(path).items()}


def test_step_by_step_is_the_same_as_from_nothing(registers: Any, dump: Dump, tmp_path: Path) -> None:
    body = Random(3).randbytes(9000)
    files = registers.attached(body, b"%PDF second" * 30)

    def same() -> None:
        registers.publish()
        fresh = tmp_path / "fresh.db"
        write_full(fresh, registers.instance, [], head(registers.store), records=registers.shown())
        assert rows(registers.path, dump) == rows(fresh, dump)
        assert terms(registers.path) == terms(fresh)
        assert intact(registers.path)

    (officer,) = registers.send(registers.record("officer"))
    same()
    (text, board) = registers.send(registers.record("normative_text", files=files), registers.record("post_board"))
    same()
    registers.send(registers.record("normative_text", title="另一份指引（示例）", index_number="另", files=files[:1]))
    same()
    registers.send(registers.record("normative_text", body="改写过的正文，另起一段。", files=files[1:]))
    same()
    for gone in (text, officer, board):
        registers.suspend(gone)
        same()
    assert [size for (size,) in held(registers.path, "SELECT size FROM attachments")] == [9000]


def test_every_public_word_of_a_record_is_found_and_goes_with_it(registers: Any) -> None:
    registers.send(registers.record("officer"))
    (item,) = registers.send(registers.record("recording_item", place="示例检查现场"))
    registers.publish()
    assert len(found(registers.path, "00001")) == 1 and len(found(registers.path, "示例员")) == 1
    assert len(found(registers.path, "检查现场")) == 1
    registers.suspend(item)
    registers.publish()
    assert found(registers.path, "检查现场") == []
    assert "示例检查现场".encode() not in registers.path.read_bytes()


def test_an_attachment_goes_with_the_last_record_that_has_it(registers: Any) -> None:
    large = Random(7).randbytes(5_000_000)
    files = registers.attached(large)
    one, other = registers.send(
        registers.record("normative_text", files=files),
        registers.record("normative_text", title="另一份指引（示例）", index_number="另", files=files),
    )
    registers.publish()
    assert own_files(registers.path, [one]) == frozenset()
    assert own_files(registers.path, [one, other]) == {files[0]["sha256"]}
    registers.suspend(one)
    registers.publish()
    assert held(registers.path, "SELECT size FROM attachments") == [(5_000_000,)]
    registers.suspend(other)
    registers.publish()
    kept = registers.path.read_bytes()
    pieces = [large[at : at + 40] for at in range(100, len(large) - 40, 50_000)]
    assert held(registers.path, "SELECT * FROM attachments") == []
    assert not any(piece in kept for piece in pieces)


@pytest.mark.parametrize("way", ["taken out", "rewritten"])
def test_what_is_taken_out_is_in_no_byte_and_everything_else_stays(registers: Any, way: str) -> None:
    files = registers.attached(Random(9).randbytes(20_000))
    officer, text = registers.send(registers.record("officer"), registers.record("normative_text", files=files))
    registers.publish()
    sample = Random(9).randbytes(20_000)[7000:7060]
    assert sample in registers.path.read_bytes()
    if way == "taken out":
        assert take_out(registers.path, [text]) is Left.CLEAN
    else:
        gone = Changes((), (), (), (), (), (text,))
        bring_to(registers.path, [], registers.instance, HEAD, changes=gone, full=True)
    left = registers.path.read_bytes()
    assert text.encode() not in left and "规范用语指引".encode() not in left and sample not in left
    assert held(registers.path, "SELECT id FROM records") == [(officer,)]
    assert standing_among(registers.path, [officer, text]) == (frozenset([officer]), frozenset())
    assert len(found(registers.path, "22070100001")) == 1 and intact(registers.path)


def test_a_word_left_in_the_index_is_seen(registers: Any) -> None:
    (officer,) = registers.send(registers.record("officer"))
    registers.publish()
    (public,) = leaving(registers.path, Changes((), (), unlisted=(officer,))).records
    with pytest.raises(TakedownUnproven), changing(registers.path) as db:
        db.execute("DELETE FROM records WHERE id = ?", (officer,))
        proof.forgotten(db, [public], proof.RECORDS)


def test_a_piece_of_a_file_left_in_the_database_is_seen(registers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongshi.publish.database import public_db

    files = registers.attached(Random(11).randbytes(20_000))
    (text,) = registers.send(registers.record("normative_text", files=files))
    registers.publish()

    def only_unlinked(db: Any, found: Any) -> None:
        db.execute("UPDATE attachments SET sha256 = 'x' || sha256")
        db.execute("CREATE TABLE IF NOT EXISTS meta_of_old AS SELECT body FROM attachments")
        db.execute("DELETE FROM attachments")

    monkeypatch.setattr(public_db, "detach", only_unlinked)
    with pytest.raises(TakedownUnproven):
        apply(registers.path, Changes((), (), unlisted=(text,)), registers.instance, HEAD)


def test_a_changed_row_or_file_is_not_intact(registers: Any) -> None:
    registers.send(registers.record("normative_text", files=registers.attached(b"%PDF example" * 9)))
    registers.publish()
    assert intact(registers.path) and count_records(registers.path) == 1
    for sql in ("UPDATE records SET title = 'x'", "UPDATE attachments SET body = 'x'"):
        copy = registers.path.with_name("copy.db")
        copy.write_bytes(registers.path.read_bytes())
        with closing(connect(copy)) as db:
            db.execute(sql)
        assert not intact(copy), sql


def test_only_what_was_looked_at_is_compared_and_taken_down(registers: Any) -> None:
    first, second = registers.send(registers.record("normative_text"), registers.record("recording_item"))
    registers.publish()
    prepared = registers.prepare([])
    assert changes(registers.path, Prepared(rows=[], looked_at=()), records=prepared) == Changes((), ())
    registers.suspend(second)
    registers.suspend(first)
    change = changes(registers.path, Prepared(rows=[], looked_at=()), records=registers.prepare([second]))
    assert change is not None and change.unlisted == (second,)
    light = touched(registers.path, change)
    assert [one.id for one in light.records_before] == [second] and light.records_after == ()
    with closing(connect(registers.path)) as db:
        assert {one.id for one in stored_records(db)} == {first, second}
