"""The parse function of one column: made once per sheet, called once per cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from re import compile as pattern

from gongshi.intake.problems import Wrong
from gongshi.intake.values.choices import choice_table, folded, parse_choice, parse_choices, parse_flag
from gongshi.intake.values.codes import parse_code, parse_numbers, parse_uscc
from gongshi.intake.values.dates import parse_date
from gongshi.intake.values.instants import parse_instant
from gongshi.intake.values.money import WAN, YUAN, parse_money
from gongshi.intake.values.persons import parse_persons
from gongshi.intake.values.regions import parse_region, region_table
from gongshi.intake.values.text import DASHES, NOTHING, as_text
from gongshi.intake.values.written import unmarked
from gongshi.law.document_number import display, in_modern_characters, match_key
from gongshi.records.city import Region
from gongshi.records.field import Field, FieldType
from gongshi.records.licence import NO_END

Parse = Callable[[object], str | None]
"""A cell to canonical text or None; raises Wrong and nothing else."""

_REMEMBERED = 4096
"""Distinct texts of one column whose result is kept: dates, names and classes repeat."""

_ENDLESS = frozenset(map(folded, ("长期", "长期有效", "永久", "永久有效", "无期限", "无固定期限", "9999-12-31")))
_PAST = frozenset(
    (
        *("decided_on", "ended_on", "formed_on", "served_on", "handled_on", "changed_on", "earlier_published_on"),
        *("legal_reviewed_on", "discussed_on"),
    )
)
"""Days on which something has happened: none of them lies in the future."""

_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE, FieldType.FILES)
"""Types whose cell is text as it is; what the files are that a cell names, somebody else looks up."""
_INTEGER_LENGTH = 15
_DIGIT = pattern(r"\d")
USUAL_NUMBER = pattern(r"([一-鿿]{2,40})[〔\[(（【]([12][0-9]{3})[〕\])）】](第?0*)([1-9][0-9]{0,8})号")
"""松市监罚〔2026〕15号: the spellings of nearly all numbers, which need no second look."""
_NUMBERED = pattern(r"〔\d{2,4}(?:年度?)?〕")
_SEVERAL = pattern(r"(\d{1,9})号?(?:[、，,；;和及]|(至|到|~|～))第?(\d{1,9})号?")
"""15、16号; 15至18号. 15-2号 is the second part of number 15."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a parse function needs to know beside the cell."""

    today: date
    regions: Mapping[str, Region]


def parser(field: Field, setting: Setting, unit: Decimal | None = None) -> Remembered:
    """The parse function of a column of `field`, by `[cell]`; `unit` is the header's unit of money, if it names one."""
    if field.type in _TEXTS:
        return Remembered(_text(field))
    return Remembered(_filled(_limited(field, _MAKERS[field.type](field, setting, unit))))


class Remembered(dict[object, str | None]):
    """A column's parse function by `[cell]`, its results for text kept: most columns repeat themselves.

    A cell that was seen before costs no call. Text is never equal to a number or a day, so what is kept
    for text answers for text only.
    """

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: object) -> str | None:
        value = None if cell is None else self._parse(cell)
        if type(cell) is str and len(self) < _REMEMBERED:
            self[cell] = value
        return value


def _text(field: Field) -> Parse:
    limit = field.max_length or 1 << 31

    def parse(cell: object) -> str | None:
        text = as_text(cell)
        if len(text) > limit:
            raise Wrong("E202", value=text, length=len(text), limit=limit)
        return None if not text or text in DASHES else text

    return parse


def _filled(parse: Callable[[object], str]) -> Parse:
    """None for text that says nothing, `parse` for everything else."""

    def filled(cell: object) -> str | None:
        if type(cell) is not str:
            return parse(cell)
        text = as_text(cell)
        return None if not text or text in NOTHING else parse(text)

    return filled


def _limited(field: Field, parse: Callable[[object], str]) -> Callable[[object], str]:
    limit = field.max_length
    if not limit:
        return parse

    def limited(cell: object) -> str:
        value = parse(cell)
        if len(value) > limit:
            raise Wrong("E202", value=value, length=len(value), limit=limit)
        return value

    return limited


def _date(field: Field, setting: Setting, unit: Decimal | None) -> Callable[[object], str]:
    today, past, may_be_endless = setting.today.isoformat(), field.name in _PAST, field.name.endswith("_until")

    def parse(cell: object) -> str:
        if may_be_endless and folded(str(cell)) in _ENDLESS:
            return NO_END
        day = parse_date(cell)
        if past and day > today:
            raise Wrong("E213", value=day, today=today)
        return day

    return parse


def _instant(field: Field, setting: Setting, unit: Decimal | None) -> Callable[[object], str]:
    today = setting.today.isoformat()

    def parse(cell: object) -> str:
        moment = parse_instant(cell)
        if moment[: len(today)] > today:
            raise Wrong("E213", value=moment, today=today)
        return moment

    return parse


def _money(field: Field, setting: Setting, unit: Decimal | None) -> Callable[[object], str]:
    declared = WAN if field.type is FieldType.MONEY_WAN else YUAN
    return partial(parse_money, unit=unit or declared)


def _choice(field: Field, setting: Setting, unit: Decimal | None) -> Callable[[object], str]:
    table = choice_table(field)
    parse = parse_choice if field.type is FieldType.CHOICE else parse_choices
    return lambda cell: parse(as_text(cell), field, table)


def _region(field: Field, setting: Setting, unit: Decimal | None) -> Callable[[object], str]:
    table = region_table(setting.regions)
    names = "、".join(f"{r.code} {r.name}" for r in setting.regions.values() if not r.abolished)
    return lambda cell: parse_region(as_text(cell), table, names)


def parse_document_number(cell: object) -> str:
    """The number as written, with 〔〕. Raises Wrong E251 (no number), E252 (several)."""
    text = as_text(cell)
    if usual := USUAL_NUMBER.fullmatch(text):
        return f"{usual[1]}〔{usual[2]}〕{usual[3]}{usual[4]}号"
    shown = display(unmarked(text))
    if not _DIGIT.search(_NUMBERED.sub("", shown)):
        raise Wrong("E251", value=shown)
    if shown.count("〔") > 1 and (count := len(_NUMBERED.findall(shown))) > 1:
        raise Wrong("E252", value=shown, count=count)
    if found := _SEVERAL.search(_NUMBERED.sub(" ", shown)):
        count = int(found[3]) - int(found[1]) + 1 if found[2] else 2
        raise Wrong("E252", value=shown, count=max(count, 2))
    return shown


def number_key(shown: str) -> str:
    """`match_key` of a number, the short way for those in the usual spelling."""
    if usual := USUAL_NUMBER.fullmatch(shown):
        return f"{in_modern_characters(usual[1])}〔{usual[2]}〕{usual[4]}"
    return match_key(shown)


def parse_integer(cell: object) -> str:
    """A whole number. Raises Wrong E244, E234."""
    text = parse_code(cell).replace(",", "")
    if len(text) > _INTEGER_LENGTH or not text.removeprefix("-").isdecimal():
        raise Wrong("E244", value=text)
    return str(int(text))


def _plainly(parse: Callable[[object], str]) -> Callable[[Field, Setting, Decimal | None], Callable[[object], str]]:
    return lambda field, setting, unit: parse


_MAKERS: dict[FieldType, Callable[[Field, Setting, Decimal | None], Callable[[object], str]]] = {
    FieldType.CODE: _plainly(parse_code),
    FieldType.USCC: _plainly(parse_uscc),
    FieldType.DOCUMENT_NUMBER: _plainly(parse_document_number),
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choice,
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.MONEY_WAN: _money,
    FieldType.INTEGER: _plainly(parse_integer),
    FieldType.FLAG: _plainly(parse_flag),
    FieldType.REGION: _region,
    FieldType.NUMBERS: _plainly(parse_numbers),
    FieldType.INSTANT: _instant,
    FieldType.PERSONS: _plainly(parse_persons),
}
