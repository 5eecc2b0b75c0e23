"""`gongshi sample`: a whole instance with any number of invented decisions, the same for the same seed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from gongshi.records.department import DatedName, Department
from gongshi.sample.acts import Row
from gongshi.sample.batches import Batch, acts, plans
from gongshi.sample.files import layout, write_csv

PROJECT = Path(__file__).parents[2]
"""The tree that holds this package, whose reference data and templates the new instance gets."""
YEARS = 3
_COPIED = ("data/reference", "site_src", "plugins", "mkdocs.yml")
_FORMS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: decisions, rows (one for each party), files, and decisions by kind."""

    decisions: int
    rows: int
    files: int
    by_kind: dict[str, int]


def generate(decisions: int, seed: int, target: Path, today: date, source: Path = PROJECT) -> Summary:
    """Write an instance under `target` with `decisions` decisions of the three years before `today`.

    Reference data, templates and plugins are copied from `source`. Decisions of the last week are new,
    all others are 历史数据补录. Same arguments, same bytes. Raises FileExistsError where `target` already
    holds submissions: the sample never mixes with real ones.
    """
    submissions = target / "data" / "submissions"
    if submissions.exists() and any(submissions.iterdir()):
        raise FileExistsError(submissions)
    _copy(source, target)
    rng = Random(seed)  # noqa: S311 - a sample must be repeatable, not secret
    departments = load_departments(target)
    not_names = load_not_names(target)
    by_kind: dict[str, int] = {}
    rows = files = 0
    for plan in plans(rng, departments, decisions, today - timedelta(days=365 * YEARS), today):
        by_kind[plan.kind] = by_kind.get(plan.kind, 0) + plan.count
        batch = Batch(plan.office.department, plan.earlier, not_names)
        path = submissions / batch.department.key / f"{plan.name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        counted = _Counted(batch.rows(acts(plan, rng), rng))
        write_csv(path, layout(plan.kind, earlier=plan.earlier, style=files), counted, _FORMS[files % len(_FORMS)])
        batch.write(path, today)
        rows += counted.count
        files += 1
    return Summary(sum(by_kind.values()), rows, files, by_kind)


class _Counted:
    """An iterable that knows how many it has given."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


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
            shutil.copytree(origin, copy, dirs_exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin, copy)
