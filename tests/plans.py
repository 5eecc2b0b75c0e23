"""What a call reads of a store: no test of speed asserts a time, it looks at the statements and their plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gongshi.store import Store

_READS = ("SELECT", "WITH", "UPDATE", "DELETE")
_SMALL = ("_open", "_down", "_turned", "_waiting", "_registry")
"""What the names of the indexes end in that hold only what is looked for: to walk along one is no scan."""
_NEWEST = "SCAN journal"
"""The newest entry: one step from the journal's end."""
_STEP = 100
"""Instructions of SQLite's machine between two looks of `work`."""


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that reads, with its values, while the block runs."""
    heard: list[str] = []
    store.db.set_trace_callback(lambda said: heard.append(said) if said.lstrip().startswith(_READS) else None)
    try:
        yield heard
    finally:
        store.db.set_trace_callback(None)


def scans(store: Store, heard: list[str]) -> list[str]:
    """The steps of their plans that read a table, or an index of all its rows, from end to end."""
    steps = {row["detail"] for said in dict.fromkeys(heard) for row in store.db.execute(f"EXPLAIN QUERY PLAN {said}")}
    return sorted(step for step in steps if step.startswith("SCAN") and step != _NEWEST and not step.endswith(_SMALL))


def work(store: Store, call: Callable[[], object]) -> int:
    """How much SQLite did for a call, in steps of its own machine: the same for the same store, on any machine."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    store.db.set_progress_handler(step, _STEP)
    try:
        call()
    finally:
        store.db.set_progress_handler(None, 0)
    return count * _STEP
