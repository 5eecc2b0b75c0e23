"""One decision at a glance, for the second person: what it is, of whom, what it says, what is withheld (D30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongshi.lifecycle.naming import texts
from gongshi.lifecycle.registry.told import lines, shortened
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import Field, FieldType

_AROUND = 12
"""Characters shown on either side of a possible name."""
_LONG = {
    kind.name: tuple(f for f in kind.public_fields if f.type is FieldType.LONG_TEXT and f.name != "legal_basis")
    for kind in SUBMITTED_KINDS.values()
}
_AMOUNTS = {
    kind.name: tuple(f for f in kind.fields if f.type in (FieldType.MONEY, FieldType.MONEY_WAN))
    for kind in SUBMITTED_KINDS.values()
}
_WITHHELD = {
    kind.name: tuple(f for f in kind.fields if f.name.startswith("withhold_")) for kind in SUBMITTED_KINDS.values()
}


def digest(decision: Decision) -> tuple[str, ...]:
    """Its lines in Chinese, with the names as they were declared: for the department's own reviewer."""
    kind = SUBMITTED_KINDS[decision.kind]
    if kind.registry:
        return lines(decision)
    parties = "、".join(f"{p.get('party_name') or ''}（{p.get('party_type') or ''}）" for p in decision.parties)
    return (
        "　".join((kind.label, *_values(decision, kind.event), parties)),
        *_told(decision, _LONG[kind.name]),
        *_told(decision, _AMOUNTS[kind.name], " 元"),
        *_told(decision, _WITHHELD[kind.name]),
    )


def in_context(decision: Decision, names: Sequence[str]) -> tuple[str, ...]:
    """Each name with the words around its first place."""
    if not names:
        return ()
    written = list(texts(decision))
    return tuple(f"{name}（{_around(name, written)}）" for name in names)


def _told(decision: Decision, fields: Sequence[Field], unit: str = "") -> Iterator[str]:
    for field in fields:
        values = _values(decision, field.name)
        if values:
            yield f"{field.plain_label}：" + "；".join(shortened(value) + unit for value in values)


def _values(decision: Decision, name: str) -> tuple[str, ...]:
    """What the decision or its parties say under `name`, each once."""
    said = [value for source in (decision.values, *decision.parties) if (value := source.get(name))]
    return tuple(dict.fromkeys(said)) if len(said) > 1 else tuple(said)


def _around(name: str, written: Iterable[str]) -> str:
    for text in written:
        at = text.find(name)
        if at >= 0:
            start, end = max(at - _AROUND, 0), at + len(name) + _AROUND
            before, after = "…" if start else "", "…" if end < len(text) else ""
            return before + " ".join(text[start:end].split()) + after
    return ""
