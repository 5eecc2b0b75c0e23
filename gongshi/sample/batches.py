"""One file of decisions and what lies beside it: who sent it, who reviewed it, and which names he found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from gongshi.law.names import possible_names
from gongshi.records import DECISION_KINDS
from gongshi.records.department import Department
from gongshi.records.field import FieldType
from gongshi.sample.acts import Act, Row
from gongshi.sample.files import dump_yaml

SHARES = {
    "penalty": 0.46,
    "licence": 0.28,
    "inspection": 0.12,
    "random_inspection": 0.08,
    "coercion": 0.025,
    "charge": 0.02,
    "levy": 0.015,
}
"""How a department's decisions divide among the kinds that it has."""
_FREE = (FieldType.TEXT, FieldType.LONG_TEXT)
_NAMED = ("party_name", "legal_representative", "agency_name", "source_name")
_READ = {
    name: tuple(field.name for field in kind.public_fields if field.type in _FREE and field.name not in _NAMED)
    for name, kind in DECISION_KINDS.items()
}
"""By kind, the public texts in which a reviewer looks for names."""
_OPINIONS = {
    "approve": "经核对，与决定书一致，同意公示。",
    "return": "处罚内容与决定书第二页不一致，请核对后重新报送（示例）。",
}
_PUBLISHED = "earlier_published_on"
_CORRECTION = "（更正：原公示信息漏录本句。）"
_SOON = 8
_WORKDAYS = 5


@dataclass(slots=True)
class Batch:
    """What goes into batch.yml and review.yml beside the file: who sent, who reviewed, which names."""

    department: Department
    earlier: bool
    not_names: frozenset[str] = frozenset()
    masked: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)

    def rows(self, acts: Iterable[Act], rng: Random) -> Iterator[Row]:
        """The rows of `acts`, with the first publication of earlier ones; remembers what the reviewer finds."""
        for number, act in enumerate(acts, 1):
            self.look_at(act)
            if self.earlier and _PUBLISHED not in act.rows[0]:
                old = first_publication(rng, act.on, number)
                act.rows = [{**row, **old} for row in act.rows]
            yield from act.rows

    def look_at(self, act: Act) -> None:
        """Review an act: bystanders are masked, other words that look like names are none and stay."""
        self.masked.update(act.bystanders)
        self.open.difference_update(act.bystanders)  # an earlier text may have had the same word, which is a name here
        known = [row[name] for row in act.rows for name in _NAMED if row.get(name)]
        texts = {row[name] for row in act.rows for name in _READ[act.kind] if row.get(name)}
        for sentence in {sentence for text in texts for sentence in text.split("。")}:
            there = tuple(name for name in known if name in sentence)
            self.open.update(word for word in _names(sentence, there, self.not_names) if word not in self.masked)

    def undecided(self, name: str) -> None:
        """The reviewer leaves `name` for later."""
        self.open.discard(name)
        self.masked.discard(name)

    def write(self, path: Path, on: date, result: str | None = "approve") -> None:
        """<batch>.batch.yml and <batch>.review.yml beside the file `path`; reviewed on the day `on`.

        `result` is approve, return, or None where nobody has reviewed the batch yet.
        """
        sent: dict[str, object] = {"by": self.department.submitters[0]}
        if self.earlier:
            sent |= {"earlier": True, "evidence": f"原公示平台截图存档（示例）{path.stem}"}
        dump_yaml(path.with_name(f"{path.stem}.batch.yml"), sent)
        if result is None:
            return
        reviewed = {
            "reviewer": self.department.reviewers[0],
            "result": result,
            "date": on.isoformat(),
            "opinion": _OPINIONS[result],
            "names": {"open": sorted(self.open), "mask": sorted(self.masked)},
        }
        dump_yaml(path.with_name(f"{path.stem}.review.yml"), reviewed)


_names = lru_cache(8192)(possible_names)  # a legal basis, or how a case ends, is read once and not ten thousand times


def corrected(act: Act) -> Act:
    """The same decision with a sentence more where it tells most."""
    told = [name for name in ("facts", "content") if act.rows[0].get(name)]
    name = max(told, key=lambda name: len(act.rows[0][name]))
    return replace(act, rows=[{**row, name: row[name] + _CORRECTION} for row in act.rows])


def divide(total: int, weights: list[float] | list[int]) -> list[int]:
    """`total` in whole parts that are as the weights, and sum up to it."""
    whole, done, parts = sum(weights), 0.0, list[int]()
    for weight in weights:
        done += weight
        parts.append(round(total * done / whole) - sum(parts))
    return parts


def workday(day: date, rng: Random) -> date:
    """`day`, or the Friday before where it falls on a weekend (one in twenty decides then too)."""
    weekend = day.weekday() - (_WORKDAYS - 1)
    return day - timedelta(days=weekend) if weekend > 0 and rng.random() < 0.95 else day  # noqa: PLR2004


def first_publication(rng: Random, on: date, number: int) -> dict[str, str]:
    """When and where a decision of the day `on` was published before: in time, on a site that is gone."""
    published = on + timedelta(days=1 + int(_SOON * rng.random()))
    return {
        _PUBLISHED: published.isoformat(),
        "earlier_address": f"http://old.example.invalid/gs/{on.year}{on.month:02d}/{number}.html",
    }
