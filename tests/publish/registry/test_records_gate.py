"""Every check of the gate of records keeps out what it is there for, whoever composed the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

from gongshi.lifecycle.registry.second import second_review
from gongshi.publish.registry.gate import CHECKS, Candidate, failures
from gongshi.publish.registry.public_record import no_bodies
from gongshi.store.registered import registered

Change = Callable[[Candidate], Candidate]


def row(**cells: Any) -> Change:
    return lambda c: replace(c, public=replace(c.public, row={**c.public.row, **cells}))


def content(**fields: Any) -> Change:
    def change(c: Candidate) -> Candidate:
        shown = {**orjson.loads(c.public.row["content"]), **fields}
        return row(content=orjson.dumps(shown).decode())(c)

    return change


def version(**values: Any) -> Change:
    def change(c: Candidate) -> Candidate:
        changed = replace(c.version, **values)
        return replace(c, version=changed, one=replace(c.one, versions=(changed,)))

    return change


def values(**fields: Any) -> Change:
    def change(c: Candidate) -> Candidate:
        record = replace(c.version.decision, values={**c.version.decision.values, **fields})
        return version(decision=record)(c)

    return change


def file(**cells: Any) -> Change:
    return lambda c: replace(c, public=replace(c.public, files=({**c.public.files[0], **cells}, *c.public.files[1:])))


def without_bodies(c: Candidate) -> Candidate:
    return replace(c, public=replace(c.public, bodies=no_bodies))


def as_an_executable(c: Candidate) -> Candidate:
    return replace(c, public=replace(c.public, types=dict.fromkeys(c.public.types, "application/x-dosexec")))


INTERNAL = "执法监督中的内部备注"
FORMER = {"on": "2026-01-01", "event": "change", "fields": [], "from": "2025-01-01", "to": "2025-12-31"}
KEPT_OUT: dict[str, tuple[tuple[str, Change], ...]] = {
    "reviewed": (
        ("officer", version(reviewed_by="")),
        ("officer", lambda c: version(reviewed_by=f" {c.version.by} ")(c)),
    ),
    "approved_version": (("officer", lambda c: replace(c, public=replace(c.public, version=99))),),
    "second_review": (
        ("enforcement_item", version(endorsed=None)),
        ("enforcement_item", lambda c: version(endorsed=replace(c.version.endorsed, by=c.version.by))(c)),
        ("enforcement_item", lambda c: version(endorsed=replace(c.version.endorsed, by=c.version.reviewed_by))(c)),
        ("enforcement_item", lambda c: version(endorsed=replace(c.version.endorsed, department=c.one.department))(c)),
        ("enforcement_item", lambda c: version(endorsed=replace(c.version.endorsed, body="market_supervision"))(c)),
    ),
    "in_force": (
        ("officer", version(effective_from=date(2027, 1, 1))),
        ("officer", row(standing="ended")),
        ("officer", row(validity="expired")),
        ("officer", lambda c: replace(c, today=date(2031, 1, 1))),
    ),
    "white_list": (
        ("officer", row(remarks="内部")),
        ("officer", content(remarks="内部备注")),
        ("officer", content(state="有效")),
        ("officer", content(identity_number="x")),
        ("enforcement_item", content(basis=[{"law": "《法》", "page": "3"}])),
        ("enforcement_item", row(history=orjson.dumps([{**FORMER, "former": {"remarks": "x"}}]).decode())),
        ("officer", row(history=orjson.dumps([{**FORMER, "former": {"name": "示例员"}}]).decode())),
        ("officer", row(history=orjson.dumps([{**FORMER, "reason": "暂扣"}]).decode())),
        ("normative_text", file(size="9")),
    ),
    "address": (("officer", row(id="1")), ("officer", row(id="../../etc"))),
    "place": (("officer", row(sort=0)),),
    "department": (("officer", row(department="11220700MB99009999")),),
    "region": (("officer", row(region="999999")),),
    "named": (("officer", row(title="")),),
    "dates": (
        ("officer", row(valid_to="明年")),
        ("officer", row(first_published_on="2026-12-31")),
        ("officer", row(effective_from="2027-01-01")),
    ),
    "secrecy": (("officer", values(secrecy_checked="0")),),
    "shapes": (
        ("officer", content(area="松原市 220702198001011234")),
        ("post_board", content(complaint="22070219800101123X")),
        ("enforcement_item", content(remedies=[{"kind": "其他", "how": "汇入 6222020200112233445"}])),
        ("normative_text", file(name="220702198001011234.pdf")),
        ("recording_item", row(history=orjson.dumps([{**FORMER, "former": {"place": "220702198001011234"}}]).decode())),
    ),
    "mobile": (("officer", content(body="大队 13912345678")), ("post_board", content(duties="请拨 139-1234-5678"))),
    "internal": (("officer", lambda c: values(remarks=INTERNAL)(content(area=f"松原市，{INTERNAL}")(c))),),
    "certificate": (("officer", lambda c: replace(c, rivals=1)),),
    "files": (
        ("normative_text", file(sha256="0" * 64)),
        ("normative_text", without_bodies),
        ("normative_text", as_an_executable),
        ("normative_text", lambda c: replace(c, public=replace(c.public, bodies=lambda sha256: b"other"))),
    ),
    "procedure": (("enforcement_item", content(steps=[{"number": "1", "name": "立", "actor": "队", "next": "1"}])),),
}
CASES = [(check, at, kind, change) for check, found in KEPT_OUT.items() for at, (kind, change) in enumerate(found)]


@pytest.fixture
def candidate(registers: Any) -> Callable[[str], Candidate]:
    """A record of a kind that may become public, before the gate."""

    def make(kind: str) -> Candidate:
        more = {"files": registers.attached(b"%PDF example" * 9)} if kind == "normative_text" else {}
        (record,) = registers.send(registers.record(kind, **more))
        if kind == "enforcement_item":
            endorse(registers, record)
        (public,) = registers.shown()
        (one,) = registered(registers.store, [record])
        return Candidate(
            public=public, one=one, version=one.versions[-1], instance=registers.instance, today=registers.today
        )

    return make


def endorse(registers: Any, record: str) -> None:
    row = registers.store.db.execute("SELECT batch FROM versions WHERE id = ? ORDER BY seq DESC", (record,)).fetchone()
    lawyers = [one for one in registers.instance.departments.values() if "legal_body" in one.second_reviews]
    times = {"today": registers.today, "now": registers.now}
    by = lawyers[0].reviewers[0]
    second_review(registers.store, registers.instance, row["batch"], by=by, approve=True, opinion="同意", **times)


def test_every_check_is_tried() -> None:
    assert list(KEPT_OUT) == [check.name for check in CHECKS]


@pytest.mark.parametrize("kind", ["officer", "enforcement_item", "post_board", "recording_item", "normative_text"])
def test_a_record_as_it_is_composed_passes(candidate: Any, kind: str) -> None:
    made = candidate(kind)
    assert failures(made) == ()
    if kind == "enforcement_item":
        assert made.public.row["second_body"] == "松原市司法局" and made.public.row["second_on"] == "2026-11-20"


@pytest.mark.article("D22", "D7", "S1.4")
@pytest.mark.parametrize(("check", "at", "kind", "change"), CASES, ids=[f"{check} {at}" for check, at, *_ in CASES])
def test_what_a_check_is_there_for_is_kept_out(candidate: Any, check: str, at: int, kind: str, change: Change) -> None:
    wrong = change(candidate(kind))
    named = {one.name: one for one in CHECKS}
    assert not named[check].holds(wrong)


def test_an_item_without_the_second_review_is_not_even_prepared(registers: Any) -> None:
    registers.send(registers.record("enforcement_item"))
    prepared = registers.prepare()
    assert (prepared.rows, prepared.refused, prepared.stopped) == ([], [], [])


def test_a_record_that_fails_in_whatever_way_stops_no_other(registers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongshi.publish.registry import wall

    first, second = registers.send(registers.record("officer"), registers.record("post_board"))

    def files_of(record: Any) -> Any:
        if record.kind == "officer":
            raise ValueError(record.values["name"])
        return (), {}

    monkeypatch.setattr(wall, "files_of", files_of)
    prepared = registers.prepare()
    assert [one.id for one in prepared.rows] == [second]
    assert [(one.id, one.check, "示例员" in one.message) for one in prepared.refused] == [(first, "failed", False)]
