"""Records of registers and lists by hand, as intake makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongshi.lifecycle import Receipt, Reviewed
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision, nested_text
from gongshi.records.registry.key import record_key

DEPARTMENT = "112207000135491313"
BASIS = ({"law": "《中华人民共和国食品安全法》", "article": "第一百二十四条", "text": "违反本法规定……"},)


@pytest.fixture(scope="session")
def record() -> Callable[..., Decision]:
    """A record of a kind, in force since 2026-01-01; what is given as rows becomes a table."""

    def make(kind: str, *, department: str = DEPARTMENT, **values: Any) -> Decision:
        declared = REGISTRY_KINDS[kind]
        given = {"effective_from": "2026-01-01", **values}
        told = {name: nested_text(value) if isinstance(value, tuple) else value for name, value in given.items()}
        filled = {**{field.name: None for field in declared.fields}, **told}
        key = record_key(department, declared, filled)
        return Decision(kind=kind, department=department, key=key, values=filled, parties=(), kept={})

    return make


@pytest.fixture(scope="session")
def officer(record: Callable[..., Decision]) -> Callable[..., Decision]:
    def make(number: str = "22070100001", **values: Any) -> Decision:
        given = {
            "name": "示例员",
            "certificate_number": number,
            "department_name": "松原市试验管理局",
            "acts": "行政处罚、行政检查",
            "area": "松原市",
            "issuer": "吉林省人民政府",
            "valid_from": "2024-01-01",
            "valid_to": "2026-12-31",
            "state": "有效",
            **values,
        }
        return record("officer", **given)

    return make


@pytest.fixture(scope="session")
def item(record: Callable[..., Decision]) -> Callable[..., Decision]:
    def make(code: str = "2207-CF-001", **values: Any) -> Decision:
        given = {
            "code": code,
            "name": "对经营超过保质期食品的处罚",
            "act": "行政处罚",
            "basis": BASIS,
            "powers": "立案、调查、决定",
            **values,
        }
        return record("enforcement_item", **given)

    return make


@pytest.fixture
def approved(send: Callable[..., Receipt], judge_batch: Callable[..., Reviewed]) -> Callable[..., tuple[str, ...]]:
    """Send these records and let their department's reviewer approve them; their ids."""

    def do(*records: Decision, today: date = date(2026, 3, 2)) -> tuple[str, ...]:
        receipt = send(*records, today=today)
        judge_batch(receipt, today=today)
        return tuple(entry.id for entry in receipt.entries)

    return do
