"""What happens to a decision, day by day: made, served, due, published, corrected, changed, restored, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson

from gongshi.records import DECISION_KINDS
from gongshi.render.contexts import Step
from gongshi.render.labels import event_label, label

_EVENTS = {"correct": ("更正", "更正了"), "change": ("变更", "变更了"), "restore": ("恢复公示", "有变化的内容：")}
"""Events after the first publication: what they are called, and how their fields are led in."""


def steps(row: Mapping[str, Any]) -> tuple[Step, ...]:
    """A decision's dated events in their order; those without a date are left out. On one day they stand as here."""
    kind = row["kind"]
    due = "" if row["earlier"] else row["legal_due"] or ""
    found = [
        Step(event_label(kind), row["decided_on"]),
        Step(_label(kind, "served_on"), row["served_on"] or ""),
        Step("应公示日期", due, "暂定" if row["due_provisional"] else ""),
        Step("首次公示", row["first_published_on"], "历史数据补录：原平台的公示日期" if row["earlier"] else ""),
        Step(_label(kind, "changed_on"), row["changed_on"] or "", "决定依法变更"),
        *_since(row),
        Step("公示截止期", row["publish_until"] or ""),
    ]
    return tuple(sorted((step for step in found if step.day), key=lambda step: step.day))


def is_changed(row: Mapping[str, Any]) -> bool:
    """Whether the decision itself was changed after it was published (变更; a data error is 更正)."""
    return '"change"' in row["history"]


def _since(row: Mapping[str, Any]) -> Iterator[Step]:
    """What happened since the first publication: never an old value, only the labels of what differs (D31)."""
    history = () if row["history"] == "[]" else orjson.loads(row["history"])
    yield from (_event(entry) for entry in history if entry["event"] in _EVENTS)
    if not history and row["updated_on"] != row["first_published_on"]:
        yield Step("最后更新", row["updated_on"], "数据更正" if row["corrected"] else "")


def _event(entry: Mapping[str, Any]) -> Step:
    name, lead = _EVENTS[entry["event"]]
    fields = "、".join(entry["fields"])
    return Step(name, entry["on"], f"{lead}{fields}" if fields else "")


@cache
def _label(kind: str, name: str) -> str:
    return label(DECISION_KINDS[kind].by_name[name])
