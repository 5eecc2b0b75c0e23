"""After each rebuild a webmaster knows how it went and what waits: by exit status, status page, alarm; no names."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

DEPARTMENT = "11220700MB99000134"
PERSON = "欧阳示娜"
LATER = "2026-12-21"
KEEP = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"


def status(commands) -> dict[str, Any]:
    return json.loads((commands.root / "build/status.json").read_text(encoding="utf-8"))


def codes(commands) -> set[str]:
    return {matter["code"] for matter in status(commands)["matters"]}


def calling(commands, told: Path) -> None:
    """Have the webmaster's command keep what it is told."""
    words = json.dumps([sys.executable, "-c", KEEP, str(told)])
    (commands.root / "data/reference/schedule.yml").write_text(f"alarm: {words}\n", encoding="utf-8")


def test_all_is_well(commands) -> None:
    commands("rebuild")
    found = status(commands)
    assert (found["result"], found["exit_status"], found["today"]) == ("ok", 0, "2026-11-20")
    assert found["went_well_at"] == found["at"]


@pytest.mark.article("D27")
def test_what_is_overdue_ends_in_a_status_of_its_own(commands, row, sheet) -> None:
    commands.json(
        "submit", sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号")]), "--department", DEPARTMENT, "--by", "周示礼"
    )
    commands("rebuild")
    assert "received" in codes(commands)
    commands("rebuild", today=LATER, code=3)
    assert status(commands)["result"] == "attention"
    (overdue,) = (matter for matter in status(commands)["matters"] if matter["code"] == "overdue")
    assert (overdue["count"], overdue["departments"]) == (1, {DEPARTMENT: 1})
    commands("rebuild", today=LATER, code=3)


def test_what_is_held_for_long_needs_somebody(commands, row, sheet) -> None:
    natural = row("penalty", "松市监罚〔2026〕15号", party_name=PERSON, party_type="自然人", party_uscc="")
    commands.publish(sheet("a.csv", [natural]))
    commands("rebuild")
    assert "held" in codes(commands)
    commands("rebuild", today=LATER, code=3)
    assert "held_long" in codes(commands)


def test_no_surface_names_a_person(commands, row, sheet, tmp_path: Path) -> None:
    calling(commands, tmp_path / "told")
    natural = row("penalty", "松市监罚〔2026〕15号", party_name=PERSON, party_type="自然人", party_uscc="")
    commands.publish(sheet("a.csv", [natural]))
    folder = commands.root / "data/submissions" / DEPARTMENT
    folder.mkdir(parents=True)
    (folder / f"{PERSON}.csv").write_text(PERSON, encoding="utf-8")
    commands("rebuild", today=LATER, code=1)
    assert {"files", "held_long", "overdue"} <= codes(commands)
    told = [commands.root / "build/status.json", commands.root / "build/status.html", tmp_path / "told"]
    for path in told:
        text = path.read_text(encoding="utf-8")
        assert DEPARTMENT in text
        assert PERSON not in text


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_the_log_says_where_a_sheet_is_wrong_and_repeats_nothing_of_it(commands, row, sheet, words) -> None:
    wrong = row("penalty", "松市监罚〔2026〕15号", decided_on=PERSON)
    folder = commands.root / "data/submissions" / DEPARTMENT
    folder.mkdir(parents=True)
    sheet("c.csv", [wrong]).rename(folder / "c.csv")
    told = commands("rebuild", *words, code=1).output
    assert "c.csv" in told
    assert "E211" in told
    assert "处罚决定日期" in told
    assert PERSON not in told


def test_a_failed_rebuild_is_written_down_and_told_by_the_last_good_settings(commands, tmp_path: Path) -> None:
    calling(commands, tmp_path / "told")
    commands("rebuild")
    well = status(commands)["at"]
    assert not (tmp_path / "told").exists()
    (commands.root / "data/reference/regions.yml").write_text("- code: [\n", encoding="utf-8")
    assert "regions.yml" in commands("rebuild", code=1).output
    found = status(commands)
    assert (found["result"], found["went_well_at"]) == ("failed", well)
    assert "reference_invalid" in codes(commands)
    assert json.loads((tmp_path / "told").read_text(encoding="utf-8"))["result"] == "failed"


def test_what_the_door_could_not_do_is_picked_up(commands) -> None:
    inbox = commands.root / "data/inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "ALARM").write_text('{"at": "2026-11-20 09:00", "code": "inbox_full", "message": "磁盘已满"}')
    commands("rebuild", code=3)
    assert "door" in codes(commands)
    (inbox / "ALARM").unlink()
    commands("rebuild")
    assert "door" not in codes(commands)


@pytest.mark.article("D18")
def test_an_audit_that_found_something_stands_in_the_status_until_one_is_clean(commands, row, sheet, tmp_path) -> None:
    calling(commands, tmp_path / "told")
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号", remarks="领导批示后再议此事")]))
    commands("rebuild")
    left = [commands.root / "build/site" / name for name in ("left.txt", "领导批示后再议此事.txt")]
    left[0].write_text("领导批示后再议此事", encoding="utf-8")
    left[1].touch()
    commands("audit", code=1)
    written = commands.root / "build/audit.json"
    assert written.stat().st_mode & 0o777 == 0o600
    commands("rebuild", code=3)
    (found,) = (matter for matter in status(commands)["matters"] if matter["code"] == "audit")
    assert "发现 2 处，无法查看 0 处" in found["said"][0]
    assert "site/left.txt" in found["said"][0]
    page, told = commands.root / "build/status.html", tmp_path / "told"
    for path in (written, commands.root / "build/status.json", page, told):
        text = path.read_text(encoding="utf-8")
        assert "left.txt" in text
        assert "领导批示" not in text
    for path in left:
        path.unlink(missing_ok=True)
    commands("audit")
    commands("rebuild")
    assert not {"audit", "audit_late", "unknown"} & codes(commands)


@pytest.mark.parametrize(("days", "ran", "today", "late"), [
    (2, True, "2026-11-22", False),
    (2, True, "2026-11-23", True),
    (3, True, "2026-11-23", False),
    (0, True, LATER, False),
    (2, False, LATER, False),
])  # fmt: skip
def test_an_audit_that_is_run_no_more_is_told_once_one_ran(
    commands, days: int, ran: bool, today: str, late: bool
) -> None:
    (commands.root / "data/reference/schedule.yml").write_text(f"audit_days: {days}\n", encoding="utf-8")
    commands("rebuild")
    if ran:
        commands("audit")
    commands("rebuild", today=today, code=3 if late else 0)
    assert ("audit_late" in codes(commands)) is late


@pytest.mark.parametrize("left", ["", "[]", "{}", '{"day": "gestern", "where": []}'])
def test_a_damaged_audit_is_told_and_hides_nothing_else(commands, left: str) -> None:
    (commands.root / "build").mkdir(exist_ok=True)
    (commands.root / "build/audit.json").write_text(left, encoding="utf-8")
    commands("rebuild", code=3)
    assert "unknown" in codes(commands)


def test_an_audit_that_can_not_be_written_down_is_still_told(commands) -> None:
    commands("rebuild")
    (commands.root / "build/audit.json.part").mkdir()
    told = commands("audit")
    assert "没有写入 build/audit.json" in told.stderr
    assert "没有发现不应公开的内容" in told.stdout


def test_names_that_wait_for_a_reviewer_stay_listed_while_nothing_changes(commands, row, sheet) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号", facts=f"由{PERSON}签字确认")]))
    commands("rebuild")
    assert "names" in codes(commands)
    assert commands.json("rebuild")["nothing_changed"]
    assert "names" in codes(commands)


def test_a_second_rebuild_is_told_who_runs_and_ends_in_a_status_of_its_own(commands) -> None:
    from gongshi.release.lock import exclusive

    before = status(commands) if (commands.root / "build/status.json").exists() else None
    with exclusive(commands.root / "data/.rebuild.lock", "2026-11-20 08:00", "gongshi rebuild --full"):
        told = commands("rebuild", code=4).output
    assert "R001" in told
    assert "gongshi rebuild --full" in told
    assert (status(commands) if before else None) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("held_days: soon\n", "schedule.yml:1"),
        ("held_days: 10\nalarm: mail\n", "schedule.yml:2"),
        ("alarms: []\n", "是不是 alarm"),
        ("- held_days\n", "schedule.yml:1"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(commands, text: str, words: str) -> None:
    (commands.root / "data/reference/schedule.yml").write_text(text, encoding="utf-8")
    assert words in commands("rebuild", code=1).output


def test_the_status_is_nowhere_in_the_site(commands) -> None:
    commands("rebuild")
    assert [path for path in commands.site() if "status" in path.rsplit("/", 1)[-1]] == []
