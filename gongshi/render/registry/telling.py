"""What pages of several kinds tell of a record in one way: its basis, its procedure, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from gongshi.records import REGISTRY_KINDS
from gongshi.render.contexts import Step
from gongshi.render.drawing import flowchart, step_list
from gongshi.render.look.site import Crumb, Head
from gongshi.render.registry.contexts import Cited, Detail, Former, Past, Procedure
from gongshi.render.registry.record import Record
from gongshi.render.registry.values import Table, facts, facts_of, table_of
from gongshi.render.words import shortened

HOME, REGISTERS = Crumb("首页", "/"), Crumb("事前公开", "/registers/")
SECTION = "registers"
LONG_TEXT = 200
"""Characters of a law's text from which it opens on request."""
_APART = frozenset({"basis", "steps"})
"""Tables that a page shows in a way of their own."""
_EVENTS = {"publish": "首次公示", "correct": "更正", "change": "变更", "restore": "恢复公示"}


def basis(record: Record) -> tuple[Cited, ...]:
    """The laws that a record rests on, in its order (D8)."""
    return tuple(
        Cited(row["law"], row.get("article", ""), text := row.get("text", ""), len(text) > LONG_TEXT)
        for row in record.rows("basis")
    )


def procedure(record: Record | None, mark: str = "step", *, chart: bool = True) -> Procedure:
    """A record's steps as a list, and as a picture where a `chart` is wanted (D10); another `mark` for each list of a
    page."""
    rows = record.rows("steps") if record else ()
    return Procedure(flowchart(rows if chart else ()), step_list(rows, mark) if rows else Markup(""))


def tables(kind: str, content: Mapping[str, Any]) -> tuple[Table, ...]:
    """The tables of a content that have rows, but for those that are shown otherwise."""
    fields = (field for field in REGISTRY_KINDS[kind].public_fields if field.is_table and field.name not in _APART)
    found = (table_of(kind, content, field.name) for field in fields)
    return tuple(one for one in found if one.rows)


def detail(record: Record, *, chart: bool) -> Detail:
    """A record in full, inside a page of several; with or without the picture of its steps."""
    return Detail(
        record,
        tuple(fact for fact in facts(record) if fact.value != record.title),
        tables(record.kind, record.content),
        basis(record),
        procedure(record, f"s{record.id}", chart=chart),
    )


def past(record: Record) -> Past:
    """What happened to a record (D5), and what it said before."""
    return Past(tuple(sorted(_steps(record), key=lambda step: step.day)), tuple(_former(record)))


def _steps(record: Record) -> Iterator[Step]:
    for event in record.history:
        labels = "、".join(event.get("fields") or ())
        yield Step(_EVENTS[event["event"]], event["on"], f"涉及：{labels}" if labels else "")
    if record.second_on:
        yield Step("第二道审核", record.second_on, f"由{record.second_body}审核")
    if record.is_over:
        yield Step("失效", record.effective_to, "最后一个有效的日子")


def _former(record: Record) -> Iterator[Former]:
    for event in reversed(record.history):
        if content := event.get("former"):
            yield Former(
                event.get("from") or "",
                event.get("to") or "",
                facts_of(record.kind, content),
                _all_tables(record.kind, content),
            )


def _all_tables(kind: str, content: Mapping[str, Any]) -> tuple[Table, ...]:
    fields = (field.name for field in REGISTRY_KINDS[kind].public_fields if field.is_table)
    return tuple(one for one in (table_of(kind, content, name) for name in fields) if one.rows)


def head(record: Record, *, title: str = "", accent: str = "", description: str = "") -> Head:
    """What the page of a record says of itself."""
    kind = REGISTRY_KINDS[record.kind]
    return Head(
        title=title or record.title,
        path=record.href,
        section=SECTION,
        column=kind.label,
        description=shortened(description, 150),
        keywords=",".join(filter(None, (kind.label, record.number, record.department_name))),
        accent=accent,
        published=record.first_published_on,
        source=record.department_name,
        article=True,
        robots="" if kind.indexed else "noindex",
    )
