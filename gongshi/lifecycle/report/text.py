"""The supervisor's report on a terminal, in Chinese, and as CSV."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from gongshi.lifecycle.acts.act import ACT_LABELS
from gongshi.lifecycle.report import cases_text
from gongshi.lifecycle.report.findings import Findings
from gongshi.lifecycle.report.model import DepartmentReport, Report
from gongshi.lifecycle.report.records import RecordsReport
from gongshi.lifecycle.report.tally import ANSWERS, COLUMNS, PARTS, Because, Tally
from gongshi.lifecycle.report.undeclared import Undeclared
from gongshi.records import REGISTRY_KINDS
from gongshi.records.spreadsheet import csv_bytes

LISTED = 5
"""So many of each kind of finding are printed for a department; JSON has all."""
_MONTHS = 12
"""So many months are printed; CSV has all."""
_NONE, _SHARE = "-", "按期率"
_TIMELINESS = "公示期限（按形成月份）"
_GROUPS = {
    _TIMELINESS: ("formed", "due", *PARTS),
    "审核、暂缓、更正和撤下（按形成月份）": tuple(COLUMNS)[2 + len(PARTS) : -len(ANSWERS)],
    "更正申请（按收到月份）": ANSWERS,
}
"""The columns of the tables that are printed: all together would be wider than a screen."""
_REASONS: dict[str, Callable[[Tally], Counter[Because]]] = {
    "暂缓公示的原因": lambda tally: tally.held,
    "不予公开的情形（只计件数）": lambda tally: tally.withheld,
    "撤下的情形": lambda tally: tally.withdrawn,
}


def render_text(report: Report) -> str:
    """The report as a supervisor reads it: departments by rank, months, reasons, what to ask."""
    return "\n".join(_lines(report))


def csv_of(report: Report) -> bytes:
    """Every number by department and month, for a spreadsheet: no decision, no name of a person."""
    whole = report.total
    reasons = [
        (f"{heading.partition('的')[0]}：{because.text}", read, because)
        for heading, read in _REASONS.items()
        for because in sorted(read(whole))
    ]
    head = ["部门代码", "部门", "月份", *COLUMNS.values(), _SHARE, *(heading for heading, _, _ in reasons)]
    rows = (
        [
            *(one.key, one.name, month, *(tally[column] for column in COLUMNS), _share(tally, "")),
            *(read(tally)[because] for _, read, because in reasons),
        ]
        for one in report.departments
        for month, tally in one.months.items()
    )
    return csv_bytes([head, *rows])


def _lines(report: Report) -> Iterator[str]:
    whole = report.total
    yield f"监督报表（不公开）　截至 {report.today}　{_period(report.period)}形成的决定"
    yield from _silent(report.departments)
    if whole:
        yield "部门按按期率从低到高排列；全部为零的栏目不列，“-”是零。"
        for heading, columns in _GROUPS.items():
            yield from _group(report, heading, [column for column in columns if whole[column]])
        for heading, read in _REASONS.items():
            yield from _reasons(heading, read(whole))
        yield from _answers(whole)
    yield from _questions(report)
    yield from _records(report.records)
    yield from _undeclared(report.undeclared)
    yield from cases_text.lines(report.cases, table)


def _silent(departments: Sequence[DepartmentReport]) -> Iterator[str]:
    """Who sent in nothing of the period."""
    silent = [one.name for one in departments if not (one.total["formed"] or one.total["earlier"])]
    if len(silent) == len(departments):
        yield "没有这一时期形成的决定。"
    elif silent:
        yield f"没有报送这一时期决定的部门：{'、'.join(silent)}。"


def _group(report: Report, heading: str, columns: Sequence[str]) -> Iterator[str]:
    """Some columns, by department and by month."""
    if not columns:
        return
    share = heading == _TIMELINESS
    yield ""
    yield f"{heading}："
    rows = [
        (str(one.rank), one.name, *_numbers(one.total, columns, share=share))
        for one in report.departments
        if any(one.total[column] for column in columns)
    ]
    total = [("", "合计", *_numbers(report.total, columns, share=share))] if len(rows) > 1 else []
    headings = ([_SHARE] if share else []) + [COLUMNS[column] for column in columns]
    yield from table(("名次", "部门", *headings), [*rows, *total], text=(1,))
    months = {month: tally for month, tally in report.months.items() if any(tally[column] for column in columns)}
    if len(months) > 1:
        shown = list(months.items())[-_MONTHS:]
        yield ""
        if len(shown) < len(months):
            yield f"最近 {_MONTHS} 个月（更早的用 --year 查看，--csv 有全部）："
        rows = [(month, *_numbers(tally, columns, share=share)) for month, tally in shown]
        yield from table(("月份", *headings), rows, text=(0,))


def _reasons(heading: str, counter: Counter[Because]) -> Iterator[str]:
    if counter:
        yield ""
        yield f"{heading}："
        ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        yield from (f"  {because.text}　{count} 件" for because, count in ordered)


def _answers(whole: Tally) -> Iterator[str]:
    """How fast requests for correction were answered (D31)."""
    if whole["requests"]:
        days = f"，用时中位数 {whole.median_days:g} 天，最长 {max(whole.days)} 天" if whole.days else ""
        yield ""
        answered = f"已答复 {whole['answered']} 件（按期 {whole['answered_in_time']} 件）"
        late = f"超期未答复 {whole['requests_overdue']} 件"
        yield f"更正申请：收到 {whole['requests']} 件；{answered}{days}；{late}。"


def _questions(report: Report) -> Iterator[str]:
    """What to ask each department (D33), and by which criterion it was found."""
    found = [one for one in report.departments if one.findings]
    yield ""
    if not found:
        yield "需要核查的：没有发现。"
        return
    criteria = report.criteria
    yield "需要核查的（办法第三十三条；只供监督使用，是问题，不是结论）："
    for one in found:
        yield f"  {one.name}"
        yield from (f"    {line}" for line in _asked(one.findings))
    yield (
        "标准（软件的默认值，由城市在 city.yml 设定）："
        f"连续缺号不超过 {criteria.number_jump} 个算缺号，超过的当作另起号段；"
        f"选定不予公开不少于 {criteria.withheld_least} 件、比例超过其他部门 {criteria.withheld_factor} 倍的列出。"
    )


def _asked(findings: Findings) -> Iterator[str]:
    if findings.overdue:
        yield f"超期 {len(findings.overdue)} 件："
        yield from _some([one.render_text() for one in findings.overdue], "全部见 gongshi due")
    for because, count in findings.waiting:
        yield f"{because.text}：{count} 件"
    if findings.requests:
        yield f"更正申请超期未答复 {findings.requests} 件：见 gongshi due"
    if findings.acts:
        yield f"超过期限还没有第二人确认的 {len(findings.acts)} 项："
        lines = [f"{act.document_number}　{ACT_LABELS[act.act]}　最迟 {act.deadline}" for act in findings.acts]
        yield from _some(lines, "全部见 gongshi due")
    if findings.reviews:
        yield f"不予公开的复核日期已过的 {len(findings.reviews)} 件："
        yield from _some(
            [f"{one.document_number}　复核日期 {one.since}" for one in findings.reviews], "全部见 gongshi due"
        )
    if findings.unreviewed:
        yield f"没有核实法制审核的重大执法决定 {len(findings.unreviewed)} 件（gongshi instruct 指示公示或者撤销）："
        yield from _some([one.render_text() for one in findings.unreviewed], "全部见 --json")
    if share := findings.share:
        yield (
            f"选定不予公开 {share.withheld} 件，占 {share.decisions} 件的 {share.share:.1%}；"
            f"其他部门合计 {share.others:.1%}：请核对每一件的理由"
        )
    if findings.gaps:
        yield f"文号不连续 {len(findings.gaps)} 处（可能用于其他文书，也可能没有报送）："
        yield from _some([gap.render_text() for gap in findings.gaps], "全部见 --json")


def _records(found: Sequence[RecordsReport]) -> Iterator[str]:
    """What is open before enforcement, by department (S5), and what to ask about it."""
    if not found:
        return
    yield ""
    yield "事前公开（截至今天，与时期无关）："
    rows = [
        (one.name, str(sum(one.counts.values()) or _NONE), str(len(one.missing) or _NONE), *_asked_of_records(one))
        for one in found
    ]
    head = ("部门", "有效", "缺几类", "待第二道审核", "须更新", "超期未更新", "法制审核人员")
    yield from table(head, rows, text=(0,))
    for one in found:
        if one.counts and one.missing:
            labels = "、".join(REGISTRY_KINDS[kind].label for kind in one.missing)
            yield f"  {one.name}还没有公布：{labels}"
    if few := [one.name for one in found if one.few_reviewers]:
        yield f"  法制审核人员不足执法人员 {found[0].asked}%（规则 {found[0].rule_id}，原则上的要求）：{'、'.join(few)}"


def _undeclared(found: Undeclared | None) -> Iterator[str]:
    """Whose figures of last year are not public yet (D32)."""
    if found and found.departments:
        yield ""
        names = "、".join(name for _, name in found.departments)
        due = f"{found.due.year}年{found.due.month}月{found.due.day}日"
        basis = f"{found.article}，规则 {found.rule_id}"
        yield f"{found.year}年度行政执法数据应当在{due}以前公布（{basis}），还没有公布的："
        yield f"  {names}"
        yield f"  起草：gongshi annual {found.year}"


def _asked_of_records(one: RecordsReport) -> tuple[str, ...]:
    share = _NONE if one.share is None else f"{one.reviewers}/{one.officers}（{one.share:.1f}%）"
    return *(str(count or _NONE) for count in (one.waiting, one.outdated, one.overdue)), share


def _some(lines: Sequence[str], where: str) -> Iterator[str]:
    yield from (f"  {line}" for line in islice(lines, LISTED))
    if len(lines) > LISTED:
        yield f"  ……另有 {len(lines) - LISTED} 项，{where}"


def _period(period: str) -> str:
    year, _, month = period.partition("-")
    if not year:
        return "历次"
    return f"{year}年{int(month)}月" if month else f"{year}年"


def _share(tally: Tally, none: str = _NONE) -> str:
    return none if tally.share is None else f"{tally.share:.1%}"


def _numbers(tally: Tally, columns: Iterable[str], *, share: bool) -> tuple[str, ...]:
    numbers = (str(tally[column] or _NONE) for column in columns)
    return (_share(tally), *numbers) if share else tuple(numbers)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, text: Sequence[int] = ()) -> Iterator[str]:
    """Columns that line up where Chinese characters are two cells wide; those at the places `text` to the left."""
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = (_padded(cell, wide, left=at in text) for at, (cell, wide) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many cells of a terminal `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cell: str, wide: int, *, left: bool) -> str:
    space = " " * (wide - width(cell))
    return cell + space if left else space + cell
