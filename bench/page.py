"""What the results say, in the documentation's words: written into site_src/pages/about/benchmarks.md between two
marks, so that the page never says anything else than what was measured (tests/test_docs.py holds both together)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bench.kept import Run
from bench.measuring import Goal, Result
from bench.plots import PLOTS, draw
from bench.report import Grown, growth, seconds
from gongshi.sample.generate import PROJECT

PAGE = PROJECT / "site_src" / "pages" / "about" / "benchmarks.md"
PLACE = PAGE.with_suffix("")
_MARKED = re.compile(r"(<!-- 测量结果 -->\n).*?(<!-- 测量结果完 -->)", re.S)
ROWS: tuple[tuple[str, str, str], ...] = (
    ("full", "完整生成：判断、公开数据库、索引、全部页面", "`cp -r` 复制生成的全部文件"),
    ("site", "其中页面、列表、订阅源、站点地图", "`cp -r` 复制这些页面"),
    ("hugo", "页面，同样的", "Hugo"),
    ("hugo-limit", "把这些页面 `cp -r` 一遍：写得再快也快不过它", "Hugo"),
    ("material", "页面，每页", "mkdocs-material，每页"),
    ("material-limit", "`cp -r`，每页", "mkdocs-material，每页"),
    ("public_db", "从记录库写出公开数据库和索引", "`executemany` 和 FTS 写入同样的行"),
    ("nothing", "更新，没有变化", "启动 Python 并导入"),
    ("hundred", "更新，100件混合变化", "完整生成"),
    ("next-day", "次日首次更新，100件变化（含期满）", "完整生成"),
    ("takedown", "撤下1件：页面、检索、接口、表、文件字节都没有", "完整生成"),
    ("one", "报送1件并更新", "完整生成"),
    ("intake-csv", "接收 CSV：检查、写入流水", "`csv.reader` 和 `executemany`"),
    ("intake-csv-limit", "其中流水：同样的记录现成时，只求摘要和写入", "`csv.reader` 和 `executemany`"),
    ("intake-xlsx", "接收 XLSX", "calamine 只读"),
    ("intake-xlsx-limit", "其中流水：同样的记录现成时，只求摘要和写入", "calamine 只读"),
    ("search page p50", "检索页，500个混合查询，p50", "直接用 SQL 查同样的内容"),
    ("search page p99", "检索页，500个混合查询，p99", "直接用 SQL 查同样的内容"),
    ("search page by relevance, p99", "按相关度的检索页，p99", "最新在前"),
    ("search for one character, p99", "检索一个字，p99", ""),
    ("JSON at once", "16个连接、2个进程的 JSON 查询，每次", "什么都不做、只发回同样多字节的应用"),
    ("search page with three facets, p50", "三个分面的检索页，p50", "没有分面、只有总数的"),
    ("table page with three facets, p50", "三个分面的表格页，p50", "没有分面的"),
    ("downloads", "一个月的 CSV、JSON Lines、Parquet", "`csv.writer` 只写 CSV"),
    ("xlsx", "一个月的 XLSX", "xlsxwriter constant_memory"),
    ("verify", "校验流水 `gongshi verify`", ""),
    ("audit", "核验全部已发布内容 `gongshi audit`", "读一遍并计算摘要"),
    ("serve", "`gongshi serve` 的内存", ""),
)
"""What is told: by key, what was done, and what it is held against."""
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
    sizes = " | ".join(f"{run.size:,}件" for run in runs)
    lines = ["", f"| 做什么 | 对照 | {sizes} | 目标 |", f"|---|---|{'--:|' * len(runs)}---|"]
    lines += [line for row in ROWS if (line := _row(*row, runs))]
    if grown := list(map(_growth, growth(runs))):
        lines += ["", "| 费用怎样增长 | 件数 | 增长 | 目标 |", "|---|---|--:|---|", *grown]
    lines += ["", *(f"![{plot.title}：数字见上表](benchmarks/{plot.name}.svg)\n" for plot in PLOTS)]
    return "\n".join([*lines, *_texts(runs[-1]), "", *map(_machine, runs), ""])


def _row(key: str, what: str, against: str, runs: Sequence[Run]) -> str:
    found = [run.of(key) for run in runs]
    if not any(found):
        return ""
    goal = next((result.goal for result in found if result and result.goal), None)
    cells = " | ".join(_cell(result) if result else "" for result in found)
    return f"| {what} | {against} | {cells} | {_goal(goal) if goal else ''} |"


def _cell(result: Result) -> str:
    spent = result.spent
    parts = (
        f"{seconds(spent.seconds)} 秒" if spent.seconds else "",
        f"× {result.ratio:.3g}" if result.ratio is not None else "",
        f"{spent.peak:,.0f} MiB" if spent.peak else "",
        _REACHED[result.met],
    )
    return "，".join(filter(None, parts))


def _goal(goal: Goal) -> str:
    parts = (
        f"× {goal.ratio:.4g}" if goal.ratio is not None else "",
        f"{goal.seconds:.4g} 秒" if goal.seconds is not None else "",
        f"{goal.peak:,.0f} MiB" if goal.peak is not None else "",
        f"内存 × {goal.peak_ratio:.4g}" if goal.peak_ratio is not None else "",
    )
    only = f"（{'、'.join(f'{size:,}件' for size in goal.at)}时）" if goal.at else ""
    return "至多 " + "，".join(filter(None, parts)) + only


def _growth(one: Grown) -> str:
    goal = f"至多 × {one.allowed:.3g}，{_REACHED[one.met]}"
    return f"| {one.label} | {one.small:,} → {one.large:,} | × {one.times:.3g} | {goal} |"


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
