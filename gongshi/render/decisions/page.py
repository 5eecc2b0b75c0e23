"""One decision's page: its rows of public.db as a readable document (D12, D13, D16, D17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshi.records.party import LEGAL_PERSON
from gongshi.render.addresses import address
from gongshi.render.contexts import DecisionPage, Fact, Timing
from gongshi.render.decisions.facts import decision_facts, held_fields, party_facts
from gongshi.render.decisions.linked import linked_data
from gongshi.render.decisions.related import related
from gongshi.render.decisions.sentence import description, result
from gongshi.render.decisions.steps import is_changed, steps
from gongshi.render.labels import kind_label
from gongshi.render.lists.entries import Entry
from gongshi.render.look.site import Crumb, Head, Site
from gongshi.render.press import Press
from gongshi.render.words import date_zh, shortened

__all__ = ["address", "decision_page"]

_STATES = {None: "", 0: "已失效", 1: "有效"}
_MANY = 4
"""From this many parties they are set in a table."""


def decision_page(press: Press, entry: Entry) -> DecisionPage:
    """The context of one decision. Raises LookupError where public.db no longer holds it."""
    site, kind = press.site, entry.kind
    row, parties = press.records.of(entry)
    held = held_fields(row)
    shown_parties = tuple(party_facts(kind, party, held) for party in parties)
    path = address(row["id"])
    lead = result(kind, row, held)
    told = description(row, lead)
    number = row["document_number"] or ""
    return DecisionPage(
        site=site,
        head=_head(row, path, told, linked_data(site, row, parties, path, told)),
        crumbs=_crumbs(row, number),
        updated_on=row["updated_on"],
        kind=kind,
        title=row["title"],
        result=lead,
        decided_on=row["decided_on"],
        number=number,
        state=_STATES[row["in_force"]],
        corrected=bool(row["corrected"]),
        changed=is_changed(row),
        held=bool(held),
        facts=tuple(decision_facts(kind, row, held)),
        parties=shown_parties,
        party_columns=_columns(shown_parties),
        masked=any(_is_masked(party) for party in parties),
        remedies=row["remedies"] or "",
        served_on=row["served_on"] or "",
        steps=steps(row),
        timing=_timing(row),
        department=press.channels[entry.department],
        supervision=press.supervision(entry.department),
        correction=f"/correct/{row['id']}",
        address=site.url + path,
        citation=_citation(site, row, number, path),
        related=related(row, parties),
    )


def _head(row: Mapping[str, Any], path: str, told: str, linked: Mapping[str, object]) -> Head:
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
        linked=linked,
    )


def _crumbs(row: Mapping[str, Any], number: str) -> tuple[Crumb, ...]:
    kind, month = row["kind"], row["first_published_on"][:7]
    return (
        Crumb("首页", "/"),
        Crumb(kind_label(kind), f"/kinds/{kind}/"),
        Crumb(date_zh(month), f"/kinds/{kind}/{month}/"),
        Crumb(number or row["title"]),
    )


def _citation(site: Site, row: Mapping[str, Any], number: str, path: str) -> str:
    agency = row["agency_name"] or row["department_name"]
    where = f"{site.name}，{site.url}{path}" if site.url else site.name
    return f"{agency}：{number or row['title']}，{date_zh(row['decided_on'])}，{where}"


def _columns(parties: tuple[tuple[Fact, ...], ...]) -> tuple[str, ...]:
    """The labels of a table of parties; empty where they are few, or have texts that need room of their own."""
    facts = [fact for party in parties for fact in party]
    if len(parties) < _MANY or any(fact.long or fact.held for fact in facts):
        return ()
    return tuple(dict.fromkeys(fact.label for fact in facts))


def _is_masked(party: Mapping[str, Any]) -> bool:
    return party["type"] != LEGAL_PERSON and any(mark in party["name"] for mark in "某*＊")


def _timing(row: Mapping[str, Any]) -> Timing:
    due, earlier, provisional = row["legal_due"] or "", bool(row["earlier"]), bool(row["due_provisional"])
    return Timing(
        due=due,
        due_text=row["due_text"] or "",
        duty_article=row["duty_article"] or "",
        duty_rule=row["duty_rule"] or "",
        due_article=row["due_article"] or "",
        due_rule=row["due_rule"] or "",
        provisional=provisional,
        published=row["first_published_on"],
        late=bool(due) and not earlier and not provisional and row["first_published_on"] > due,
        earlier=earlier,
        until=row["publish_until"] or "",
        until_rule=row["until_rule"] or "",
        until_article=row["until_article"] or "",
    )
