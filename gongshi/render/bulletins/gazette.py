"""A decision as a paragraph of the bulletin: as gazettes print it, in the words of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from gongshi.records import DECISION_KINDS
from gongshi.render.addresses import address
from gongshi.render.bulletins.contexts import Gazetted
from gongshi.render.labels import event_label, label
from gongshi.render.look.stamping import Forms
from gongshi.render.words import shortened

_LETTERS = 200
"""Characters of each text: whoever wants to read on finds the decision by its address."""
_TEXTS = ("facts", "content", "legal_basis")


def paragraph(forms: Forms, row: Mapping[str, Any], changed: bool) -> Markup:
    """The paragraph of a row of `decisions`."""
    shown = _gazetted(row, changed)
    values = [shown.href, shown.name, shown.party, shown.facts, shown.content, shown.basis, shown.decided_on]
    form = row["kind"], shown.corrected, changed
    printed = forms.print("gazette.html:paragraph", form, values, lambda others: {"row": _with(shown, others)})
    return Markup(printed.decode())  # noqa: S704 - escaped where it was printed


def _with(shown: Gazetted, values: Sequence[Any]) -> Gazetted:
    href, name, party, facts, content, basis, decided_on = values
    return shown._replace(
        href=href, name=name, party=party, facts=facts, content=content, basis=basis, decided_on=decided_on
    )


def _gazetted(row: Mapping[str, Any], changed: bool) -> Gazetted:
    facts, content, basis = (shortened(row[name] or "", _LETTERS) for name in _TEXTS)
    return Gazetted(
        href=address(row["id"]),
        name=row["document_number"] or row["title"],
        party=shortened(row["parties"], _LETTERS),
        facts=facts,
        content=content,
        basis=basis,
        labels=_labels(row["kind"]),
        decided_on=row["decided_on"],
        corrected=bool(row["corrected"]),
        changed=changed,
    )


@cache
def _labels(kind: str) -> tuple[str, str, str, str]:
    """What the facts, the content, the basis and the day of a decision of a kind are called."""
    fields = DECISION_KINDS[kind].by_name
    facts, content, basis = (label(fields[name]) if name in fields else "" for name in _TEXTS)
    return facts, content, basis, event_label(kind)
