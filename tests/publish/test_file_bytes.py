"""What of a takedown is looked for in the bytes of the file, however large that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshi.publish.proving import file_bytes
from gongshi.publish.proving.file_bytes import Plan, found, free_pages, plan
from gongshi.store.sqlite import connect

CHINESE = tuple(f"当事人第{number:05d}号情形属实" for number in range(60))
KEPT = "这一件仍在公示的表里"
IDS = tuple(f"{number * 2654435761 % 2**64:016x}" for number in range(60))


@pytest.mark.parametrize("count", [1, 5, 60])
@pytest.mark.parametrize("at", [0, 2**12 - 7, 2**12, 3 * 2**12 - 1, 5 * 2**12 + 1])
def test_every_word_is_found_wherever_it_lies(
    count: int, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_bytes, "_BLOCK", 2**12)
    path = tmp_path / "file"
    for word in (CHINESE[count - 1], IDS[count - 1]):
        path.write_bytes(b" " * at + word.encode() + b" " * 2**12)
        assert found(path, Plan((*CHINESE[:count], *IDS[:count]), ())) == {word}
    assert found(path, Plan((*CHINESE[:count], IDS[59] + "0"), ())) == set()


def test_in_a_large_file_ids_and_the_surest_words_are_looked_for_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1000)
    everything = (*IDS, *CHINESE)
    assert plan(path, everything) == Plan(everything, ())
    monkeypatch.setattr(file_bytes, "_PASSED_OVER", 3500)
    assert plan(path, everything) == Plan((*IDS, *CHINESE[:3]), CHINESE[3:])


def test_the_other_words_are_looked_for_in_every_free_page(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    db = connect(path)
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("PRAGMA page_size = 512")
    db.execute("CREATE TABLE t (text TEXT)")
    db.executemany("INSERT INTO t VALUES (?)", ((word * 40,) for word in CHINESE * 9))
    db.execute("CREATE TABLE kept AS SELECT ? AS text", (KEPT,))
    db.execute("DELETE FROM t")
    count = db.execute("PRAGMA freelist_count").fetchone()[0]
    db.close()
    assert sum(1 for _ in free_pages(path)) == count > 200
    wanted = Plan((), (CHINESE[3], KEPT))
    assert found(path, wanted) == {CHINESE[3]}, "what stands in the table is not free"


def test_a_file_without_free_pages_has_none(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    db = connect(path)
    db.execute("CREATE TABLE t (text TEXT)")
    db.close()
    assert list(free_pages(path)) == []


def test_words_that_lie_across_each_other_are_all_found() -> None:
    words = ("甲乙丙丁", "丙丁戊己", "乙丙", "0123456789abcdef", *CHINESE)
    assert file_bytes.among(["甲乙丙丁戊己".encode()], words) == set(words[:3])
