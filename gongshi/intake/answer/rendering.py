"""A report in words for the submitter, and as JSON for machines."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from gongshi.intake.answer.report import Change, Report
from gongshi.intake.catalogue import CATALOGUE
from gongshi.intake.collected import CHANGE_LABELS
from gongshi.intake.problems import Problem
from gongshi.records import SUBMITTED_KINDS

_COMMONEST = 5
_MOST_TOLD = 20_000
"""Problems that a text lists; all are counted."""
_MOST_IN_JSON = 100_000
"""Decisions, wrong rows and problems that a JSON object lists, of each."""
_FOLD_FROM = 4
"""Rows with the same problem in the same column that are told together."""
_OTHERS_TOLD = 12
"""Values that are named beside the first where many rows have the same problem."""
_SIGNS_TOLD = 40
"""Signs of such a value: a long text would be printed twelve times over."""
_COLUMNS_NAMED = 12
_ROWS_NAMED = 20
"""Row numbers, or runs of them, that one folded problem names; JSON has all."""

_ALWAYS_TOLD = (Change.ADDED, Change.CHANGED, Change.UNCHANGED)
_SEVERITIES = {"error": "错误", "warning": "提醒"}


def render_text(report: Report) -> str:
    """The whole report in Chinese: a summary, then every problem with its place and its remedy."""
    lines: list[str] = [*_summary(report), *_commonest(report)]
    if len(report.problems) > _MOST_TOLD:
        lines.append(f"下面只列出前 {_MOST_TOLD} 处问题，改正后再检查一次。")
    return "\n".join([*lines, *listed(islice(report.problems, _MOST_TOLD))]) + "\n"


def listed(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems sheet by sheet, each with its place and its remedy."""
    for file, own in groupby(problems, key=lambda p: (p.file, p.sheet)):
        yield from ("", "／".join(filter(None, file)), *_lines(list(own)))


def next_step(report: Report, *, submitting: bool) -> str:
    """What the submitter does next, in a line."""
    if report.ok:
        return "没有错误，可以用 gongshi submit 提交。"
    kept = "这一批没有接收。" if submitting else ""
    partly = "急需先交正确的行的，提交时加 --partial。" if report.partly_acceptable else ""
    marked = "加 --marked 标注.xlsx 可以得到标出错误单元格的工作簿。" if report.files else ""
    return f"{kept}请改正错误后再来一次。{marked}{partly}"


def to_json(report: Report) -> dict[str, object]:
    """The report as a JSON object: nothing folded, keys stable."""
    return {
        "ok": report.ok,
        "department": report.department,
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in report.files],
        "rows": report.rows,
        "wrong_rows": [
            {"file": ref.file, "sheet": ref.sheet, "row": ref.row} for ref in islice(report.wrong_rows, _MOST_IN_JSON)
        ],
        "errors": report.error_count,
        "warnings": report.warning_count,
        "counts": dict(report.counts.most_common()),
        "decisions": [
            {"key": found.key, "document_number": found.number, "change": change.value}
            for found, change in islice(report.decisions.checked, _MOST_IN_JSON)
        ],
        "problems": [problem.to_json() for problem in islice(report.problems, _MOST_IN_JSON)],
        "left_out": {
            name: max(0, len(listed) - _MOST_IN_JSON)
            for name, listed in (
                ("wrong_rows", report.wrong_rows),
                ("decisions", report.decisions),
                ("problems", report.problems),
            )
        },
    }


def reminders(problems: Iterable[Problem]) -> list[str]:
    """For the reviewer: which rows the check warned about, without the values; headers are the submitter's matter."""
    rows: dict[tuple[str, str, str], array[int]] = {}
    units: dict[tuple[str, str], str] = {}
    for p in problems:
        if not p.is_error and p.row and p.column and not p.code.startswith("W1"):
            rows.setdefault((p.file, p.sheet, p.code), array("L")).append(p.row)
            units[p.file, p.sheet] = p.unit
    return [
        f"检查提醒 {code} {title(code)}：{file}／{sheet} 第 {_rows(found)} {units[file, sheet]}"
        for (file, sheet, code), found in sorted(rows.items(), key=itemgetter(0))
    ]


def title(code: str) -> str:
    """What a code is called; a reader's own codes go by their name."""
    entry = CATALOGUE.get(code)
    return entry.title if entry else "文件无法读取"


def _summary(report: Report) -> Iterator[str]:
    verdict = "检查通过" if report.ok else "检查未通过"
    yield (
        f"{verdict}：共 {report.rows} 行，有误 {len(report.wrong_rows)} 行；"
        f"错误 {report.error_count} 处，提醒 {report.warning_count} 处。"
    )
    counts = report.decisions.counts
    told = [change for change in Change if change in _ALWAYS_TOLD or counts[change]]
    counted = "，".join(f"{CHANGE_LABELS[change]} {counts[change]}" for change in told)
    named = "、".join(f"{SUBMITTED_KINDS[kind].label} {count}" for kind, count in report.decisions.kinds.items())
    what, unit = ("信息", "条") if report.registry else ("决定", "个")
    yield f"可以接收的{what} {len(report.decisions)} {unit}{'：' if named else ''}{named}（{counted}）。"


def _commonest(report: Report) -> Iterator[str]:
    if report.counts:
        commonest = sorted(report.counts.most_common(), key=lambda counted: counted[0].startswith("W"))[:_COMMONEST]
        told = (f"{code} {title(code)} {count} 处" for code, count in commonest)
        yield "最多的问题：" + "；".join(told) + "。"


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Every problem with its remedy, those alike told together, in the order of their first rows."""
    for same in _alike(problems):
        first = same[0]
        place, told = _place(same), _messages(same)
        yield f"  [{first.code} {_SEVERITIES[first.severity]}] {place}{'：' if place else ''}{told[0]}"
        yield from (f"      {more}" for more in told[1:])
        if first.hint:
            yield f"      → {first.hint}"


def _alike(problems: Sequence[Problem]) -> Iterator[list[Problem]]:
    """One column's problem in many rows together, then one row's problem in several columns."""
    by_column: dict[tuple[str, ...], list[Problem]] = {}
    for found in problems:
        by_column.setdefault((found.code, found.column, found.hint), []).append(found)
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for key, same in by_column.items():
        if len(same) >= _FOLD_FROM or (len(same) > 1 and len({found.message for found in same}) == 1):
            groups[key] = same
        else:
            for found in same:
                groups.setdefault((found.code, found.row, found.hint), []).append(found)
    places = {id(found): place for place, found in enumerate(problems)}
    yield from sorted(groups.values(), key=lambda same: places[id(same[0])])


def _place(same: Sequence[Problem]) -> str:
    """Rows and columns of problems that are told together."""
    rows = _rows(p.row for p in same) if same[0].row else ""
    columns = list(dict.fromkeys(f"“{found.column}”" for found in same if found.column))
    if len(columns) > 1 and len({found.message for found in same}) > 1:
        columns = []  # each stands with its own message
    named = "、".join(columns[:_COLUMNS_NAMED]) + (f" 等 {len(columns)} 列" if len(columns) > _COLUMNS_NAMED else "")
    return "　".join(filter(None, (f"第 {rows} {same[0].unit}" if rows else "", named)))


def _messages(same: Sequence[Problem]) -> list[str]:
    """The messages of problems that are told together: one where they agree, otherwise the first and what differs."""
    first = same[0].message
    others = [found for found in same if found.message != first]
    if not others:
        return [first + (f"（共 {len(same)} 处）" if len(same) > 1 else "")]
    if same[0].row == same[-1].row:
        return [f"{title(same[0].code)}，{len(same)} 处。", *map(_named, same)]
    more = [f"第 {found.row} {found.unit}：{_differing(found)}" for found in others[:_OTHERS_TOLD]]
    rest = f"，其余 {len(others) - _OTHERS_TOLD} 处见 --json" if len(others) > _OTHERS_TOLD else ""
    return [f"{first}（共 {len(same)} 处）", "；".join(more) + rest]


def _named(found: Problem) -> str:
    """The message with its column."""
    column = f"“{found.column}”"
    return found.message if column in found.message else f"{column}：{found.message}"


def _differing(found: Problem) -> str:
    """What tells one of many alike from the others: its value, or else its whole message."""
    if not found.value:
        return found.message.rstrip("。")
    return f"“{found.value[:_SIGNS_TOLD]}{'……' if len(found.value) > _SIGNS_TOLD else ''}”"


def _rows(numbers: Iterable[int]) -> str:
    """Row numbers with runs joined: 3-7、9 等."""
    runs: list[list[int]] = []
    for row in sorted(set(numbers)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = "、".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:_ROWS_NAMED])
    return named + (" 等" if len(runs) > _ROWS_NAMED else "")
