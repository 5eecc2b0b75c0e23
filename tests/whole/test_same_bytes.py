"""The same store, templates and date give the same bytes in any process on any machine (promise 4)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gongshi.rebuild import run as rebuilding

MACHINES = (
    {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
)
PERSON = {
    "行政相对人名称": "张建国",
    "行政相对人类别": "自然人",
    "行政相对人代码_1(统一社会信用代码)": "",
    "证件类型": "身份证",
    "证件号码": "220702198001011234",
}


@pytest.fixture
def published(commands, row, sheet):
    """Decisions of three kinds, with two parties in one of them, public as of the commands' day."""
    penalties = [row("penalty", f"松市监罚〔2026〕{n}号", facts=f"第{n}批饼干过期") for n in range(1, 6)]
    penalties.append(penalties[0] | PERSON)
    commands.publish(sheet("a.csv", penalties))
    commands.publish(sheet("b.csv", [row("licence", f"松市监许准〔2026〕{n}号") for n in range(1, 4)]))
    commands.publish(sheet("c.csv", [row("random_inspection", "松市监检〔2026〕1号")]))
    commands("rebuild")
    assert len(commands.pages()) == 9
    return commands


def rebuilt(root: Path, today: str, machine: dict[str, str]) -> dict[str, bytes]:
    """All that the public can reach, made from nothing on `machine`."""
    done = subprocess.run(
        [sys.executable, "-m", "gongshi.cli", "rebuild", "--full", "--root", str(root), "--today", today],
        env={**os.environ, **machine},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "网站已更新" in done.stdout.decode("utf-8"), "Chinese is printed in whatever locale"
    build = root / "build"
    files = [build / "public.db", *(path for path in (build / "site").rglob("*") if path.is_file())]
    return {str(path.relative_to(build)): path.read_bytes() for path in files}


def test_two_machines_make_the_same_bytes(published, tmp_path: Path) -> None:
    made = []
    for number, machine in enumerate(MACHINES):
        root = Path(shutil.copytree(published.root, tmp_path / f"machine {number}" / "城市"))
        (root / "build" / "site" / f"left-over-{number}.html").write_text("of another release")
        made.append(rebuilt(root, published.today, machine))
    one, other = made
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_what_the_journal_refuses_to_call_public_is_not_written(commands, row, sheet, monkeypatch) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕1号"), row("penalty", "松市监罚〔2026〕2号")]))
    record = rebuilding.record_publication
    refused: list[str] = []

    def refusing(store, published, *rest):
        (first, *_), *others = published
        refused.append(first)
        return replace(record(store, others, *rest), refused={first: "不能公示"})

    monkeypatch.setattr(rebuilding, "record_publication", refusing)
    output = commands("rebuild", code=1).output
    assert f"未能公示 {refused[0]}" in output
    (page,) = commands.pages()
    assert page.stem not in refused
