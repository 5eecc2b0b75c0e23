"""What a workbook for the submitter shows of a file: its rows, or of a large one the wrong ones, and what is wrong.

However large the file and however much of it is wrong, no more is held than a workbook can hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice

from gongshi.intake.problems import Problem
from gongshi.intake.readers import Row, Sheet, unmerged
from gongshi.intake.readers.model import Stream
from gongshi.intake.sheet.header import LOOKED_AT

MOST_ROWS = 20_000
"""In larger sheets only rows with problems are shown, as many as this: nobody looks for ten of them among 200,000."""
MOST_PROBLEMS = 20_000
"""Problems that a summary lists one by one."""


@dataclass(slots=True)
class Told:
    """The problems of one file: counted, the `first` of them, and by sheet and row number those of the rows that can
    be shown; `left_out` counts the rows beyond."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    left_out: int = 0
    first: list[Problem] = field(default_factory=list)
    rows: dict[str, dict[int, list[Problem]]] = field(default_factory=dict)

    def of(self, sheet: str) -> dict[int, list[Problem]]:
        """Those of one sheet, by row number; 0 is the sheet itself."""
        return self.rows.get(sheet, {})


def _any_row(sheet: str, row: int) -> bool:
    return True


def told(problems: Iterable[Problem], file: str, is_shown: Callable[[str, int], bool] = _any_row) -> Told:
    """The problems of `file`, which come in the order of its sheets and rows; those of a row only where `is_shown`
    says so of (sheet, row number)."""
    found = Told()
    ours = (problem for problem in problems if problem.file == file)
    for (sheet, row), same in groupby(ours, key=lambda problem: (problem.sheet, problem.row)):
        here = list(same)
        found.counts.update(problem.code for problem in here)
        found.errors += sum(problem.is_error for problem in here)
        found.first += here[: MOST_PROBLEMS - len(found.first)]
        rows = found.rows.setdefault(sheet, {})
        if is_shown(sheet, row):
            if len(rows) < LOOKED_AT + MOST_ROWS:
                rows[row] = here
            else:
                found.left_out += 1
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet with the rows that are shown; `places` are theirs among all of its rows, from 0.

    `filled` are the same rows with each merged area's value in all of its cells. `left_out` counts the rows that
    were wanted and are not shown.
    """

    sheet: Sheet
    places: Sequence[int]
    filled: Sequence[Row]
    left_out: int


def part(stream: Stream, wanted: Callable[[int], bool]) -> Part:
    """The whole sheet; of one of more than MOST_ROWS rows the first ones, among which the header is, and of the
    others those whose number is `wanted`, as many as MOST_ROWS."""
    held = stream.held() if stream.merged else None
    every = held.rows if held else (row for portion in stream.portions for row in portion.rows())
    rows = enumerate(every)
    shown = list(islice(rows, MOST_ROWS))
    left_out = 0
    if (next_row := next(rows, None)) is not None:
        wrong = (one for one in chain(shown[LOOKED_AT:], [next_row], rows) if wanted(one[1].number))
        shown = shown[:LOOKED_AT] + list(islice(wrong, MOST_ROWS))
        left_out = sum(1 for _ in wrong)
    kept = [row for _, row in shown]
    filled = {row.number: row for row in unmerged(held)} if held else {}
    sheet = Sheet(name=stream.name, rows=kept, merged=stream.merged, unit=stream.unit)
    return Part(sheet, [place for place, _ in shown], [filled.get(row.number, row) for row in kept], left_out)
