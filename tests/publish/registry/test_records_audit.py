"""The audit sees what registers hold back: what one person took down, what waits, what was wrong, what is internal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongshi.publish.audit import Report, audit_build, gather
from gongshi.publish.audit.values import What
from gongshi.query import tokens
from gongshi.store.sqlite import connect

PLACE, WRONG, REMARK = "城区示例市场东门外的检查现场", "写错了的检查现场名称甲乙丙", "内部备注里的线索来源甲乙丙"
NUMBER, CODE = "22070155501", "2207-CF-987"
NAME = "对擅自改动示例计量器具行为的处罚"
"""No examples of the dictionary: those are words of the site."""


def patterns(registers: Any) -> Any:
    return gather(registers.store, registers.instance, registers.today, Path("site_src"))


def sought(registers: Any) -> set[str]:
    return {one.raw for one in patterns(registers).sought}


def audited(registers: Any) -> Report:
    return audit_build(registers.path.parent, patterns(registers))


def test_what_is_public_is_not_sought_and_what_is_internal_is(registers: Any) -> None:
    files = registers.attached(b"%PDF example" * 9)
    text = registers.record("normative_text", files=files, remarks=REMARK)
    registers.send(registers.record("officer", certificate_number=NUMBER), registers.record("post_board"), text)
    registers.publish()
    assert {NUMBER, "0438-0000001", files[0]["sha256"][:16]} & sought(registers) == set()
    assert REMARK in sought(registers)
    assert audited(registers).ok


@pytest.mark.article("S1.4")
def test_a_record_that_was_taken_down_is_sought_with_its_files(registers: Any) -> None:
    files = registers.attached(Random(2).randbytes(3000), name="示例申请书格式甲乙丙")
    officer, text = registers.send(
        registers.record("officer", certificate_number=NUMBER), registers.record("normative_text", files=files)
    )
    registers.publish()
    registers.suspend(officer)
    registers.suspend(text)
    left = audited(registers)
    assert {one.record for one in left.findings} >= {officer, text}, "the site was not rebuilt yet"
    assert {officer, text, NUMBER, files[0]["sha256"][:16]} <= sought(registers)
    registers.publish()
    assert audited(registers).ok
    folder = registers.path.parent / "site" / "files" / files[0]["sha256"][:16]
    folder.mkdir(parents=True)
    (folder / "a.pdf").write_bytes(b"x")
    assert {one.what for one in audited(registers).findings} == {What.RECORD}


def test_what_was_corrected_is_sought_and_what_was_in_force_is_not(registers: Any) -> None:
    registers.send(registers.record("recording_item", place=WRONG))
    registers.publish()
    registers.send(registers.record("recording_item", place=PLACE))
    registers.publish()
    later = registers.record("recording_item", place="另一处检查现场甲乙丙丁", effective_from="2026-11-19")
    registers.send(later)
    registers.publish()
    found = sought(registers)
    assert WRONG in found and PLACE not in found
    assert audited(registers).ok


def test_what_waits_for_the_second_review_is_sought(registers: Any) -> None:
    (item,) = registers.send(registers.record("enforcement_item", code=CODE, name=NAME))
    registers.publish()
    assert {item, CODE} <= sought(registers)
    site = registers.path.parent / "site"
    site.mkdir()
    (site / "items.html").write_text("<li>" + NAME + "</li>", encoding="utf-8")
    assert {one.record for one in audited(registers).findings} == {item}


def test_a_word_that_the_index_of_records_remembers_is_found(registers: Any) -> None:
    (record,) = registers.send(registers.record("recording_item", place=PLACE))
    registers.send(registers.record("officer", certificate_number=NUMBER))
    registers.publish()
    registers.suspend(record)
    registers.publish()
    with closing(connect(registers.path)) as db:
        db.execute("INSERT INTO records_fts (rowid, content) VALUES (7, ?)", (tokens.index_text(PLACE),))
    assert {found.inner for found in audited(registers).findings} == {"records_fts 7"}


def test_a_law_and_its_article_side_by_side_are_public_where_a_record_cites_them(registers: Any) -> None:
    law, article = "《示例市容环境卫生管理条例》", "第四十四条第一款"
    basis = ({"law": law, "article": article, "text": "条文"},)
    registers.send(registers.record("recording_item", basis=basis))
    (waits,) = registers.send(registers.record("enforcement_item", code=CODE, name=NAME, powers=f"{law}{article}"))
    registers.publish()
    assert {waits, NAME} <= sought(registers)
    assert f"{law}{article}" not in sought(registers)
    (registers.path.parent / "site").mkdir(exist_ok=True)
    page = f"<p><strong>{law}</strong> {article}</p>"
    (registers.path.parent / "site" / "item.html").write_text(page, encoding="utf-8")
    assert audited(registers).ok
