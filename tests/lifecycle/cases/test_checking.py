"""What a case's record lacks is told with its article, in words, and counted; no payload is read for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.instance import Instance, load
from gongshi.intake.cases.checking import check_cases
from gongshi.law.recording.model import Finding, Status
from gongshi.lifecycle.cases.checking import check_all, check_case, completeness, late_by
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.records.cases.lacking import in_words
from gongshi.store import Store
from tests.intake.cases.files import CASE, NUMBER, as_json, as_workbook, sheets

ROOT = Path(__file__).parents[3]
DEPARTMENT = "11220700MB99000134"
TODAY = date(2026, 3, 25)
NOW = datetime.fromisoformat("2026-03-25T10:00+08:00")


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


def take(store: Store, instance: Instance, told: dict, name: str = "案卷.json") -> None:
    report = check_cases([as_json(told, name)], instance.department(DEPARTMENT), instance, today=TODAY)
    submit_cases(store, instance, report, by="周示礼", today=TODAY, now=NOW)


@pytest.mark.article("S6")
def test_one_case_is_told_in_words_with_articles_and_lateness(store: Store, instance: Instance) -> None:
    take(store, instance, sheets(video={"储存时间": "2026-03-04 12:00"}))
    (check,) = check_all(store, instance, NOW)
    assert check == check_case(store, instance, check.case, NOW)
    text = check.render_text()
    assert text.startswith("松市监案〔2026〕1号（")
    assert "[缺少] R8-approval 程序启动审批表：没有程序启动审批表（《松原市行政执法全过程记录实施办法》第八条" in text
    assert "[逾期] R32-storage 音像记录24小时内储存（序号 2）：晚 1 日" in text
    assert "没有填“承办人理由”" in text
    assert not check.complete


@pytest.mark.article("R35")
def test_no_name_is_told_of_a_check(store: Store, instance: Instance) -> None:
    take(store, instance, sheets())
    (check,) = check_all(store, instance, NOW)
    told = check.render_text() + json.dumps(check.to_json(), ensure_ascii=False)
    assert [name for name in ("张示一", "松原示例商贸", "刘示长", "王示管") if name in told] == []


@pytest.mark.article("R36")
def test_many_cases_are_counted_and_the_first_incomplete_ones_listed(store: Store, instance: Instance) -> None:
    cases = [{**CASE, "案号": f"松市监案〔2026〕{number}号"} for number in range(1, 6)]
    take(store, instance, {"案件": cases})
    found = completeness(check_all(store, instance, NOW), listed=2)
    assert (found.cases, found.complete, len(found.incomplete), found.left_out) == (5, 0, 2, 3)
    assert found.to_json()["lacked"][0]["cases"] == 5
    assert "案件 5 件：完整 0 件，不完整 5 件。" in found.render_text()
    assert list(check_all(store, instance, NOW, "别的部门")) == []


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(minutes=5), "5 分"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(hours=23, minutes=59), "23 小时 59 分"),
        (timedelta(days=3, hours=5), "3 日"),
    ],
)
def test_lateness_is_said_in_days_or_in_hours(late: timedelta, words: str) -> None:
    assert late_by(late) == words


def test_every_word_that_a_requirement_can_find_lacking_has_words(instance: Instance) -> None:
    for requirement in instance.requirements:
        lacking = (
            *(f"line:{token}" for token in requirement.tokens),
            *(f"field:{name}" for either in requirement.filled for name in either),
            *(f"content:{word}" for word in requirement.contents),
            *(f"signed:{who}" for either in requirement.signed for who in either),
            *(f"medium:{medium}" for media in requirement.recorded for medium in media),
            *(f"served:{document}" for document in requirement.served),
        )
        for said in in_words(Finding(requirement=requirement, status=Status.MISSING, lacking=lacking)):
            assert not any(sign.isascii() and sign.isalpha() for sign in said), said


def test_the_command_checks_one_or_all_and_fails_where_something_is_missing(
    city: Path, gongshi: Callable[..., Result]
) -> None:
    file = city / "案卷.xlsx"
    file.write_bytes(as_workbook(sheets()).raw)
    assert gongshi("submit", str(file), "--department", DEPARTMENT, "--by", "周示礼").exit_code == 0
    one = gongshi("case", "check", NUMBER, "--json")
    assert (one.exit_code, json.loads(one.output)["complete"]) == (1, False)
    every = gongshi("case", "check", "--department", DEPARTMENT)
    assert (every.exit_code, "不完整 1 件" in every.output) == (1, True)
    none = gongshi("case", "check", "松市监案〔2026〕99号")
    assert (none.exit_code, "case_not_found" in none.output) == (1, True)
