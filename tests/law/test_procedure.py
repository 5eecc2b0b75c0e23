"""A procedure's steps: where each leads, and every way in which somebody could not come to an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.procedure import Edge, Fault, FaultKind, edges, faults, is_end

pytestmark = pytest.mark.article("D10")
LOOP, DEAD_END, UNREACHABLE = FaultKind.LOOP, FaultKind.DEAD_END, FaultKind.UNREACHABLE
UNKNOWN, TWICE, NO_END = FaultKind.UNKNOWN, FaultKind.TWICE, FaultKind.NO_END


def steps(*said: str) -> list[dict[str, str]]:
    """Rows from `1>2`: number, what it leads to."""
    rows = [one.partition(">") for one in said]
    return [{"number": number, **({"next": to} if to else {})} for number, _, to in rows]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2", [("2", "")]),
        ("3:受理、4:不予受理", [("3", "受理"), ("4", "不予受理")]),
        ("3：受理；4：不予受理", [("3", "受理"), ("4", "不予受理")]),
        ("３：受理, 4", [("3", "受理"), ("4", "")]),
        ("3:违法事实成立\n9:不成立、", [("3", "违法事实成立"), ("9", "不成立")]),
        ("2-1:时限:7日", [("2-1", "时限:7日")]),
        ("结束", []),
        (" ", []),
    ],
)
def test_the_next_steps_are_read_as_people_write_them(written: str, read: list[tuple[str, str]]) -> None:
    row = {"number": "1", "next": written}
    assert edges([row]) == [Edge("1", target, label) for target, label in read]
    assert is_end(row) is (read == [])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ([], []),
        (["1"], []),
        (["1>2", "2>结束"], []),
        (["1>2:受理、3:不予受理", "2>4", "3", "4"], []),
        (["1>2、3", "2>4", "3>4", "4"], []),
        (["1>2", "2>3", "3>2"], [(LOOP, "2", "", ("2", "3", "2")), (NO_END, "", "", ())]),
        (["1>1、2", "2"], [(LOOP, "1", "", ("1", "1"))]),
        (["1>2", "2>1:补正、3:受理", "3"], [(LOOP, "1", "", ("1", "2", "1"))]),
        (
            ["1>2、4", "2>3", "3>2", "4>5、6", "5>4", "6"],
            [(LOOP, "2", "", ("2", "3", "2")), (LOOP, "4", "", ("4", "5", "4"))],
        ),
        (["1>2、3", "2>9", "3"], [(UNKNOWN, "2", "9", ()), (DEAD_END, "2", "", ())]),
        (["1>2、9", "2"], [(UNKNOWN, "1", "9", ())]),
        (["1>3", "2>3", "3"], [(UNREACHABLE, "2", "", ())]),
        (["1", "2>3", "3"], [(UNREACHABLE, "2", "", ()), (UNREACHABLE, "3", "", ())]),
        (["1>2", "2", "2"], [(TWICE, "2", "", ())]),
        (["1>２", "2"], []),
    ],
)
def test_every_fault_is_told_at_the_step_to_mend(
    said: list[str], found: list[tuple[FaultKind, str, str, tuple[str, ...]]]
) -> None:
    assert [(one.kind, one.step, one.target, one.path) for one in faults(steps(*said))] == found


GRAPHS = st.integers(1, 7).flatmap(
    lambda size: st.lists(st.lists(st.integers(1, size + 1), max_size=3), min_size=size, max_size=size)
)


@given(GRAPHS)
def test_a_procedure_without_a_fault_ends_whichever_way_is_taken(graph: list[list[int]]) -> None:
    rows = [{"number": str(at), "next": "、".join(map(str, to))} for at, to in enumerate(graph, 1)]
    found = list(faults(rows))
    assert (found == []) == _always_ends(graph)


def _always_ends(graph: list[list[int]]) -> bool:
    """Told the slow way: every way from the first step ends within as many steps as there are, and all are met."""
    met: set[int] = set()

    def ends(step: int, left: int) -> bool:
        met.add(step)
        return 1 <= step <= len(graph) and left > 0 and all(ends(to, left - 1) for to in graph[step - 1])

    return ends(1, len(graph)) and len(met) == len(graph)


def test_a_hundred_thousand_steps_are_looked_at_without_running_out_of_stack() -> None:
    chain = [{"number": str(n), "next": str(n + 1)} for n in range(1, 100_000)]
    assert list(faults([*chain, {"number": "100000"}])) == []
    back = [{"number": str(n), "next": f"{n + 1}、{max(1, 100_000 - n)}"} for n in range(1, 100_000)]
    assert LOOP in {fault.kind for fault in faults([*back, {"number": "100000"}])}


def test_a_fault_of_the_whole_names_no_step() -> None:
    assert Fault(kind=NO_END) in list(faults(steps("1>2", "2>1")))
