"""Steps of legal reviews that lie in a file, taken one after the other: how a sample's cases come alive, and how a
trainer shows a course without typing it. Each is taken by the functions that the desk and the commands use.

The file is a list in YAML; of each step `day`, `case` (its number), `step` (gongshi/law/review/words.py Event) and
`by`, the rest are the step's own fields; of `decide` the decision's `number`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import yaml

from gongshi.instance import Instance
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.lookup import find
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.legal.acts import step
from gongshi.lifecycle.legal.decide import decide
from gongshi.store import Store

_SAID = ("day", "case", "step", "by")


class RehearsalInvalid(LifecycleError):
    """A file of steps that can not be read."""

    code = "rehearsal_invalid"


@dataclass(frozen=True, slots=True)
class Act:
    """One step: on which day, of which case (by number), what, by whom, with which fields."""

    day: date
    case: str
    event: Event
    by: str
    fields: Mapping[str, str]

    def render_text(self) -> str:
        """In Chinese."""
        return f"{self.day}　{self.case}　{self.event.label}　{self.by}"


def read_acts(path: Path) -> tuple[Act, ...]:
    """The steps of a file in their order. Raises RehearsalInvalid, OSError."""
    try:
        told = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        return tuple(_act(one) for one in told)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise RehearsalInvalid(
            f"{path.name} 不是一份办理步骤的清单（每步写明 {'、'.join(_SAID)} 和各项内容）。"
        ) from error


def _act(said: Mapping[str, object]) -> Act:
    fields = {name: str(text) for name, text in said.items() if name not in _SAID}
    day = date.fromisoformat(str(said["day"]))
    return Act(day, str(said["case"]), Event(str(said["step"])), str(said["by"]), fields)


def rehearse(store: Store, instance: Instance, acts: Sequence[Act], department: str, now: datetime) -> Iterator[Act]:
    """Take the steps of the day of `now` in their order, in the cases of a department (its key); each when it is taken.

    Stops at the first that is refused: raises CaseNotFound, and what gongshi.lifecycle.legal.acts.step and
    gongshi.lifecycle.legal.decide.decide raise.
    """
    for act in acts:
        if act.day != now.date():
            continue
        case = find(store, instance, act.case, department)
        if act.event is Event.DECIDE:
            decide(store, instance, case, number=act.fields["number"], by=act.by, now=now)
        else:
            step(store, instance, case, act.event, by=act.by, fields=act.fields, now=now)
        yield act
