"""Taken down stays down: an old file sent again, in whatever form and under whatever name (DOMAIN.md 3)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FACTS = "货架上有过期的饼干和糖果三十七袋"
WITHDRAWN = {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}


def review(day: str) -> str:
    return f"reviewer: 郑示正\nresult: approve\ndate: {day}\nopinion: 同意\n"


@pytest.fixture
def committed(commands, row, sheet):
    """Commits a batch with its review of a day, under a name; `extra` makes other bytes of the same rows."""
    folder = commands.root / "data/submissions/11220700MB99000134"
    folder.mkdir(parents=True, exist_ok=True)

    def commit(name: str, day: str, *, extra: bytes = b"", **changes: str) -> Path:
        path = sheet(f"{name}.csv", [row("penalty", "松市监罚〔2026〕15号", facts=FACTS) | changes])
        (folder / f"{name}.csv").write_bytes(path.read_bytes() + extra)
        (folder / f"{name}.review.yml").write_text(review(day), encoding="utf-8")
        return folder / f"{name}.csv"

    return commit


@pytest.mark.article("D18")
def test_an_old_batch_with_its_old_review_does_not_bring_back_what_was_taken_down(commands, committed) -> None:
    committed("a", "2026-11-17")
    commands("rebuild")
    assert len(commands.pages()) == 1
    committed("b", "2026-11-19", **WITHDRAWN)
    commands("rebuild")
    assert commands.pages() == []
    committed("c", "2026-11-17", extra=b"\r\n")
    result = commands("rebuild", code=1)
    assert "review_stale" in commands.json("rebuild", code=1)["taken_in"]["faults"][0]["code"], result.output
    assert commands.pages() == []
    committed("c", "2026-11-20", extra=b"\r\n")
    commands("rebuild")
    assert commands.pages() == [], "not even a review made after the takedown: two persons restore it, or nobody"


NAME = "驾驶员赵铁柱"


def test_a_name_masked_later_is_in_no_byte_and_no_version_brings_it_back(commands, row, sheet) -> None:
    rows = [row("penalty", "松市监罚〔2026〕15号", facts=f"{NAME}运输过期食品。")]
    receipt = commands.json("submit", sheet("a.csv", rows), "--department", "11220700MB99000134", "--by", "周示礼")[
        "id"
    ]
    commands("review", receipt, "--by", "郑示正", "--approve", "--open", "赵铁柱")
    commands("rebuild")
    build = commands.root / "build"
    assert "赵铁柱" in commands.pages()[0].read_text(encoding="utf-8")
    commands("review", receipt, "--by", "郑示正", "--approve", "--mask", "赵铁柱")
    commands("rebuild")
    for text in ("赵铁柱", "铁柱"):
        assert not [p for p in build.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]
    rows[0] |= {"处罚内容": "罚款三千元"}
    commands.publish(sheet("b.csv", rows))
    commands("rebuild")
    page = commands.pages()[0].read_text(encoding="utf-8")
    assert "罚款三千元" in page
    assert "赵铁柱" not in page


WITHDRAW = ("--by", "周示礼", "--ending", "误公示", "--note", "误报")
REVOKE = (
    *("--by", "周示礼", "--ending", "撤销", "--reason", "程序违法，原决定被撤销。", "--effective-on", "2026-11-20"),
    *("--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府"),
    *("--instrument-date", "2026-11-20", "--received-on", "2026-11-20"),
)


@pytest.mark.article("D28")
@pytest.mark.parametrize("ending", [WITHDRAW, REVOKE], ids=["nothing stays", "a notice stays"])
@pytest.mark.parametrize("whole", [False, True], ids=["its page", "the whole site"])
def test_a_site_copied_back_from_a_backup_shows_nothing_that_came_down(
    ending: tuple[str, ...], whole: bool, commands, committed, tmp_path: Path
) -> None:
    committed("a", "2026-11-17")
    commands("rebuild")
    (page,) = commands.pages()
    site = commands.root / "build" / "site"
    shutil.copytree(site, tmp_path / "backup")
    act = commands.json("withdraw", "松市监罚〔2026〕15号", *ending)
    commands("confirm", str(act["number"]), "--by", "郑示正")
    commands("rebuild")
    after = commands.site()
    if whole:
        shutil.copytree(tmp_path / "backup", site, dirs_exist_ok=True)
    else:
        page.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(tmp_path / "backup" / page.relative_to(site), page)
    (site / "assets" / "elsewhere").symlink_to(tmp_path)
    (site / "verify.txt").write_text("the webmaster's own", encoding="utf-8")
    commands("rebuild")
    assert commands.site() == after | {"verify.txt": b"the webmaster's own"}
    assert not (site / "assets" / "elsewhere").is_symlink()
    assert FACTS.encode() not in b"".join(after.values())
    assert commands.json("rebuild")["nothing_changed"]


def test_a_page_that_somebody_took_away_is_there_again(commands, committed) -> None:
    committed("a", "2026-11-17")
    commands("rebuild")
    before = commands.site()
    (page,) = commands.pages()
    page.unlink()
    commands("rebuild")
    assert commands.site() == before
