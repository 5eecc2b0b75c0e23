"""What the law may know of a case before its decision: the same facts as of the decision, without a name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.records.cases.shown import KINDS
from gongshi.records.decision import Values
from gongshi.records.department import Department

_DEMANDED = ("已要求", "已举行")
"""From the demand on a decision is one with a hearing; one that was given up is none (L3(3))."""
_PARTIES = ("", "当事人", "第三人")


def case_facts(values: Values, parties: tuple[Values, ...], department: Department, on: date) -> DecisionFacts:
    """The facts of the decision that the case's draft proposes, as of the day `on`."""
    hearing = values.get("hearing")
    basis = values.get("legal_basis")
    return DecisionFacts(
        kind=KINDS[values["kind"] or ""],
        department=department.key,
        sector=department.sector,
        event_on=on,
        legal_basis=(basis,) if basis else (),
        penalty_classes=tuple(filter(None, (values.get("penalty_class") or "").split("、"))),
        fine=_amount(values.get("proposed_fine")),
        confiscated=_amount(values.get("proposed_confiscated")),
        procedure=values.get("procedure") or "",
        item=values.get("item_code") or "",
        heard=hearing in _DEMANDED if hearing else None,
        parties=tuple(
            PartyFacts(type=party.get("party_type") or "") for party in parties if (party.get("role") or "") in _PARTIES
        ),
    )


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
