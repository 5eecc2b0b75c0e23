"""What the check of case files found, in words for the submitter and as JSON for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongshi.intake.answer.rendering import listed
from gongshi.intake.cases.model import CaseReport
from gongshi.records.cases.kinds import CASE_KINDS


def render_text(report: CaseReport) -> str:
    """A summary, then every problem with its place and its remedy."""
    return "\n".join([*_summary(report), *listed(report.problems)]) + "\n"


def next_step(report: CaseReport, *, submitting: bool) -> str:
    """What the submitter does next, in a line."""
    if report.ok:
        return "没有错误，可以用 gongshi submit 提交。案卷不需要审核，也不公示。"
    kept = "这一批没有接收。" if submitting else ""
    return f"{kept}案卷整批接收或者整批不接收：请改正错误后再来一次。"


def to_json(report: CaseReport) -> dict[str, object]:
    """The report as a JSON object, keys stable."""
    return {
        "ok": report.ok,
        "department": report.department,
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in report.files],
        "rows": report.rows,
        "errors": report.error_count,
        "warnings": len(report.problems) - report.error_count,
        "cases": [{"number": case.number, "lines": len(case.lines)} for case in report.cases],
        "problems": [problem.to_json() for problem in report.problems],
    }


def _summary(report: CaseReport) -> Iterator[str]:
    verdict = "检查通过" if report.ok else "检查未通过"
    warnings = len(report.problems) - report.error_count
    yield f"{verdict}：共 {report.rows} 行；错误 {report.error_count} 处，提醒 {warnings} 处。"
    counts = Counter(line.kind.name for case in report.cases for line in case.lines)
    told = "，".join(f"{kind.label} {counts[name]} 行" for name, kind in CASE_KINDS.items() if counts[name])
    yield f"案件 {len(report.cases)} 件{'：' if told else ''}{told}。"
