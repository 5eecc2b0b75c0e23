"""A change of records touches the parts that parts_of names and no other page; each part gives its bytes by itself."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.records import REGISTRY_KINDS
from gongshi.records.registry.key import item_mark
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Page
from gongshi.render.parts import parts_of

PLACES = ("11220700MB99000134", "11220700MB990003XN", "11220721MB9900056K")
CODES = ("2207-CF-001", "2207-cf-002", "编码", "2207-SJ-001")
NUMBERS = ("22070100001", "22070100002")
OFTEN = ("enforcement_item", "enforcement_item", "service_guide", "officer", "post_board") * 3
"""What most pages speak of."""
PDF = "application/pdf"
LIGHT = """
SELECT id, kind, department, region, number, item, digest,
  coalesce((SELECT group_concat(substr(sha256, 1, 16), ' ') FROM record_files f WHERE f.sort = records.sort), '')
  AS files
FROM records
"""
Rows = dict[str, dict[str, Any]]
Site = dict[str, tuple[str, bytes]]
"""By path, the part and the bytes."""


def made(pages: Iterable[Page]) -> Site:
    planned = list(pages)
    found = {page.path: (page.part, page.render()) for page in planned}
    assert len(found) == len(planned), "a page twice"
    return found


class Registers:
    """Records to which things happen."""

    def __init__(self, public: Any, seed: int) -> None:
        self.public, self.db, self.chance = public, public.db, Random(seed)
        self.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn' WHERE key = 'url'")

    def rows(self) -> Rows:
        return {row["id"]: dict(row) for row in self.db.execute(LIGHT)}

    def decisions(self) -> Rows:
        return self.public.light()

    def decide(self) -> None:
        """A decision is made under an item."""
        department, code = self.chance.choice(PLACES), self.chance.choice(CODES)
        place = {"department": department, "region": department[2:8]}
        self.public.decision(**place, item_code=code, item=item_mark(department, code))

    def correct(self) -> None:
        self.db.execute(
            "UPDATE decisions SET content = '改', digest = digest || 'x' WHERE id = ?",
            (self.chance.choice(list(self.decisions())),),
        )

    def publish(self) -> None:
        kind, department = self.chance.choice([*REGISTRY_KINDS, *OFTEN]), self.chance.choice(PLACES)
        code, number = self.chance.choice(CODES), self.chance.choice(NUMBERS)
        content: dict[str, Any] = {
            "enforcement_item": {"code": code},
            "service_guide": {"item_code": code, "process": self.chance.choice([None, "受理、审查、决定。"])},
            "random_inspection_item": {"item_code": self.chance.choice([None, code])},
            "officer": {"certificate_number": number},
            "post_board": {"officers": number, "items": code},
        }.get(kind, {})
        taken = "SELECT count(*) FROM records WHERE kind = ? AND department = ? AND number = ?"
        asked = (kind, department, content.get(REGISTRY_KINDS[kind].number, ""))
        if next(iter(self.db.execute(taken, asked)))[0]:
            return
        body = self.chance.choice([b"one", b"two"])
        files = [("表格", self.chance.choice(["甲.pdf", "乙.pdf"]), PDF, body)] if self.chance.random() < 0.5 else []
        self.public.record(kind, department=department, files=files, **content)

    def some(self) -> str:
        return self.chance.choice(list(self.rows()))

    def change(self) -> None:
        self.db.execute(
            "UPDATE records SET title = title || '改', digest = digest || 'x', updated_on = '2026-05-01' WHERE id = ?",
            (self.some(),),
        )

    def end(self) -> None:
        self.db.execute(
            "UPDATE records SET standing = 'ended', effective_to = '2026-04-30', digest = digest || 'e' WHERE id = ?",
            (self.some(),),
        )

    def grow_old(self) -> None:
        """The day comes on which a certificate holds no longer, or an update is due."""
        self.db.execute(
            "UPDATE records SET validity = CASE kind WHEN 'officer' THEN 'expired' END, digest = digest || 'o',"
            " outdated_since = '2026-04-30', outdated_why = '示例法修正' WHERE id = ?",
            (self.some(),),
        )

    def leave(self) -> None:
        (row,) = self.db.execute("SELECT sort FROM records WHERE id = ?", (self.some(),))
        for table in ("record_files", "records"):
            self.db.execute(f"DELETE FROM {table} WHERE sort = ?", (row["sort"],))
        self.db.execute("DELETE FROM attachments WHERE sha256 NOT IN (SELECT sha256 FROM record_files)")

    def something(self) -> None:
        happens = [self.publish, self.publish, self.decide, self.correct]
        if self.rows():
            happens += [self.change, self.end, self.grow_old, self.leave]
        self.chance.choice(happens)()


def differing(before: Rows, after: Rows) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return [before[key] for key in keys & before.keys()], [after[key] for key in keys & after.keys()]


@pytest.mark.parametrize("seed", range(6))
def test_planning_the_parts_of_a_change_gives_the_bytes_of_a_plan_of_everything(
    public: Any, env: Environment, shell: Shell, seed: int
) -> None:
    registers = Registers(public, seed)
    public.decision()
    for _ in range(registers.chance.choice([0, 5, 40])):
        registers.publish()
    site = made(public.plan(env, shell))
    for _ in range(5):
        before, decided = registers.rows(), registers.decisions()
        for _ in range(registers.chance.choice([1, 1, 3])):
            registers.something()
        of_decisions = differing(decided, registers.decisions())
        parts = parts_of(*of_decisions, [], [], *differing(before, registers.rows()))
        again = made(public.plan(env, shell, parts))
        site = {path: found for path, found in site.items() if found[0] not in parts} | again
        whole = made(public.plan(env, shell))
        assert site.keys() == whole.keys()
        assert {path for path, found in whole.items() if site[path] != found} == set()


def test_every_part_gives_by_itself_what_the_plan_of_everything_gives(
    public: Any, env: Environment, shell: Shell
) -> None:
    registers = Registers(public, 3)
    for _ in range(40):
        registers.publish()
    whole: dict[str, list[Any]] = {}
    for page in public.plan(env, shell):
        whole.setdefault(page.part, []).append((page.path, page.fingerprint, page.render()))
    for part, there in whole.items():
        alone = [page for page in public.plan(env, shell, [part]) if page.part == part]
        assert [(page.path, page.fingerprint, page.render()) for page in alone] == there, part


@pytest.mark.parametrize("change", ["change", "end", "grow_old", "leave"])
def test_a_page_whose_fingerprint_stays_has_the_same_bytes(
    public: Any, env: Environment, shell: Shell, change: str
) -> None:
    registers = Registers(public, 4)
    for _ in range(40):
        registers.publish()
    before = {page.path: (page.fingerprint, page.render()) for page in public.plan(env, shell)}
    for _ in range(3):
        getattr(registers, change)()
    after = {page.path: (page.fingerprint, page.render()) for page in public.plan(env, shell)}
    assert before != after
    for path in before.keys() & after.keys():
        (mark, bytes_before), (now, bytes_after) = before[path], after[path]
        assert mark != now or bytes_before == bytes_after, path
