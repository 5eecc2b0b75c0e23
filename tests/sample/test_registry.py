"""The sample's registers, lists, guides and boards: right by their declarations, invented, with the gaps they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from gongshi.instance import Instance, load
from gongshi.intake.values.parsers import Setting, parser
from gongshi.law.procedure import faults
from gongshi.law.registry import Validity, validity
from gongshi.law.shapes import holds
from gongshi.lifecycle import take_in
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision, nested_text
from gongshi.records.field import NESTED, Field
from gongshi.records.registry.key import record_key
from gongshi.records.registry.recording import FULL, RECORDED_IN_FULL
from gongshi.sample.generate import PROJECT, load_departments
from gongshi.sample.registry import write
from gongshi.sample.registry.sets import REVIEWED_ON, SETS, batches
from gongshi.sample.registry.values import Record
from gongshi.sample.registry.writing import sheet_rows
from gongshi.store import Store

DEPARTMENTS = {department.key: department for department in load_departments(PROJECT)}
ALL = [
    (key, name, kind, record)
    for key, chosen in SETS.items()
    for name, _, batch in batches(DEPARTMENTS[key], chosen)
    for kind, records in batch.items()
    for record in records
]
BY_KIND = {kind: [(key, record) for key, _, of, record in ALL if of == kind] for kind in REGISTRY_KINDS}
MARKET, WATER, HEALTH = "11220700MB99000134", "11220700MB9900128A", "11220700MB9900048N"


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(PROJECT)


@pytest.mark.parametrize("kind", REGISTRY_KINDS)
def test_every_value_is_what_its_field_declares(instance: Instance, kind: str) -> None:
    setting = Setting(today=date.fromisoformat(REVIEWED_ON), regions=instance.regions)
    declared = REGISTRY_KINDS[kind].by_name
    assert BY_KIND[kind]
    for _, record in BY_KIND[kind]:
        missing = [field.name for field in declared.values() if field.required and not record.get(field.name)]
        assert missing == []
        for name, value in record.items():
            for field, text in _cells(declared[name], value):
                assert parser(field, setting)[text] is not None, (name, text)


def _cells(field: Field, value: object) -> Iterator[tuple[Field, str]]:
    """The texts of a value with the field each must fit; of a row all that must be filled is."""
    if field.type not in NESTED:
        yield field, str(value)
        return
    assert isinstance(value, list)
    columns = {column.name: column for column in field.columns}
    for row in value:
        assert {name for name, column in columns.items() if column.required} <= set(row)
        yield from ((columns[name], text) for name, text in row.items() if columns)


def test_what_belongs_together_is_found_together() -> None:
    officers = {(key, str(record["certificate_number"])): record for key, record in BY_KIND["officer"]}
    items = {(key, record["code"]) for key, record in BY_KIND["enforcement_item"]}
    inspections = {(key, record["code"]) for key, record in BY_KIND["random_inspection_item"]}
    assert len(officers) == len(BY_KIND["officer"]) == len({number for _, number in officers})
    for key, guide in BY_KIND["service_guide"]:
        assert (key, guide["item_code"]) in items
        assert {row["file"] for row in guide["materials"] if "file" in row} <= {row["label"] for row in guide["files"]}
    for key, board in BY_KIND["post_board"]:
        for number in str(board["officers"]).split("、"):
            assert _validity(officers[key, number]) is Validity.VALID
        assert {(key, code) for code in str(board["items"]).split("、")} <= items
    for key, plan in BY_KIND["inspection_plan"]:
        assert {(key, task["item_code"]) for task in plan["tasks"]} <= inspections


def _validity(officer: Record) -> Validity:
    days = (date.fromisoformat(str(officer[name])) for name in ("valid_from", "valid_to"))
    return validity(str(officer.get("state", "")), *days, date.fromisoformat(REVIEWED_ON))


@pytest.mark.article("D10", "D8")
def test_every_procedure_comes_to_an_end_and_every_item_cites_a_law() -> None:
    for _, _, kind, record in ALL:
        assert list(faults(record.get("steps", []))) == []
        rows = record.get("basis", [])
        if isinstance(rows, list):
            declared = REGISTRY_KINDS[kind].by_name.get("basis")
            assert rows or declared is None or not declared.required
            assert all(re.fullmatch("《.+》", row["law"]) and "第" in row["article"] for row in rows)


@pytest.mark.article("S2.2")
def test_what_must_be_recorded_in_full_is() -> None:
    for _, item in BY_KIND["recording_item"]:
        assert item["manner"] == FULL or item["stage"] not in RECORDED_IN_FULL


def test_no_two_records_of_a_file_are_one_and_a_later_version_is_in_a_file_of_its_own() -> None:
    keys = Counter(
        (name, record_key(key, REGISTRY_KINDS[kind], {field: str(record.get(field, "")) for field in record}))
        for key, name, kind, record in ALL
    )
    assert [key for key, count in keys.items() if count > 1] == []
    versions = Counter(key for _, key in keys)
    assert [key.split("/")[:2] for key, count in versions.items() if count > 1] == [[WATER, "enforcement_item"]]


def test_nobody_in_it_is_real_and_no_text_holds_a_number_of_a_person() -> None:
    assert all("示" in str(record["name"]) for _, record in BY_KIND["officer"])
    for _, _, kind, record in ALL:
        whole = Decision(kind=kind, department="", key="", values=_texts(record), parties=(), kept={})
        assert [name for name, text in whole.values.items() if text and holds(text, ("identity", "account"))] == []


def _texts(record: Record) -> dict[str, str | None]:
    return {name: value if isinstance(value, str) else nested_text(value) for name, value in record.items()}


@pytest.mark.article("S5", "S3.1", "D22")
def test_some_departments_are_complete_and_others_have_the_gaps_they_are_known_for() -> None:
    kinds = {key: {kind for of, _, kind, _ in ALL if of == key} for key in SETS}
    assert kinds[MARKET] == set(REGISTRY_KINDS) - {"determination"}
    assert kinds[WATER] == set(REGISTRY_KINDS)
    assert {"service_guide", "post_board"}.isdisjoint(kinds[HEALTH])
    assert [record for key, record in BY_KIND["officer"] if key == HEALTH and "legal_reviewer" in record] == []
    old = [kind for key, _, kind, record in ALL if key == HEALTH and str(record["effective_from"]) < "2026-10-12"]
    assert old == ["enforcement_item"], "one was forgotten when the reorganisation touched all (D25)"
    assert set(DEPARTMENTS) - set(SETS)
    market = [_validity(record) for key, record in BY_KIND["officer"] if key == MARKET]
    assert Counter(market) == {Validity.VALID: 12, Validity.SUSPENDED: 1, Validity.EXPIRED: 1}
    ahead = [record for _, record in BY_KIND["enforcement_item"] if str(record["effective_from"]) > REVIEWED_ON]
    over = [record for _, record in BY_KIND["enforcement_item"] if "effective_to" in record]
    assert (len(ahead), len(over)) == (1, 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("registry")
    write(root, list(DEPARTMENTS.values()))
    return root / "data" / "submissions"


def test_it_is_written_the_same_each_time_and_small(written: Path, tmp_path: Path) -> None:
    write(tmp_path, list(DEPARTMENTS.values()))
    again = tmp_path / "data" / "submissions"
    files = {path.relative_to(written): path.read_bytes() for path in written.rglob("*") if path.is_file()}
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == files
    assert sum(map(len, files.values())) < 800_000


@pytest.mark.article("D22", "D30")
def test_every_file_is_taken_in_reviewed_and_where_it_must_be_reviewed_again(
    written: Path, instance: Instance, tmp_path: Path
) -> None:
    now = datetime.fromisoformat(f"{REVIEWED_ON}T09:00+08:00")
    with Store.open(tmp_path / "store.db") as store:
        result = take_in(store, instance, today=now.date(), now=now, folder=written)
        assert [fault.render_text() for fault in result.faults] == []
        reviews = set(
            map(tuple, store.db.execute("SELECT d.kind, v.review FROM versions v JOIN disclosures d USING (id)"))
        )
    assert len(result.receipts) == len(result.reviews) == len(list(written.glob("*/*.batch.yml")))
    assert {kind for kind, review in reviews if review == "approved"} == set(REGISTRY_KINDS)
    assert {kind for kind, review in reviews if review != "approved"} == {"enforcement_item"}


@pytest.mark.article("D22", "D23")
def test_two_lists_were_reviewed_by_another_body_and_some_wait_for_it(written: Path) -> None:
    waiting = set()
    for review in written.glob("*/registry-*.review.yml"):
        batch = review.name.removesuffix(".review.yml")
        second = review.with_name(f"{batch}.second.yml")
        first = yaml.safe_load(review.read_text(encoding="utf-8"))["reviewer"]
        if "items" not in batch and "inspections" not in batch:
            assert not second.exists()
        elif second.exists():
            told = yaml.safe_load(second.read_text(encoding="utf-8"))
            body = DEPARTMENTS[told["department"]]
            sender = yaml.safe_load(review.with_name(f"{batch}.batch.yml").read_text(encoding="utf-8"))["by"]
            assert told["reviewer"] in body.reviewers
            assert len({told["reviewer"], first, sender}) == 3
        else:
            waiting.add(DEPARTMENTS[review.parent.name].sector)
    assert waiting == {"公安", "农业农村"}


def test_a_sheet_holds_what_the_declaration_says_with_tables_below_their_record(written: Path) -> None:
    sheet = load_workbook(written / MARKET / "registry-3-inspections.xlsx")["随机抽查计划"]
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    tasks = [row[header.index("抽查任务·事项编码")] for row in rows]
    assert len(tasks) == len(set(tasks)) == 4
    assert [row[header.index("抽查计划名称")] for row in rows[1:]] == [None] * 3
    guide = next(record for _, record in BY_KIND["service_guide"])
    labels, first, *_ = sheet_rows("service_guide", [guide])
    assert first[labels.index("附件")].startswith("申请书=申请书.docx、")
