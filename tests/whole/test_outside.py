"""A major decision from outside on its whole way: on the list without attestation it is held with its clock running,
attested it is public, instructed it is public; nothing of the review is on any page."""

from __future__ import annotations

import json
from typing import Any

import pytest

DAY = "2026-12-25"
CLOSURE = {"penalty_class": "罚款、责令停产停业", "decided_on": "2026-12-02", "secrecy_checked": "是"}
ATTESTED = {
    "legal_reviewed_on": "2026-11-27",
    "legal_reviewer": "核示仁",
    "legal_opinion": "同意",
    "discussed_on": "2026-12-01",
    "case_number": "松市监案〔2026〕91号",
}
BLANK, SAID, NONE = (f"松市监罚〔2026〕{number}号" for number in (91, 92, 93))


@pytest.mark.article("S3", "L3", "L4")
def test_a_listed_decision_waits_for_its_review_or_the_supervisor(commands: Any, row: Any, sheet: Any) -> None:
    rows = [
        row("penalty", BLANK, **CLOSURE),
        row("penalty", SAID, **CLOSURE, **ATTESTED),
        row("penalty", NONE, **CLOSURE, legal_opinion="未经审核"),
    ]
    commands.today = DAY
    commands.publish(sheet("三件.csv", rows))
    commands("rebuild", code=3)
    assert _numbers(commands) == {SAID}
    due = commands("due", code=1).output
    assert "待核实法制审核" in due
    assert "未经法制审核：已列入监督报表" in due
    total = commands.json("report")["total"]
    assert (total["overdue"], total["withheld"]) == (2, 0)
    status = json.loads((commands.root / "build" / "status.json").read_text(encoding="utf-8"))
    codes = {matter["code"] for matter in status["matters"]}
    assert {"legal_review_missing", "legal_review_unverified"} <= codes
    supervisor = ("--by", "督示察", "--why", "已补充审核", "--document", "松府督〔2026〕8号")
    assert "instruct_not_asked" in commands("instruct", SAID, "--publish", *supervisor, code=1).output
    commands("instruct", NONE, "--revoke", *supervisor, "--no-build")
    commands("instruct", BLANK, "--publish", *supervisor)
    assert _numbers(commands) == {BLANK, SAID}
    said = b"".join(commands.site().values()).decode("utf-8", "replace")
    for value in ("核示仁", "督示察", "松府督〔2026〕8号", "松市监案〔2026〕91号", NONE):
        assert value not in said, value


def _numbers(commands: Any) -> set[str]:
    pages = [page.read_text(encoding="utf-8") for page in commands.pages()]
    return {number for number in (BLANK, SAID, NONE) if any(number in page for page in pages)}
