"""What the results say, in the documentation's words: written into site_src/pages/about/benchmarks.md between two
marks, so that the page never says anything else than what was measured (tests/test_docs.py holds both together)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bench.goals import LIMIT, PEAK, SECONDS, Reached, reached
from bench.kept import Run
from bench.measuring import Goal, Result
from bench.plots import PLOTS, draw
from bench.report import Grown, growth
from gongshi.sample.generate import PROJECT

PAGE = PROJECT / "site_src" / "pages" / "about" / "benchmarks.md"
PLACE = PAGE.with_suffix("")
_MARKED = re.compile(r"(<!-- 测量结果 -->\n).*?(<!-- 测量结果完 -->)", re.S)
Row = tuple[str, str, str]
"""What is told: by key, what was done, and what it is held against."""
GROUPS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        "生成",
        (
            ("first", "首次接收、审核、生成", ""),
            ("arrived", "其中接收和审核：检查、写入流水", ""),
            ("first-build", "其中生成：判断、写入流水、公开数据库、索引、页面", ""),
            ("full", "完整生成：判断、公开数据库、索引、页面", "`cp -r` 复制全部文件"),
            ("site", "其中页面、列表、订阅源、站点地图", "`cp -r` 复制这些页面"),
            ("hugo", "页面", "Hugo 生成同样的页面"),
            ("hugo-limit", "把这些页面 `cp -r` 一遍", "Hugo"),
            ("material", "每个页面", "mkdocs-material 每个页面"),
            ("material-limit", "`cp -r`，每个页面", "mkdocs-material 每个页面"),
            ("public_db", "从记录库写出公开数据库和索引", "`executemany` 和 FTS 写入同样的行"),
        ),
    ),
    (
        "更新和撤下",
        (
            ("nothing", "更新，没有变化", "启动 Python 并导入"),
            ("one", "报送1件并更新", "完整生成"),
            ("hundred", "更新，100件混合变化", "完整生成"),
            ("next-day", "次日首次更新，100件变化，含期满", "完整生成"),
            ("takedown", "撤下1件：页面、检索、接口、表、文件字节都没有", "完整生成"),
        ),
    ),
    (
        "接收",
        (
            ("intake-csv", "接收 CSV：检查、写入流水", "`csv.reader` 和 `executemany`"),
            ("intake-csv-limit", "其中流水：同样的记录现成时，只求摘要和写入", "`csv.reader` 和 `executemany`"),
            ("intake-xlsx", "接收 XLSX", "calamine 只读"),
            ("intake-xlsx-limit", "其中流水：同样的记录现成时，只求摘要和写入", "calamine 只读"),
        ),
    ),
    (
        "检索",
        (
            ("search page p50", "检索页，500个混合查询，p50", "直接用 SQL 查同样的内容"),
            ("search page p99", "检索页，500个混合查询，p99", "直接用 SQL 查同样的内容"),
            (f"{LIMIT} p50", "下限：SQLite 只读这些词的位置，p50", "检索页"),
            (f"{LIMIT} p99", "下限：SQLite 只读这些词的位置，p99", "检索页"),
            ("search page asked again, p50", "同样的查询再来，检索页，p50", "每次都查"),
            ("search page by relevance, p99", "按相关度的检索页，p99", "最新在前"),
            ("search for one character, p99", "检索一个字，p99", "500个混合查询"),
            ("JSON at once", "16个连接、2个进程的 JSON 查询，每次", "只发回同样多字节的应用"),
            ("JSON again", "同上，查过的再来，每次", "每次都查"),
            ("search page with three facets, p50", "三个分面的检索页，p50", "没有分面、只有总数的"),
            ("table page with three facets, p50", "三个分面的表格页，p50", "没有分面的"),
        ),
    ),
    (
        "下载和核验",
        (
            ("downloads", "一个月的 CSV、JSON Lines、Parquet", "`csv.writer` 只写 CSV"),
            ("xlsx", "一个月的 XLSX", "xlsxwriter constant_memory"),
            ("verify", "校验流水 `gongshi verify`", ""),
            ("audit", "核验全部已发布内容 `gongshi audit`", "读一遍并计算摘要"),
        ),
    ),
    (
        "案卷和证据（每10件决定1件案卷，每件20条记录）",
        (
            ("case-check", "检查全部案卷 `gongshi case check`", "只读出同样的行"),
            ("case-report", "监督报表 `gongshi report`", "只读出同样的行"),
            ("case-due", "`gongshi due`", "只读出同样的行"),
            ("case-watch", "运行状态里的事项", "只读出同样的行"),
            ("case-verify", "校验流水 `gongshi verify`", "只读出同样的行"),
            ("vault-add", "1 GiB 录像入库 `gongshi evidence add`", "`sha256sum` 同一文件"),
            ("vault-copy", "同上", "`cp`、落盘、`sha256sum`"),
            ("vault-verify", "核验证据库 `gongshi verify`", "`sha256sum` 全部文件"),
            ("vault-quick", "同上，`--quick`", "逐字节核验"),
        ),
    ),
)
_ONLY_LOOK = ("report", "due", "check")
_MEMORY = (
    *("first", "full", "nothing", "hundred", "next-day", "takedown", "intake-csv"),
    *("verify", "audit", *_ONLY_LOOK, "serve", "JSON at once", "pages at once"),
    *("case-check", "case-report", "case-verify", "vault-add", "vault-verify"),
)
_NAMES = (
    {key: what for _, rows in GROUPS for key, what, _ in rows}
    | {key: f"`gongshi {key}`" for key in _ONLY_LOOK}
    | {"serve": "`gongshi serve`，同时撤下一件"}
    | {"JSON at once": "`gongshi serve`，2个进程，JSON 查询", "pages at once": "`gongshi serve`，2个进程，检索页"}
)
_NOT_MEASURED = "—"
_REACHED = {None: "", True: "达到", False: "**未达到**"}


def write(runs: Sequence[Run]) -> None:
    """Write the results into the page, and its plots beside it."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), runs), encoding="utf-8")
    PLACE.mkdir(exist_ok=True)
    for plot in PLOTS:
        (PLACE / f"{plot.name}.svg").write_bytes(draw(plot, runs))


def renewed(page: str, runs: Sequence[Run]) -> str:
    """The page with these results between the marks."""
    return _MARKED.sub(lambda marks: f"{marks[1]}{section(runs)}{marks[2]}", page)


def section(runs: Sequence[Run]) -> str:
    """Tables and plots; nothing where nothing was measured."""
    if not runs:
        return "\n还没有结果。\n\n"
    lines = ["", '<div class="gs-measures" markdown="1">', "", *_goals_reached(runs)]
    for heading, rows in GROUPS:
        lines += _table(heading, [line for row in rows if (line := _row(*row, runs))], runs)
    lines += _table("内存峰值", [line for key in _MEMORY if (line := _memory(key, runs))], runs)
    if grown := list(map(_growth, growth(runs))):
        lines += ["### 件数增加时", "", "| 费用 | 件数 | 增长 | 目标 |", "|---|---|--:|---|", *grown]
    lines += ["", "</div>", "", *(f"![{plot.title}：数字见上表](benchmarks/{plot.name}.svg)\n" for plot in PLOTS)]
    return "\n".join([*lines, *_texts(runs[-1]), "", *map(_machine, runs), ""])


def _goals_reached(runs: Sequence[Run]) -> list[str]:
    """Every goal, how near each size came, and what stands in the way; nothing where nothing has a goal."""
    goals = [_reached(one) for one in reached(runs)]
    if not goals:
        return []
    sizes = " | ".join(_count(run.size) for run in runs)
    return ["### 目标", "", f"| 目标 | 不超过 | {sizes} | 结果 |", f"|---|--:|{'--:|' * len(runs)}---|", *goals, ""]


def _reached(one: Reached) -> str:
    def told(value: float | None) -> str:
        return _NOT_MEASURED if value is None else _value(value, one.measure)

    result = _REACHED[one.met] or "没有量"
    if one.limit is not None:
        result += f"<br><small>{'下限就要' if one.beyond else '下限'} {told(one.limit)}</small>"
    return f"| {one.chinese} | {' | '.join(map(told, (one.most, *one.values)))} | {result} |"


def _value(value: float, measure: str) -> str:
    units = {SECONDS: duration(value), PEAK: f"{value:,.0f} MiB"}
    return units.get(measure, f"{value:.3g} 倍")


def _table(heading: str, lines: Sequence[str], runs: Sequence[Run]) -> list[str]:
    """A heading and its rows, with a column for each size; nothing without rows."""
    if not lines:
        return []
    sizes = " | ".join(_count(run.size) for run in runs)
    return [f"### {heading}", "", f"| 做什么 | {sizes} | 目标 |", f"|---|{'--:|' * len(runs)}---|", *lines, ""]


def _count(decisions: int) -> str:
    return f"{decisions // 10_000:,}万件" if decisions % 10_000 == 0 else f"{decisions:,}件"


def _row(key: str, what: str, against: str, runs: Sequence[Run]) -> str:
    found = [run.of(key) for run in runs]
    if not any(found):
        return ""
    goal = _goal(_goal_of(found), _GOALS)
    cells = " | ".join(
        _cell(result, _REACHED[result.met] if goal else "") if result else _NOT_MEASURED for result in found
    )
    named = f"{what}<br><small>对照：{against}</small>" if against else what
    return f"| {named} | {cells} | {goal} |"


def _memory(key: str, runs: Sequence[Run]) -> str:
    found = [run.of(key) for run in runs]
    if not any(result and result.spent.peak for result in found):
        return ""
    goal = _goal_of(found)
    peaks = [result.spent.peak if result else 0.0 for result in found]
    cells = " | ".join(_peak(peak, goal) if peak else _NOT_MEASURED for peak in peaks)
    return f"| {_NAMES[key]} | {cells} | {_goal(goal, _GOALS_OF_MEMORY)} |"


def _peak(peak: float, goal: Goal | None) -> str:
    """With a word where it is more than it may be, at whatever size."""
    over = goal is not None and goal.peak is not None and peak > goal.peak
    return f"{peak:,.0f} MiB" + ("<br>**未达到**" if over else "")


def _goal_of(found: Sequence[Result | None]) -> Goal | None:
    return next((result.goal for result in found if result and result.goal), None)


def _cell(result: Result, reached: str) -> str:
    times = f"{result.ratio:.3g} 倍" if result.ratio is not None else ""
    return "<br>".join(filter(None, (duration(result.spent.seconds), times, reached)))


def duration(seconds: float) -> str:
    """A time as people say it, three figures of it."""
    value, unit = (seconds, "秒") if seconds >= 1 else (seconds * 1000, "毫秒")
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


_GOALS: Mapping[str, Callable[[Any], str]] = {
    "ratio": lambda most: f"≤ {most:.4g} 倍",
    "seconds": lambda most: f"≤ {duration(most)}",
    "peak_ratio": lambda most: f"内存 ≤ {most:.4g} 倍",
}
_GOALS_OF_MEMORY: Mapping[str, Callable[[Any], str]] = {"peak": lambda most: f"≤ {most:,.0f} MiB"}


def _goal(goal: Goal | None, told: Mapping[str, Callable[[Any], str]]) -> str:
    parts = [say(most) for name, say in told.items() if (most := getattr(goal, name, None)) is not None]
    if goal and parts and goal.at:
        parts.append(f"<small>{'、'.join(map(_count, goal.at))}时</small>")
    return "<br>".join(parts)


def _growth(one: Grown) -> str:
    sizes = f"{_count(one.small)} → {_count(one.large)}"
    goal = f"≤ {one.allowed:.3g} 倍，{_REACHED[one.met]}" if one.allowed else "下限"
    return f"| {one.label} | {sizes} | {one.times:.3g} 倍 | {goal} |"


def _texts(run: Run) -> Iterator[str]:
    yield f"示例文字（{run.size:,}件时，由同一次测量统计）："
    yield ""
    yield from (f"- {_FACTS[name]}：{told:,}" for name, told in run.facts.items() if name in _FACTS)


_FACTS = {
    "rows looked at": "看了多少行",
    "vocabulary (pairs of characters)": "不同的双字",
    "of them once, %": "其中只出现一次的（%）",
    "Zipf's exponent": "齐普夫指数",
    "sentences that occur before, %": "前面出现过的句子（%）",
    "characters of an account, mean": "违法事实的平均字数",
    "characters of an account, 99th percentile": "违法事实字数的第99百分位",
    "characters of the longest account": "最长的违法事实（字）",
    "distinct parties": "不同的行政相对人",
    "distinct accounts": "不同的违法事实",
    "distinct sanctions": "不同的处罚内容",
    "distinct licences": "不同的许可内容",
    "distinct legal bases": "不同的处罚依据",
}


def _machine(run: Run) -> str:
    return f"{run.size:,}件：{run.day}，{'；'.join(run.machine.values())}。\n"
