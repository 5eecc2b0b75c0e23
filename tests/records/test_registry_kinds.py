"""What the kinds of registers, lists, guides and boards declare: one table, from which everything else is made."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from gongshi.instance import load
from gongshi.intake.template import TYPE_WORDS, template
from gongshi.intake.values.parsers import _MAKERS, _TEXTS
from gongshi.law.rule_words import RECORDS
from gongshi.records import ALL_KINDS, DECISION_KINDS, REGISTRY_KINDS, SUBMITTED_KINDS, RecordKind
from gongshi.records.decision import Decision, nested, nested_text
from gongshi.records.facts import decision_facts
from gongshi.records.field import COLUMN_MARK, NESTED, Field, FieldType, Visibility
from gongshi.records.registry.determination import KINDS_OF_ACT
from gongshi.records.registry.key import identity, record_key
from gongshi.render.reference.pages import TYPES
from gongshi.sample.generate import PROJECT

KINDS = pytest.mark.parametrize("kind", REGISTRY_KINDS.values(), ids=REGISTRY_KINDS)
ARTICLE = re.compile(r"[SD]\d{1,2}(?:\.\d[ab]?)?|L3")

IDENTITIES = {
    "subject": ("", "name", "name", ""),
    "officer": ("certificate_number", "certificate_number", "name", "officers"),
    "enforcement_item": ("code", "code", "name", "items"),
    "random_inspection_item": ("code", "code", "name", "inspections"),
    "inspection_plan": ("name", "name", "name", "inspections"),
    "recording_item": ("name", "name", "name", ""),
    "review_catalogue": ("name", "name", "name", ""),
    "service_guide": ("item_code", "item_code", "name", "guides"),
    "post_board": ("window+post", "post", "post", "boards"),
    "normative_text": ("title+index_number", "document_number", "title", "texts"),
    "determination": ("act", "document", "act", "determinations"),
    "annual_figures": ("year", "year", "title", ""),
}
"""By kind: its identity (several fields joined by +), its number, its title, its address."""


@pytest.mark.article("S1.1", "D5")
def test_the_kinds_are_told_apart_cited_and_addressed_by_their_own_fields() -> None:
    said = {
        kind.name: ("+".join(kind.identity), kind.number, kind.heading, kind.folder) for kind in REGISTRY_KINDS.values()
    }
    assert said == IDENTITIES
    assert set(RECORDS) == set(REGISTRY_KINDS)


@KINDS
def test_every_field_that_a_kind_names_is_declared_and_public(kind: RecordKind) -> None:
    named = {kind.event, kind.number, kind.heading, *kind.identity, *filter(None, [kind.acts])}
    assert named <= {field.name for field in kind.public_fields}
    assert kind.registry
    assert kind.event == "effective_from"
    assert all(kind.by_name[name].required for name in {kind.event, kind.heading, *kind.identity})
    assert ALL_KINDS[kind.name] is kind
    assert kind.summary


@KINDS
def test_no_two_columns_of_its_sheet_can_be_taken_for_each_other(kind: RecordKind) -> None:
    labels = [label for cell in kind.cells for label in cell.labels]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []
    names = [field.name for field in kind.described]
    assert len(names) == len(set(names))


@KINDS
def test_every_public_field_names_its_article_and_internal_ones_are_few(kind: RecordKind) -> None:
    assert [f.name for f in kind.public_fields if not ARTICLE.fullmatch(f.article or kind.duty)] == []
    internal = {f.name for f in kind.fields if f.visibility is not Visibility.PUBLIC}
    assert internal - {"state_on"} == {"secrecy_checked", "remarks"}
    assert all(f.visibility is not Visibility.MASKED for f in kind.fields)


@KINDS
def test_a_table_has_columns_and_no_table_in_them(kind: RecordKind) -> None:
    for field in kind.fields:
        assert field.is_table == bool(field.columns), field.name
        assert not {column.type for column in field.columns} & NESTED
        assert len({label for column in field.columns for label in column.labels}) == sum(
            len(column.labels) for column in field.columns
        )


@KINDS
def test_a_choice_has_choices_and_a_text_has_a_length(kind: RecordKind) -> None:
    for field in kind.described:
        assert (field.type in (FieldType.CHOICE, FieldType.CHOICES)) == bool(field.choices), field.name
        if field.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE, FieldType.PHONE):
            assert field.max_length, field.name


@KINDS
def test_a_record_comes_back_from_the_journal_as_it_went_in(kind: RecordKind) -> None:
    values = {field.name: _value(field) for field in kind.fields}
    record = Decision(kind=kind.name, department="d", key="d/k/1", values=values, parties=(), kept={})
    assert Decision.from_payload(record.to_payload()) == record
    few = {**dict.fromkeys(values), kind.event: "2026-01-01"}
    bare = Decision(kind=kind.name, department="d", key="d/k/1", values=few, parties=(), kept={})
    assert Decision.from_payload(bare.to_payload()) == bare
    assert bare.to_payload()["values"] == {kind.event: "2026-01-01"}
    for field in kind.fields:
        if field.is_table:
            assert [set(row) for row in record.rows(field.name)] == [{column.name for column in field.columns}]
            assert bare.rows(field.name) == ()


def _value(field: Field) -> str | None:
    if field.is_table:
        return nested_text([{column.name: "甲" for column in field.columns}])
    return nested_text([{"name": "表.docx"}]) if field.type is FieldType.FILES else "2026-01-01"


def test_the_same_rows_are_the_same_text_and_nothing_is_nothing() -> None:
    assert nested_text([{"b": "2", "a": "1"}]) == nested_text([{"a": "1", "b": "2", "c": ""}]) == '[{"a":"1","b":"2"}]'
    assert nested_text([{"a": ""}, {}]) is nested_text([]) is None
    assert nested('[{"a":"1"}]') == ({"a": "1"},)
    assert nested(None) == ()


@KINDS
def test_a_record_has_facts_for_the_law_without_any_party(kind: RecordKind) -> None:
    department = next(iter(load(PROJECT).departments.values()))
    values = {field.name: None for field in kind.fields} | {kind.event: "2026-01-01"}
    record = Decision(kind=kind.name, department=department.key, key="k", values=values, parties=(), kept={})
    facts = decision_facts(record, department, earlier=False, first_published_on=None)
    assert (facts.kind, facts.event_on.isoformat(), facts.parties) == (kind.name, "2026-01-01", ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2207-CF-001", " ２２０７－CF－001 ", True),
        ("2207-CF-001", "2207-cf-001", True),
        ("0012", "12", False),
        ("对甲的处罚", "对甲 的处罚", True),
    ],
)
def test_an_identity_is_the_same_however_it_is_typed(one: str, other: str, same: bool) -> None:
    assert (identity(one) == identity(other)) is same


def test_a_key_holds_department_kind_and_every_field_of_the_identity() -> None:
    officer = REGISTRY_KINDS["officer"]
    assert record_key("d", officer, {"certificate_number": "22070100001"}) == "d/officer/22070100001"
    assert identity("一号窗口", "受理岗") != identity("一号窗口受理岗", "")


@KINDS
def test_its_template_has_a_column_for_every_field_and_every_column_of_its_tables(kind: RecordKind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(kind)))
    sheet, notes = book.worksheets
    header = [str(cell.value) for cell in sheet[2]]
    assert header == [cell.label + "*" * cell.required for cell in kind.cells]
    assert [row[0].value for row in notes.iter_rows(min_row=2)] == [cell.label for cell in kind.cells]
    tables = {field.label for field in kind.fields if field.is_table}
    assert {label.partition(COLUMN_MARK)[0] for label in header if COLUMN_MARK in label} == tables
    assert "相对人" not in str(sheet["A1"].value)


def test_every_type_has_its_words_on_every_side() -> None:
    assert set(TYPE_WORDS) == set(FieldType)
    assert set(TYPES) == {type.value for type in FieldType}
    assert set(_MAKERS) | set(_TEXTS) == set(FieldType) - {FieldType.TABLE}


@pytest.mark.parametrize("kind", DECISION_KINDS.values(), ids=DECISION_KINDS)
def test_a_decision_has_no_tables_and_stays_what_it_was(kind: RecordKind) -> None:
    assert kind.cells == kind.described == kind.fields
    assert not kind.registry
    assert kind.number == "document_number"


FIELDS = [
    pytest.param("subject", "name duties bodies jurisdiction area superior standing entrusting_body", id="D6"),
    pytest.param("officer", "name certificate_number department_name area valid_to state issuer acts", id="D7"),
    pytest.param("random_inspection_item", "basis subject content manner ratio frequency", id="D11"),
    pytest.param("random_inspection_item", "subject basis object content manner", id="D23"),
    pytest.param(
        "service_guide",
        "name basis receiving_body deciding_body conditions preferences materials process legal_term supervision "
        "responsibility remedies hours address phone",
        id="D24",
    ),
    pytest.param("service_guide", "certificate files consult complaint status_query reductions materials", id="D15"),
    pytest.param("post_board", "window post officers duties hours phone progress_query complaint samples", id="S1.2"),
    pytest.param("recording_item", "stage manner equipment usage elements storage custody phrases", id="S2.2"),
    pytest.param("review_catalogue", "act matter trigger standard body", id="S3.2"),
    pytest.param(
        "normative_text",
        "index_number classification issuer formed_on title document_number released_on body files",
        id="S0",
    ),
    pytest.param("determination", "act content document decided_on", id="D16"),
    pytest.param("inspection_plan", "year tasks manner", id="S1.3b"),
]
"""What an article asks to be published of each kind, in its order."""


@pytest.mark.article("D6", "D7", "D11", "D15", "D16", "D23", "D24", "S0", "S1.2", "S1.3b", "S2.2", "S3.2")
@pytest.mark.parametrize(("kind", "asked"), FIELDS)
def test_what_an_article_asks_for_is_declared_and_public(kind: str, asked: str) -> None:
    public = {field.name for field in REGISTRY_KINDS[kind].public_fields}
    assert [name for name in asked.split() if name not in public] == []


def test_no_word_means_two_kinds() -> None:
    said = [word for kind in SUBMITTED_KINDS.values() for word in {kind.name, kind.label, *kind.sheets}]
    assert sorted({word for word in said if said.count(word) > 1}) == []


def test_only_what_names_officers_hides_its_past_and_keeps_search_engines_out() -> None:
    hidden = {kind.name for kind in REGISTRY_KINDS.values() if not kind.former}
    assert hidden == {kind.name for kind in REGISTRY_KINDS.values() if not kind.indexed} == {"officer", "post_board"}


@pytest.mark.article("D16")
def test_a_determination_speaks_of_kinds_of_decision_that_exist() -> None:
    assert {DECISION_KINDS[name].label: name for name in KINDS_OF_ACT.values()} == KINDS_OF_ACT


@pytest.mark.article("D7")
def test_of_an_officer_nothing_is_declared_that_is_nobodys_business() -> None:
    said = {label for field in REGISTRY_KINDS["officer"].fields for label in field.labels}
    assert [label for label in said if re.search("身份|照片|出生|电话|手机|警衔|住址|性别", label)] == []
    assert not REGISTRY_KINDS["officer"].former
    assert not REGISTRY_KINDS["officer"].indexed


@pytest.mark.article("D8", "D9", "D10", "D12")
def test_an_item_says_its_basis_steps_and_remedies_row_by_row() -> None:
    item = REGISTRY_KINDS["enforcement_item"].by_name
    columns = {name: [column.name for column in item[name].columns] for name in ("basis", "steps", "remedies")}
    assert columns == {
        "basis": ["law", "article", "text"],
        "steps": ["number", "name", "actor", "term", "next", "documents", "note"],
        "remedies": ["kind", "body", "term", "how"],
    }
    assert item["basis"].required
