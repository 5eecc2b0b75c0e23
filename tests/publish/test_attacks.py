"""Attempts to get a name or a number past the wall, each of which once got through or kept a decision out."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.article("D18")


def published(world: Any, parties: list[Any], **values: Any) -> Any:
    choices = {name: values.pop(name) for name in ("open_names", "mask_names") if name in values}
    world.send(world.decision(parties=parties, **values), **choices)
    prepared = world.prepare()
    assert prepared.refused == []
    (row,) = prepared.rows
    return row


PEOPLE = {
    "王 五": ("王五到场", "王某某到场"),
    "张三丰 李四光": ("张三丰与李四光", "张某某与李某某"),
    "张三丰 王 五": ("张三丰、王五", "张某某、王某某"),
    "组长：赵铁柱": ("赵铁柱到场", "赵某某到场"),
    "赵铁柱（证号：07010012）、钱 进": ("赵铁柱和钱进", "赵某某和钱某某"),
    "赵铁柱 13904381234": ("赵铁柱到场", "赵某某到场"),
    "趙鐵柱": ("赵铁柱到场", "某某到场"),
}


@pytest.mark.parametrize("cell", PEOPLE)
def test_everybody_in_a_cell_is_masked_however_it_is_written(world: Any, parties: Any, cell: str) -> None:
    facts, shown = PEOPLE[cell]
    company = {**parties["company"], "legal_representative": cell}
    assert published(world, [company], facts=facts).row["facts"] == shown


@pytest.mark.parametrize("cell", PEOPLE)
def test_everybody_in_an_undeclared_column_about_persons_is_masked(world: Any, parties: Any, cell: str) -> None:
    facts, shown = PEOPLE[cell]
    assert published(world, [parties["company"]], facts=facts, kept={"执法人员": cell}).row["facts"] == shown


SIGNED = ("王.军娜", "王-军娜", "王_军娜", "王（军娜）", "王/军娜", "王*军娜", "王|军娜", "王，军娜")


@pytest.mark.parametrize("name", SIGNED)
def test_a_sign_inside_a_name_hides_nothing(world: Any, parties: Any, name: str) -> None:
    person = {**parties["person"], "party_name": "王军娜"}
    row = published(world, [person], facts=f"经查，{name}未到场，有限公司（宁江）在场")
    assert row.row["facts"] == "经查，王某某未到场，有限公司（宁江）在场"


def test_a_shops_name_hides_its_operator_however_it_is_written(world: Any, parties: Any) -> None:
    shop = {**parties["trader"], "party_name": "张 三丰饭店", "legal_representative": "张三丰"}
    row = published(world, [shop], facts="张三丰饭店的张三丰与張三丰")
    assert "三丰" not in "".join(row.texts())
    assert row.parties[0]["name"] == "张某某饭店"


def test_what_is_behind_a_known_name_is_another_name(world: Any, parties: Any) -> None:
    person = {**parties["person"], "party_name": "李明"}
    world.send(world.decision(parties=[person], facts="李明和李明华共同经营，李明未到。"))
    prepared = world.prepare()
    assert list(prepared.undecided.values()) == [("李明华",)]
    assert prepared.rows[0].row["facts"] is None


def test_both_names_are_masked_once_the_reviewer_has_said_so(world: Any, parties: Any) -> None:
    person = {**parties["person"], "party_name": "李明"}
    row = published(world, [person], facts="李明和李明华共同经营，李明未到。", mask_names=["李明华"])
    assert row.row["facts"] == "李某某和李某某共同经营，李某某未到。"


def test_free_text_in_a_choice_is_looked_at_like_any_other(world: Any, parties: Any) -> None:
    penalty_class = "罚款、其他-责令驾驶员赵铁柱停业"
    world.send(world.decision(parties=[parties["company"]], penalty_class=penalty_class))
    prepared = world.prepare()
    assert list(prepared.undecided.values()) == [("赵铁柱",)]
    assert prepared.rows[0].own["penalty_class"] is None


def test_a_name_in_a_certificates_number_keeps_no_decision_out(world: Any, parties: Any) -> None:
    row = published(world, [parties["person"]], kind="licence", certificate_number="张建国-2026-1")
    assert row.own["certificate_number"] == "张某某-2026-1"


def test_a_number_without_a_shape_is_masked_where_it_is_known(world: Any, parties: Any) -> None:
    person = {**parties["person"], "party_document": "护照号", "party_document_number": "E12345678"}
    person["party_adult_when_decided"] = "1"
    row = published(world, [person], facts="当事人持E12345678入境，又出示e1234 5678。")
    assert row.row["facts"] == "当事人持***入境，又出示***。"


@pytest.mark.parametrize(
    ("place", "broken"),
    [
        ("gongshi.publish.composing.fields.mask_text", lambda text, names, **_: text),
        ("gongshi.publish.composing.compose.published_name", lambda party, **_: party["party_name"]),
        ("gongshi.publish.composing.forms.mask_name", lambda name, kind: name),
    ],
)
def test_masking_that_is_broken_is_stopped_by_the_gate_and_stops_nobody_else(
    world: Any, parties: Any, monkeypatch: pytest.MonkeyPatch, place: str, broken: Any
) -> None:
    person = world.decision(parties=[parties["person"]], facts="当事人张建国在店内。")
    company = world.decision(parties=[parties["company"]])
    world.send(person, company)
    monkeypatch.setattr(place, broken)
    prepared = world.prepare()
    assert {one.check for one in prepared.refused} & {"person_names", "persons_masked"}
    assert {one.id for one in prepared.refused}.isdisjoint(row.id for row in prepared.rows)
    assert [row.row["parties"] for row in prepared.rows] == [parties["company"]["party_name"]]
    assert "张建国" not in repr(prepared.refused)


KEPT = {
    "投诉人": "赵铁柱",
    "驾驶员": "赵铁柱",
    "主办": "赵铁柱",
    "审批人": "赵铁柱",
    "监护人": "赵 铁柱",
    "业主": "赵铁柱",
}


@pytest.mark.parametrize("header", KEPT)
def test_a_person_of_an_undeclared_column_is_known_in_the_text(world: Any, parties: Any, header: str) -> None:
    row = published(world, [parties["company"]], facts="赵铁柱在店内。", kept={header: "赵 铁柱"})
    assert row.row["facts"] == "赵某某在店内。"


def test_a_company_in_such_a_column_is_no_person(world: Any, parties: Any) -> None:
    facts = "投诉人松原市例九商贸有限公司称货物有误。"
    row = published(world, [parties["company"]], facts=facts, kept={"投诉人": "松原市例九商贸有限公司"})
    assert row.row["facts"] == facts


def test_a_trader_who_is_masked_as_a_person_is_not_told_by_its_code(world: Any, parties: Any) -> None:
    trader = {**parties["trader"], "party_name": "李秀英"}
    row = published(world, [trader], facts=f"李秀英（{trader['party_uscc']}）在店内。")
    assert row.row["facts"] == "李某某（***）在店内。"


OPENED = {
    "220702198001011234": "证件***、当事人张某某、张建国商贸",
    "证件220702198001011234": "证件***、当事人张某某、张建国商贸",
    "当事人张建国": "证件***、当事人张某某、张建国商贸",
    "张建国": "证件***、当事人张某某、张建国商贸",
}


@pytest.mark.parametrize("word", OPENED)
def test_no_word_that_a_reviewer_opens_uncovers_a_party_or_a_number(world: Any, parties: Any, word: str) -> None:
    facts = "证件220702198001011234、当事人张建国、张建国商贸"
    opened = [word, "张建国商贸"]
    row = published(world, [parties["person"]], facts=facts, open_names=opened, mask_names=[])
    assert row.row["facts"] == OPENED[word]


TOLD = {
    "legal_basis": "《关于张建国违法经营的处理规定》第一条",
    "violation_type": "张建国无照经营",
    "content": "对张建国罚款",
}


@pytest.mark.parametrize("field", TOLD)
def test_no_filter_suggestion_or_page_of_a_law_is_named_after_a_person(world: Any, parties: Any, field: str) -> None:
    row = published(world, [parties["person"]], **{field: TOLD[field]})
    keys = row.keyed()
    assert "建国" not in repr(keys)
    assert field != "legal_basis" or [name for _, name in keys.laws] == ["关于张某某违法经营的处理规定"]
