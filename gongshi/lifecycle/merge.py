"""Parties of one decision across its versions: who is whom, and what a new version keeps (DOMAIN.md 16).

A file may bring only some of a decision's parties: those already stored and not named stay. A party is
the stored one with the same 统一社会信用代码, the same identity number, or the same name and type; with
更正前的行政相对人名称 it takes the place of the party of that name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongshi.lifecycle.people import normalised
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.field import Scope


@dataclass(frozen=True, slots=True)
class Merged:
    """A decision with the stored parties it keeps. `added` are indexes of parties that are new to it;
    `unmatched` of those whose 更正前的行政相对人名称 names nobody."""

    decision: Decision
    added: tuple[int, ...]
    unmatched: tuple[int, ...]


def merge(stored: Decision, incoming: Decision) -> Merged:
    """`incoming`, with the parties of `stored` that it does not name."""
    before, now = spread(stored), spread(incoming)
    places = match(before, now)
    parties: list[Values] = list(before)
    added: list[int] = []
    unmatched: list[int] = []
    for party, place in zip(now, places, strict=True):
        index = len(parties) if place is None else place
        if place is None:
            parties.append(party)
            added.append(index)
        else:
            parties[place] = _over(before[place], party)
        if party.get("replaces_party") and not _was_renamed(before, place, party):
            unmatched.append(index)
    return Merged(gather(incoming, parties), tuple(added), tuple(unmatched))


def match(stored: Sequence[Values], incoming: Sequence[Values]) -> list[int | None]:
    """For each incoming party the index of the stored one that it is, each taken once, the surest first."""
    free = set(range(len(stored)))
    places: list[int | None] = [None] * len(incoming)
    for same in (_renamed, _same_code, _same_document, _same_name):
        for number, party in enumerate(incoming):
            if places[number] is None:
                found = next((place for place in sorted(free) if same(stored[place], party)), None)
                if found is not None:
                    places[number] = found
                    free.discard(found)
    return places


def spread(decision: Decision) -> list[Values]:
    """The parties, each with all fields that may differ between parties."""
    shared = {name: decision.values.get(name) for name in _either(decision.kind)}
    return [{**shared, **party, **_own(shared, party)} for party in decision.parties]


def gather(decision: Decision, parties: Sequence[Values]) -> Decision:
    """The decision with `parties`, whose common values are the decision's again."""
    if not parties:
        return decision
    values, own = dict(decision.values), [dict(party) for party in parties]
    for name in _either(decision.kind):
        found = {party.get(name) for party in own}
        if len(found) == 1:
            values[name] = found.pop()
            for party in own:
                party.pop(name, None)
        else:
            values[name] = None
    return dataclasses.replace(decision, values=values, parties=tuple(own))


def same(one: Decision, other: Decision) -> bool:
    """Whether two versions say the same. Columns that no field declares do not count (a sheet's 序号)."""
    return _filled(one.values) == _filled(other.values) and (
        [_filled(party) for party in one.parties] == [_filled(party) for party in other.parties]
    )


def _either(kind: str) -> tuple[str, ...]:
    return tuple(field.name for field in SUBMITTED_KINDS[kind].fields if field.scope is Scope.EITHER)


def _own(shared: Values, party: Values) -> Values:
    """The party's own word where it has one, otherwise the decision's."""
    return {name: common if party.get(name) is None else party[name] for name, common in shared.items()}


def _filled(values: Values) -> Mapping[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _over(stored: Values, incoming: Values) -> Values:
    """The incoming party; the name it once replaced stays known, or it would stand open in the free text."""
    if stored.get("replaces_party") and not incoming.get("replaces_party"):
        return {**incoming, "replaces_party": stored["replaces_party"]}
    return incoming


def _was_renamed(stored: Sequence[Values], place: int | None, party: Values) -> bool:
    """Whether the party it says it replaces was there, now or in an earlier version."""
    if place is None:
        return False
    before = stored[place]
    return _renamed(before, party) or before.get("replaces_party") == party.get("replaces_party")


def _renamed(stored: Values, party: Values) -> bool:
    return _equal(stored.get("party_name"), party.get("replaces_party"))


def _same_code(stored: Values, party: Values) -> bool:
    return _equal(stored.get("party_uscc"), party.get("party_uscc"))


def _same_document(stored: Values, party: Values) -> bool:
    return _equal(stored.get("party_document_number"), party.get("party_document_number"))


def _same_name(stored: Values, party: Values) -> bool:
    """Name and type; but two persons of one name with two identity numbers are two persons."""
    numbers = {normalised(one.get("party_document_number") or "") for one in (stored, party)} - {""}
    return (
        _equal(stored.get("party_name"), party.get("party_name"))
        and stored.get("party_type") == party.get("party_type")
        and len(numbers) <= 1
    )


def _equal(one: str | None, other: str | None) -> bool:
    wanted = normalised(one or "")
    return bool(wanted) and wanted == normalised(other or "")
