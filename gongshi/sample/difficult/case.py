"""What a difficult case is made of: cells over an ordinary decision, parties with their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER
from gongshi.sample import numbers

Cells = Mapping[str, str]

MARKET, ENVIRONMENT, TRANSPORT, HEALTH, SAFETY = "松市监", "松环", "松交", "松卫", "松应急"
STREETS, LAND, HOUSING, CULTURE, FARMING, POLICE, WATER = (
    "松城管",
    "松自然资",
    "松住建",
    "松文旅",
    "松农",
    "松公",
    "松水",
)
QIANGUO, FUYU, CHANGLING = "前市监", "扶市监", "长交"

NEW, EARLIER, RETURNED, WAITING = "new", "earlier", "returned", "waiting"

UNDECIDED = "孟祥瑞"
"""A name in a text about which the sample's reviewer has not decided: that text is held back."""
SHOWN = "李宁"
"""A word that looks like a name and is a brand: the reviewer opens it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One decision: `cells` over an ordinary one of the department, `parties` (if any) instead of its party;
    `bystanders` are the persons whom its facts name, for the reviewer."""

    about: str
    department: str
    kind: str
    on: date
    cells: Cells = field(default_factory=dict)
    parties: tuple[Cells, ...] = ()
    batch: str = NEW
    bystanders: tuple[str, ...] = ()


def on(day: int) -> date:
    """A day of the sample's newest week."""
    return date(2026, 11, day)


def penalty(
    type_: str, facts: str, basis: str, content: str, fine: str = "", *, classes: str = "罚款"
) -> dict[str, str]:
    return {
        "violation_type": type_,
        "facts": facts,
        "legal_basis": basis,
        "penalty_class": classes,
        "content": content,
        "fine": fine,
        "confiscated": "",
    }


def fine(yuan: str) -> dict[str, str]:
    return {"content": f"罚款人民币{yuan}元。", "fine": yuan}


class People:
    """Parties with their numbers."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def person(self, name: str, born: date | None = None, **cells: str) -> Cells:
        """A natural person, with an identity number where `born` is given."""
        known = {}
        if born:
            known = {
                "party_document": "身份证",
                "party_document_number": numbers.identity_number(self._rng, "220702", born),
            }
        return {"party_name": name, "party_type": NATURAL_PERSON, **known, **cells}

    def company(self, name: str, representative: str = "", **cells: str) -> Cells:
        """An organisation with its code."""
        code = numbers.credit_code(self._rng, "220702")
        block = {"party_name": name, "party_type": LEGAL_PERSON, "party_uscc": code}
        return {**block, "legal_representative": representative, **cells}

    def trader(self, name: str, operator: str, **cells: str) -> Cells:
        """A sole trader; `name` is its 字号 or its operator's own."""
        code = numbers.credit_code(self._rng, "220702", numbers.TRADER_HEAD)
        block = {"party_name": name, "party_type": SOLE_TRADER, "party_uscc": code}
        return {**block, "legal_representative": operator, **cells}
