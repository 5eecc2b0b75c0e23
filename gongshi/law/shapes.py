"""Shapes that betray a person whoever it is: identity, phone and account numbers, plates, homes, e-mail.

They are masked in every free text (DOMAIN.md 7) and looked for again by the gate. Numbers are matched
by shape, never by check digit: a mistyped identity number is somebody's all the same. What is public by
right and merely looks alike must survive: 统一社会信用代码, 文号, dates, amounts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stdnum.cn import uscc

from gongshi.law.traditional import SIMPLIFIED

MASK = "***"
"""What stands where a number or a home stood."""

Span = tuple[int, int, str]
"""Start, end and what stands there instead."""


_SHOW_NOTHING = "\u115f\u1160\u2800"
"""Letters and signs by their class, blanks to the eye: Hangul fillers (U+3164, too), the empty Braille pattern."""


class _Fold(dict[int, str]):
    """One character to one: full width to half, traditional to simplified, dashes to -, invisible ones and
    spaces to a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        plain = unicodedata.normalize("NFKC", char)
        if category == "Pd" or char in "‐−ー":
            plain = "-"
        elif char in "•・‧∙･":
            plain = "·"
        elif category in ("Cf", "Zs", "Mn") or plain in _SHOW_NOTHING:
            plain = " "
        plain = SIMPLIFIED.get(plain, plain)
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_FOLD = _Fold()
_MAY_FOLD = re.compile(
    "[\x80-\u2017\u201a\u201b\u201e-\u3000\u3003-\u3009\u300c-\u3013\u3016-\u4dff\ua000-\uffff\U00010000-\U0010ffff"
    + "".join(SIMPLIFIED)
    + "]"
)
"""All but ASCII, 、。《》〔〕‘’“” and simplified Chinese characters: few of a text, and only these are looked at."""
_COMMON = tuple((sign, _FOLD[ord(sign)]) for sign in "，：；（）")
"""The signs that every text has: to replace each of them takes a quarter of the time of looking at it."""


def fold(text: str) -> str:
    """`text` with look-alikes made plain, every character in its place."""
    for sign, plain in _COMMON:
        text = text.replace(sign, plain)
    return _MAY_FOLD.sub(lambda char: _FOLD[ord(char[0])], text)


folded = lru_cache(maxsize=4096)(fold)
"""The same, kept: for texts that are asked for again."""


_DIGITS = str.maketrans("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000123456789123456789")
_NUMERAL = "[0-9〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_NUMERALS = re.compile(rf"{_NUMERAL}(?:[ -]?{_NUMERAL}){{10,}}[Xx]?")
"""A number as long as a telephone's, written in Chinese: a date or an amount is not so long."""

_PROVINCES = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_BORN = re.compile(rf"{_PROVINCES}\d{{4}}(?:(?:18|19|20)\d\d{_MONTH_DAY}\d{{3}}[\dX]|\d\d{_MONTH_DAY}\d{{3}})")
_GAP = r"[\s\-.·_/]{0,3}"
_PAUSE = r"[\s\-.·_/]{0,3}"
_SPACED = re.compile(rf"(?=(?<!\d)(\d(?:{_GAP}\d){{13}}(?:(?:{_GAP}\d){{3}}{_GAP}[\dXx])?)(?!\d))")
_LONG = re.compile(r"(?<!\d)\d{13,}(?:[Xx](?![0-9A-Za-z]))?")
_HALF_HIDDEN = re.compile(r"(?<![0-9A-Za-z])\d{3,10}[Xx*×某■●]{4,14}\d{2,4}[\dXx](?![0-9A-Za-z])")
_GROUPS = re.compile(r"(?<![\d-])\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?(?![\d-])")
_MOBILE = re.compile(
    rf"(?<![\d.])(?:(?:\+|00)?86{_PAUSE})?1[3-9]\d"
    rf"(?:{_PAUSE}(?:\d{{4}}{_PAUSE}\d{{4}}|\d{{3}}{_PAUSE}\d{{5}})|\d{_PAUSE}\d{{4}}{_PAUSE}\d{{3}})(?!\d|元|万元|\.\d)"
)
_LANDLINE = re.compile(r"(?<!\d)\(?0(?:10|2\d|[3-9]\d\d)[) \-]{0,3}[2-9]\d{6,7}(?:-\d{1,5})?(?!\d)")
_SAID_NUMBER = re.compile(
    r"(?:电话|手机|微信|QQ|联系方式|传真|护照|通行证|台胞证|军官证)(?:号码?|账号)?(?:为|是|系)?[:( ]{0,3}"
    r"([A-Za-z][A-Za-z0-9_-]{5,19}|[A-Za-z]{0,2}\d{5,11}(?:-\d{7,8})?)(?![0-9A-Za-z])"
)
_ENDS_A_WORD = re.compile("[话机信Q式真照证]")
"""What the words end with that say a number: one look at each character instead of one for each word."""
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z])[·.\- ]{0,2}"
    r"(?=[A-Za-z]*\d)[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳试超](?![0-9A-Za-z])"
)
_AT_HOST = re.compile(r"@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MAILBOX = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-")
_NUMBERED = re.compile(
    r"(?:[条商]形?码|批号|批次|编号|证号|注册号|登记号|备案号|许可证|流水号|单号|案号)[:号为是( ]{0,3}$"
)
_BANK_CARD = "62"
_ID_LENGTHS = (15, 18)
_USCC_LENGTH = 18


def _plain(number: str) -> str:
    return re.sub(r"[^\dX]", "", number.upper())


def _born(number: str) -> bool:
    return _BORN.fullmatch(number) is not None


def _is_uscc(number: str) -> bool:
    """A code of digits only is an organisation's where its check character holds and no birthday is in it."""
    return len(number) == _USCC_LENGTH and not _born(number) and bool(uscc.is_valid(number))


def _identity(text: str) -> Iterator[Span]:
    """17 digits and a digit or X, or 15 digits; with gaps only where a birthday is in it (18 digits may be dates)."""
    for match in _SPACED.finditer(text):
        if _born(_plain(match[1])):
            yield match.start(1), match.end(1), MASK
    for match in _LONG.finditer(text):
        number = match[0].upper()
        exact = len(number) in _ID_LENGTHS or number.endswith("X")
        if (exact and not _is_uscc(number) and not _in_code(text, match)) or _hides_birthday(number):
            yield match.start(), match.end(), MASK
    for match in _HALF_HIDDEN.finditer(text):
        yield match.start(), match.end(), MASK


def _in_code(text: str, match: re.Match[str]) -> bool:
    """Whether letters touch the digits, as in JY12207021234567 or a 统一社会信用代码."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _hides_birthday(number: str) -> bool:
    """Whether an identity number lies in a run of digits of any length (one more digit typed, two numbers glued)."""
    if len(number) == _USCC_LENGTH and not number.endswith("X"):
        return _born(number)
    return any(_born(number[at : at + _USCC_LENGTH]) for at in range(len(number) - _USCC_LENGTH + 1))


def _accounts(text: str) -> Iterator[Span]:
    for match in _LONG.finditer(text):
        number, before = match[0], text[: match.start()][-12:]
        numbered = _NUMBERED.search(before) and not number.startswith(_BANK_CARD)
        if not (numbered or _is_uscc(number) or _in_code(text, match) or len(number) > 19):  # noqa: PLR2004
            yield match.start(), match.end(), MASK
    for match in _GROUPS.finditer(text):
        yield match.start(), match.end(), MASK


def _phones(text: str) -> Iterator[Span]:
    for pattern in (_MOBILE, _LANDLINE):
        yield from ((match.start(), match.end(), MASK) for match in pattern.finditer(text))


def _said_numbers(text: str) -> Iterator[Span]:
    if _ENDS_A_WORD.search(text):
        yield from ((match.start(1), match.end(1), MASK) for match in _SAID_NUMBER.finditer(text))


def _plates(text: str) -> Iterator[Span]:
    return ((match.start(), match.end(), match[1] + MASK) for match in _PLATE.finditer(text))


def _emails(text: str) -> Iterator[Span]:
    """From the @ back over what can be a mailbox: forward from every letter takes for ever in a text of letters."""
    last = 0
    for host in _AT_HOST.finditer(text):
        start = host.start()
        while start > last and text[start - 1] in _MAILBOX:
            start -= 1
        if start < host.start():
            last = host.end()
            yield start, last, MASK


_COUNTED = "0-9A-Za-z一二三四五六七八九十百#-"
_COUNT = f"[{_COUNTED}]+"
_COUNT_BEGINS = f"(?<![{_COUNTED}]){_COUNT}"
"""A count from its first character on: what begins inside one began before."""
_HAN = "一-鿿\ue000-\uf8ff"
"""Chinese, and the private characters that hold the place of a name while a text is masked."""
_HOME = re.compile(
    rf"[{_HAN}]{{1,6}}?(?:村|屯|嘎查)(?:村?民?委员会)?[{_HAN}]{{0,4}}?{_COUNT}(?:组|社|队)(?:{_COUNT}[号户])?"
    rf"|{_COUNT_BEGINS}(?:号楼?|栋|幢|座|楼)(?:{_COUNT}楼)?{_COUNT}(?:单元|门)(?:{_COUNT}(?:室|户|号|楼|层))*"
    rf"|{_COUNT_BEGINS}(?:号楼|栋|幢)-?{_COUNT}(?:室|户)"
)
_LIVES = re.compile(
    r"(?:家庭住址|住址|户籍所在地|户籍地址?|户籍|居住地|居住于|现住|暂住于?|家住|住所地?|居住在|住在|家庭地址|籍贯)"
    rf"(?:为|是|系|在|位于)?[: ]?([{_HAN}0-9A-Za-z()#\-]{{4,60}})"
)
_MOVED = re.compile("(?:迁|搬|移|变更|改|换)(?:至|到|往|入|为|成)")
_COUNTY = re.compile(r"(?:[省州盟旗县]|(?<![小社园新校库地])区|市(?!场))")
_STOP = frozenset('于在住为至往到将对从由向和与及的，。；、：:,;()（）《》\n\t “”"?!')
_REACH = 24
_LONGEST_KEPT = 3


def _homes(text: str) -> Iterator[Span]:
    """Homes below the county: 某村…组, 某小区…号楼…单元…室, and what follows 住址 or 户籍."""
    for match in _HOME.finditer(text):
        yield _after_county(text, match), match.end(), MASK
    for match in _LIVES.finditer(text):
        ends = [found.start() for found in _MOVED.finditer(text, match.start(1), match.end(1))] + [match.end(1)]
        for start, end in zip([match.start(1), *ends], ends, strict=False):
            kept = [found.end() for found in _COUNTY.finditer(text, start, end)][:_LONGEST_KEPT]
            if kept and kept[-1] < end:
                yield kept[-1], end, MASK


def _after_county(text: str, match: re.Match[str]) -> int:
    """Where the part below the county begins: back from the match to the county's name, or to a stop."""
    start = match.start()
    lowest = max(0, start - _REACH)
    while start > lowest and text[start - 1] not in _STOP:
        start -= 1
    inside = [found.end() for found in _COUNTY.finditer(text, start, match.end())]
    return inside[-1] if inside else start


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of shape: its stable code, the hint without which it can not occur, how it is found."""

    code: str
    hint: re.Pattern[str]
    find: Callable[[str], Iterator[Span]]


SHAPES = (
    Shape("identity", re.compile(rf"\d(?:(?:{_GAP}\d){{12}}|[Xx*×某■●]{{4}})"), _identity),
    Shape("account", re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}"), _accounts),
    Shape("phone", re.compile(r"\d(?:[\s\-.·_/)]{0,3}\d){9}"), _phones),
    Shape("phone", re.compile(r"\d{3}[ )-]*\d|微信|QQ"), _said_numbers),
    Shape("plate", re.compile(r"[A-Za-z][·.\- ]{0,2}[A-Za-z0-9]{4}"), _plates),
    Shape("email", re.compile("@"), _emails),
    Shape("home", re.compile("[组社队室户元门住]|籍贯|家庭地址"), _homes),
)
"""In this order: an earlier shape wins where two overlap."""

NEVER_PUBLIC = ("identity", "phone", "account")
"""Shapes that no public column may hold; the gate looks for them again."""


def spans(text: str, codes: tuple[str, ...] | None = None) -> list[Span]:
    """Every shape in `text`, without overlaps, in the order of the text; of the named codes only, where given."""
    plain = _NUMERALS.sub(lambda run: run[0].translate(_DIGITS), folded(text))
    found: list[Span] = []
    taken = bytearray(len(plain))
    for shape in SHAPES:
        if (codes is None or shape.code in codes) and shape.hint.search(plain):
            for start, end, shown in shape.find(plain):
                if taken.find(1, start, end) < 0:
                    taken[start:end] = b"\1" * (end - start)
                    found.append((start, end, shown))
    return sorted(found)


@lru_cache(maxsize=4096)
def _all_spans(text: str) -> tuple[Span, ...]:
    """The same, kept: most texts are those that departments write again, and who masks one and the gate both look."""
    return tuple(spans(text))


@lru_cache(maxsize=4096)
def holds(text: str, codes: tuple[str, ...] = NEVER_PUBLIC) -> bool:
    """Whether `text` holds one of the shapes."""
    if codes == NEVER_PUBLIC and not _all_spans(text):  # asked of free texts: who masked them looked for all
        return False
    return bool(spans(text, codes))


def mask_shapes(text: str) -> str:
    """`text` with every shape masked; doing it twice changes nothing (DOMAIN.md 7)."""
    found = _all_spans(text)
    return replaced(text, found) if found else text


def replaced(text: str, found: Iterable[Span]) -> str:
    """`text` with what is to be shown in the place of each span; they come in order and do not overlap."""
    pieces, last = list[str](), 0
    for start, end, shown in found:
        pieces += text[last:start], shown
        last = end
    return "".join((*pieces, text[last:]))
