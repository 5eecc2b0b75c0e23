"""Which names a decision knows, and how each may be shown: one book for all its fields (DOMAIN.md 8).

Names come from every party of every version, shown or not, from representatives, from operators in a
shop's name, from columns about persons that no field declares, and from the reviewer. A party that may
not be shown (a minor, a period that is over) is in the book too, so that no text tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongshi.law.book import mask_text
from gongshi.law.masking import (
    MASK,
    NATURAL_PERSON,
    SOME_UNIT,
    SOMEBODY,
    bare_name,
    has_trade_name,
    is_masked,
    mask_name,
    mask_person,
    operators,
    persons_in,
)
from gongshi.law.shapes import holds
from gongshi.records.decision import Decision, Values
from gongshi.records.department import Department
from gongshi.records.party import LEGAL_PERSON, SOLE_TRADER
from gongshi.store.queries import Approved

_ABOUT_PERSONS = re.compile(
    r"人员|[经承主协]办|姓名|法人|司机|[店业户车船货]主|(?:人|员|者|户)(?:[(（:：].*|[0-9一二三]*)$"
)
"""Headers of columns that tell persons; 执法人员1, 负责人（签字）, 驾驶员."""
_SHORTEST, _LONGEST = 2, 20
_SHORTEST_NUMBER = 6
_REMEMBERED = 4096
"""Cells of which is kept whom they name: each is asked several times for one decision."""
NUMBERS_OF_PERSONS = ("legal_representative_number", "party_document_number")


@dataclass(frozen=True, slots=True)
class Names:
    """`forms` maps each name to what is shown (itself: public by right); `private` are those never shown."""

    forms: dict[str, str]
    private: frozenset[str]


def names_of(
    approved: Approved,
    versions: Iterable[Decision],
    department: Department,
    visible: Iterable[int],
    *,
    open_leaders: bool,
) -> Names:
    """The book of one decision. `visible` are the indexes of the parties that may be shown.

    `open_leaders` is the city's setting that an organisation's 法定代表人 may be named.
    """
    shown = frozenset(visible)
    decision = approved.decision
    seen = [party for at, party in enumerate(decision.parties) if at in shown]
    unseen = [party for at, party in enumerate(decision.parties) if at not in shown]
    forms = {name: mask_person(name) for name in approved.masked_names}
    for version in _each_once((*versions, decision)):
        forms |= {name: mask_person(name) for name in mentioned(version)}
        forms |= dict.fromkeys(numbers_of_persons(version), MASK)
    for party in decision.parties:
        forms |= _leaders(party, is_open=open_leaders and party in seen)
    for party in unseen:
        forms |= _hidden(party)
    for party in sorted(seen, key=is_person):
        forms |= _visible(party, is_open=department.show_natural_names)
    forms = {name: form for name, form in forms.items() if len(name) >= _SHORTEST and not is_masked(name)}
    private = frozenset(name for name, form in forms.items() if name != form)
    forms = {word: word for word in approved.open_names if _may_open(word, private)} | forms
    return Names(forms | _public_words(department, seen), private)


def _each_once(versions: Iterable[Decision]) -> Iterable[Decision]:
    """Versions without the same object again: nearly every decision has but one."""
    return {id(version): version for version in versions}.values()


def _may_open(word: str, private: Iterable[str]) -> bool:
    """Whether a reviewer's word shields what is in it: no number does, and only a shop's name a party's (张三饭店)."""
    return not holds(word) and (has_trade_name(word) or not any(name in word for name in private))


def _public_words(department: Department, seen: list[Values]) -> dict[str, str]:
    """What is public by right and would be masked by its shape or as a name inside it."""
    codes = (party.get("party_uscc") for party in seen if party.get("party_type") == LEGAL_PERSON)
    words = (
        *(dated.name for dated in department.names),
        department.channel_phone,
        department.channel_email,
        department.channel_address,
        department.key,
        *codes,
    )
    return {word: word for word in words if word}


def _visible(party: Values, *, is_open: bool) -> dict[str, str]:
    """A party that is shown: its name in its published form, and the operators whom the name tells."""
    name, kind = party.get("party_name") or "", party.get("party_type") or ""
    shown = published_name(party, is_open=is_open)
    if is_person(party):
        return {name: shown, bare_name(name): shown} | _code(party)
    return {person: mask_person(person) for person in operators(name, kind)} | {name: shown}


def published_name(party: Values, *, is_open: bool) -> str:
    """A shown party's name as it is published; `is_open` is the department's setting that persons are named.

    A shop's name does not tell an operator who is masked elsewhere.
    """
    name, kind = party.get("party_name") or "", party.get("party_type") or ""
    if is_open and is_person(party):
        return bare_name(name)
    if kind == SOLE_TRADER and not is_person(party):
        return _shop_name(name, party.get("legal_representative"))
    return mask_name(name, kind)


@lru_cache(_REMEMBERED)
def _shop_name(name: str, operator: str | None) -> str:
    """A shop's 字号; asked for its row and for the book of names."""
    leaders = {person: mask_person(person) for person in people(operator)}
    return mask_text(mask_name(name, SOLE_TRADER), leaders, shapes=False)


def is_person(party: Values) -> bool:
    """Whether a party is shown as a natural person: it is one, or a sole trader without a 字号."""
    name, kind = party.get("party_name") or "", party.get("party_type") or ""
    return kind == NATURAL_PERSON or (kind == SOLE_TRADER and not has_trade_name(name))


def _hidden(party: Values) -> dict[str, str]:
    """A party that is not shown: nothing of its name, not even the surname."""
    name, kind = party.get("party_name") or "", party.get("party_type") or ""
    forms = dict.fromkeys((*operators(name, kind), *people(party.get("legal_representative"))), SOMEBODY)
    return forms | {name: SOMEBODY if is_person(party) else SOME_UNIT} | _code(party)


def _code(party: Values) -> dict[str, str]:
    """The code under which a register tells the name of who is masked or not shown."""
    code = party.get("party_uscc")
    return {code: MASK} if code else {}


def _leaders(party: Values, *, is_open: bool) -> dict[str, str]:
    """法定代表人 of an organisation by the city's setting; a shop's operator is always masked."""
    is_open = is_open and party.get("party_type") == LEGAL_PERSON
    return {name: name if is_open else mask_person(name) for name in people(party.get("legal_representative"))}


def numbers_of_persons(decision: Decision) -> Iterator[str]:
    """Numbers of documents of whatever form (a passport's has no shape of its own), long enough to tell somebody."""
    numbers = (party.get(name) or "" for party in decision.parties for name in NUMBERS_OF_PERSONS)
    return (number for number in numbers if sum(map(str.isdigit, number)) >= _SHORTEST_NUMBER)


def mentioned(decision: Decision) -> Iterator[str]:
    """Every person whom the fields of one version name."""
    for party in decision.parties:
        kind = party.get("party_type") or ""
        for field in ("party_name", "replaces_party"):
            yield from operators(party.get(field) or "", kind)
            if kind == NATURAL_PERSON:
                yield party.get(field) or ""
                yield from people(party.get(field))
        yield from people(party.get("legal_representative"))
    for header, value in decision.kept.items():
        if _ABOUT_PERSONS.search(header):
            yield from (name for name in people(value) if not has_trade_name(name))


@lru_cache(_REMEMBERED)
def people(value: str | None) -> tuple[str, ...]:
    """The persons in a cell that may name several: 张三、李四（副经理）."""
    return tuple(part for part in persons_in(value or "") if _SHORTEST <= len(part) <= _LONGEST and not part.isdigit())
