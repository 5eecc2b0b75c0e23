"""`gongshi sample`: a whole instance with any number of invented decisions, the same for the same seed.

Made to be as uneven as what real departments send. By rank, the first far oftener: departments (each has four
fifths of the one before), kinds, violations, surnames, brands, streets, goods. By days: hardly any at weekends, three
times as many in December as in February, campaign days, every year more (gongshi.sample.days). Amounts and
quantities are powers of a draw. An account is put together from an opening, a core of the violation, evidence,
circumstances and, for one in three, further sentences with words of any characters (gongshi.sample.accounts). Three
in ten organisations come back, one penalty in twenty has several parties, one decision in 400 is sent again with a
correction. Decisions on natural persons expire every day; some five in a hundred may not be public. The page on
benchmarks says it in numbers, measured.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path
from random import Random

import yaml

from gongshi.records.department import DatedName, Department
from gongshi.sample.acts import Act, Office
from gongshi.sample.batches import Batch, corrected
from gongshi.sample.files import layout, write_csv
from gongshi.sample.plans import plans

PROJECT = Path(__file__).parents[2]
"""The tree that holds this package, whose reference data and templates the new instance gets."""
SPAN = timedelta(days=5 * 365 - 9)
"""Five years, so that what is public for five expires from the week after next on."""
CORRECTED = 400
"""One decision in so many is sent a second time."""
_COPIED = ("data/reference", "site_src", "plugins", "mkdocs.yml")
_NOT_COPIED = shutil.ignore_patterns("inbox.pub")
"""Its own pair of keys: the new instance could not open what is sealed for another."""
_FORMS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: decisions, how many of them a second time, rows (one for each party), files, and decisions
    by kind."""

    decisions: int
    corrected: int
    rows: int
    files: int
    by_kind: dict[str, int]


def generate(decisions: int, seed: int, target: Path, today: date, source: Path = PROJECT) -> Summary:
    """Write an instance under `target` with `decisions` decisions of the five years before `today`.

    Reference data, templates and plugins are copied from `source`. Decisions of the last week are new, all others
    are 历史数据补录. Same arguments, same bytes; memory does not grow with `decisions`. Raises FileExistsError where
    `target` already holds submissions: the sample never mixes with real ones.
    """
    submissions = target / "data" / "submissions"
    if submissions.exists() and any(submissions.iterdir()):
        raise FileExistsError(submissions)
    _copy(source, target)
    rng = Random(seed)  # noqa: S311 - a sample must be repeatable, not secret
    writer = _Writer(submissions, rng, today, load_not_names(target))
    turns = cycle(range(CORRECTED))
    for office, kind, found in plans(rng, load_departments(target), decisions, today - SPAN, today):
        again: list[Act] = []
        for plan in found:
            for name, acts in plan.files():
                kept = _kept(acts, turns, again) if plan.earlier else acts
                writer.write(office, name, kind, kept, earlier=plan.earlier)
            writer.by_kind[kind] += plan.count
        if again:
            writer.write(office, f"{kind}-{today}-again", kind, map(corrected, again), earlier=True)
            writer.corrected += len(again)
    return writer.summary()


def _kept(acts: Iterable[Act], turns: Iterator[int], kept: list[Act]) -> Iterator[Act]:
    """The acts; each whose turn is the first of a round is `kept`, too."""
    for act in acts:
        if not next(turns):
            kept.append(act)
        yield act


class _Writer:
    """Writes batches and counts."""

    def __init__(self, submissions: Path, rng: Random, today: date, not_names: frozenset[str]) -> None:
        self._submissions, self._rng, self._today, self._not_names = submissions, rng, today, not_names
        self.by_kind: Counter[str] = Counter()
        self.corrected = self._rows = self._files = 0

    def write(self, office: Office, name: str, kind: str, acts: Iterable[Act], *, earlier: bool) -> None:
        """One file, row by row, and what lies beside it."""
        batch = Batch(office.department, earlier, self._not_names)
        path = self._submissions / office.department.key / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        number = count(1)
        rows = (row for row in batch.rows(acts, self._rng) if next(number))
        form = layout(kind, earlier=earlier, style=self._files)
        write_csv(path, form, rows, _FORMS[self._files % len(_FORMS)])
        batch.write(path, self._today)
        self._rows += next(number) - 1
        self._files += 1

    def summary(self) -> Summary:
        """What was written so far."""
        return Summary(self.by_kind.total(), self.corrected, self._rows, self._files, dict(self.by_kind))


def load_departments(root: Path) -> list[Department]:
    """The departments of an instance, in the file's order."""
    entries = yaml.safe_load((root / "data/reference/departments.yml").read_text(encoding="utf-8"))
    return [Department(**{**entry, "names": tuple(DatedName(**n) for n in entry["names"])}) for entry in entries]


def load_not_names(root: Path) -> frozenset[str]:
    """The words that an instance knows not to be names."""
    return frozenset(yaml.safe_load((root / "data/reference/not_names.yml").read_text(encoding="utf-8")))


def _copy(source: Path, target: Path) -> None:
    for name in _COPIED:
        origin, copy = source / name, target / name
        if origin.resolve() == copy.resolve() or not origin.exists():
            continue
        if origin.is_dir():
            shutil.copytree(origin, copy, dirs_exist_ok=True, ignore=_NOT_COPIED)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin, copy)
