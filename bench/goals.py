"""What is to be reached, goal by goal: how near each size came, and where it was missed, what no program can undercut.

Which line of the results a goal is about stands here; how much it may be stands with the measurement (`Result.goal`).
Every word of the verdict is worked out from the results: nothing of it is written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.kept import Run
from bench.measuring import Goal, Result

LIMIT = "limit: SQLite reads these postings alone"
"""What no search can do without that counts its hits: reading where the words stand."""


@dataclass(frozen=True)
class Asked:
    """A goal: the key of its line, which of the goal's measures is meant, what it is called, and the key of the line
    that shows what of it can not be undercut on this machine."""

    key: str
    measure: str
    chinese: str
    english: str
    limit: str = ""


RATIO, SECONDS, PEAK, PEAK_RATIO = "ratio", "seconds", "peak", "peak_ratio"
OF_LINES = (
    Asked("site", RATIO, "完整生成网站，比 `cp -r` 复制它", "full build of the site, against cp -r of it"),
    Asked("hugo", RATIO, "同样的页面，比 Hugo 用时", "the same pages, against Hugo's time", "hugo-limit"),
    Asked("hugo", PEAK_RATIO, "同样的页面，比 Hugo 内存", "the same pages, against Hugo's memory"),
    Asked("material", RATIO, "每页，比 mkdocs-material", "a page, against mkdocs-material's", "material-limit"),
    Asked("public_db", RATIO, "写出公开数据库，比只写入同样的行", "public.db, against inserting the same rows"),
    Asked("nothing", SECONDS, "更新，没有变化", "rebuild, nothing changed"),
    Asked("hundred", SECONDS, "更新，100件变化", "rebuild after 100 changes"),
    Asked("hundred", RATIO, "更新，100件变化，比完整生成", "rebuild after 100 changes, against the full build"),
    Asked("next-day", SECONDS, "次日更新，100件变化，含期满", "the next day: 100 changes, expiries among them"),
    Asked("next-day", RATIO, "次日更新，比完整生成", "the next day, against the full build"),
    Asked("takedown", SECONDS, "撤下1件，到哪里都没有", "one takedown, until gone everywhere"),
    Asked("one", SECONDS, "报送1件，到公开的页面", "submit and rebuild, one decision"),
    Asked(
        "intake-csv", RATIO, "接收 CSV，比只读出并写入", "intake of CSV, against reader + insert", "intake-csv-limit"
    ),
    Asked("intake-csv", PEAK, "接收 CSV，内存", "intake of CSV, memory"),
    Asked("intake-xlsx", RATIO, "接收 XLSX，比 calamine 只读", "intake of XLSX, against calamine", "intake-xlsx-limit"),
    Asked("search page p50", RATIO, "检索页 p50，比直接用 SQL", "search page p50, against raw SQL"),
    Asked("search page p50", SECONDS, "检索页 p50", "search page p50", f"{LIMIT} p50"),
    Asked("search page p99", SECONDS, "检索页 p99", "search page p99", f"{LIMIT} p99"),
    Asked("search page by relevance, p99", SECONDS, "按相关度 p99", "by relevance p99"),
    Asked("JSON at once", SECONDS, "16个连接的 JSON，每次（每秒500次）", "JSON, 16 connections, each (500 a second)"),
    Asked("search page with three facets, p50", RATIO, "检索页，三个分面比没有", "search page, three facets or none"),
    Asked("table page with three facets, p50", RATIO, "表格页，三个分面比没有", "table page, three facets or none"),
    Asked("search for one character, p99", SECONDS, "检索一个字 p99", "one character p99"),
    Asked("xlsx", RATIO, "XLSX 下载，比 xlsxwriter", "XLSX, against xlsxwriter"),
)
_MEMORY = "所有命令里内存最多的", "the command that needs most memory"
Value = float | None


@dataclass(frozen=True)
class Reached:
    """A goal and how near each run came to it; `counts` says for which of them it was set, `limits` what the same
    measure of its limit is."""

    chinese: str
    english: str
    measure: str
    most: float
    values: tuple[Value, ...]
    counts: tuple[bool, ...]
    limits: tuple[Value, ...]

    @property
    def met(self) -> bool | None:
        """Whether it is reached at every size that counts and was measured; None where none was."""
        found = [value for value, counts in zip(self.values, self.counts, strict=True) if counts and value is not None]
        return all(value <= self.most for value in found) if found else None

    @property
    def missed_at(self) -> list[int]:
        """At which runs, by their place."""
        told = enumerate(zip(self.values, self.counts, strict=True))
        return [at for at, (value, counts) in told if counts and value is not None and value > self.most]

    @property
    def limit(self) -> Value:
        """What nothing can undercut, where the goal was missed: at the largest such size."""
        return next((limit for at in reversed(self.missed_at) if (limit := self.limits[at]) is not None), None)

    @property
    def beyond(self) -> bool:
        """Whether the limit alone is more than the goal."""
        return self.limit is not None and self.limit > self.most


_MEASURES: dict[str, Callable[[Result], Value]] = {
    RATIO: lambda line: line.ratio,
    SECONDS: lambda line: line.spent.seconds or None,
    PEAK: lambda line: line.spent.peak or None,
    PEAK_RATIO: lambda line: line.spent.peak / line.floor_spent.peak if line.floor_spent.peak else None,
}


def reached(runs: Sequence[Run]) -> Iterator[Reached]:
    """Each goal of which something was measured, and the memory of all commands."""
    for asked in OF_LINES:
        found = [run.of(asked.key) for run in runs]
        goal = next((line.goal for line in found if line and line.goal), None)
        if goal and (most := getattr(goal, asked.measure)) is not None:
            of = _MEASURES[asked.measure]
            values = tuple(of(line) if line else None for line in found)
            limits = tuple(of(line) if asked.limit and (line := run.of(asked.limit)) else None for run in runs)
            counts = tuple(_counts(goal, run) for run in runs)
            yield Reached(asked.chinese, asked.english, asked.measure, most, values, counts, limits)
    yield from _memory(runs)


def _counts(goal: Goal, run: Run) -> bool:
    return not goal.at or run.size in goal.at


def _memory(runs: Sequence[Run]) -> Iterator[Reached]:
    """The most that any command needed of those whose memory has a goal, against the largest such goal."""
    lines = [[line for line in run.lines if isinstance(line, Result) and line.goal and line.goal.peak] for run in runs]
    if most := max((line.goal.peak for some in lines for line in some if line.goal and line.goal.peak), default=0.0):
        peaks = tuple(max((line.spent.peak for line in some), default=0.0) or None for some in lines)
        nothing = (None,) * len(runs)
        yield Reached(*_MEMORY, PEAK, most, peaks, (True,) * len(runs), nothing)
