"""The committed sample: `python -m gongshi.sample.city` writes data/submissions again, byte for byte.

Some 400 decisions of three years, in every format that departments use, with the difficult cases
among them, and what became of some of them since; what is public before enforcement: officers, items, guides,
boards, texts; and a few case files, of which nothing is public. Needs the development packages (xlwt).
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from gongshi.records.department import Department
from gongshi.records.party import party_block
from gongshi.sample import cases as case_files
from gongshi.sample import difficult, registry
from gongshi.sample.acts import Act, Office
from gongshi.sample.batches import SHARES, Batch, divide, first_publication, workday
from gongshi.sample.catalogue.entries import words
from gongshi.sample.difficult import EARLIER, NEW, RETURNED, UNDECIDED, WAITING, Case
from gongshi.sample.difficult.case import People
from gongshi.sample.files import Row, Sheets, dump_yaml, layout, write_csv, write_json, write_yaml
from gongshi.sample.generate import PROJECT, load_departments, load_not_names
from gongshi.sample.numbering import Numbering
from gongshi.sample.story import HISTORY, Story, stories, withdrawal
from gongshi.sample.workbook import write_old_xlsx, write_xls, write_xlsx

TODAY = date(2026, 11, 20)
"""The day on which the sample was sent and reviewed."""
DAYS = ".days"
"""The file with the days that the city has seen: `make serve` lives through them before the present one."""
SEED = 220700
_FIRST, _LAST = date(2023, 11, 6), date(2026, 11, 5)
_NEW_FIRST, _NEW_DAYS = date(2026, 11, 13), 7
_OLD_COUNT, _NEW_COUNT = 262, 70
_FALLING = 0.9
_ITEMS_AFTER, _ITEMS_TRIED = 800, 12
"""The last number before those of decisions under items, and how often a decision is drawn that may be under one."""
_PARTY = frozenset(field.name for field in party_block())
_EXTRA = words(
    "formed_on formed_reason changed_on secrecy_checked withhold_ground withhold_reason withhold_review_on "
    "withhold_document party_adult_when_acted"
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a department's old decisions are sent: the ending of the file, and whether one file holds one kind."""

    ending: str
    write: Callable[[Path, Sheets], None]
    single: bool = False


def _csv(style: int, encoding: str) -> Callable[[Path, Sheets], None]:
    def write(path: Path, sheets: Sheets) -> None:
        for kind, rows in sheets.items():
            write_csv(path, layout(kind, earlier=True, style=style), rows, encoding)

    return write


XLSX, XLS = Form(".xlsx", partial(write_xlsx, earlier=True)), Form(".xls", partial(write_xls, earlier=True))
JSON, YAML = Form(".json", partial(write_json, earlier=True)), Form(".yaml", partial(write_yaml, earlier=True))
CSV, GB18030 = Form(".csv", _csv(1, "utf-8-sig"), True), Form(".csv", _csv(2, "gb18030"), True)
FORMS = (XLSX, JSON, GB18030, XLSX, YAML, XLS, CSV, XLSX, JSON, XLSX, XLSX, YAML, GB18030, CSV, XLS)
"""One form for each department that decides, in the order of departments.yml."""


def write_city(root: Path, reference: Path = PROJECT) -> Counter[str]:
    """Write data/submissions under `root` from the reference data under `reference`; decisions by kind.

    The departments' folders that lay there before are removed: they are the sample's own.
    """
    submissions = root / "data" / "submissions"
    for folder in submissions.glob("*/"):
        shutil.rmtree(folder)
    rng = Random(SEED)  # noqa: S311 - a sample must be repeatable, not secret
    departments = [one for one in load_departments(reference) if one.number_prefixes]
    not_names = load_not_names(reference)
    cases = difficult.cases(rng)
    counted: Counter[str] = Counter()
    weights = [_FALLING**rank for rank in range(len(departments))]
    shares = zip(divide(_OLD_COUNT, weights), divide(_NEW_COUNT, weights), strict=True)
    for department, form, (old, new) in zip(departments, FORMS, shares, strict=True):
        office = Office(rng, department, TODAY)
        own = [case for case in cases if _is(case, department)]
        batches = {
            EARLIER: [*_old_acts(office, old), *(_act(case, office) for case in own if case.batch == EARLIER)],
            NEW: [*_new_acts(office, new), *(_act(case, office) for case in own if case.batch == NEW)],
            RETURNED: [_act(case, office) for case in own if case.batch == RETURNED],
            WAITING: [_act(case, office) for case in own if case.batch == WAITING],
        }
        writer = _Writer(submissions / department.key, department, not_names, rng)
        writer.earlier(batches[EARLIER], form)
        for name in (NEW, RETURNED, WAITING):
            writer.recent(batches[name], name)
        counted.update(act.kind for acts in batches.values() for act in acts)
    told = Random(SEED + 1)  # noqa: S311 - of its own, so that a story more changes no other decision
    everyone = stories(People(told))
    for department in departments:
        writer = _Writer(submissions / department.key, department, not_names, told)
        counted.update(writer.tell([story for story in everyone if _is(story.before, department)]))
    cited = Random(SEED + 2)  # noqa: S311 - of its own likewise
    for department in departments:
        writer = _Writer(submissions / department.key, department, not_names, cited)
        counted.update(writer.under_items(registry.codes(department)))
    registry.write(root, load_departments(reference))
    case_files.write(submissions, departments)
    (submissions / departments[0].key / DAYS).write_text(f"{HISTORY}\n{TODAY}\n", encoding="utf-8")
    return counted


def _is(case: Case, department: Department) -> bool:
    return any(
        prefix.startswith((f"{case.department}罚", f"{case.department}（")) for prefix in department.number_prefixes
    )


def _old_acts(office: Office, count: int) -> Iterator[Act]:
    span = (_LAST - _FIRST).days
    for kind, part in _by_kind(office, count):
        for at in range(part):
            yield office.decide(
                kind, workday(_FIRST + timedelta(days=int((at + office.rng.random()) * span / part)), office.rng)
            )


def _new_acts(office: Office, count: int) -> Iterator[Act]:
    for kind, part in _by_kind(office, count):
        for day in sorted(office.rng.randrange(_NEW_DAYS) for _ in range(part)):
            yield office.decide(kind, workday(_NEW_FIRST + timedelta(days=day), office.rng))


def _by_kind(office: Office, count: int) -> Iterator[tuple[str, int]]:
    """How many of each kind; at least one of each where there are enough decisions."""
    kinds = office.kinds
    spare = max(0, count - len(kinds))
    counts = divide(spare, [SHARES[kind] for kind in kinds])
    for at, kind in enumerate(kinds):
        yield kind, counts[at] + (at < count)


def _act(case: Case, office: Office) -> Act:
    """The case as a decision of its department."""
    act = office.decide(case.kind, case.on)
    rows = act.rows[:1]
    if case.parties:
        common = {name: cell for name, cell in rows[0].items() if name not in _PARTY}
        rows = [{**common, **case.cells, **party} for party in case.parties]
    else:
        rows = [{**row, **case.cells} for row in rows]
    named = tuple(name for name in (*case.bystanders, *act.bystanders) if name in rows[0].get("facts", ""))
    return Act(case.kind, rows, case.on, named)


class _Writer:
    """Writes the batches of one department."""

    def __init__(self, folder: Path, department: Department, not_names: frozenset[str], rng: Random) -> None:
        self._folder, self._department, self._not_names, self._rng = folder, department, not_names, rng
        folder.mkdir(parents=True, exist_ok=True)

    def earlier(self, acts: list[Act], form: Form) -> None:
        """历史数据补录: one workbook, or one file for each kind."""
        sheets = _sheets(acts, lambda act, at: first_publication(self._rng, act.on, at))
        if form is XLSX and _has_old_template(self._department):
            path = self._folder / "old-template.xlsx"
            write_old_xlsx(path, sheets.pop("penalty"))
            self._beside(path, [act for act in acts if act.kind == "penalty"], earlier=True)
            acts = [act for act in acts if act.kind != "penalty"]
        groups: list[Sheets] = [{kind: rows} for kind, rows in sheets.items()] if form.single else [sheets]
        for group in groups:
            path = self._folder / f"earlier-{next(iter(group)) if form.single else 'all'}{form.ending}"
            form.write(path, group)
            self._beside(path, [act for act in acts if act.kind in group], earlier=True)

    def recent(self, acts: list[Act], name: str) -> None:
        """A workbook with new decisions: reviewed, returned, or waiting."""
        if not acts:
            return
        path = self._folder / f"{TODAY:%Y-%m-%d}-{name}.xlsx"
        write_xlsx(path, _sheets(acts, lambda act, at: {}), earlier=False, extra=_EXTRA)
        result = {RETURNED: "return", WAITING: None}.get(name, "approve")
        self._beside(path, acts, earlier=False, result=result)

    def tell(self, own: list[Story]) -> Iterator[str]:
        """The department's stories: first versions among the earlier ones, then what became of them; their kinds."""
        office = Office(self._rng, self._department, TODAY)
        first = {story.name: _act(story.before, office) for story in own}
        later = [_again(first[story.name], story) for story in own if story.again]
        later += [_act(story.successor, office) for story in own if story.successor]
        if first:
            path = self._folder / f"{HISTORY:%Y-%m-%d}-earlier.xlsx"
            write_xlsx(path, _sheets([*first.values()], lambda act, at: {}), earlier=True)
            self._beside(path, [*first.values()], earlier=True)
        self.recent(later, "again")
        for story in own:
            if story.act:
                told = withdrawal(story, self._department.submitters[0], self._department.reviewers[0])
                dump_yaml(self._folder / f"{TODAY:%Y-%m-%d}-{story.name}.withdraw.yml", told)
        yield from (act.kind for act in first.values())
        yield from (story.successor.kind for story in own if story.successor)

    def under_items(self, codes: Mapping[str, str]) -> Iterator[str]:
        """The newest penalties and licences of items that are public, which name their codes; their kinds."""
        if not codes:
            return
        office = Office(self._rng, self._department, TODAY)
        office.numbers = Numbering(self._department, after=_ITEMS_AFTER)
        kinds = [kind for kind in ("penalty", "licence") if kind in office.kinds]
        drawn = (office.decide(kind, _NEW_FIRST) for _ in range(_ITEMS_TRIED) for kind in kinds)
        found = {code: act for act in drawn if (code := codes.get(_item_of(act)))}
        acts = [_under(act, code) for code, act in sorted(found.items())]
        path = self._folder / f"{TODAY:%Y-%m-%d}-items.xlsx"
        write_xlsx(path, _sheets(acts, lambda act, at: {}), earlier=False, extra=(*_EXTRA, "item_code"))
        self._beside(path, acts, earlier=False)
        yield from (act.kind for act in acts)

    def _beside(self, path: Path, acts: list[Act], *, earlier: bool, result: str | None = "approve") -> None:
        batch = Batch(self._department, earlier, self._not_names)
        for act in acts:
            batch.look_at(act)
        batch.undecided(UNDECIDED)
        batch.write(path, HISTORY if earlier else TODAY, result)


def _item_of(act: Act) -> str:
    """The name of the item under which the sample's departments would decide so."""
    row = act.rows[0]
    return f"对{row['violation_type']}的处罚" if act.kind == "penalty" else f"{row['certificate_name']}核发"


def _under(act: Act, code: str) -> Act:
    """The same, naming the item under which it was decided."""
    return Act(act.kind, [{**row, "item_code": code} for row in act.rows], act.on, act.bystanders)


def _again(act: Act, story: Story) -> Act:
    """The second version of a decision."""
    return Act(act.kind, [{**row, **story.again} for row in act.rows], act.on, act.bystanders)


def _has_old_template(department: Department) -> bool:
    return len(department.names) > 1 and department.sector in ("市场监管", "农业农村")


def _sheets(acts: list[Act], more: Callable[[Act, int], dict[str, str]]) -> dict[str, list[Row]]:
    """The rows by kind, kinds in the order of their first act; `more` gives cells that an act lacks."""
    sheets: dict[str, list[Row]] = {}
    for at, act in enumerate(acts, 1):
        extra = more(act, at)
        sheets.setdefault(act.kind, []).extend({**extra, **row} for row in act.rows)
    return sheets


if __name__ == "__main__":
    written = write_city(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT)
    sys.stdout.write(f"{sum(written.values())} decisions: {dict(written)}\n")
