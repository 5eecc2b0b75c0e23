"""What the check of case files found, in words for the submitter and as JSON for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from gongshi.intake.answer.marked import marked_copy
from gongshi.intake.answer.rendering import listed
from gongshi.intake.answer.shown import Part
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.model import CaseReport
from gongshi.intake.cases.people import joined
from gongshi.intake.problems import Problem
from gongshi.intake.readers.records import UNIT
from gongshi.records.cases.kinds import CASE_KINDS


def render_text(report: CaseReport) -> str:
    """A summary, then every problem with its place and its remedy."""
    return "\n".join([*_summary(report), *listed(report.problems)]) + "\n"


def next_step(report: CaseReport, *, submitting: bool) -> str:
    """What the submitter does next, in a line."""
    if report.ok:
        return "没有错误，可以用 gongshi submit 提交。案卷不需要审核，也不公示。"
    kept = "这一批没有接收。" if submitting else ""
    marked = "加 --marked 标注.xlsx 可以得到标出错误单元格的工作簿。" if report.files else ""
    return f"{kept}案卷整批接收或者整批不接收：请改正错误后再来一次。{marked}"


def marked(file: SourceFile, report: CaseReport) -> bytes:
    """The workbook that goes back: the file's sheets with every wrong cell coloured and commented (see marked_copy).

    What came as JSON or YAML comes back as sheets of the same names, people as text: it can be handed in like that.
    """
    return marked_copy(file, report, laid_out=_as_checked)


def _as_checked(one: Part) -> Part:
    """The columns as the check saw them: a list of people is one (gongshi/intake/cases/people.py)."""
    if one.sheet.unit != UNIT:
        return one
    rows = joined(one.sheet.rows)
    return Part(replace(one.sheet, rows=rows), [row.number for row in rows], rows, one.left_out)


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
        "problems": [{**problem.to_json(), "path": path(problem)} for problem in report.problems],
    }


def path(problem: Problem) -> str:
    """Where it is in a file of JSON or YAML, as a JSON pointer (RFC 6901): /案件/0/启动时间, a part that is no list
    being one of a single record; empty for a table, and where the whole file is meant."""
    if problem.unit != UNIT or not problem.sheet:
        return ""
    places = (problem.sheet, str(problem.row - 1) if problem.row else "", problem.column.rstrip("*"))
    return "".join(f"/{place.replace('~', '~0').replace('/', '~1')}" for place in places if place)


def _summary(report: CaseReport) -> Iterator[str]:
    verdict = "检查通过" if report.ok else "检查未通过"
    warnings = len(report.problems) - report.error_count
    yield f"{verdict}：共 {report.rows} 行；错误 {report.error_count} 处，提醒 {warnings} 处。"
    counts = Counter(line.kind.name for case in report.cases for line in case.lines)
    told = "，".join(f"{kind.label} {counts[name]} 行" for name, kind in CASE_KINDS.items() if counts[name])
    yield f"案件 {len(report.cases)} 件{'：' if told else ''}{told}。"
