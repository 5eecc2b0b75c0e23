"""Each page has one part; a part is planned by itself, from indexes; the parts of a change are all that it touches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from random import Random
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.records import DECISION_KINDS
from gongshi.render import pages
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Page, Plan, plan
from gongshi.render.parts import parts_of

PLACES = {
    "11220700MB99000134": "松原市市场监督管理局",
    "11220700MB990003XN": "松原市交通运输局",
    "11220721MB9900056K": "前郭尔罗斯蒙古族自治县水利局",
}
DAYS = [f"{month}-{day:02d}" for month in ("2025-11", "2026-01", "2026-02", "2026-05") for day in (1, 2, 28)]
BASES = (None, "依法", "《中华人民共和国食品安全法》第三条", "《食品安全法》、《示例办法》（2021修正）")
Site = dict[str, tuple[str, bytes]]
"""By path, the part and the bytes."""


def made(pages: Iterable[Page]) -> Site:
    planned = list(pages)
    found = {page.path: (page.part, page.render()) for page in planned}
    assert len(found) == len(planned), "a page twice"
    return found


class City:
    """A public.db to which things happen; `changed` has the rows before and after since it was last asked."""

    def __init__(self, public: Any, seed: int) -> None:
        self.public, self.db, self.chance = public, public.db, Random(seed)
        self.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn' WHERE key = 'url'")

    def rows(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Every decision and every notice by id."""
        return self.public.light(), {row["id"]: dict(row) for row in self.db.execute("SELECT * FROM notices")}

    def publish(self) -> None:
        key = self.chance.choice(list(PLACES))
        day = self.chance.choice(DAYS)
        self.public.decision(
            self.chance.choice(list(DECISION_KINDS)),
            day=day,
            department=key,
            department_name=PLACES[key],
            region=f"{key[2:8]}",
            updated_on=max(day, self.chance.choice(DAYS)),
        )

    def correct(self, decision: str) -> None:
        self.db.execute(
            "UPDATE decisions SET content = content || '改', legal_basis = ?, corrected = 1,"
            " updated_on = max(updated_on, ?), digest = digest || 'x' WHERE id = ?",
            (self.chance.choice(BASES), self.chance.choice(DAYS), decision),
        )

    def leave(self, decision: str) -> None:
        (row,) = self.db.execute("SELECT * FROM decisions WHERE id = ?", (decision,))
        for table in ("tags", "parties", row["kind"], "decisions"):
            self.db.execute(f"DELETE FROM {table} WHERE sort = ?", (row["sort"],))

    def withdraw(self, decision: str) -> None:
        """The decision goes, its notice stands at the address."""
        (row,) = self.db.execute("SELECT * FROM decisions WHERE id = ?", (decision,))
        self.leave(decision)
        same = ("sort", "id", "department", "department_name", "first_published_on")
        on, fresh = self.chance.choice(DAYS), self.chance.randint(0, 1)
        self.public.notice(row["kind"], withdrawn_on=on, in_sitemap=fresh, **{name: row[name] for name in same})

    def restore(self, notice: str) -> None:
        (row,) = self.db.execute("SELECT * FROM notices WHERE id = ?", (notice,))
        self.db.execute("DELETE FROM notices WHERE id = ?", (notice,))
        day = row["first_published_on"]
        place = {"department": row["department"], "region": row["department"][2:8]}
        self.public.decision(row["kind"], day=day, sort=row["sort"], id=notice, **place)

    def age(self, notice: str) -> None:
        """Search engines have come back: the notice leaves the sitemap."""
        self.db.execute(
            "UPDATE notices SET in_sitemap = 1 - in_sitemap, digest = digest || 'x' WHERE id = ?", (notice,)
        )

    def something(self) -> None:
        decisions, notices = map(list, self.rows())
        of_decisions = (self.correct, self.leave, self.withdraw) if decisions else ()
        of_notices = (self.restore, self.age) if notices else ()
        happens = self.chance.choice([self.publish, *of_decisions, *of_notices])
        if happens == self.publish:
            self.publish()
        else:
            happens(self.chance.choice(decisions if happens in of_decisions else notices))  # type: ignore[call-arg]


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return [before[key] for key in keys & before.keys()], [after[key] for key in keys & after.keys()]


@pytest.mark.parametrize("seed", range(5))
def test_planning_the_parts_of_a_change_gives_the_bytes_of_a_plan_of_everything(
    public: Any, env: Environment, shell: Shell, seed: int
) -> None:
    city = City(public, seed)
    for _ in range(city.chance.choice([0, 3, 30])):
        city.publish()
    site = made(public.plan(env, shell))
    for _ in range(4):
        decisions, notices = city.rows()
        for _ in range(city.chance.choice([1, 1, 2, 5])):
            city.something()
        now, standing = city.rows()
        parts = parts_of(*differing(decisions, now), *differing(notices, standing))
        again = made(public.plan(env, shell, parts))
        site = {path: found for path, found in site.items() if found[0] not in parts} | again
        whole = made(public.plan(env, shell))
        assert site.keys() == whole.keys()
        assert {path for path, found in whole.items() if site[path] != found} == set()


def test_nothing_changed_touches_no_part() -> None:
    assert parts_of([], [], [], []) == frozenset()


def test_every_part_gives_by_itself_what_the_plan_of_everything_gives(
    public: Any, env: Environment, shell: Shell
) -> None:
    City(public, 1)
    public.city()
    whole: dict[str, list[Any]] = {}
    for page in public.plan(env, shell):
        whole.setdefault(page.part, []).append((page.path, page.fingerprint, page.render()))
    for part, there in whole.items():
        alone = [page for page in public.plan(env, shell, [part]) if page.part == part]
        assert [(page.path, page.fingerprint, page.render()) for page in alone] == there, part


@pytest.mark.parametrize("shares", [2, 3])
def test_shares_make_together_what_one_process_makes(
    public: Any, env: Environment, shell: Shell, shares: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BATCH", 20)
    city = City(public, 1)
    for _ in range(100):
        city.publish()
    whole = [(page.path, page.fingerprint) for page in public.plan(env, shell)]
    made = [
        [(p.path, p.fingerprint) for p in Plan(public.db, env, shell).everything(at, shares)] for at in range(shares)
    ]
    assert all(made)
    assert sorted(chain(*made)) == sorted(whole)


SHARED = {
    "a telephone": "UPDATE departments SET channel_phone = '12345'",
    "a name": "UPDATE departments SET names = '[]'",
    "the city": "UPDATE meta SET value = '另一个' WHERE key = 'site_name'",
    "a rule": "UPDATE rules SET content = '改'",
    "late is shown": "UPDATE figures SET late = 0",
}


@pytest.mark.parametrize("change", SHARED)
def test_what_no_row_of_a_decision_tells_is_in_the_common_mark(
    public: Any, env: Environment, shell: Shell, change: str
) -> None:
    public.city()
    before = Plan(public.db, env, shell).common()
    public.decision()
    public.insert("meta", key="head", value="0" * 64)
    assert Plan(public.db, env, shell).common() == before
    public.db.execute(SHARED[change])
    assert Plan(public.db, env, shell).common() != before


class Watched:
    """A connection that remembers what was asked of it."""

    def __init__(self, db: Any) -> None:
        self.db, self.asked = db, list[tuple[str, Any]]()

    def execute(self, sql: str, parameters: Any = ()) -> Iterator[Any]:
        self.asked.append((sql, parameters))
        return self.db.execute(sql, parameters)

    def scans(self) -> set[str]:
        """The statements that pass over all decisions, notices or parties, by SQLite's own account. One that is in the
        order of an index, or takes those for which an index is made, ends at its limit."""
        return {sql for sql, parameters in self.asked if self._scans(sql, parameters)}

    def _scans(self, sql: str, parameters: Any) -> bool:
        steps = [str(row["detail"]) for row in self.db.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        bounded = sql.rstrip().endswith("DESC LIMIT ?") and not any("TEMP B-TREE" in step for step in steps)
        return not bounded and any(_SCAN.match(step) for step in steps)


_SCAN = re.compile(rf"SCAN ({'|'.join(('decisions', 'notices', 'parties', *DECISION_KINDS))})\b(?!.*_in_sitemap)")


def test_no_part_needs_a_pass_over_all_decisions(public: Any, env: Environment, shell: Shell) -> None:
    City(public, 1)
    public.city()
    parts = {page.part for page in public.plan(env, shell)}
    watched = Watched(public.db)
    for page in plan(watched, env, shell, parts):
        page.render()
    assert len(watched.asked) > 50
    assert watched.scans() == set()
