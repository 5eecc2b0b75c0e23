"""What a notice's words may not tell of the decision that was withdrawn (行政处罚法 48; DOMAIN.md 4).

A notice states number, date, agency and reason and repeats nothing of party, facts, class or amount. The
same table is read where the words are entered, so that a person can mend them, and by the wall.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gongshi.law.facts import NATURAL_PERSON
from gongshi.law.masking import bare_name, operators, persons_in
from gongshi.law.names import possible_names
from gongshi.law.shapes import NEVER_PUBLIC, holds
from gongshi.law.spelling import Read
from gongshi.law.surnames import surname_of
from gongshi.lifecycle.people import normalised
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision, Values
from gongshi.records.field import Field, FieldType

_SHORTEST_NAME = 2
_BEGINNING = 3
_SHORTEST_VALUE = 4
_PIECE = 8
"""So many characters in a row that a text of the decision has too are a repetition of it."""
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE)
_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES)
_MONEY = (FieldType.MONEY, FieldType.MONEY_WAN)
_NO_CONTENT = frozenset(("agency_name", "source_name", "remedies", "formed_reason"))
"""Fields whose words a reason may use: who decided, and the way to a remedy."""
_NAMED = ("party_name", "replaces_party", "legal_representative")
_VAGUE = frozenset(("其他", "有效"))
_PROCEDURAL = re.compile(
    r"《?(?:中华人民共和国)?行政(?:处罚|复议|诉讼|许可|强制)法》?(?:（[^）]{1,12}）)?"
    r"(?:第[一二三四五六七八九十百零0-9]{1,6}[条款项][（(]?[一二三四五六七八九十]*[）)]?[款项]?)*"
)
"""Laws on procedure: that a reason cites the article that a decision cites tells nothing of the decision."""
_NUMERAL = r"[0-9,.零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万亿]"
_ANY_AMOUNT = re.compile(
    rf"{_NUMERAL}+余?(?:万|亿)?(?:余)?[元圆块]|人民币|rmb|¥|￥|(?<!第)(?<!{_NUMERAL})(?!千万){_NUMERAL}+(?:(?<=.[千仟万亿])|[wk](?![a-z]))"
)
"""With its unit, or so large that it can be nothing else (一万五, 5千, 50w); an article (第一千条) is none."""
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_STANDS_FOR_A_NAME = r"(?:某|[*×xX○〇#?]{1,3}|先生|女士|姓)"
"""What stands behind a surname where the name itself is left out: 王某, 王××, 王女士, 王姓."""
_OF_PLACE = re.compile(r"^.{1,8}?(?:省|自治州|自治县|市|县|区)(?=..)")
_OF_FORM = re.compile(
    r"(?:有限责任|股份有限|有限|集团|责任|股份)*(?:公司|合作社|合伙企业|事务所)$|(?:分公司|商店|超市|饭店|中心|厂|店|部)$"
)


@dataclass(frozen=True, slots=True)
class Betrayal:
    """What a text tells: a stable code and what to do about it, in Chinese. No value in it."""

    code: str
    message: str


@dataclass(frozen=True, eq=False)
class _Words:
    """A text before the table, with the versions of the decision that it must not tell of."""

    text: str
    versions: tuple[Decision, ...]
    by_right: tuple[str, ...]
    not_names: Container[str]

    @cached_property
    def plain(self) -> str:
        """The text as it is compared, without what may stand in it by right."""
        return _without(normalised(_PROCEDURAL.sub(" ", self.text)), self.by_right)

    @cached_property
    def read(self) -> Read:
        """The same as a reader reads it, across the signs between characters, escaped or not."""
        return Read(normalised(html.unescape(self.plain)))


def betrayals(
    text: str, versions: Iterable[Decision], by_right: Iterable[str] = (), not_names: Container[str] = ()
) -> tuple[Betrayal, ...]:
    """Everything that `text` tells of the decision of which `versions` are known; empty where it may be published.

    `by_right` are words that stand in a notice anyway: departments, the ending instrument's agency, 文号;
    `not_names` words that reviewers confirmed not to be names.
    """
    plain = tuple(sorted(filter(None, map(normalised, by_right)), key=len, reverse=True))
    words = _Words(text, tuple(versions), plain, not_names)
    return tuple(Betrayal(code, message) for code, tells, message in _TABLE if tells(words))


def _names_party(words: _Words) -> bool:
    names = {name for version in words.versions for party in version.parties for name in _names(party)}
    return any(name in words.plain or words.read.tells(name) for name in names)


def _calls_party(words: _Words) -> bool:
    """Whether it calls a party who is a person by the given name, or by the surname and 某."""
    for surname, given in {name for version in words.versions for name in _persons(version)}:
        if len(given) >= _SHORTEST_NAME and (given in words.plain or words.read.tells(given)):
            return True
        somebody = re.compile(re.escape(surname) + _STANDS_FOR_A_NAME)
        if surname and any(map(somebody.search, (words.plain, words.read.bare))):
            return True
    return False


def _persons(version: Decision) -> Iterator[tuple[str, str]]:
    """Surname and given name of the parties who are persons, and of a shop's operator named in its name."""
    for party in version.parties:
        for value in filter(None, map(party.get, ("party_name", "replaces_party"))):
            for name in map(normalised, operators(value, party.get("party_type") or "")):
                surname = normalised(surname_of(bare_name(name)))
                yield surname, name.removeprefix(surname)


def _names(party: Values) -> Iterator[str]:
    """A party's names as somebody might write them: the whole, without its place and form, the persons in it."""
    kind = party.get("party_type") or ""
    for value in filter(None, map(party.get, _NAMED)):
        short = _in_short(_core(value)) if kind != NATURAL_PERSON else ()
        found = (value, bare_name(value), *short, *operators(value, kind), *persons_in(value))
        yield from (plain for name in found if len(plain := normalised(name)) >= _SHORTEST_NAME)


def _core(name: str) -> str:
    """例一商贸 of 松原市例一商贸有限公司."""
    return _OF_FORM.sub("", _OF_PLACE.sub("", bare_name(name)))


def _in_short(core: str) -> Iterator[str]:
    """What people call it by: how it begins, and any four characters of it."""
    yield core[:_BEGINNING] if len(core) > _BEGINNING else core
    yield from (core[at : at + _SHORTEST_VALUE] for at in range(len(core) - _SHORTEST_VALUE + 1))


def _tells_amount(words: _Words) -> bool:
    if _ANY_AMOUNT.search(words.plain):
        return True
    known = {float(value) for value, _ in _values(words, _MONEY)}
    figures = {float(found.replace(",", "")) for found in _FIGURE.findall(words.plain)}
    return not known.isdisjoint(figures) or not known.isdisjoint(figure * 10_000 for figure in figures)


def _tells_class(words: _Words) -> bool:
    chosen = {one for value, field in _values(words, _CHOSEN) if field.is_public for one in value.split("、")}
    return any(normalised(one) in words.plain for one in chosen - _VAGUE if len(one) >= _SHORTEST_NAME)


def _tells_content(words: _Words) -> bool:
    values = [_content(value, words) for value, field in _values(words, _TEXTS) if field.name not in _NO_CONTENT]
    values += [_content(value, words) for version in words.versions for value in version.kept.values()]
    if any(value in words.plain for value in values if len(value) >= _SHORTEST_VALUE):
        return True
    pieces = {words.plain[at : at + _PIECE] for at in range(len(words.plain) - _PIECE + 1)}
    return any(piece in value for value in values if len(value) >= _PIECE for piece in pieces if " " not in piece)


def _content(value: str, words: _Words) -> str:
    return _without(normalised(_PROCEDURAL.sub(" ", value)), words.by_right)


def _values(words: _Words, types: Container[FieldType]) -> Iterator[tuple[str, Field]]:
    """The values of the fields of these types, in every version, with their fields."""
    for version in words.versions:
        for field in SUBMITTED_KINDS[version.kind].fields:
            if field.type in types:
                sources = (version.values, *version.parties)
                yield from ((value, field) for source in sources if (value := source.get(field.name)))


def _may_name_somebody(words: _Words) -> bool:
    return bool(possible_names(words.text, words.by_right, words.not_names))


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


_Tells = Callable[[_Words], bool]
_TABLE: tuple[tuple[str, _Tells, str], ...] = (
    ("notice_party", _names_party, "写了行政相对人或者有关人员的名称，请改为“该决定”“当事人”"),
    (
        "notice_party",
        _calls_party,
        "用名字（不带姓）或者“王某”“王女士”这样的称呼写了行政相对人，请改为“该决定”“当事人”",
    ),
    ("notice_amount", _tells_amount, "写了金额，请不要写金额"),
    ("notice_class", _tells_class, "写了原决定的类别或者结果，请不要重复原决定的内容"),
    ("notice_content", _tells_content, "与原决定的文字相同，请不要重复原决定的内容"),
    ("notice_number", lambda words: holds(words.text, NEVER_PUBLIC), "含有形似证件号、电话或账号的内容"),
    ("notice_name", _may_name_somebody, "含有疑似姓名，请改用职务、身份等称呼；确实不是姓名的，登记到 not_names.yml"),
)
"""Code, whether a text tells it, and what is said to who wrote it."""
