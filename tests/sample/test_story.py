"""The demo city has a past: what became of decisions stands on its pages, whatever day it is shown on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest

from gongshi.instance import load
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.rebuild.run import rebuild
from gongshi.sample.city import DAYS, TODAY
from gongshi.sample.generate import PROJECT
from gongshi.sample.story import HISTORY
from gongshi.store import Store
from gongshi.store.sqlite import Connection, connect
from tests.instances import copied

SHOWN_ON = date(2027, 3, 2)
"""Months after the sample's last day."""
TOLD = ("2026-11-16-earlier.*", "2026-11-20-again.*", "*.withdraw.yml")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stories of the sample city, lived through as `make serve` does."""
    root = copied(tmp_path_factory.mktemp("lived"))
    for path in (found for pattern in TOLD for found in (PROJECT / "data/submissions").glob(f"*/{pattern}")):
        (root / "data/submissions" / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, root / "data/submissions" / path.parent.name / path.name)
    for day in (HISTORY, TODAY, SHOWN_ON):
        done = rebuild(root, today=day, now=datetime.combine(day, time(17), ZoneInfo("Asia/Shanghai")))
    assert done.ok
    return root


@pytest.fixture(scope="module")
def public(lived: Path) -> Iterator[Connection]:
    db = connect(lived / "build/public.db", read_only=True)
    yield db
    db.close()


def numbers(public: Connection) -> set[str]:
    return {row["document_number"] for row in public.execute("SELECT document_number FROM decisions")}


@pytest.mark.article("D28")
def test_what_was_revoked_and_what_was_changed_leave_notices(public: Connection, lived: Path) -> None:
    rows = [tuple(row) for row in public.execute("SELECT document_number, ending_label, id FROM notices")]
    assert {(number, ending) for number, ending, _ in rows} == {
        ("松市监罚〔2026〕301号", "撤销"),
        ("松环罚〔2026〕301号", "变更"),
    }
    assert all((lived / f"build/site/decisions/{one[:2]}/{one}.gone").is_file() for _, _, one in rows)
    assert "松环罚〔2026〕318号" in numbers(public), "the decision that took the changed one's place"


@pytest.mark.parametrize(
    ("number", "event", "field"),
    [
        pytest.param("扶市监罚〔2026〕301号", "correct", "违法事实", marks=pytest.mark.article("D31")),
        pytest.param("松水许〔2026〕301号", "change", "许可内容", marks=pytest.mark.article("D27")),
    ],
)
def test_a_correction_and_a_change_stand_on_the_page(public: Connection, number: str, event: str, field: str) -> None:
    sql = "SELECT history FROM decisions WHERE document_number = ?"
    first, then = orjson.loads(public.execute(sql, (number,)).fetchone()["history"])
    assert (first["event"], then["event"], then["on"]) == ("publish", event, TODAY.isoformat())
    assert field in then["fields"]


@pytest.mark.article("D28")
@pytest.mark.parametrize("number", ["松农罚〔2024〕301号", "松水许〔2026〕302号"], ids=["expired", "mistake"])
def test_what_expired_and_a_mistake_leave_nothing(public: Connection, lived: Path, number: str) -> None:
    assert number not in numbers(public)
    assert all(number not in page.read_text(encoding="utf-8") for page in (lived / "build/site").rglob("*.html"))


def test_one_act_waits_for_its_second_person(public: Connection, lived: Path) -> None:
    with Store.open(lived / "data/store.db") as store:
        (waiting,) = open_acts(store, load(lived), SHOWN_ON)
    assert (waiting.document_number, waiting.overdue) == ("松应急罚〔2026〕301号", True)
    assert waiting.document_number in numbers(public), "public until it is confirmed"


@pytest.mark.parametrize(("store", "days"), [(False, (HISTORY, TODAY)), (True, ())])
def test_make_lives_through_the_days_of_a_new_store_alone(tmp_path: Path, store: bool, days: tuple[date, ...]) -> None:
    root, called = tmp_path / "city", tmp_path / "called"
    (root / "data/submissions/one").mkdir(parents=True)
    days_of_the_sample = next((PROJECT / "data/submissions").glob(f"*/{DAYS}"))
    shutil.copyfile(days_of_the_sample, root / "data/submissions/one" / DAYS)
    if store:
        (root / "data/store.db").touch()
    stub = tmp_path / "gongshi"
    stub.write_text(f'#!/bin/sh\necho "$@" >> {called}\n')
    stub.chmod(0o755)
    make = ["make", "-o", "setup", "build", f"BIN={tmp_path}", f"ROOT={root}"]
    subprocess.run(make, cwd=PROJECT, check=True, capture_output=True)
    lived = [
        command
        for day in days
        for command in (f"rebuild --root {root} --today {day}", f"sample --reviews {root} --today {day}")
    ]
    assert called.read_text().splitlines() == [*lived, f"rebuild --root {root}"]
