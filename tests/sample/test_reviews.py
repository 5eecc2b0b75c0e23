"""The sample's people live through their legal reviews, and whoever practises with the guide gets from the first sheet
to the archive: every file and every command of “从立案到归档” as the page has them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main
from gongshi.instance import Instance, load
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.checking import check_cases
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.legal.ledger import ledger
from gongshi.sample.cases import ACTS, WORKBOOK
from gongshi.sample.generate import PROJECT
from gongshi.sample.reviewed_cases import DISCUSSED
from gongshi.store import Store, verify
from gongshi.store.cases import entered, scan
from gongshi.store.operations import Operation
from tests.instances import copied

MARKET = "11220700MB99000134"
PAGE = (PROJECT / "site_src" / "pages" / "about" / "cases.md").read_text(encoding="utf-8")
PRACTICE = PAGE.partition("{#practice}")[2].partition("\n## ")[0]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Reference data and the case files of market supervision, nothing taken in."""
    root = copied(tmp_path / "city")
    own = root / "data" / "submissions" / MARKET
    own.mkdir(parents=True)
    for name in (WORKBOOK, DISCUSSED, ACTS):
        (own / name).write_bytes((PROJECT / "data" / "submissions" / MARKET / name).read_bytes())
    return root


def take(store: Store, instance: Instance, root: Path, name: str, day: str) -> None:
    department, now = instance.department(MARKET), datetime.fromisoformat(f"{day}T00:00+08:00")
    file = SourceFile.at(root / "data" / "submissions" / MARKET / name)
    report = check_cases([file], department, instance, today=now.date(), known=known_cases(store))
    submit_cases(store, instance, report, by=department.submitters[0], today=now.date(), now=now)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


@pytest.mark.article("L6", "L9", "L10", "L12", "L13")
def test_the_days_of_the_sample_leave_a_living_ledger(city: Path) -> None:
    instance = load(city)
    for name, day in ((WORKBOOK, "2026-11-16"), (DISCUSSED, "2026-11-20")):
        with Store.open(city / "data" / "store.db") as store:
            take(store, instance, city, name, day)
        told = run("sample", str(city), "--reviews", "--today", day)
        assert (told.exit_code, "送审" in told.output) == (0, True), told.output
    with Store.open(city / "data" / "store.db", read_only=True) as store:
        cases = [case for case, _ in scan(store) if case.review]
        states = {case.key[-3:]: case.review for case in cases}
        made = [one.payload for case in cases for one in entered(store, case.id, Operation.LEGAL) if one.payload]
        rounds = list(ledger(store, instance, datetime.fromisoformat("2026-11-23").date(), MARKET, "2026"))
        assert verify(store).ok
    assert states == {
        "303": "prepared",
        "305": "reviewing",
        "306": "incomplete",
        "307": "submitted",
        "308": "decided",
    }
    assert len(rounds) == 5
    assert [one["fields"]["what"] for one in made if one["event"] == "inquire"] == ["调阅现场检查录像（示例）。"]
    assert "没有要办理的步骤" in run("sample", str(city), "--reviews", "--today", "2026-11-21").output
    refused = run("sample", str(city), "--reviews", "--today", "2026-11-20")
    assert (refused.exit_code, "不能接收" in refused.stderr) == (1, True)
    (city / "data" / "submissions" / MARKET / ACTS).write_text("- 送审", encoding="utf-8")
    assert "rehearsal_invalid" in run("sample", str(city), "--reviews").stderr


def blocks() -> Iterator[tuple[str, str]]:
    """Each block of the page's practice: the file that it is to be saved as (empty: commands), and what it says."""
    words, *rest = PRACTICE.split("\n```")
    for block, after in zip(rest[::2], rest[1::2], strict=True):
        saved = re.findall(r"存为 `([^`]+)`", words)
        yield (saved[-1] if block.startswith("json") else ""), block.partition("\n")[2]
        words = after


def test_the_practice_of_the_guide_goes_from_the_first_sheet_to_the_archive(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city)
    Path("现场.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42 the whole inspection")
    told: list[tuple[str, Result]] = []
    for name, text in blocks():
        if name:
            Path(name).write_text(text, encoding="utf-8")
        for line in [] if name else text.splitlines():
            told.append((line, run(*shlex.split(line)[1:])))
            assert told[-1][1].exit_code == 0, (line, told[-1][1].output)
    output = {line.partition(" --")[0]: result.output for line, result in told}
    assert "：完整（" in output["gongshi case check 松市监案〔2026〕399号"]
    assert "作出决定：松市监罚〔2026〕399号" in output["gongshi case show 松市监案〔2026〕399号"]
    for name in ("送审表.html", "意见书.html", "案卷.html", "台账.csv"):
        assert "399" in Path(name).read_text(encoding="utf-8")
