"""What a header cell means: its words made plain, its unit of money, the field it names.

The version trap (DOMAIN.md): in the old 双公示 template 代码_2 is the organisation code, _3 the business
registration number, _5 an identity number. The words in the brackets decide, never the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from gongshi.intake.sheet.old_template import OLD_COLUMNS
from gongshi.intake.values.money import WAN, YUAN
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.field import COLUMN_MARK, Field, FieldType
from gongshi.records.kind import RecordKind

_MARKS = re.compile(r"[*★☆▲△\s\u200b\ufeff:]|[(【\[]?(?:必填项?|选填项?|非必填)[)】\]]?")
_BRACKETS = str.maketrans("[]{}〔〕【】<>〈〉《》", "()()()()()()()")
_UNIT = re.compile(r"[(_/,-]?(?:单位)?(?:为)?(?:人民币)?(万元|元)\)?$")
_CODE = re.compile(r"(?:行政)?相对人代码[_\-]?(\d*)[(_\-]*(.*?)\)?")
_ASIDE = re.compile(r"\(([^()]*)\)")


class Unclear(Enum):
    """Why a header that looks like a code names no field."""

    CODE_WITHOUT_WORDS = auto()


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a header names, its unit in yuan if it names one, whether only an old template has it."""

    field: Field
    unit: Decimal | None = None
    old: bool = False


_KINDS: Mapping[str, RecordKind] = {**SUBMITTED_KINDS, **CASE_KINDS}
"""Every kind that has a sheet."""
_REMEMBERED = 8192
"""Labels whose meaning is kept: those of all templates many times over, and not every cell ever looked at."""


def plain(label: object) -> str:
    """The header's words alone: NFKC, without blanks, asterisks, 必填 marks and colons, brackets as ()."""
    folded = normalize("NFKC", "" if label is None else str(label)).translate(_BRACKETS).casefold()
    return _MARKS.sub("", folded)


def without_unit(words: str) -> tuple[str, Decimal | None]:
    """Plain words without their （元） or （万元）, and the unit in yuan, None where none is named."""
    matched = _UNIT.search(words)
    if matched is None:
        return words, None
    return words[: matched.start()], WAN if matched[1] == "万元" else YUAN


@cache
def names(kind: str) -> Mapping[str, Field]:
    """Every plain header of the kind, without unit, to its field; the field's own name is one too.

    A table's columns stand for themselves, as basis.law, under 依据·法律名称 and under their own aliases.
    """
    cells = _KINDS[kind].cells
    aliases = {without_unit(plain(text))[0]: field for field in reversed(cells) for text in field.aliases}
    own = {without_unit(plain(text))[0]: field for field in cells for text in (field.name, field.label)}
    return {**aliases, **_nested_names(_KINDS[kind]), **own}


_FILE_COLUMNS = ("label", "名称", ("name",)), ("file", "文件", ())
"""How an attachment may be written in two columns, or in YAML as a list of {名称, 文件}."""


def columns_of(field: Field) -> tuple[Field, ...]:
    """The columns of a table, and the two in which an attachment may be written; none of any other field."""
    if field.type is FieldType.FILES:
        return tuple(Field(name=f"{field.name}.{n}", label=label, aliases=also) for n, label, also in _FILE_COLUMNS)
    return field.columns


def _nested_names(kind: RecordKind) -> Mapping[str, Field]:
    """Every wording of a table and of its column, joined as in a header."""
    return {
        plain(f"{table}{COLUMN_MARK}{column}"): cell
        for field in kind.fields
        for own, cell in zip(columns_of(field), field.cells if field.is_table else columns_of(field), strict=True)
        for table in (field.name, *field.labels)
        for column in (own.name.rpartition(".")[2], *own.labels)
    }


@cache
def tables(kind: str) -> Mapping[str, Field]:
    """Every plain wording of a field of the kind, to the field: what stands before the mark in 依据·法律名称."""
    fields = _KINDS[kind].fields
    return {plain(text): field for field in reversed(fields) for text in (*field.labels, field.name)}


class _Said(NamedTuple):
    """What a label says, the same for every kind: its plain words without unit, the unit, what a numbered code
    (代码_1(…)) has in its brackets, the words without their asides, and the asides."""

    words: str
    unit: Decimal | None
    code: str | None
    outside: str
    asides: tuple[str, ...]


@lru_cache(_REMEMBERED)
def _said(label: str) -> _Said:
    words, unit = without_unit(plain(label))
    code = _CODE.fullmatch(words)
    return _Said(words, unit, code[2] or "" if code else None, _ASIDE.sub("", words), tuple(_ASIDE.findall(words)))


@lru_cache(_REMEMBERED)
def meaning(label: str, kind: str) -> Meaning | Unclear | None:
    """What the header means in a sheet of `kind`; None where it means nothing we know."""
    known = names(kind)
    words, unit, code, outside, asides = _said(label)
    if words in known:
        return Meaning(known[words], unit)
    if code is not None:
        named = known.get(code)
        return Meaning(named) if named else (None if code else Unclear.CODE_WITHOUT_WORDS)
    if outside in known and {known[aside] for aside in asides if aside in known} <= {known[outside]}:
        return Meaning(known[outside], unit)
    old = OLD_COLUMNS.get(kind, {}).get(outside)
    return Meaning(_KINDS[kind].by_name[old], old=True) if old else None


@cache
def _all_names() -> frozenset[str]:
    """Every plain header of any kind."""
    return frozenset(name for kind in _KINDS for name in (*names(kind), *OLD_COLUMNS.get(kind, {})))


def may_mean(label: str) -> bool:
    """Whether the header may mean anything in any kind."""
    said = _said(label)
    return said.code is not None or said.words in _all_names() or said.outside in _all_names()
