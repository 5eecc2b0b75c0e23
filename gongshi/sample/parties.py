"""Who decisions are about: companies, shops, persons, some of them again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER
from gongshi.sample import names, numbers, places
from gongshi.sample.catalogue import Sector
from gongshi.sample.catalogue.entries import COMPANY, PERSON

_AGAIN = 0.3
_MOST_KNOWN = 20_000
_WITH_TRADE_NAME = 0.8
_NUMBER_GIVEN = 0.96
_YOUNGEST, _OLDEST = 19, 76
_DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Party:
    """One party; `age_known` is false where no identity number is given, only that the person is of age."""

    name: str
    type: str
    credit_code: str = ""
    representative: str = ""
    identity_number: str = ""

    def cells(self) -> dict[str, str]:
        """The party block, by field name."""
        cells = {"party_name": self.name, "party_type": self.type, "party_uscc": self.credit_code}
        if self.type == NATURAL_PERSON:
            return cells | self._person("party_document", "party_document_number")
        cells["legal_representative"] = self.representative
        return cells | self._person("legal_representative_document", "legal_representative_number")

    def _person(self, document: str, number: str) -> dict[str, str]:
        if self.identity_number:
            return {document: "身份证", number: self.identity_number}
        return {"party_adult_when_decided": "是"} if self.type == NATURAL_PERSON else {}


class Cast:
    """The parties of one department: new ones, and those seen before."""

    def __init__(self, rng: Random, sector: Sector, region: str) -> None:
        self._rng, self._sector, self._region = rng, sector, region
        self._known: dict[str, list[Party]] = {}

    def draw(self, who: str, on: date) -> Party:
        """A party of the sort `who` (an adult on the day `on`); organisations come back."""
        known = self._known.setdefault(who, [])
        if who != PERSON and known and self._rng.random() < _AGAIN:
            return names.skewed(self._rng, known)
        party = self._new(who, on)
        if len(known) < _MOST_KNOWN:
            known.append(party)
        return party

    def _new(self, who: str, on: date) -> Party:
        if who == PERSON:
            return self.person(on)
        region = places.home_region(self._rng, self._region)
        place = places.DISTRICTS[region]
        representative = names.person(self._rng)
        identity = self._identity(region, on)
        if who == COMPANY:
            name = names.company(self._rng, place, self._sector.trades)
            head = numbers.COOPERATIVE_HEAD if name.endswith("合作社") else numbers.COMPANY_HEAD
            return Party(name, LEGAL_PERSON, numbers.credit_code(self._rng, region, head), representative, identity)
        name = representative
        if self._rng.random() < _WITH_TRADE_NAME:
            name = names.shop(self._rng, place, self._sector.shops)
        code = numbers.credit_code(self._rng, region, numbers.TRADER_HEAD)
        return Party(name, SOLE_TRADER, code, representative, identity)

    def person(self, on: date, name: str = "") -> Party:
        """A natural person; `name` where it is a company's representative who is punished too."""
        region = places.home_region(self._rng, self._region)
        identity = self._identity(region, on) if self._rng.random() < _NUMBER_GIVEN else ""
        return Party(name or names.person(self._rng), NATURAL_PERSON, identity_number=identity)

    def _identity(self, region: str, on: date) -> str:
        years = self._rng.uniform(_YOUNGEST, _OLDEST)
        code = "220702" if region == "220700" else region
        return numbers.identity_number(self._rng, code, on - timedelta(days=int(years * _DAYS_OF_A_YEAR)))
