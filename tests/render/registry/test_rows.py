"""Registry records are read by what a page asks for, in an order that readers expect."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from gongshi.records import REGISTRY_KINDS
from gongshi.render.addresses import code_slug, item_mark, record_address, record_pages
from gongshi.render.contexts import Fact
from gongshi.render.labels import act_slug
from gongshi.render.registry.rows import Registry, facts

MARKET, ROADS, COUNTY = "11220700MB99000134", "11220700MB990003XN", "11220721MB9900056K"


@pytest.mark.parametrize("kind", REGISTRY_KINDS)
def test_a_record_of_every_kind_has_its_content_and_a_place(public: Any, kind: str) -> None:
    found = Registry(public.db).one(public.record(kind))
    assert found
    assert found.title == found.text(REGISTRY_KINDS[kind].heading)
    assert found.href.startswith("/")
    for name, value in found.content.items():
        assert found.rows(name) == tuple(value) if isinstance(value, list) else found.text(name) == value


def test_what_is_not_there_is_none(public: Any) -> None:
    registry = Registry(public.db)
    assert registry.one("0" * 16) is None
    assert registry.by_number("officer", MARKET, "22070100001") is None
    assert registry.of_item("0" * 16) == registry.of_code("nobody") == registry.of_kind("officer") == []


def test_lists_are_in_the_order_in_force_act_number(public: Any) -> None:
    public.record("enforcement_item", code="c", act="行政检查")
    public.record("enforcement_item", code="b", act="行政处罚", row={"standing": "ended"})
    public.record("enforcement_item", code="d", act="行政处罚")
    public.record("enforcement_item", code="a", act="行政处罚")
    assert [one.number for one in Registry(public.db).of_kind("enforcement_item")] == ["a", "d", "c", "b"]


def test_a_list_is_of_a_department_a_region_or_an_act(public: Any) -> None:
    public.record("enforcement_item")
    roads = public.record("enforcement_item", department=ROADS, act="行政检查")
    county = public.record("enforcement_item", department=COUNTY)
    of_kind = Registry(public.db).of_kind
    assert [one.id for one in of_kind("enforcement_item", department=ROADS)] == [roads]
    assert [one.id for one in of_kind("enforcement_item", region="220721")] == [county]
    assert [one.id for one in of_kind("enforcement_item", act="行政检查")] == [roads]
    assert of_kind("enforcement_item", department=ROADS, act="行政处罚") == []


def test_a_departments_counts_leave_out_what_is_over(public: Any) -> None:
    public.record("enforcement_item")
    public.record("enforcement_item", code="x", row={"standing": "ended"})
    public.record("officer")
    registry = Registry(public.db)
    assert registry.counts(MARKET) == {"enforcement_item": 1, "officer": 1}
    assert [one.kind for one in registry.of_department(MARKET)] == ["officer", "enforcement_item", "enforcement_item"]


def test_an_item_its_guide_and_its_code_belong_together(public: Any) -> None:
    item, guide = public.record("enforcement_item"), public.record("service_guide", item_code="2207-cf-001 ")
    other = public.record("enforcement_item", department=COUNTY)
    registry = Registry(public.db)
    assert {one.id for one in registry.of_item(item_mark(MARKET, "2207-CF-001"))} == {item, guide}
    assert [one.id for one in registry.of_code("2207-cf-001")] == [item, other]


def test_a_number_finds_what_is_in_force_before_what_is_over(public: Any) -> None:
    public.record("officer", row={"standing": "ended"})
    there = public.record("officer")
    found = Registry(public.db).by_number("officer", MARKET, "22070100001")
    assert found and found.id == there


def test_files_are_addressed_by_their_content_and_quoted(public: Any) -> None:
    body = b"a form"
    found = Registry(public.db).one(
        public.record("service_guide", files=[("申请书", "申请书 1#.pdf", "application/pdf", body)])
    )
    assert found
    (file,) = found.files
    assert file.size == len(body)
    assert file.href.startswith(f"/files/{sha256(body).hexdigest()[:16]}/%E7")
    assert " " not in file.href and "#" not in file.href


def test_facts_are_labelled_in_the_declarations_order_without_what_is_empty(public: Any) -> None:
    found = Registry(public.db).one(public.record("officer", body=None, legal_reviewer="1"))
    assert found
    labels = [fact.label for fact in facts(found)]
    assert labels[:3] == ["姓名", "执法证号", "所属部门"]
    assert "所在执法机构" not in labels
    assert facts(found, ["valid_to", "legal_reviewer"]) == (
        Fact("有效期至", "2028年6月30日"),
        Fact("法制审核人员", "是"),
    )


CODES = {
    "2207-CF-001": "2207-cf-001",
    " ２２０７-CF-001": "2207-cf-001",
    "ab": "",
    "..": "",
    "...": "",
    ".hidden": "",
    "a/b": "",
    "事项一": "",
    "departments": "",
    "ACTS": "",
    "x" * 65: "",
    "a..b": "a..b",
}


@pytest.mark.parametrize("code", CODES)
def test_only_a_safe_code_becomes_an_address(code: str) -> None:
    assert code_slug(code) == CODES[code]


def test_every_own_page_of_a_record_is_known_by_its_id() -> None:
    pages = record_pages("0123456789abcdef")
    for kind, record in REGISTRY_KINDS.items():
        if record.folder:
            assert record_address(kind, "0123456789abcdef")[1:] in pages
        else:
            assert record_address(kind, "0123456789abcdef") == ""
    assert "boards/0123456789abcdef-sheet.html" in pages
    assert act_slug("行政处罚") == "penalty"


def test_an_item_has_one_mark_however_its_code_is_typed() -> None:
    assert item_mark(MARKET, "2207-CF-001") == item_mark(MARKET, "２２０７-cf-001 ")
    assert item_mark(MARKET, "2207-CF-001") != item_mark(ROADS, "2207-CF-001")
    assert len(item_mark(MARKET, "1")) == 16
