"""What was measured is kept, told with its goal, and drawn: also where a measurement failed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench import goals, kept, page, plots, report, run
from bench.city import City
from bench.kept import Run
from bench.measuring import Failure, Goal, NotFinished, Result, Spent, command
from bench.steps import Step

FLOOR = Spent(2.0, 1.0, 100.0)


def result(size: int, seconds: float, **more: object) -> Result:
    return replace(Result("full build", size, Spent(seconds, seconds, 50.0), "cp -r", FLOOR, key="full"), **more)


def one_run(size: int, seconds: float) -> Run:
    return Run(
        size, "2026-11-22", {"processor": "2 × one", "memory": "4 GiB"}, {"rows looked at": 5}, [result(size, seconds)]
    )


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal(ratio=1.5), True),
        (Goal(ratio=1.4), False),
        (Goal(seconds=3), True),
        (Goal(seconds=2.9), False),
        (Goal(peak=50), True),
        (Goal(peak=49), False),
        (Goal(peak_ratio=0.5), True),
        (Goal(peak_ratio=0.4), False),
        (Goal(ratio=1.5, seconds=2.9), False),
        (Goal(ratio=1.4, at=(1_000_000,)), None),
        (None, None),
    ],
)
def test_a_goal_is_met_where_all_of_it_is(goal: Goal | None, met: bool | None) -> None:
    assert result(1000, 3.0, goal=goal).met is met


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    run = one_run(1000, 3.0)
    run.lines += [result(1000, 1.0, goal=Goal(ratio=2, at=(1000,))), Failure("search", 1000, "OSError: gone")]
    run.save(tmp_path)
    assert kept.load(tmp_path / "2026-11-22-1000.json") == run


def test_the_plots_take_the_newest_run_of_each_size_on_one_machine(tmp_path: Path) -> None:
    old, other = (
        replace(one_run(1000, 9.0), day="2026-11-01"),
        replace(one_run(100, 1.0), machine={"processor": "x", "memory": "y"}),
    )
    other.day = "2026-11-02"
    for kept_run in (old, other, one_run(1000, 3.0), one_run(10_000, 30.0)):
        kept_run.save(tmp_path)
    assert [(found.size, found.of("full").spent.seconds) for found in kept.latest(tmp_path)] == [
        (1000, 3.0),
        (10_000, 30.0),
    ]


def test_what_fails_is_told_and_costs_no_other_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(city: City):
        yield result(city.size, 1.0)
        raise OSError("no room\nfor more")

    steps = (Step("first", fails), Step("then", lambda city: iter([result(city.size, 2.0, what="index")])))
    monkeypatch.setattr(run, "STEPS", steps)
    measured = run.measure(tmp_path / "city", 100, lambda step: True, tmp_path)
    assert [type(line) for line in measured.lines] == [Result, Failure, Result]
    assert kept.latest(tmp_path) == [measured]
    assert "failed: OSError: no room" in report.write([measured], tmp_path)
    assert (tmp_path / "time.svg").is_file()


def _steps(monkeypatch: pytest.MonkeyPatch, taken: list[str], fails: str = "") -> None:
    """Steps that say that they were taken; one of them fails."""

    def step(name: str, **more: object) -> Step:
        def measure(city: City):
            taken.append(name)
            city.folder.mkdir(parents=True, exist_ok=True)
            yield result(city.size, 1.0, what=name)
            if name == fails:
                raise OSError("no room")

        return Step(name, measure, **more)

    steps = step("first", needed=True), step("one"), step("large", most=50), step("audit"), step("intake", alone=True)
    monkeypatch.setattr(run, "STEPS", steps)


@pytest.mark.parametrize(
    ("only", "without", "taken"),
    [
        ([], [], ["first", "one", "audit", "intake"]),
        ([], ["audit"], ["first", "one", "intake"]),
        (["one"], [], ["first", "one"]),
        (["large"], [], []),
        (["intake"], [], ["intake"]),
    ],
)
def test_only_what_is_asked_for_is_measured_and_what_that_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: list[str], without: list[str], taken: list[str]
) -> None:
    done: list[str] = []
    _steps(monkeypatch, done)
    run.measure(tmp_path / "city", 100, run.chosen(only, without), tmp_path)
    assert done == taken
    assert not (tmp_path / "city" / "100").exists()


def test_a_run_goes_on_where_it_ended_with_the_city_that_it_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    for only, fails in (["one"], ""), (["audit"], "audit"), ([], ""):
        _steps(monkeypatch, taken, fails)
        measured = run.measure(tmp_path / "city", 100, run.chosen(only, []), tmp_path, keep=True)
    assert taken == ["first", "one", "audit", "audit", "intake"]
    assert [line.what for line in measured.lines] == measured.done == ["first", "one", "audit", "intake"]
    assert kept.latest(tmp_path) == [measured]


def test_no_step_begins_when_the_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    _steps(monkeypatch, taken)
    assert run.measure(tmp_path / "city", 100, run.chosen([], []), tmp_path, minutes=-1).lines == taken == []


def test_a_step_that_is_not_known_is_told() -> None:
    with pytest.raises(SystemExit, match="unknown steps: sums"):
        run.chosen(["sums"], [])


@pytest.mark.parametrize("fast", [True, False])
def test_growth_is_held_against_the_number_of_decisions(fast: bool) -> None:
    (grown,) = report.growth([one_run(1000, 3.0), one_run(10_000, 30.0 if fast else 40.0)])
    assert grown.met is fast


def test_beside_what_a_search_costs_more_stands_how_its_limit_grew() -> None:
    small, large = (
        Run(size, "2026-11-22", {}, {}, [result(size, p99, key="search page p99"), result(size, p99 - 1, key=limit)])
        for limit in [f"{report.LIMIT} p99"]
        for size, p99 in ((1000, 2.0), (10_000, 5.0))
    )
    cost, limit = report.growth([small, large])
    assert (cost.times, cost.met) == (2.5, False)
    assert (limit.times, limit.met) == (4.0, None)
    assert "| × 4 | a limit |  |" in report.markdown([small, large])
    assert "| 4 倍 | 下限 |" in page.section([small, large])


def _hugo(size: int, seconds: float, limit: float) -> Run:
    """A run with a goal of its own size, and the limit beside it."""
    goal = Goal(ratio=1.5, at=(10_000,))
    lines = [result(size, seconds, key="hugo", goal=goal), result(size, limit, key="hugo-limit")]
    return Run(size, "2026-11-22", {}, {}, lines)


@pytest.mark.parametrize(
    ("seconds", "limit", "chinese", "english"),
    [
        (3.0, 1.0, "| 达到 |", "| yes |"),
        (4.0, 1.0, "| **未达到**<br><small>下限 0.5 倍</small> |", "| **no**, the limit is × 0.5 |"),
        (4.0, 3.5, "| **未达到**<br><small>下限就要 1.75 倍</small> |", "| **no**, the limit is × 1.75 alone |"),
    ],
)
def test_each_goal_is_told_with_what_stands_in_its_way(
    seconds: float, limit: float, chinese: str, english: str
) -> None:
    runs = [_hugo(1000, 99.0, 98.0), _hugo(10_000, seconds, limit)]
    told = f"{seconds / 2:.3g}"
    assert f"| 1.5 倍 | 49.5 倍 | {told} 倍 {chinese}" in page.section(runs)
    assert f"| × 1.5 | × 49.5 | × {told} {english}" in report.markdown(runs)


def test_a_goal_of_a_size_that_was_not_measured_is_neither_met_nor_missed() -> None:
    assert "| 没有量 |" in page.section([_hugo(1000, 99.0, 98.0)])
    assert "| not measured |" in report.markdown([_hugo(1000, 99.0, 98.0)])


def test_the_command_that_needs_most_memory_stands_for_all() -> None:
    small, large = Goal(peak=40), Goal(peak=60)
    lines = [result(1000, 1.0, what=str(goal), goal=goal, spent=Spent(1.0, 1.0, 50.0)) for goal in (small, large)]
    lines.append(result(1000, 1.0, what="no goal", spent=Spent(1.0, 1.0, 70.0)))
    most = list(goals.reached([Run(1000, "2026-11-22", {}, {}, lines)]))[-1]
    assert (most.values, most.most, most.met) == ((50.0,), 60, True)


def test_every_goal_is_of_a_line_that_is_measured() -> None:
    lines = {line.key for run in kept.latest() for line in run.lines if isinstance(line, Result)}
    assert lines >= {key for asked in goals.OF_LINES for key in (asked.key, asked.limit) if key}


@pytest.mark.parametrize("plot", plots.PLOTS, ids=lambda plot: plot.name)
@pytest.mark.parametrize("sizes", [(), (1000,), (1000, 10_000, 100_000)])
def test_a_plot_is_a_picture_that_needs_nothing_from_anywhere(plot: plots.Plot, sizes: tuple[int, ...]) -> None:
    drawn = plots.draw(plot, [one_run(size, size / 300) for size in sizes] or [Run(10, "2026-11-22", {})])
    names = {element.tag.partition("}")[2] for element in ET.fromstring(drawn).iter()}
    assert names <= {"svg", "title", "rect", "text", "polyline", "circle"}
    assert drawn.count(b"<circle") == len(sizes)


def test_the_page_says_what_was_measured() -> None:
    marked = "前\n<!-- 测量结果 -->\n旧\n<!-- 测量结果完 -->\n后"
    told = page.renewed(marked, [one_run(1000, 3.0), one_run(10_000, 31.5)])
    assert "旧" not in told
    assert "| 3 秒<br>1.5 倍 | 31.5 秒<br>15.8 倍 |" in told
    assert "| 50 MiB | 50 MiB |" in told
    assert "≤ 1" not in told.partition("### 件数增加时")[0]
    assert page.renewed(told, []).count("还没有结果") == 1


def test_the_page_tells_a_goal_beside_what_it_is_for() -> None:
    missed = Run(
        1_000_000, "2026-11-22", {}, {}, [result(1_000_000, 3.0, goal=Goal(ratio=1, peak=40, at=(1_000_000,)))]
    )
    times, _, memory = page.section([missed]).partition("### 内存峰值")
    assert "| 3 秒<br>1.5 倍<br>**未达到** | ≤ 1 倍<br><small>100万件时</small> |" in times
    assert "| 50 MiB<br>**未达到** | ≤ 40 MiB<br><small>100万件时</small> |" in memory


@pytest.mark.parametrize(
    ("seconds", "told"), [(2221.4, "2,221 秒"), (29.89, "29.9 秒"), (0.5097, "510 毫秒"), (0.00122, "1.22 毫秒")]
)
def test_a_time_is_told_in_the_unit_that_people_would_say(seconds: float, told: str) -> None:
    assert page.duration(seconds) == told


def test_a_process_is_measured_with_all_that_it_starts(tmp_path: Path) -> None:
    code = "import os, time\nif not os.fork():\n  held = bytearray(10**8); time.sleep(0.3); os._exit(0)\nos.wait()"
    assert command("python3", "-c", code).peak > 90
    with pytest.raises(NotFinished, match="exit 7: told why"):
        command("python3", "-c", "import sys; print('told why', file=sys.stderr); sys.exit(7)")
    with pytest.raises(NotFinished, match="not done"):
        command("sleep", "9", patience=0.1)
