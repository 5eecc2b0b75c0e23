"""The gate: each row of its table keeps out what it is there for (promise 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from gongshi.law.publishability import Reason, Standing
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.composing.siblings import Reviewers
from gongshi.publish.gate.checks import CHECKS, Candidate, failures
from gongshi.publish.preparing import wall as module

Change = Callable[[Candidate], Candidate]


@pytest.fixture
def candidate(world: Any, parties: Any, monkeypatch: pytest.MonkeyPatch) -> Candidate:
    """A penalty about a company and a person, as it comes to the gate; its representative and remarks are internal."""
    seen: list[Candidate] = []
    monkeypatch.setattr(module, "failures", lambda one: seen.append(one) or ())
    leader = {"legal_representative": "赵丽华", "legal_representative_number": "220702197001015678"}
    world.send(
        world.decision(
            parties=[{**parties["company"], **leader}, parties["person"]],
            remarks="此件由领导批示后再议",
            kept={"联系电话": "13812345678"},
        )
    )
    world.prepare()
    return seen[0]


def row(**values: object) -> Change:
    return lambda c: replace(c, public=replace(c.public, row={**c.public.row, **values}))


def own(**values: object) -> Change:
    return lambda c: replace(c, public=replace(c.public, own={**c.public.own, **values}))


def party(at: int, **values: object) -> Change:
    def change(c: Candidate) -> Candidate:
        changed: tuple[Mapping[str, object], ...] = tuple(
            {**one, **values} if number == at else one for number, one in enumerate(c.public.parties)
        )
        return replace(c, public=replace(c.public, parties=changed))

    return change


def facts(**values: Any) -> Change:
    return lambda c: replace(c, facts=replace(c.facts, **values))


def minor(c: Candidate) -> Candidate:
    from datetime import date

    first, second = c.facts.parties
    return replace(c, facts=replace(c.facts, parties=(first, replace(second, born_on=date(2010, 1, 1)))))


FAULTS: list[tuple[str, Change]] = [
    ("reviewed", lambda c: replace(c, reviewers=None)),
    ("reviewed", lambda c: replace(c, reviewers=Reviewers("周示礼", ""))),
    ("reviewed", lambda c: replace(c, reviewers=Reviewers("周示礼", "周 示礼"))),
    ("approved_version", lambda c: replace(c, public=replace(c.public, version=c.public.version - 1))),
    ("law", lambda c: replace(c, verdict=replace(c.verdict, standing=Standing.SEALED))),
    ("law", lambda c: replace(c, verdict=replace(c.verdict, reasons=(Reason("x", "x", "x", "x"),)))),
    ("no_ground", facts(withhold_ground="妨害执法")),
    ("no_minor", minor),
    ("secrecy", facts(secrecy_checked=False)),
    ("white_list", row(remarks="x")),
    ("white_list", own(remarks="x")),
    ("white_list", party(0, legal_representative="x")),
    ("white_list", party(0, own='{"remarks": "x"}')),
    ("persons_masked", party(1, name="张建国")),
    ("persons_masked", party(1, name="张（建国）")),
    ("person_as_company", party(0, name="赵铁柱")),
    ("person_as_company", party(0, name="欧阳 娜娜")),
    ("address", row(id="../../etc")),
    ("place", row(sort=0)),
    ("place", row(sort=2**53)),
    ("department", row(department="11220700MB00000000")),
    ("region", row(region="999999")),
    ("parties", party(0, name="")),
    ("parties", party(0, type="外星人")),
    ("somebody", lambda c: replace(c, public=replace(c.public, parties=()))),
    ("only_visible", lambda c: replace(c, verdict=replace(c.verdict, visible_parties=(0,)))),
    ("only_visible", party(1, position=3)),
    ("dates", row(served_on="2026-02-30")),
    ("dates", row(decided_on=None)),
    ("dates", own(valid_until="2099/12/31")),
    ("order", row(first_published_on="2026-11-21")),
    ("order", row(updated_on="2027-01-01")),
    ("held", row(held_fields='["facts"]')),
    ("held", lambda c: party(0, own='{"content": "x"}')(row(content=None, held_fields='["content"]')(c))),
    ("person_numbers", row(content="证件220702 198001 011234")),
    ("person_numbers", own(violation_type="号码２２０７０２１９７００１０１５６７８")),
    ("person_numbers", row(remedies="电话138-1234-5678")),
    ("person_names", row(facts="张建国当场承认")),
    ("person_names", row(facts="张 建国当场承认")),
    *(("person_names", row(facts=f"{name}当场承认")) for name in ("张.建国", "张（建国）", "张_建国", "张|建，国")),
    ("person_names", row(title="某局对赵丽华作出决定")),
    ("internal", row(facts="此件由领导批示后再议。")),
    ("shapes", row(facts="另一人证件220702199912121213")),
    ("shapes", own(violation_type="联系13987654321")),
    ("shapes", party(0, own='{"content": "账号6222021234567890123"}')),
    ("codes", party(0, uscc="220702198001019999")),
]


ARTICLES = {
    **dict.fromkeys(("reviewed", "approved_version"), "D30"),
    **dict.fromkeys(("no_ground", "no_minor"), "D18"),
    **dict.fromkeys(("secrecy", "person_numbers", "person_names", "internal", "shapes", "codes"), "S1.4"),
}
"""Which row of the regulation a check keeps; the others keep the house in order."""


def _shown(number: int, check: str, change: Change) -> Any:
    marks = [pytest.mark.article(ARTICLES[check])] if check in ARTICLES else []
    return pytest.param(check, change, marks=marks, id=f"{number}-{check}")


@pytest.mark.parametrize(("check", "change"), [_shown(n, *fault) for n, fault in enumerate(FAULTS)])
def test_a_fault_is_kept_out_and_named_without_its_value(check: str, change: Change, candidate: Candidate) -> None:
    failed = failures(change(candidate))
    assert check in [one.check for one in failed]
    for one in failed:
        assert one.id == change(candidate).public.id
        assert not any(secret in one.message for secret in ("建国", "220702", "1381234", "领导"))


def test_what_is_as_it_should_be_passes(candidate: Candidate) -> None:
    assert failures(candidate) == ()


def test_every_check_of_the_table_is_shown_to_keep_something_out() -> None:
    assert {check.name for check in CHECKS} == {name for name, _ in FAULTS}
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_a_public_value_is_no_secret(candidate: Candidate) -> None:
    texts = "当事人松原市例一商贸有限公司（91220702MA14XXXX1T）未按规定公示食品经营许可证，咨询0438-0000001"
    assert failures(row(facts=texts)(candidate)) == ()


def test_a_number_that_an_earlier_version_gave_for_a_person_stays_out(world: Any, parties: Any) -> None:
    number = "松市监罚〔2026〕901号"
    before = {**parties["company"], "legal_representative_number": "军字第0123456号"}
    world.send(world.decision(number=number, parties=[before]))
    now = {**parties["company"], "legal_representative_number": "军字第6543210号"}
    world.send(world.decision(number=number, parties=[now], facts="负责人出示军字第0123456号证件。"))
    assert [row.row["facts"] for row in world.prepare().rows] == ["负责人出示***证件。"]
    world.send(world.decision(number=number, parties=[now], facts="负责人出示军字第012-3456号证件。"))
    assert [one.check for one in world.prepare().refused] == ["person_numbers"]


@pytest.mark.article("D28")
def test_the_code_of_a_party_that_is_shown_no_longer_stays_out(world: Any, parties: Any) -> None:
    world.instance = replace(world.instance, city=replace(world.instance.city, sole_trader_as_natural=True))
    gone = {"decided_on": "2023-03-01", "earlier_published_on": "2023-03-05"}
    facts = f"另一店铺的代码是{parties['trader']['party_uscc']}。"
    world.send(
        world.decision(parties=[parties["company"], parties["trader"]], facts=facts, **gone),
        earlier=True,
        evidence="截图1号",
    )
    assert [row.row["facts"] for row in world.prepare().rows] == ["另一店铺的代码是***。"]


def test_what_fails_stays_out_and_the_others_come(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongshi.publish.composing import history

    world.send(world.decision(facts="第一件"), world.decision(facts="第二件"))
    real = history.seal

    def leak(values: dict[str, Any], *rest: Any) -> PublicDecision:
        if values["facts"] == "第二件":
            values = {**values, "facts": "证件220702198001011234"}
        return real(values, *rest)

    monkeypatch.setattr(history, "seal", leak)
    prepared = world.prepare()
    assert [one.row["facts"] for one in prepared.rows] == ["第一件"]
    assert [one.check for one in prepared.refused] == ["shapes"]
    assert [(standing, codes) for _, standing, codes in prepared.stops] == [("held", ("gate_shapes",))]
