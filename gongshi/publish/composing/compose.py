"""One approved decision and the law's verdict become one PublicDecision: white-listed columns, masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from gongshi.instance import Instance
from gongshi.law.publishability import Verdict
from gongshi.law.terms import Due
from gongshi.lifecycle import naming
from gongshi.lifecycle.determined import is_determined
from gongshi.publish.composing.fields import Publisher, lifted
from gongshi.publish.composing.forms import Names, is_person, names_of, published_name
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.composing.schema import own_columns
from gongshi.publish.composing.title import title
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.department import Department
from gongshi.records.field import Field, Scope
from gongshi.records.keys import in_force
from gongshi.records.kind import COMMON_PUBLIC, RecordKind
from gongshi.records.registry.key import item_mark
from gongshi.store.queries import Approved

_AMOUNTS = ("fine", "confiscated", "amount")


class _Fields(NamedTuple):
    """A kind's public fields: those of the decision, and those that may be each party's own."""

    decision: tuple[Field, ...]
    either: tuple[Field, ...]


_FIELDS = {
    kind.name: _Fields(
        tuple(field for field in kind.public_fields if field.scope is not Scope.PARTY),
        tuple(field for field in kind.public_fields if field.scope is Scope.EITHER),
    )
    for kind in DECISION_KINDS.values()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A decision's place and its own days on this platform."""

    sort: int
    first_published_on: dt.date
    updated_on: dt.date
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The public decision, not sealed yet (its history is still to come), the book of names behind it, and the
    possible names that wait for a choice."""

    public: PublicDecision
    names: Names
    undecided: tuple[str, ...]


def compose(  # noqa: PLR0917
    approved: Approved,
    versions: Iterable[Decision],
    verdict: Verdict,
    dates: Dates,
    instance: Instance,
    today: dt.date,
) -> Composed:
    """What the public may have of `approved` on `today`: the parties in `verdict.visible_parties`, nothing of the
    others."""
    decision = approved.decision
    kind = DECISION_KINDS[decision.kind]
    department = instance.departments[decision.department]
    names = names_of(
        approved,
        versions,
        department,
        verdict.visible_parties,
        open_leaders=instance.city.show_representative,
    )
    publisher = Publisher(
        names=names,
        known=naming.known(decision),
        decided=approved.open_names | approved.masked_names,
        not_names=instance.not_names,
    )
    shown = [decision.parties[at] for at in verdict.visible_parties]
    fields = _FIELDS[kind.name]
    own = [publisher.publish(fields.either, party) for party in shown]
    values = publisher.publish(fields.decision, decision.values) | lifted(own)
    for name in publisher.held:
        for texts in (values, *own):
            texts.pop(name, None)
    parties = tuple(
        _party(position, party, published_name(party, is_open=department.show_natural_names), texts)
        for position, (party, texts) in enumerate(zip(shown, own, strict=True), start=1)
    )
    row = _row(approved, kind, department, dates) | _law(verdict)
    row |= {name: values.get(name) for name in COMMON_PUBLIC}
    row["decided_on"] = values.get(kind.event)
    row["item"] = item_mark(department.key, code) if (code := values.get("item_code")) else None
    row["title"] = title(kind.name, row["department_name"], parties, values)
    row["parties"] = "、".join(party["name"] for party in parties)
    row["held_fields"] = orjson.dumps(sorted(publisher.held)).decode()
    columns = {name: values.get(name) for name in own_columns(kind.name)}
    row["in_force"] = in_force(kind.name, columns, today)
    public = PublicDecision(row=row, own=columns, parties=parties, version=approved.version)
    return Composed(public=public, names=names, undecided=tuple(publisher.undecided))


def _row(approved: Approved, kind: RecordKind, department: Department, dates: Dates) -> dict[str, Any]:
    decided_on = dt.date.fromisoformat(approved.decision.values[kind.event] or "")
    return {
        "sort": dates.sort,
        "id": approved.id,
        "kind": kind.name,
        "department": department.key,
        "department_name": department.name_on(decided_on),
        "region": department.region,
        "first_published_on": dates.first_published_on.isoformat(),
        "updated_on": dates.updated_on.isoformat(),
        "earlier": int(approved.earlier),
        "corrected": int(dates.corrected),
        "history": "[]",
    }


def _law(verdict: Verdict) -> dict[str, Any]:
    """By which rule it is public, by when it had to be, and until when it stays."""
    due: Due = verdict.due
    until = verdict.until
    duty = verdict.duty
    return {
        "duty_rule": duty.id if duty and not is_determined(duty) else None,
        "duty_article": duty.article if duty else None,
        "legal_due": _iso(due.on),
        "due_rule": due.rule_id or None,
        "due_article": due.article or None,
        "due_text": due.text or None,
        "due_provisional": int(due.provisional),
        "publish_until": _iso(until.on) if until else None,
        "until_rule": (until.rule_id or None) if until and until.on else None,
        "until_article": until.article if until and until.on else None,
    }


def _party(position: int, party: Values, name: str, own: Mapping[str, str]) -> dict[str, Any]:
    """A party's row; a person has no code by which the masked name could be looked up."""
    return {
        "position": position,
        "name": name,
        "type": party.get("party_type") or "",
        "uscc": None if is_person(party) else party.get("party_uscc"),
        **{column: party.get(column) for column in _AMOUNTS},
        "own": orjson.dumps(own, option=orjson.OPT_SORT_KEYS).decode(),
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
