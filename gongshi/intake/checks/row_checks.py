"""What must hold between the fields of one row: a table of checks, each named by the field that calls for it.

A check sees the row's canonical values and yields findings; it runs only where its field is filled,
or on every row where no field is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from gongshi.intake.checks.amounts import disagreement, states
from gongshi.intake.checks.listed import Sign
from gongshi.intake.checks.spots import Spot
from gongshi.law.identity import born_on
from gongshi.law.shapes import holds, spans
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType, SearchIn
from gongshi.records.kind import RecordKind
from gongshi.records.party import ID_DOCUMENTS, LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER

Values = Mapping[str, str | None]

CODES = (
    "party_uscc",
    "party_business_registration",
    "party_organisation_code",
    "party_tax_number",
    "party_institution_certificate",
    "party_social_registration",
)
"""The six codes of the standard, of which a legal person has at least one."""

_GROUND_LACKS = {"withhold_reason": "E301", "withhold_review_on": "E302", "withhold_document": "E303"}
"""What is said where a ground's field is empty; of any other field that a rule requires, that it is required."""
_SOLE_TRADER_PREFIX = "92"
_IDENTITY_CARD = ID_DOCUMENTS[0]
_IDENTITY_LENGTHS = (15, 18)
_IN_ORDER = (
    ("valid_from", "valid_until"),
    ("decided_on", "formed_on"),
    ("decided_on", "served_on"),
    ("decided_on", "changed_on"),
    ("decided_on", "publish_until"),
    ("decided_on", "earlier_published_on"),
    ("ended_on", "handled_on"),
    ("ended_on", "earlier_published_on"),
)
"""Pairs of days of which the second never comes before the first."""
ORDERS = {
    kind.name: tuple(pair for pair in _IN_ORDER if pair[0] in kind.by_name and pair[1] in kind.by_name)
    for kind in DECISION_KINDS.values()
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A catalogue code, the field at fault, and the words of its template."""

    code: str
    field: str
    words: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Batched:
    """What a check needs to know of the batch: whether it is 历史数据补录, its common evidence, by each ground of D18
    the fields that its rule requires, by each kind what may stand on the department's list (listed.py), and what may be
    decided on the spot (spots.py)."""

    earlier: bool
    evidence: str
    grounds: Mapping[str, tuple[str, ...]]
    listed: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()


Check = Callable[[Values, RecordKind, Batched], Iterator[Finding]]


def _found(code: str, field: str, **words: object) -> Finding:
    return Finding(code, field, words)


def ground(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """D18: a ground carries what its rule requires: its reason, a review date, a document."""
    ground = values["withhold_ground"] or ""
    for name in batch.grounds.get(ground, ()):
        if name in kind.by_name and not values[name]:
            code = _GROUND_LACKS.get(name, "E201")
            yield _found(code, name, value=ground, help=kind.by_name[name].help)


def reason(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    if not values["withhold_ground"]:
        yield _found("W309", "withhold_ground")


def formed(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """D27: the clock starts on the decision's date; a later day of forming needs a reason."""
    formed, decided = values["formed_on"], values.get(kind.event)
    if formed and decided and formed > decided and not values["formed_reason"]:
        yield _found("E307", "formed_reason", formed=formed, decided=decided)


def earlier(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """DOMAIN.md 21: a first publication elsewhere needs its day and its evidence, and a batch marked so."""
    if batch.earlier:
        if not values["earlier_published_on"]:
            yield _found("E305", "earlier_published_on")
        if not (batch.evidence or values["earlier_evidence"]):
            yield _found("E306", "earlier_evidence")
        return
    for name in ("earlier_published_on", "earlier_address", "earlier_evidence"):
        if values[name]:
            yield _found("E304", name, value=values[name])


def order(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    for before, after in ORDERS[kind.name]:
        first, second = values[before], values[after]
        if first and second and second < first:
            yield _found("E308", after, value=second, other=kind.by_name[before].label, than=first)


def number_year(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """A number's year is the decision's, or the year before, when the case was opened."""
    event, written = values[kind.event], _YEAR.search(values["document_number"] or "")
    if event and written and not 0 <= int(event[:4]) - int(written[1]) <= _OPENED_BEFORE:
        words = {"value": values["document_number"], "year": written[1], "on": event}
        yield _found("W252", "document_number", **words)


_YEAR = re.compile(r"〔([12]\d{3})(?:年度?)?〕")
_OPENED_BEFORE = 1
"""Years by which a number may be older than its decision."""


def party(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """Type and codes: a legal person has a code where the standard asks for it, a natural person no USCC."""
    of_type, uscc = values["party_type"], values["party_uscc"]
    if of_type == NATURAL_PERSON:
        yield from _person(values)
    elif of_type == LEGAL_PERSON and standard_asks(kind) and not any(values[code] for code in CODES):
        yield _found("E309", "party_uscc")
    if uscc and of_type != NATURAL_PERSON:
        trader = uscc.startswith(_SOLE_TRADER_PREFIX)
        if trader != (of_type == SOLE_TRADER):
            expected = SOLE_TRADER if trader else LEGAL_PERSON
            yield _found("W306", "party_type", value=of_type, prefix=uscc[:2], expected=expected)


def standard_asks(kind: RecordKind) -> bool:
    """Whether the kind's sheet is one of the credit system's, which asks for a code."""
    return bool(kind.by_name["document_number"].standard)


def _person(values: Values) -> Iterator[Finding]:
    """DOMAIN.md 10: a natural person of unknown age is held."""
    if values["party_uscc"]:
        yield _found("E310", "party_uscc", value=values["party_uscc"])
    number = values["party_document_number"]
    if number and values["party_document"] in (None, _IDENTITY_CARD) and not is_whole_identity(number):
        yield _found("W262", "party_document_number", value=number)
    if not values["party_adult_when_decided"] and not states_birthday(values):
        yield _found("W304", "party_document_number")


def states_birthday(values: Values) -> bool:
    """Whether the party's document is an identity card and its number tells the day of birth."""
    number = values["party_document_number"]
    return bool(number and values["party_document"] in (None, _IDENTITY_CARD) and born_on(number))


def is_whole_identity(number: str) -> bool:
    """Whether the number is as long as an identity number, or came masked."""
    return "*" in number or "X" in number[:-1].upper() or len(number.replace(" ", "")) in _IDENTITY_LENGTHS


def amount(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """DOMAIN.md 15: warn where an amount and the text of the decision disagree."""
    content = values["content"] or ""
    amounts = [(name, text) for name in AMOUNTS[kind.name] if (text := values[name])]
    if all(states(content, text) for _, text in amounts):
        return
    together = sum((Decimal(text) for _, text in amounts), Decimal(0))
    for name, text in amounts:
        wrong = disagreement(Decimal(text), together, content) if text != "0" else None
        if wrong:
            words = {"amount": text, "found": wrong[1], "content": kind.by_name["content"].label}
            yield Finding(wrong[0], name, words)


AMOUNTS = {
    kind.name: tuple(f.name for f in kind.fields if f.type in (FieldType.MONEY, FieldType.MONEY_WAN))
    for kind in DECISION_KINDS.values()
}


def fine_without_class(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    if "罚款" not in (values["penalty_class"] or "") and Decimal(values["fine"] or 0):
        yield _found("W308", "penalty_class", value=values["penalty_class"])


def class_without_fine(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    if not values["fine"] and "罚款" in (values["penalty_class"] or "").split("、"):
        yield _found("W307", "fine")


_DIGITS = re.compile(r"\d[\d -]{6}")
_PERSONAL = re.compile(
    r"(?<![\d.])1[3-9]\d[ -]?\d{3,4}[ -]?\d{4}|(?<!\d)\(?0\d{2,3}\)?[ -]?[2-9]\d{6}"
    r"|(?:\d[ ()·._/-]{0,3}){13}|电话|手机|联系方式|微信|QQ"
)
"""What every number of a person has: looked for only where `_DIGITS` are, because it takes longer."""


@lru_cache(4096)
def may_be_personal(text: str) -> bool:
    return _DIGITS.search(text) is not None and _PERSONAL.search(text) is not None and holds(text, tuple(_SHOWN_SHAPES))


_SHOWN_SHAPES = {"identity": "疑似身份证号码", "phone": "疑似电话号码", "account": "疑似账号"}


def free_text(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """DOMAIN.md 7: numbers of persons in free text are masked on the way out; the submitter is told."""
    for name in TEXTS[kind.name]:
        text = values[name]
        if text and may_be_personal(text):
            for code, what in _SHOWN_SHAPES.items():
                for start, end, _ in spans(text, (code,)):
                    yield _found("W305", name, what=what, value=text[start:end])


TEXTS = {
    kind.name: tuple(
        f.name
        for f in kind.public_fields
        if f.type is FieldType.LONG_TEXT
        or (f.type is FieldType.TEXT and f.search in (SearchIn.CONTENT, SearchIn.FACTS))
    )
    for kind in DECISION_KINDS.values()
}
"""By kind: the public fields in which a department writes sentences."""


CHECKS: tuple[tuple[str, Check], ...] = (
    ("", earlier),
    ("", party),
    ("", free_text),
    ("", order),
    ("withhold_ground", ground),
    ("withhold_reason", reason),
    ("formed_on", formed),
    ("document_number", number_year),
    ("content", amount),
    ("fine", fine_without_class),
    ("penalty_class", class_without_fine),
)
"""(the field that calls for the check, the check)."""


def findings(values: Values, kind: RecordKind, batch: Batched) -> Iterator[Finding]:
    """Everything that the fields of one row say against each other."""
    for trigger, check in CHECKS:
        if not trigger or values.get(trigger):
            yield from check(values, kind, batch)
