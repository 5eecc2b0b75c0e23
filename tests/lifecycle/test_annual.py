"""The annual figures: a draft from the store that tells nothing of what is withheld, and who is late (D32, S6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.instance import Instance
from gongshi.intake.batch import SourceFile
from gongshi.intake.check import check
from gongshi.lifecycle.report import report
from gongshi.lifecycle.report.annual import AnnualDraft, drafts
from gongshi.lifecycle.report.text import render_text
from gongshi.lifecycle.report.undeclared import undeclared
from gongshi.records.decision import Decision, nested_text
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.store import Store

OFFICE = "112207000135491313"
PENALTY = "行政处罚"
LATER = date(2027, 2, 1)
SECRET = {"withhold_ground": "妨害执法", "withhold_reason": "正在侦办", "withhold_review_on": "2027-06-01"}


@pytest.fixture
def drafted(store: Store, instance: Instance) -> Callable[..., AnnualDraft]:
    """The office's draft."""

    def do(year: int = 2026, today: date = date(2027, 1, 5)) -> AnnualDraft:
        (found,) = drafts(store, instance, year, today, OFFICE)
        return found

    return do


def of_penalties(draft: AnnualDraft) -> dict[str, int]:
    """The counts of penalties by entry."""
    return {entry: count for (act, entry), count in draft.counts.items() if act == PENALTY}


@pytest.fixture
def year(send: Callable, judge_batch: Callable, decision: Callable, party: Callable) -> None:
    """Penalties of several classes; one of another year, one that is withheld, one that nobody reviewed."""
    first = decision(1, party("松原示例公司", fine="5000", confiscated="1200.50"), penalty_class="警告、罚款")
    judge_batch(send(first, decision(2, penalty_class="吊销许可证件、罚款"), decision(3, penalty_class="警告")))
    judge_batch(send(decision(4, decided_on="2025-12-30"), decision(5, penalty_class="行政拘留", **SECRET)))
    send(decision(6, penalty_class="行政拘留"))


@pytest.mark.article("D32", "S6")
@pytest.mark.usefixtures("year")
def test_each_decision_of_the_year_counts_once_under_its_heaviest_class(drafted: Callable) -> None:
    draft = drafted()
    assert of_penalties(draft) == {"罚款": 1, "吊销许可证件": 1, "警告": 1, "合计": 3}
    assert {key: str(yuan) for key, yuan in draft.amounts.items()} == {(PENALTY, "罚没金额"): "6200.50"}
    assert draft.decisions == 3
    assert of_penalties(drafted(2025)) == {"罚款": 1, "合计": 1}


@pytest.mark.article("D18")
@pytest.mark.usefixtures("year")
def test_what_is_withheld_is_in_no_number_and_told_to_the_department_alone(drafted: Callable) -> None:
    """The draft less what the site shows would tell its class."""
    draft = drafted()
    assert draft.left_out == 1
    assert "另有 1 件" in draft.render_text()
    assert "行政拘留" not in draft.to_yaml(LATER)
    assert not [line for line in draft.to_yaml(LATER).splitlines() if "另有" in line]


@pytest.mark.article("D32")
def test_what_is_revoked_stays_counted_and_what_is_sealed_or_suspended_is_not(
    public: Callable, acts: Any, drafted: Callable
) -> None:
    revoked, two = public(number=1), public(number=2)
    public(number=3, legal_basis="《中华人民共和国治安管理处罚法》第二十三条")
    acts.confirm(acts.withdraw(revoked).number)
    assert of_penalties(drafted()) == {"罚款": 2, "合计": 2}
    acts.suspend(two)
    assert (of_penalties(drafted()), drafted().left_out) == ({"罚款": 1, "合计": 1}, 2)


@pytest.mark.usefixtures("year")
def test_the_draft_is_a_file_that_can_be_sent_as_it_is(
    drafted: Callable, store: Store, city: Path, instance: Instance, tmp_path: Path
) -> None:
    text = drafted().to_yaml(LATER)
    (record,) = yaml.safe_load(text)[ANNUAL_FIGURES.label]
    assert record["统计年度"] == "2026"
    found = check([SourceFile("年度.yaml", text.encode())], instance.department(OFFICE), instance, today=LATER)
    assert [problem.code for problem in found.problems] == []
    (one,) = found.decisions
    assert {row["entry"]: row.get("count") or row["amount"] for row in one.rows("numbers")} == {
        "警告": "1", "罚款": "1", "吊销许可证件": "1", "合计": "3", "罚没金额": "6200.5",
    }  # fmt: skip


def test_the_command_writes_a_file_for_each_department_and_touches_none_that_is_there(
    city: Path, tmp_path: Path, public: Callable
) -> None:
    public()
    (tmp_path / "data" / "reference").symlink_to(city / "data" / "reference")

    def run(*words: str) -> Any:
        asked = ["annual", *words, "--root", str(tmp_path), "--today", "2027-01-05", "--out", str(tmp_path / "out")]
        return CliRunner().invoke(main, asked)

    assert "计入 1 件" in run("2026").output
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == "松原市试验管理局2026年度数据.yaml"
    file.write_text("改过", encoding="utf-8")
    assert "没有改动" in run("2026", "--department", OFFICE).output
    assert file.read_text(encoding="utf-8") == "改过"
    assert "还没有结束" in run("2027").output
    assert "没有 2020 年" in run("2020").output


@pytest.mark.article("D32")
def test_after_the_end_of_january_the_report_names_who_has_not_declared(
    store: Store, instance: Instance, send: Callable, judge_batch: Callable, clock: Mapping[str, Any]
) -> None:
    assert undeclared(store, instance, date(2027, 1, 31)) is None
    missing = undeclared(store, instance, LATER)
    assert missing is not None
    assert (missing.year, missing.due, missing.rule_id) == (2026, date(2027, 1, 31), "G118-figures")
    assert OFFICE in dict(missing.departments)
    assert "gongshi annual 2026" in render_text(report(store, instance, LATER).only(OFFICE))
    numbers = nested_text([{"act": "行政检查", "entry": "合计", "count": "3"}])
    values = {"title": "2026年度", "year": "2026", "numbers": numbers, "effective_from": "2026-03-01"}
    blank = dict.fromkeys(field.name for field in ANNUAL_FIGURES.fields)
    key = f"{OFFICE}/annual_figures/2026"
    one = Decision(kind="annual_figures", department=OFFICE, key=key, values=blank | values, parties=(), kept={})
    judge_batch(send(one))
    declared = undeclared(store, instance, LATER)
    assert declared is not None
    assert OFFICE not in dict(declared.departments)
    assert "gongshi annual" not in render_text(report(store, instance, LATER).only(OFFICE))
