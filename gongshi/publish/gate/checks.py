"""The gate: may this row become public? A table of checks, read by the wall and by the tests alike.

A record that fails one stays out and is reported by the check's name and its id, never with a value;
the others go on (DESIGN.md promise 7).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import orjson

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.grounds import minor_when_decided
from gongshi.law.masking import bare_name, is_masked, looks_like_a_person
from gongshi.law.publishability import Standing, Verdict
from gongshi.law.rule import Question
from gongshi.law.shapes import NEVER_PUBLIC, holds
from gongshi.law.spelling import Read, may_tell
from gongshi.publish.composing.forms import Names, is_person
from gongshi.publish.composing.public_decision import DECISION_COLUMNS, PARTY_COLUMNS, PublicDecision, Row, expected_own
from gongshi.publish.composing.siblings import Reviewers
from gongshi.publish.gate.secrets import Secrets, made_plain, plain, without_words
from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType
from gongshi.records.party import LEGAL_PERSON, PARTY_TYPES
from gongshi.store.queries import Approved

_ID = re.compile(r"[0-9a-z]{8,64}")
_LARGEST_PLACE = 2**53
_DATES = ("decided_on", "served_on", "changed_on", "first_published_on", "updated_on", "legal_due", "publish_until")
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICES)
_NUMBERS = (FieldType.CODE, FieldType.DOCUMENT_NUMBER)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A decision before the gate, with what it is checked against. `secrets` are those of all its versions."""

    public: PublicDecision
    approved: Approved
    reviewers: Reviewers | None
    verdict: Verdict
    facts: DecisionFacts
    names: Names
    secrets: Secrets
    instance: Instance
    today: dt.date

    @cached_property
    def own_of_parties(self) -> list[Row]:
        """The values in which each party differs from the others."""
        return self.public.own_of_parties()

    @cached_property
    def row_text(self) -> str:
        """All of the row, plain, nothing taken out."""
        return made_plain("\x1f".join(self.public.texts()))

    @cached_property
    def shown(self) -> str:
        """All that a department's values put into the row, without the words that are public by right."""
        words = [name for name, form in self.names.forms.items() if name == form]
        words += [name for party in self.public.parties if plain(name := party["name"]) not in self.secrets.names]
        return without_words(self.row_text, words)

    @cached_property
    def everything(self) -> str:
        """All of the row as numbers are compared."""
        return self.row_text.replace("-", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table: a stable name, what must hold, and what is said where it does not."""

    name: str
    holds: Callable[[Candidate], bool]
    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that stays out: its id, the check's name and message. Never a value of the record."""

    id: str
    check: str
    message: str


def failures(candidate: Candidate) -> tuple[Refused, ...]:
    """Every check that the candidate fails, in the table's order; empty where it may become public."""
    record = candidate.public.id
    return tuple(Refused(record, check.name, check.message) for check in CHECKS if not check.holds(candidate))


def _reviewed(candidate: Candidate) -> bool:
    who = candidate.reviewers
    return who is not None and bool(who.reviewed_by) and plain(who.reviewed_by) != plain(who.submitted_by)


def _no_minor(candidate: Candidate) -> bool:
    rules, facts = candidate.instance.rules, candidate.facts
    rule = rules.resolve(Question.MAJORITY, facts, candidate.today).winner
    majority = rule.amount if rule else None
    return not any(minor_when_decided(facts.parties[at], facts, majority) for at in candidate.verdict.visible_parties)


_WHITE, _WHITE_OF_A_PARTY = frozenset(DECISION_COLUMNS), frozenset(PARTY_COLUMNS)


def _white_listed(candidate: Candidate) -> bool:
    public = candidate.public
    return (
        public.row.keys() == _WHITE
        and public.own.keys() == expected_own(public.kind)
        and all(party.keys() == _WHITE_OF_A_PARTY for party in public.parties)
        and all(_public_fields(public.kind, own) for own in candidate.own_of_parties)
    )


def _public_fields(kind: str, names: Iterable[str]) -> bool:
    fields = DECISION_KINDS[kind].by_name
    return all(name in fields and fields[name].is_public for name in names)


def _only_visible(candidate: Candidate) -> bool:
    parties = candidate.public.parties
    return len(parties) == len(candidate.verdict.visible_parties) and [party["position"] for party in parties] == list(
        range(1, len(parties) + 1)
    )


def _somebody_visible(candidate: Candidate) -> bool:
    return bool(candidate.public.parties) or not candidate.approved.decision.parties


def _parties_named(candidate: Candidate) -> bool:
    return all(party["name"] and party["type"] in PARTY_TYPES for party in candidate.public.parties)


def _persons_masked(candidate: Candidate) -> bool:
    """Looked at without the book of names: whoever made that book wrong must not have made this wrong too."""
    decision = candidate.approved.decision
    if candidate.instance.departments[decision.department].show_natural_names:
        return True
    persons = (bare_name(party.get("party_name") or "") for party in decision.parties if is_person(party))
    names = [plain(name) for name in persons if len(name) > 1 and not is_masked(name)]
    shown = [plain(party["name"]) for party in candidate.public.parties if _is_person(party)]
    return all(_absent(names, name) and not Read(name).tells_any(names) for name in shown)


def _is_person(party: Row) -> bool:
    return is_person({"party_name": party["name"], "party_type": party["type"]})


def _no_person_as_company(candidate: Candidate) -> bool:
    """A person whom the sender called an organisation would stand open (DOMAIN.md 7)."""
    parties = candidate.public.parties
    return not any(party["type"] == LEGAL_PERSON and looks_like_a_person(party["name"]) for party in parties)


_OWN_DATES = {
    kind.name: tuple(field.name for field in kind.own_public_fields if field.type is FieldType.DATE)
    for kind in DECISION_KINDS.values()
}


def _dates_are_dates(candidate: Candidate) -> bool:
    public = candidate.public
    values = [public.row[name] for name in _DATES]
    values += [public.own[name] for name in _OWN_DATES[public.kind]]
    try:
        for value in filter(None, values):
            dt.date.fromisoformat(value)
    except ValueError:
        return False
    return bool(public.row["decided_on"])


def _published_in_order(candidate: Candidate) -> bool:
    row = candidate.public.row
    return bool(row["first_published_on"] <= row["updated_on"] <= candidate.today.isoformat())


def _held_is_held(candidate: Candidate) -> bool:
    public = candidate.public
    held = orjson.loads(public.row["held_fields"])
    sources = (public.row, public.own)
    return not any(
        any(source.get(name) for source in sources) or any(name in own for own in candidate.own_of_parties)
        for name in held
    )


def _no_shape(candidate: Candidate) -> bool:
    """Codes may have as many digits as an account: they are looked at for identity numbers only."""
    public = candidate.public
    by_right = [name for name, form in candidate.names.forms.items() if name == form]
    sources = (public.row, public.own, *candidate.own_of_parties)
    looked_at = (
        (_values(sources, _FREE_TEXTS[public.kind]), NEVER_PUBLIC),
        (_values(sources, _CODES[public.kind]), ("identity",)),
        ((party["name"] for party in public.parties), ("identity", "phone")),
    )
    return not any(
        holds(value, codes) and holds(_without(value, by_right), codes)
        for values, codes in looked_at
        for value in values
    )


def _values(sources: Iterable[Row], fields: Iterable[str]) -> Iterator[str]:
    return (value for source in sources for name in fields if (value := source.get(name)))


def _fields_of(types: Container[FieldType]) -> dict[str, tuple[str, ...]]:
    """By kind the public fields of these types."""
    return {
        kind.name: tuple(field.name for field in kind.public_fields if field.type in types)
        for kind in DECISION_KINDS.values()
    }


_FREE_TEXTS, _CODES = _fields_of(_TEXTS), _fields_of(_NUMBERS)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _no_code_of_a_person(candidate: Candidate) -> bool:
    public = candidate.public
    return not any(party["uscc"] and holds(party["uscc"], ("identity",)) for party in public.parties)


def _no_name(candidate: Candidate) -> bool:
    """As they are written and as they are read across signs: 王.某某. The row has not all letters of most of them."""
    names = [name for name in candidate.secrets.names if may_tell(candidate.row_text, name)]
    return not names or (_absent(names, candidate.shown) and not Read(candidate.shown).tells_any(names))


def _no_internal(candidate: Candidate) -> bool:
    """What the row does not say at all, it does not say without its public words either."""
    secrets = candidate.secrets
    return not secrets.internal_in(candidate.row_text) or not secrets.internal_in(candidate.shown)


def _absent(values: Iterable[str], text: str) -> bool:
    return not any(map(text.__contains__, values))


CHECKS = (
    Check("reviewed", _reviewed, "没有经提交人以外的第二人审核"),
    Check("approved_version", lambda c: c.public.version == c.approved.version, "不是最后审核通过的版本"),
    Check("law", lambda c: c.verdict.standing is Standing.PUBLISH and not c.verdict.reasons, "依法不得或暂不公示"),
    Check("no_ground", lambda c: not c.facts.withhold_ground, "填有不予公开情形"),
    Check("no_minor", _no_minor, "行政相对人作出决定时未成年"),
    Check("secrecy", lambda c: c.facts.secrecy_checked is not False, "未作保密审查"),
    Check("white_list", _white_listed, "含有公开字段清单以外的列"),
    Check("address", lambda c: _ID.fullmatch(c.public.id) is not None, "没有可用的公示编号"),
    Check("place", lambda c: 0 < c.public.sort < _LARGEST_PLACE, "没有可用的排序号"),
    Check("department", lambda c: c.public.row["department"] in c.instance.departments, "公示部门未登记"),
    Check("region", lambda c: c.public.row["region"] in c.instance.regions, "公示部门的区划未登记"),
    Check("parties", _parties_named, "行政相对人名称或类别不完整"),
    Check("persons_masked", _persons_masked, "自然人的姓名没有遮盖"),
    Check("person_as_company", _no_person_as_company, "类别为法人而名称像是个人姓名，请核对行政相对人类别"),
    Check("somebody", _somebody_visible, "没有可以公示的行政相对人"),
    Check("only_visible", _only_visible, "行政相对人的数量或次序与可公示的不一致"),
    Check("dates", _dates_are_dates, "日期不完整或不是日期"),
    Check("order", _published_in_order, "公示日期晚于更新日期或今天"),
    Check("held", _held_is_held, "待确认的文字没有隐去"),
    Check("person_numbers", lambda c: _absent(c.secrets.numbers, c.everything), "含有个人证件或联系号码"),
    Check("person_names", _no_name, "含有应当遮盖的姓名"),
    Check("internal", _no_internal, "含有不公开字段的内容"),
    Check("shapes", _no_shape, "含有形似证件号、电话或账号的内容"),
    Check("codes", _no_code_of_a_person, "统一社会信用代码一栏填有个人证件号"),
)
"""Every row must hold (DESIGN.md promise 7)."""
