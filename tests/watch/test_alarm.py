"""The alarm: told once, told again where it still stands, and never in the way of a rebuild."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongshi.instance.schedule import Schedule
from gongshi.store.journal import CITY_CLOCK
from gongshi.watch.alarm import raise_alarm
from gongshi.watch.matters import Level, Matter, exit_status
from gongshi.watch.status import Before, Status

NOON = datetime(2026, 11, 20, 12, tzinfo=CITY_CLOCK)
KEEP = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read().replace(chr(10), ' ') + chr(10))"


def overdue(*ids: str) -> Matter:
    return Matter(code="overdue", level=Level.ATTENTION, label="超期未公示", ids=ids, departments={"甲": len(ids)})


BROKEN = Matter(code="R006", level=Level.FAILED, label="网站没有更新", said=("磁盘已满",))
HINT = Matter(code="hints", level=Level.NOTICE, label="提示", said=("放假安排",))


class Webmaster:
    """Keeps what the command is told."""

    def __init__(self, build: Path) -> None:
        self.build, self.file = build, build / "told"
        self.schedule = Schedule(alarm=(sys.executable, "-c", KEEP, str(self.file)), alarm_again_hours=24)

    def hears(self, *matters: Matter, hours: int = 0) -> list[dict]:
        """What the command is told of a rebuild so many hours after noon."""
        self.file.unlink(missing_ok=True)
        told = raise_alarm(status(*matters), self.schedule, self.build, NOON + timedelta(hours=hours))
        assert told.fault == ""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        return [json.loads(line) for line in lines]


def status(*matters: Matter) -> Status:
    return Status(
        site="示例", at="2026-11-20T12:00:00+08:00", today="2026-11-20", seconds=1, went_well_at="", changed={},
        matters=matters,
    )  # fmt: skip


@pytest.fixture
def webmaster(tmp_path: Path) -> Webmaster:
    return Webmaster(tmp_path)


def ids(told: list[dict]) -> list[list[str]]:
    return [matter["ids"] for one in told for matter in one["matters"]]


def test_a_matter_is_told_once_with_what_it_is(webmaster: Webmaster) -> None:
    told = webmaster.hears(overdue("a", "b"), HINT)
    assert ids(told) == [["a", "b"]]
    assert (told[0]["site"], told[0]["result"], told[0]["exit_status"]) == ("示例", "attention", 3)
    assert "超期未公示：2 件" in told[0]["text"]
    assert webmaster.hears(overdue("a", "b"), hours=1) == []


def test_only_what_is_new_of_it_is_told(webmaster: Webmaster) -> None:
    webmaster.hears(overdue("a", "b"))
    assert ids(webmaster.hears(overdue("a", "c"), hours=1)) == [["c"]]
    assert webmaster.hears(overdue("a"), hours=2) == []


def test_what_still_stands_is_told_again_after_the_set_time(webmaster: Webmaster) -> None:
    webmaster.hears(overdue("a"), BROKEN)
    assert webmaster.hears(overdue("a"), BROKEN, hours=23) == []
    assert ids(webmaster.hears(overdue("a"), BROKEN, hours=25)) == [["a"], []]


def test_what_was_settled_and_comes_back_is_told_at_once(webmaster: Webmaster) -> None:
    webmaster.hears(BROKEN)
    webmaster.hears(hours=1)
    assert len(webmaster.hears(BROKEN, hours=2)) == 1


def test_a_notice_calls_nobody(webmaster: Webmaster) -> None:
    assert webmaster.hears(HINT) == []


@pytest.mark.parametrize(
    ("alarm", "words"),
    [
        ((sys.executable, "-c", "raise SystemExit(7)"), "退出码 7"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "超过 1 秒"),
        (("/nowhere/alarm",), "无法运行"),
        (("/",), "无法运行"),
    ],
)
def test_a_command_that_fails_is_reported_and_asked_again(tmp_path: Path, alarm: tuple[str, ...], words: str) -> None:
    schedule = Schedule(alarm=alarm, alarm_seconds=1)
    assert words in raise_alarm(status(BROKEN), schedule, tmp_path, NOON).fault
    webmaster = Webmaster(tmp_path)
    assert len(webmaster.hears(BROKEN)) == 1


def test_a_command_that_does_not_read_is_no_failure(tmp_path: Path) -> None:
    big = overdue(*(f"{n:016x}" for n in range(20_000)))
    schedule = Schedule(alarm=(sys.executable, "-c", ""))
    assert raise_alarm(status(big), schedule, tmp_path, NOON).fault == ""


@pytest.mark.parametrize("left", [b"", b"[]", b"{", b'{"overdue a": 5}', b'{"overdue a": "yesterday"}'])
def test_a_damaged_memory_means_telling_again(webmaster: Webmaster, left: bytes) -> None:
    (webmaster.build / "alarms.json").write_bytes(left)
    assert ids(webmaster.hears(overdue("a"))) == [["a"]]


@pytest.mark.parametrize(
    ("matters", "expected"),
    [((), 0), ((HINT,), 0), ((HINT, overdue("a")), 3), ((overdue("a"), BROKEN), 1), ((BROKEN,), 1)],
)
def test_the_exit_status_is_the_gravest_matters(matters: tuple[Matter, ...], expected: int) -> None:
    assert exit_status(matters) == expected


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    status(overdue("a"), BROKEN).save(tmp_path)
    assert Before.of(tmp_path).matters == [overdue("a"), BROKEN]
    for name in ("status.json", "status.html"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [b"", b"[]", b"{}", b'{"went_well_at": "", "matters": [{}]}', b'{"matters": 3}'])
def test_a_damaged_status_is_none(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "status.json").write_bytes(left)
    assert Before.of(tmp_path) == Before()


def test_the_page_says_it_all_and_escapes_it(tmp_path: Path) -> None:
    status(overdue("a<b"), BROKEN).save(tmp_path)
    page = (tmp_path / "status.html").read_text(encoding="utf-8")
    assert "<title>没有做成：示例" in page
    assert "a&lt;b" in page
    assert "磁盘已满" in page
    assert "noindex" in page


def test_the_page_lists_so_many_numbers_and_names_the_file_that_has_all(tmp_path: Path) -> None:
    status(overdue(*(f"nr{n:04}" for n in range(1001)))).save(tmp_path)
    page = (tmp_path / "status.html").read_text(encoding="utf-8")
    assert "1001 件" in page
    assert "nr0999 等，全部见 status.json".replace(" 等", "</code> 等") in page
    assert "nr1000" not in page
    assert len(Before.of(tmp_path).matters[0].ids) == 1001


def test_a_department_is_called_by_its_name_where_a_person_reads() -> None:
    named = overdue("x").named({"甲": "甲市试验局", "乙": "乙市试验局"})
    assert "超期未公示：1 件（甲市试验局 1 件）" in named.render_text()
    assert Matter.from_json(named.to_json()) == named
