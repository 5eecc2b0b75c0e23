"""A report in words for the submitter, and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gongshi.intake.catalogue import CATALOGUE
from gongshi.intake.problems import Problem
from gongshi.intake.report import Change, Report

_COMMONEST = 5
_FOLD_FROM = 4
"""Rows with the same problem in the same column that are told as one, with the first row's words."""
_ROWS_NAMED = 20
"""Row numbers, or runs of them, that one folded problem names; JSON has all."""

_CHANGES = {Change.ADDED: "新增", Change.CHANGED: "变更", Change.UNCHANGED: "未变"}
_SEVERITIES = {"error": "错误", "warning": "提醒"}


def render_text(report: Report) -> str:
    """The whole report in Chinese: a summary, then every problem with its place and its remedy."""
    lines: list[str] = [*_summary(report), *_commonest(report)]
    for file, problems in groupby(report.problems, key=lambda p: (p.file, p.sheet)):
        lines += ["", "／".join(filter(None, file)), *_lines(list(problems))]
    return "\n".join(lines) + "\n"


def to_json(report: Report) -> dict[str, object]:
    """The report as a JSON object: nothing folded, keys stable."""
    return {
        "ok": report.ok,
        "department": report.department,
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": len(file.raw)} for file in report.files],
        "rows": report.rows,
        "wrong_rows": [{"file": ref.file, "sheet": ref.sheet, "row": ref.row} for ref in report.wrong_rows],
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "counts": dict(report.counts.most_common()),
        "decisions": [
            {"key": d.key, "document_number": d.values["document_number"], "change": report.changes[d.key].value}
            for d in report.decisions
        ],
        "problems": [problem.to_json() for problem in report.problems],
    }


def title(code: str) -> str:
    """What a code is called; a reader's own codes go by their name."""
    entry = CATALOGUE.get(code)
    return entry.title if entry else "文件无法读取"


def _summary(report: Report) -> Iterator[str]:
    verdict = "检查通过" if report.ok else "检查未通过"
    yield (
        f"{verdict}：共 {report.rows} 行，有误 {len(report.wrong_rows)} 行；"
        f"错误 {len(report.errors)} 处，提醒 {len(report.warnings)} 处。"
    )
    changes = list(report.changes.values())
    counted = "，".join(f"{word} {changes.count(change)}" for change, word in _CHANGES.items())
    yield f"可以接收的决定 {len(report.decisions)} 个（{counted}）。"


def _commonest(report: Report) -> Iterator[str]:
    if report.counts:
        told = (f"{code} {title(code)} {count} 处" for code, count in report.counts.most_common(_COMMONEST))
        yield "最多的问题：" + "；".join(told) + "。"


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    """One line per problem, those that many rows share told once, in the order of their first rows."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for found in problems:
        alike.setdefault((found.code, found.column, found.hint), []).append(found)
    for same in alike.values():
        if len(same) >= _FOLD_FROM or (len(same) > 1 and len({found.message for found in same}) == 1):
            yield from _told(same[0], _rows(same), f"（等 {len(same)} 处）")
        else:
            for found in same:
                yield from _told(found, str(found.row) if found.row else "", "")


def _told(found: Problem, rows: str, more: str) -> Iterator[str]:
    place = "　".join(
        filter(None, (f"第 {rows} {found.unit}" if rows else "", f"“{found.column}”" if found.column else ""))
    )
    yield f"  [{found.code} {_SEVERITIES[found.severity]}] {place}{'：' if place else ''}{found.message}{more}"
    if found.hint:
        yield f"      → {found.hint}"


def _rows(problems: Sequence[Problem]) -> str:
    """Row numbers with runs joined: 3-7、9 等."""
    runs: list[list[int]] = []
    for row in sorted({p.row for p in problems}):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = "、".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:_ROWS_NAMED])
    return named + (" 等" if len(runs) > _ROWS_NAMED else "")
