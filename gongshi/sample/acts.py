"""One invented decision of each kind, as rows of field name and cell, one row for each party.

Cells are in the store's terms (days YYYY-MM-DD, money in yuan); `gongshi.sample.files` writes them as
departments do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongshi.records.department import Department
from gongshi.records.random_inspection import NORMAL
from gongshi.sample import accounts, penalties, wording
from gongshi.sample.catalogue import SECTORS, Offence
from gongshi.sample.catalogue.entries import COMPANY
from gongshi.sample.names import skewed
from gongshi.sample.numbering import Numbering
from gongshi.sample.parties import Cast, Party
from gongshi.sample.slots import Slots

Row = Mapping[str, str]
_REPRESENTATIVE_TOO = 0.04
_SEVERAL = 0.02
_FOUND, _RANDOM_FOUND, _HANDLED = 0.3, 0.2, 0.85
_OFTEN = 1.4


@dataclass(slots=True)
class Act:
    """One decision: its rows, and the bystanders whom its facts name (for the reviewer)."""

    kind: str
    rows: list[Row]
    on: date
    bystanders: tuple[str, ...] = ()


class Office:
    """What a department needs to decide: its sector, its parties, its numbers. Nothing lies after `today`.

    Where it `tells_more`, accounts are as uneven as real ones (gongshi.sample.accounts)."""

    def __init__(self, rng: Random, department: Department, today: date, *, tells_more: bool = False) -> None:
        self.rng, self.department, self.today, self.tells_more = rng, department, today, tells_more
        self.sector = SECTORS[department.sector]
        self.cast = Cast(rng, self.sector, department.region)
        self.numbers = Numbering(department)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that this department decides: its sector has them, and it has a number for them."""
        have = {
            "penalty": self.sector.offences,
            "licence": self.sector.permits,
            "inspection": self.sector.checks,
            "random_inspection": self.sector.checks,
            "coercion": self.sector.measures,
            "levy": self.sector.levies,
            "charge": self.sector.charges,
        }
        return tuple(kind for kind, entries in have.items() if entries and self.numbers.has(kind))

    def decide(self, kind: str, on: date) -> Act:
        """A decision of `kind` on the day `on`."""
        slots = Slots(self.rng, self.sector, self.department.region, on)
        return _ACTS[kind](self, slots)

    def agency(self, on: date) -> dict[str, str]:
        """The agency block: the name that the department bore on the day."""
        name, key = self.department.name_on(on), self.department.key
        return {"agency_name": name, "agency_uscc": key, "source_name": name, "source_uscc": key}

    def process(self, on: date) -> dict[str, str]:
        """What every decision carries besides: service, remedies, the secrecy check."""
        served = min(on + timedelta(days=int(6 * self.rng.random() ** 2)), self.today)
        remedies = wording.remedies(self.rng, self.department.region)
        return {"served_on": served.isoformat(), "remedies": remedies, "secrecy_checked": "是"}

    def party(self, who: tuple[str, ...], on: date) -> Party:
        """A party of the sorts that do such things, the first the likeliest."""
        return self.cast.draw(skewed(self.rng, who, _OFTEN), on)


def _rows(office: Office, slots: Slots, kind: str, *, parties: list[Party], cells: Row, mark: str = "") -> list[Row]:
    on = slots.on
    common = {
        "document_number": office.numbers.next(kind, on, mark),
        **cells,
        "decided_on": on.isoformat(),
        **office.agency(on),
        **office.process(on),
    }
    return [common | party.cells() for party in parties]


def _penalty(office: Office, slots: Slots) -> Act:
    offence = skewed(office.rng, office.sector.offences, _OFTEN)
    slots.about = offence.about
    parties = _offenders(office, offence, slots.on)
    text, name = wording.facts(slots, skewed(office.rng, offence.facts, _OFTEN))
    text += accounts.more(slots) if office.tells_more else ""
    cells = {
        "violation_type": offence.type,
        "facts": text,
        "legal_basis": f"违反了{offence.breaks}的规定，依据{offence.punished_by}",
    }
    rows = _rows(office, slots, "penalty", parties=parties, cells=cells, mark=offence.mark)
    sanctions = [penalties.outcome(slots, offence, 1.0 if at == 0 else 0.1) for at in range(len(parties))]
    merged: list[Row] = [{**row, **sanction.cells()} for row, sanction in zip(rows, sanctions, strict=True)]
    return Act("penalty", merged, slots.on, (name,) if name else ())


def _offenders(office: Office, offence: Offence, on: date) -> list[Party]:
    """Mostly one; a company's responsible person beside it, or a second party, at times."""
    first = office.party(offence.who, on)
    chance = office.rng.random()
    if COMPANY in offence.who and first.representative and chance < _REPRESENTATIVE_TOO:
        return [first, office.cast.person(on, first.representative)]
    if chance > 1 - _SEVERAL:
        second = office.party(offence.who, on)
        return [first] if second.name == first.name else [first, second]
    return [first]


def _licence(office: Office, slots: Slots) -> Act:
    permit = skewed(office.rng, office.sector.permits, _OFTEN)
    slots.about = permit.about
    on = slots.on
    until = date(on.year + permit.years, on.month, min(on.day, 28)) if permit.years else date(2099, 12, 31)
    number = f"{permit.number}{office.rng.randrange(10**5, 10**6)}" if permit.number else ""
    cells = {
        "document_name": permit.document,
        "licence_class": permit.kind,
        "certificate_name": permit.certificate,
        "certificate_number": number,
        "content": slots.fill(skewed(office.rng, permit.content, _OFTEN)),
        "legal_basis": permit.basis,
        "valid_from": on.isoformat(),
        "valid_until": until.isoformat(),
        "licence_state": "有效",
    }
    return Act("licence", _rows(office, slots, "licence", parties=[office.party(permit.who, on)], cells=cells), on)


def _inspection(office: Office, slots: Slots) -> Act:
    on = slots.on
    check = skewed(office.rng, office.sector.checks, _OFTEN)
    slots.about = check.about
    found = office.rng.random() < _FOUND
    text = slots.fill(skewed(office.rng, check.findings)) if found else "检查中未发现违反法律法规的情形"
    cells = {
        "manner": skewed(office.rng, ("现场检查", "书面检查", "非现场检查"), 3.0),
        "content": f"{check.item}：{check.content}",
        "legal_basis": check.basis,
        "outcome": "责令改正" if found else "未发现问题",
        "facts": f"{on.year}年{on.month}月{on.day}日，执法人员{office.rng.randrange(2, 5)}名对当事人进行检查，{text}。",
    }
    return Act(
        "inspection",
        _rows(office, slots, "inspection", parties=[office.party(check.who, slots.on)], cells=cells),
        slots.on,
    )


def _random_inspection(office: Office, slots: Slots) -> Act:
    check = skewed(office.rng, office.sector.checks, _OFTEN)
    slots.about = check.about
    found = office.rng.random() < _RANDOM_FOUND
    on = slots.on
    cells = {
        "plan_name": f"{on.year}年{office.department.sector}领域“双随机、一公开”抽查计划",
        "item_name": check.item,
        "manner": "现场检查",
        "legal_basis": check.basis,
        "ended_on": on.isoformat(),
        "outcome": "发现问题" if found else NORMAL,
        "facts": f"抽查{check.content}，" + (slots.fill(skewed(office.rng, check.findings)) if found else "未发现问题"),
    }
    if found and office.rng.random() < _HANDLED:
        cells |= {"handled_on": on.isoformat(), "content": "责令当场改正，复查合格。"}
    rows = _rows(office, slots, "random_inspection", parties=[office.party(check.who, on)], cells=cells)
    return Act(
        "random_inspection", [{key: value for key, value in row.items() if key != "decided_on"} for row in rows], on
    )


def _coercion(office: Office, slots: Slots) -> Act:
    measure = skewed(office.rng, office.sector.measures)
    slots.about = measure.about
    cells = {
        "manner": measure.manner,
        "facts": slots.fill(measure.facts) + "。",
        "legal_basis": measure.basis,
        "content": slots.fill(measure.content) + "。",
        "outcome": skewed(office.rng, ("已执行", "已解除", "已执行完毕")),
    }
    return Act(
        "coercion",
        _rows(office, slots, "coercion", parties=[office.party(measure.who, slots.on)], cells=cells),
        slots.on,
    )


def _due(kind: str) -> Callable[[Office, Slots], Act]:
    def act(office: Office, slots: Slots) -> Act:
        due = skewed(office.rng, office.sector.levies if kind == "levy" else office.sector.charges)
        slots.about = due.about
        cells = {
            "item_name": due.item,
            "legal_basis": due.basis,
            "content": slots.fill(due.content) + "。",
            "amount": slots.amount(*due.amount),
        }
        return Act(kind, _rows(office, slots, kind, parties=[office.party(due.who, slots.on)], cells=cells), slots.on)

    return act


_ACTS: dict[str, Callable[[Office, Slots], Act]] = {
    "penalty": _penalty,
    "licence": _licence,
    "inspection": _inspection,
    "random_inspection": _random_inspection,
    "coercion": _coercion,
    "levy": _due("levy"),
    "charge": _due("charge"),
}
