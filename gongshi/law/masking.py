"""How a name is shown: 张某某 for a person, a company and a shop's 字号 as they are (DOMAIN.md 5 to 9).

Pure text in, text out; of a cell that names several persons, who they are. Texts are masked in gongshi/law/book.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from gongshi.law.facts import NATURAL_PERSON, SOLE_TRADER
from gongshi.law.lexicon import lexicon
from gongshi.law.shapes import MASK
from gongshi.law.surnames import SINGLE, surname_of

SOMEBODY = "某某"
SOME_UNIT = "某单位"
"""What stands in free text where a party that may not be shown is an organisation."""

_TRADE_WORDS = re.compile(
    r"经营部|经销|商行|商店|超市|便利|商场|市场|卖部|饭店|餐|酒楼|酒家|小吃|食府|食堂|烧烤|火锅|面馆|早点|串店|包子|饺子|麻辣|"
    r"宾馆|旅馆|旅店|客栈|酒店|浴池|洗浴|足疗|理发|美发|美容|养生|诊所|药房|药店|大药|门诊|医院|维修|修理|修配|汽修|洗车|"
    r"服务部|服务站|服务中心|中心|工作室|工作站|加工|加油|养殖|种植|合作社|农场|家庭农|批发|零售|专卖|门市|服装|鞋|建材|五金|"
    r"家具|家电|手机|通讯|电脑|网吧|网咖|歌厅|棋牌|台球|游戏|影楼|照相|广告|图文|打字|幼儿园|托管|培训|学校|运输|物流|快递|"
    r"货运|租赁|商贸|贸易|食品|粮|水果|蔬菜|肉|水产|奶|茶|烟酒|日杂|百货|土产|饲料|农资|种子|化肥|农药|兽药|装饰|装潢|门窗|"
    r"公司|工厂|作坊|分店|总店"
)
_TRADE_ENDINGS = "店部馆厂坊铺站吧摊社场室户档"
_DOUBTFUL_ENDINGS = "行轩堂园庄阁居楼苑斋廊屋"
"""Characters that end a shop's name, and a person's too (张景行, 李宇轩)."""
_PLACE = re.compile(r"[省市县区旗镇乡村街路]")
_PADDED = 2
"""Words of which one is a single character: 王 五 and 欧阳 娜 are one person."""
_SHORT = 3
_TWICE_TWO = 4
_LONGEST_BARE = 4

_BRACKETED = re.compile(r"([(（\[【])([^()（）\[\]【】]*)([)）\]】])")
_OPERATOR_WORDS = re.compile(r"^(?:个体工商户|经营者|业主|负责人|投资人|执行事务合伙人|法定代表人|字号名称|字号)[:：]?")
_LED = re.compile(r"(?:经营者|业主|负责人|投资人|执行事务合伙人|法定代表人)[:：]?[^:：]")
_NO_NAME = re.compile(
    r"个体工商户|个体户?|个人独资|示例|样例|分店|总店|[一-鿿]*[店部馆厂行]|第?[0-9一二三四五六七八九十]+[店部号]?|.*[省市县区镇乡村街路]"
)
_MASKS = "*＊×xX某○●■〇□#?？"
_MASKED = re.compile(rf"[{_MASKS}]+[甲乙丙丁0-9]?|[{_MASKS}]*(?:先生|女士|同志)")
_AND_OTHERS = re.compile(r"等[0-9一二三四五六七八九十]*人$")
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


_REMEMBERED = 4096
"""Names of which is kept what came of them: a decision's few names are looked at dozens of times."""


def mask_name(name: str, party_type: str) -> str:
    """The published form of a party's name.

    A natural person keeps the surname (欧阳娜 becomes 欧阳某某); where none is listed, 某某. A sole
    trader's 字号 is shown and an operator named in brackets masked; without a 字号 it is a person.
    Organisations are never masked, but for a person whom a bracket calls its investor or head, or who
    stands alone in the bracket behind the name. Input that is masked already (陈X, 张**) stays.
    """
    if party_type == SOLE_TRADER:
        return _trader(name)
    return _masked_persons(name) if party_type == NATURAL_PERSON else _without_leaders(name)


@lru_cache(_REMEMBERED)
def mask_person(name: str) -> str:
    """A natural person's published form: 张某某, 欧阳某某, 某某; never a character of the given name."""
    bare = bare_name(name)
    surname = surname_of(bare)
    if is_masked(bare):
        return bare
    return surname + SOMEBODY


@lru_cache(_REMEMBERED)
def bare_name(name: str) -> str:
    """A person's name without spaces, brackets behind it and look-alike characters."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", name)).replace("•", "·").replace("・", "·")
    plain = _AND_OTHERS.sub("", plain)
    return _OPERATOR_WORDS.sub("", plain.split("(")[0]) or plain.strip("()")


@lru_cache(_REMEMBERED)
def is_masked(name: str) -> bool:
    """Whether a name has been masked by the sender: nothing stands after the surname but masks."""
    bare = bare_name(name)
    surname = surname_of(bare) or ""
    return any(_MASKED.fullmatch(bare[len(head) :]) is not None for head in {surname, bare[:1] if surname else ""})


@lru_cache(_REMEMBERED)
def has_trade_name(name: str) -> bool:
    """Whether a sole trader's name is a 字号 (鑫源超市) and not its operator's own (张三)."""
    bare = bare_name(name)
    if not bare or is_masked(bare):
        return False
    surname = bare[0] in SINGLE
    if _TRADE_WORDS.search(bare) or (bare[-1] in _TRADE_ENDINGS and len(bare) >= _SHORT - (not surname)):
        return True
    if bare[-1] in _DOUBTFUL_ENDINGS and len(bare) >= _SHORT and not surname:
        return True
    return len(bare) > _LONGEST_BARE and "·" not in bare and _PLACE.search(bare) is not None


def looks_like_a_person(name: str) -> bool:
    """Whether an organisation's name is so short, and begins with a surname, that it is a person's (赵铁柱)."""
    bare = bare_name(name)
    surname = surname_of(bare) or ""
    given = bare[len(surname) :]
    return bool(surname) and 1 <= len(given) <= _SHORT - 1 and not has_trade_name(name) and not is_masked(name)


def _trader(name: str) -> str:
    if not has_trade_name(name):
        return _masked_persons(name)
    return _BRACKETED.sub(lambda found: found[1] + _operator(found[2]) + found[3], name)


def _without_leaders(name: str) -> str:
    """An organisation's name; a bracket in it is its own (吉林) unless it names a person."""
    return _BRACKETED.sub(
        lambda found: found[1] + (_operator(found[2]) if _names_a_person(found) else found[2]) + found[3], name
    )


def _names_a_person(bracket: re.Match[str]) -> bool:
    """Whether a bracket in an organisation's name says whom it names, or ends the name and can only be a person's:
    the brackets of companies hold a place before 有限公司, and words (普通合伙) behind it."""
    inside, ends = bracket[2], not bracket.string[bracket.end() :].strip()
    if _LED.match(inside):
        return True
    persons = re.split(r"[、,，;；]", inside)
    return ends and all(looks_like_a_person(one) and bare_name(one) not in lexicon().words for one in persons)


def _operator(inside: str) -> str:
    """What a bracket in a shop's name holds: a note or a place stays, an operator is masked."""
    if not inside or _NO_NAME.fullmatch(inside) or is_masked(inside):
        return inside
    words = _OPERATOR_WORDS.match(inside)
    head = words[0] if words else ""
    return head + _masked_persons(inside[len(head) :])


_BETWEEN = re.compile(r"([、,，;；/]|(?<=[一-鿿]{2})[和及与](?=[一-鿿]{2}))")
"""What stands between persons; 和 between two names of two characters at least, for 张和平 is one person."""


def _parts(persons: str) -> list[str]:
    """Persons and, at odd places, what stands between them."""
    return _BETWEEN.split(persons)


def _masked_persons(persons: str) -> str:
    """Each of several persons masked: 张某某、李某某."""
    if not split_persons(persons):
        return SOMEBODY
    parts = enumerate(_parts(persons))
    return "".join(part if at % 2 or not bare_name(part) else mask_person(part) for at, part in parts)


def split_persons(persons: str) -> tuple[str, ...]:
    """The bare names in a text that names one or several persons: 张三、李四（副经理）."""
    return tuple(bare_name(part) for part in _parts(persons)[::2] if bare_name(part))


def persons_in(cell: str) -> tuple[str, ...]:
    """Everybody whom a cell may name, however its blanks are read: 王 五 is one person, 张三 李四 are two.

    A label before a colon (组长：), notes in brackets and numbers are left out.
    """
    parts = (part for line in cell.splitlines() for part in _parts(_BRACKETED.sub("", line))[::2])
    return tuple(dict.fromkeys(name for part in parts for name in _readings(part) if name))


def _readings(part: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", part).rpartition(":")[2]
    words = [word for word in plain.split() if not any(char.isdigit() for char in word)]
    yield bare_name("".join(words))
    padded = len(words) == _PADDED and any(len(word) == 1 for word in words)
    if len(words) > 1 and not padded:
        yield from (bare_name(word) for word in words if surname_of(word) not in (None, "", word) and len(word) > 1)
        single = "".join(word for word in words if len(word) == 1)
        yield from (single[:2], single[2:]) if len(single) == _TWICE_TWO else (single,)


@lru_cache(_REMEMBERED)
def operators(name: str, party_type: str) -> tuple[str, ...]:
    """The persons whom a party's name tells: a natural person, a trader without 字号, an operator in brackets."""
    if party_type == NATURAL_PERSON or (party_type == SOLE_TRADER and not has_trade_name(name)):
        return split_persons(name)
    found_in = [found for found in _BRACKETED.finditer(name) if party_type == SOLE_TRADER or _names_a_person(found)]
    inside = [_OPERATOR_WORDS.sub("", found[2]) for found in found_in]
    return tuple(one for persons in inside if _operator(persons) != persons for one in split_persons(persons))


__all__ = [
    "MASK",
    "NATURAL_PERSON",
    "SOLE_TRADER",
    "SOMEBODY",
    "SOME_UNIT",
    "bare_name",
    "has_trade_name",
    "is_masked",
    "looks_like_a_person",
    "mask_name",
    "mask_person",
    "operators",
    "persons_in",
    "split_persons",
]
