"""The rows of days that nobody touched come out of the file that lay there: the same bytes as from public.db."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.publish.audit import parquet
from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.pages import downloads_of
from gongshi.render.downloads.splicing import NOTHING, Before
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Plan

MONTH = "2026-03"
DAYS = [f"{MONTH}-{day:02d}" for day in (1, 2, 9, 30, 31)]
SECRET = "群众举报线索编号甲一乙二丙三"
TEXTS = (
    "罚款5000元。",
    "",
    None,
    "=1+1",
    '第一行，"引号"\n=第二行',
    '","=1',
    '":"=1',
    "－1\t",
    "\r\n",
    "䶮𬭩</td>",
    "'",
)
PARTIES = (
    {"name": "松原示例商贸有限公司", "type": "法人及非法人组织", "fine": "5000"},
    {"name": "@张某某", "type": "自然人", "own": '{"content":"警告。"}', "amount": "0.10"},
    {"name": "", "type": "个体工商户"},
)


@pytest.fixture
def made(public: Any, env: Environment, shell: Shell) -> Callable[[str, Before], dict[str, bytes]]:
    """The files of a kind's month by their paths."""

    def files(kind: str, before: Before = NOTHING) -> dict[str, bytes]:
        public.count()
        return {
            page.path: page.render() for page in Plan(public.db, env, shell, before).of([f"downloads:{kind}:{MONTH}"])
        }

    return files


def told(path: str, content: bytes) -> bytes:
    """What a file says: of a packed one what the audit finds in it, and its bytes."""
    found = parquet.texts(io.BytesIO(content)) if path.endswith(".parquet") else ()
    return b"".join(found) + content


class Month:
    """Decisions of a kind that come, go, change and move; `touched` are the days on which they did."""

    def __init__(self, public: Any, kind: str, seed: int) -> None:
        self.public, self.kind, self.chance = public, kind, random.Random(seed)
        self.stand: dict[str, str] = {}
        self.touched: set[str] = set()

    def write(self, day: str = "", **values: Any) -> None:
        day = day or self.chance.choice(DAYS)
        parties = self.chance.sample(PARTIES, self.chance.choice((0, 1, 1, 1, 2, 3)))
        texts = {name: self.chance.choice(TEXTS) for name in ("content", "facts", "remedies")}
        known = self.public.decision(self.kind, day=day, parties=parties, **{**texts, **values})
        self.stand[known] = day
        self.touched.add(day)

    def remove(self) -> str:
        known = self.chance.choice(sorted(self.stand))
        self.touched.add(self.stand.pop(known))
        (sort,) = self.public.db.execute("SELECT sort FROM decisions WHERE id = ?", (known,)).fetchone()
        for table in ("tags", "parties", self.kind, "decisions"):
            self.public.db.execute(f"DELETE FROM {table} WHERE sort = ?", (sort,))
        return known

    def change(self) -> None:
        """Something happens; a correction and a move keep the id."""
        if not self.stand or self.chance.random() < 0.4:
            self.write()
        elif self.chance.random() < 0.5:
            self.remove()
        else:
            self.write(id=self.remove())


@pytest.mark.parametrize("kind", DECISION_KINDS)
@pytest.mark.parametrize("seed", range(2))
def test_a_spliced_file_is_the_whole_file_byte_for_byte(public: Any, made: Any, kind: str, seed: int) -> None:
    month = Month(public, kind, seed)
    for _ in range(8):
        month.write()
    packed, before = downloads_of(kind, MONTH)[-1], made(kind)
    for _ in range(10):
        month.touched = set()
        for _ in range(month.chance.randint(0, 3)):
            month.change()
        tables = {packed: before[packed]} if before else {}
        before = made(kind)
        assert made(kind, Before(month.touched, tables)) == before
    while month.stand:
        month.remove()
    assert made(kind, Before(month.touched, tables)) == {}


def test_only_days_that_were_touched_are_read_from_public_db(public: Any, made: Any) -> None:
    for day in DAYS:
        public.decision("penalty", day=day)
    packed, before = downloads_of("penalty", MONTH)[-1], made("penalty")
    public.decision("penalty", day=DAYS[2])
    asked: list[str] = []
    public.db.set_trace_callback(asked.append)
    after = made("penalty", Before({DAYS[2]}, {packed: before[packed]}))
    public.db.set_trace_callback(None)
    read = [sql for sql in asked if "JOIN parties" in sql]
    assert len(read) == 1
    assert after == made("penalty")


def test_a_day_that_is_not_in_the_file_as_it_should_be_is_read(public: Any, made: Any) -> None:
    for day in DAYS:
        public.decision("penalty", day=day)
    packed, before = downloads_of("penalty", MONTH)[-1], made("penalty")
    public.decision("penalty", day=DAYS[0])
    assert made("penalty", Before(set(), {packed: before[packed]})) == made("penalty"), "one that nobody named"


@pytest.mark.article("D28", "S1.4")
def test_what_is_taken_away_is_nowhere_in_the_spliced_files(public: Any, made: Any) -> None:
    """Not in Parquet's dictionaries and statistics either, where a value may stand that no row has."""
    month = Month(public, "penalty", 1)
    month.write(DAYS[0], facts=SECRET, department_name=SECRET, content=f"{SECRET}。")
    packed, (gone,) = downloads_of("penalty", MONTH)[-1], month.stand
    for day in DAYS * 3:
        public.decision("penalty", day=day)
    before = made("penalty")
    assert all(SECRET.encode() in told(path, content) for path, content in before.items())
    month.stand = {gone: DAYS[0]}
    month.remove()
    after = made("penalty", Before({DAYS[0]}, {packed: before[packed]}))
    for path, content in after.items():
        assert SECRET.encode() not in told(path, content), path
        assert gone.encode() not in content, path
    assert after == made("penalty")
