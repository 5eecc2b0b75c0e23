"""What changed between two versions of a decision, field by field, for the receipt and the reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from gongshi.lifecycle.merge import match, spread
from gongshi.lifecycle.registry.told import has_rows, row_changes
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.field import Field, FieldType

OF_LIFE = frozenset({"licence_state"})
"""Fields that change in the life of a decision without its having been wrong or another (注销、吊销、到期)."""
_MONEY = (FieldType.MONEY, FieldType.MONEY_WAN)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is no longer what it was. `party` is empty for a field of the decision itself."""

    field: str
    label: str
    party: str
    before: str | None
    after: str | None

    def to_json(self) -> dict[str, str | None]:
        """All columns by name."""
        return asdict(self)

    def render_text(self) -> str:
        """One line in Chinese."""
        of = f"（{self.party}）" if self.party else ""
        return f"{self.label}{of}：{self.before or '空'} → {self.after or '空'}"


def changes(before: Decision, after: Decision) -> tuple[FieldChange, ...]:
    """Every difference, in the declaration's order: the decision's own fields, then party by party."""
    kind = SUBMITTED_KINDS[after.kind]
    common = [field for field in kind.decision_fields if _shared(before, field) and _shared(after, field)]
    found = list(_between(common, "", before.values, after.values))
    own = [field for field in kind.party_fields if field not in common]
    return (*found, *_parties(own, spread(before), spread(after)))


def is_correction(before: Decision, after: Decision) -> bool:
    """更正: the public sees something else, though the decision itself did not change (变更, D27).

    A licence that was cancelled or ran out was not wrong before: its 当前状态 is brought up to date, no more. Of a
    record a version of another day of effect is no correction: what it says is new from then on (D5).
    """
    if SUBMITTED_KINDS[after.kind].registry:
        same_day = before.values.get("effective_from") == after.values.get("effective_from")
        return same_day and bool(_public(before, after))
    return before.values.get("changed_on") == after.values.get("changed_on") and bool(_public(before, after) - OF_LIFE)


def _public(before: Decision, after: Decision) -> set[str]:
    """The names of the fields that differ and of which the public may see some form."""
    kind = SUBMITTED_KINDS[after.kind]
    return {change.field for change in changes(before, after) if kind.by_name[change.field].is_public}


def _shared(decision: Decision, field: Field) -> bool:
    """Whether the field is the decision's here, and no party's own."""
    return all(party.get(field.name) is None for party in decision.parties)


def _parties(fields: Sequence[Field], before: Sequence[Values], after: Sequence[Values]) -> Iterator[FieldChange]:
    places = match(before, after)
    for party, place in zip(after, places, strict=True):
        yield from _between(fields, party.get("party_name") or "", before[place] if place is not None else {}, party)
    for place in sorted(set(range(len(before))) - set(places)):
        yield from _between(fields, before[place].get("party_name") or "", before[place], {})


def _between(fields: Sequence[Field], party: str, before: Values, after: Values) -> Iterator[FieldChange]:
    for field in fields:
        one, other = before.get(field.name), after.get(field.name)
        if one != other and has_rows(field):
            yield from (FieldChange(field.name, label, party, *rows) for label, *rows in row_changes(field, one, other))
        elif one != other:
            yield FieldChange(field.name, _label(field), party, one, other)


def _label(field: Field) -> str:
    """The field's name with the unit in which its values are kept, whatever the sheet's unit was."""
    return f"{field.plain_label}（元）" if field.type in _MONEY else field.plain_label
