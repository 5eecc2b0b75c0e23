"""What somebody, or a failing disk, may do to the files that a run remembers by: no loss leaves a withdrawn page."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gongshi.store.sqlite import connect

FACTS = "货架上有过期的饼干和糖果三十七袋"
PARTY = "宁江区例十七食品商店"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the built city is kept for the tests after the first."""
    return tmp_path_factory.mktemp("attacked") / "city"


@pytest.fixture
def record(commands: Any, row: Any, sheet: Any, kept: Path) -> str:
    """Two decisions of different kinds are public; the id of the one that is taken down."""
    if not kept.exists():
        ours = row("penalty", "松市监罚〔2026〕7317号", party_name=PARTY, facts=FACTS)
        commands.publish(sheet("a.csv", [ours]))
        commands.publish(sheet("b.csv", [row("licence", "松市监许〔2026〕16号")]))
        commands("rebuild")
        shutil.copytree(commands.root, kept, copy_function=shutil.copy2)
    shutil.rmtree(commands.root)
    shutil.copytree(kept, commands.root, copy_function=shutil.copy2)
    commands("rebuild")
    (page,) = [page for page in commands.pages() if PARTY in page.read_text()]
    return str(page.stem)


def telling(commands: Any, *words: str) -> list[str]:
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [path for path, content in files.items() if any(word.encode() in path.encode() + content for word in words)]


LOST = {
    "all pages": ("manifest.db", "DELETE FROM pages"),
    "all folders": ("manifest.db", "DELETE FROM folders"),
    "the table of pages": ("manifest.db", "DROP TABLE pages"),
    "the table of what is pending": ("manifest.db", "DROP TABLE pending"),
    "the table of days": ("judged.db", "DROP TABLE wakes"),
}


@pytest.mark.article("D28")
@pytest.mark.parametrize("lost", LOST)
def test_whatever_a_run_forgot_nothing_withdrawn_stays(lost: str, commands: Any, record: str) -> None:
    name, statement = LOST[lost]
    with closing(connect(commands.root / "build" / name)) as db:
        db.execute(statement)
    stray = next((commands.root / "build" / "site" / "kinds").rglob("index.html")).with_name(f"{record}.bak")
    stray.write_text(FACTS)
    commands("suspend", record, "--by", "周示礼", "--why", "待核实", "--no-build")
    commands("rebuild")
    assert telling(commands, FACTS, PARTY, record) == []
    stepwise = commands.site()
    shutil.rmtree(commands.root / "build")
    commands("rebuild")
    assert commands.site() == stepwise
