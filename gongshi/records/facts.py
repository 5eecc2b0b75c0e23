"""From declared values to the words of the law: what gongshi/law may know of a decision.

No name, number or address crosses over: of an identity number only the day of birth.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongshi.law.facts import DecisionFacts, PartyFacts
from gongshi.law.identity import born_on
from gongshi.law.review.attestation import Attested
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.department import Department

_IDENTITY_CARD = "身份证"
_FLAGS = {"1": True, "0": False}


def decision_facts(
    decision: Decision, department: Department, *, earlier: bool, first_published_on: date | None, choice: str = ""
) -> DecisionFacts:
    """The facts of `decision`.

    `earlier` marks 历史数据补录: where `first_published_on` is not yet known to the store, the old
    platform's date in the sheet is the first publication, from which retention runs (DOMAIN.md 21).
    `choice` is what a reviewer recorded for a decision that concerns a minor.
    Raises ValueError where a canonical value is not what its field declares.
    """
    values = decision.values
    return DecisionFacts(
        kind=decision.kind,
        department=department.key,
        sector=department.sector,
        event_on=_event(decision),
        formed_on=_day(values, "formed_on"),
        changed_on=_day(values, "changed_on"),
        handled_on=_day(values, "handled_on"),
        outcome=_outcome(decision),
        legal_basis=_everywhere(decision, "legal_basis"),
        penalty_classes=_classes(decision),
        fine=_fine(decision),
        procedure=values.get("procedure") or "",
        severity=values.get("severity") or "",
        social_effect=_flag(values, "social_effect"),
        valid_until=_day(values, "valid_until"),
        publish_until=_day(values, "publish_until"),
        withhold_ground=values.get("withhold_ground") or "",
        secrecy_checked=_flag(values, "secrecy_checked"),
        first_published_on=first_published_on or (_day(values, "earlier_published_on") if earlier else None),
        earlier=earlier,
        choice=choice,
        item=values.get("item_code") or "",
        confiscated=max(map(Decimal, _everywhere(decision, "confiscated")), default=None),
        major=_flag(values, "major_decision"),
        parties=tuple(_party(party) for party in decision.parties),
    )


def attested(decision: Decision) -> Attested:
    """What the department says of the legal review of `decision`."""
    values = decision.values
    return Attested(
        reviewed_on=_day(values, "legal_reviewed_on"),
        reviewer=bool(values.get("legal_reviewer")),
        opinion=values.get("legal_opinion") or "",
        discussed_on=_day(values, "discussed_on"),
    )


def _event(decision: Decision) -> date:
    """The day from which the kind's publication term runs; every decision has one."""
    name = SUBMITTED_KINDS[decision.kind].event
    day = _day(decision.values, name)
    if day is None:
        raise ValueError(f"{decision.kind}: {name} is empty")
    return day


def _outcome(decision: Decision) -> str:
    """An inspection's outcome; where the parties differ, the first that is not the kind's normal one."""
    outcomes = _everywhere(decision, "outcome")
    normal = _normal(decision.kind)
    return next((outcome for outcome in outcomes if outcome != normal), outcomes[0] if outcomes else "")


def _normal(kind: str) -> str:
    """The outcome that the declaration lists first: nothing found."""
    field = SUBMITTED_KINDS[kind].by_name.get("outcome")
    return field.choices[0] if field and field.choices else ""


def _classes(decision: Decision) -> tuple[str, ...]:
    """The penalty classes of all parties, each once, in the order of their first appearance."""
    joined = _everywhere(decision, "penalty_class")
    return tuple(dict.fromkeys(name for text in joined for name in text.split("、") if name))


def _fine(decision: Decision) -> Decimal | None:
    """The highest fine of any party, in yuan; None where none is given."""
    return max(map(Decimal, _everywhere(decision, "fine")), default=None)


def _everywhere(decision: Decision, name: str) -> tuple[str, ...]:
    """The values of a field that may lie with the decision or with its parties, each once."""
    found = (source.get(name) for source in (decision.values, *decision.parties))
    return tuple(dict.fromkeys(value for value in found if value))


def _party(party: Values) -> PartyFacts:
    return PartyFacts(
        type=party.get("party_type") or "",
        born_on=_born_on(party),
        adult_when_decided=_flag(party, "party_adult_when_decided"),
        adult_when_acted=_flag(party, "party_adult_when_acted"),
    )


def _born_on(party: Values) -> date | None:
    if (party.get("party_document") or _IDENTITY_CARD) != _IDENTITY_CARD:
        return None
    return born_on(party.get("party_document_number") or "")


def _day(values: Values, name: str) -> date | None:
    text = values.get(name)
    return date.fromisoformat(text) if text else None


def _flag(values: Values, name: str) -> bool | None:
    return _FLAGS.get(values.get(name) or "")
