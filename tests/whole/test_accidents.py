"""What befalls a folder: lost and damaged files, editors' locks, faulty pages. No accident holds up a takedown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongshi.publish.database.standing import intact

FACTS = "货架上有过期的饼干和糖果三十七袋"
WITHDRAWN = {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}


@pytest.fixture
def published(commands, row, sheet):
    """Two decisions are public; called, it has the first one's takedown approved."""
    rows = [row("penalty", "松市监罚〔2026〕15号", facts=FACTS), row("penalty", "松市监罚〔2026〕16号")]
    commands.publish(sheet("a.csv", rows))
    commands("rebuild")
    assert len(commands.pages()) == 2

    def withdraw() -> None:
        commands.publish(sheet("b.csv", [rows[0] | WITHDRAWN]))

    return withdraw


def holding(build: Path, text: str) -> list[Path]:
    return [path for path in sorted(build.rglob("*")) if path.is_file() and text.encode() in path.read_bytes()]


def test_a_lost_manifest_leaves_no_withdrawn_page(commands, published) -> None:
    published()
    (commands.root / "build/manifest.db").unlink()
    commands("rebuild")
    assert len(commands.pages()) == 1
    assert holding(commands.root / "build", FACTS) == []


def test_without_the_manifest_another_store_is_refused_all_the_same(commands, published) -> None:
    (commands.root / "build/manifest.db").unlink()
    for side in ("", "-wal", "-shm"):
        (commands.root / f"data/store.db{side}").unlink(missing_ok=True)
    assert "R002" in commands("rebuild", code=1).output
    assert len(commands.pages()) == 2


def test_a_damaged_database_is_seen_and_made_again(commands, published) -> None:
    path = commands.root / "build/public.db"
    content = path.read_bytes()
    assert intact(path)
    path.write_bytes(content.replace(FACTS.encode(), FACTS.replace("饼干", "面包").encode()))
    assert not intact(path)
    assert not commands.json("rebuild")["nothing_changed"]
    assert intact(path)
    assert holding(commands.root / "build", FACTS)


def test_what_a_killed_run_left_of_a_fresh_database_is_gone_after_the_next(commands, published) -> None:
    build = commands.root / "build"
    (build / ".public.db.fresh").write_bytes((build / "public.db").read_bytes())
    published()
    commands("rebuild")
    assert holding(build, FACTS) == []


def test_a_faulty_narrative_page_holds_up_no_takedown(commands, published) -> None:
    published()
    before = (commands.root / "mkdocs.yml").read_text(encoding="utf-8")
    (commands.root / "mkdocs.yml").write_text(before + "\nplugins: [nothing-of-this-name]\n", encoding="utf-8")
    assert "R003" in commands("rebuild", code=1).output
    assert len(commands.pages()) == 1, "the decision's own page is gone"
    assert holding(commands.root / "build", FACTS) == [], "and so is every list's row"
    (commands.root / "mkdocs.yml").write_text(before, encoding="utf-8")
    commands("rebuild")
    assert holding(commands.root / "build", FACTS) == []


def test_strange_files_among_the_submissions_hold_up_no_takedown(commands, published) -> None:
    folder = commands.root / "data/submissions/11220700MB99000134"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".#a.xlsx").symlink_to("somebody@host.1:2")
    (folder / "b.xlsx").symlink_to("/nonexistent")
    os.mkfifo(folder / "pipe.csv")
    (folder / os.fsdecode(b"\xff.txt")).write_text("x")
    (folder / "c.csv").write_text("x")
    (folder / "c.review.yml").write_text("reviewer: " + "[" * 400_000)
    published()
    result = commands("rebuild", code=1)
    assert isinstance(result.exception, SystemExit), result.exception
    assert len(commands.pages()) == 1
    assert holding(commands.root / "build", FACTS) == []


def test_a_fault_is_told_at_every_rebuild_until_it_is_mended(commands, published) -> None:
    faulty = commands.root / "data/submissions/11220700MB99000134/c.csv"
    faulty.parent.mkdir(parents=True, exist_ok=True)
    faulty.write_text("没有表头", encoding="utf-8")
    for _ in range(2):
        told = commands.json("rebuild", code=1)
        assert [fault["file"] for fault in told["taken_in"]["faults"]] == ["11220700MB99000134/c.csv"]
    faulty.unlink()
    assert commands.json("rebuild")["ok"]
    assert commands.json("rebuild")["nothing_changed"]
