"""One decision's page: its rows of public.db as a readable document (D12, D13, D16, D17)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.common import LEGAL_PERSON
from gongshi.records.field import Field, FieldType, Scope
from gongshi.records.kind import COMMON_PUBLIC
from gongshi.render.contexts import Channel, DecisionPage, Fact, Step, Timing
from gongshi.render.database import Rows, one
from gongshi.render.labels import PARTY_COLUMNS, event_label, kind_label, label, shown
from gongshi.render.linked import linked_data
from gongshi.render.sentence import description, result
from gongshi.render.site import Crumb, Head, Site
from gongshi.render.words import date_zh, shortened

ELSEWHERE = frozenset({"remedies", "publish_until"})
"""Fields that have a section of their own on the page."""
_MANY = 4
"""From this many parties they are set in a table."""
_LONG = 40
"""From this many characters a value is set on lines of its own."""


def address(decision_id: str) -> str:
    """/decisions/<xx>/<id>.html, where xx are the id's first two characters."""
    return f"/decisions/{decision_id[:2]}/{decision_id}.html"


def decision_page(db: Rows, site: Site, channel: Channel, sort: int) -> DecisionPage:
    """The context of the decision at `sort`; `channel` is its department's. Raises LookupError."""
    row = one(db, "SELECT * FROM decisions WHERE sort = ?", sort)
    kind = row["kind"]
    own = one(db, f"SELECT * FROM {DECISION_KINDS[kind].name} WHERE sort = ?", sort)  # noqa: S608 - a declared name
    parties = list(db.execute("SELECT * FROM parties WHERE sort = ? ORDER BY position", (sort,)))
    held = frozenset(json.loads(row["held_fields"]))
    shown_parties = tuple(_party(kind, party, held) for party in parties)
    path = address(row["id"])
    lead = result(kind, row, own, held)
    told = description(row, lead)
    number = row["document_number"] or ""
    return DecisionPage(
        site=site,
        head=_head(row, path, told),
        crumbs=_crumbs(row, number),
        updated_on=row["updated_on"],
        kind=kind,
        title=row["title"],
        result=lead,
        decided_on=row["decided_on"],
        number=number,
        corrected=bool(row["corrected"]),
        held=bool(held),
        facts=tuple(_facts(kind, row, own, held)),
        parties=shown_parties,
        party_columns=_columns(shown_parties),
        masked=any(_is_masked(party) for party in parties),
        remedies=row["remedies"] or "",
        served_on=row["served_on"] or "",
        steps=_steps(row),
        timing=_timing(row),
        department=channel,
        address=site.url + path,
        linked_data=linked_data(site, row, parties, path, told),
    )


def _head(row: Any, path: str, told: str) -> Head:
    kind = kind_label(row["kind"])
    return Head(
        title=row["title"],
        path=path,
        section="decisions",
        column=kind,
        description=shortened(told, 150),
        keywords=",".join(filter(None, (kind, row["document_number"], row["department_name"]))),
        accent=row["kind"],
        published=row["first_published_on"],
        source=row["department_name"],
        article=True,
    )


def _crumbs(row: Any, number: str) -> tuple[Crumb, ...]:
    kind, month = row["kind"], row["first_published_on"][:7]
    return (
        Crumb("首页", "/"),
        Crumb(kind_label(kind), f"/kinds/{kind}/"),
        Crumb(date_zh(month), f"/kinds/{kind}/{month}/"),
        Crumb(number or row["title"]),
    )


def _facts(kind: str, row: Any, own: Any, held: frozenset[str]) -> Iterator[Fact]:
    """The decision's own public fields, in the declaration's order, empty ones left out."""
    record = DECISION_KINDS[kind]
    for field in record.public_fields:
        if field.scope is Scope.PARTY or field.name in ELSEWHERE:
            continue
        if field.name == record.event:
            value = row["decided_on"]
        else:
            value = row[field.name] if field.name in COMMON_PUBLIC else own[field.name]
        if value or field.name in held:
            yield _fact(field, value, field.name in held)


def _fact(field: Field, value: str | None, held: bool) -> Fact:
    if held:
        return Fact(label(field), "", held=True)
    text = shown(field, value or "")
    return Fact(label(field), text, long=field.type is FieldType.LONG_TEXT or len(text) > _LONG)


def _party(kind: str, party: Any, held: frozenset[str]) -> tuple[Fact, ...]:
    """A party's fields in the declaration's order: its own, and those in which the parties differ."""
    differing = json.loads(party["own"])
    facts = []
    for field in DECISION_KINDS[kind].public_fields:
        column = PARTY_COLUMNS.get(field.name) if field.scope is Scope.PARTY else None
        value = party[column] if column else differing.get(field.name)
        if value:
            facts.append(_fact(field, value, field.name in held))
    return tuple(facts)


def _columns(parties: tuple[tuple[Fact, ...], ...]) -> tuple[str, ...]:
    """The labels of a table of parties; empty where they are few, or have texts that need room of their own."""
    facts = [fact for party in parties for fact in party]
    if len(parties) < _MANY or any(fact.long or fact.held for fact in facts):
        return ()
    return tuple(dict.fromkeys(fact.label for fact in facts))


def _is_masked(party: Any) -> bool:
    return party["type"] != LEGAL_PERSON and any(mark in party["name"] for mark in "某*＊")


def _steps(row: Any) -> tuple[Step, ...]:
    """The decision's dated events in their order; those without a date are left out."""
    steps = (
        Step(event_label(row["kind"]), row["decided_on"]),
        Step(_common_label(row["kind"], "served_on"), row["served_on"] or ""),
        Step("首次公示", row["first_published_on"], "历史数据补录：原平台的公示日期" if row["earlier"] else ""),
        Step(_common_label(row["kind"], "changed_on"), row["changed_on"] or "", "决定依法变更"),
        Step(
            "最后更新",
            row["updated_on"] if row["updated_on"] != row["first_published_on"] else "",
            "数据更正" if row["corrected"] else "",
        ),
    )
    return tuple(sorted((step for step in steps if step.day), key=lambda step: step.day))


def _common_label(kind: str, name: str) -> str:
    return label(DECISION_KINDS[kind].by_name[name])


def _timing(row: Any) -> Timing:
    due, earlier, provisional = row["legal_due"] or "", bool(row["earlier"]), bool(row["due_provisional"])
    return Timing(
        due=due,
        due_text=row["due_text"] or "",
        due_article=row["due_article"] or "",
        due_rule=row["due_rule"] or "",
        provisional=provisional,
        published=row["first_published_on"],
        late=bool(due) and not earlier and not provisional and row["first_published_on"] > due,
        earlier=earlier,
        until=row["publish_until"] or "",
        until_article=row["until_article"] or "",
    )
