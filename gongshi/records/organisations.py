"""What of an organisation's name tells it from others: without its place and its legal form.

松原市宏远商贸有限公司 is 宏远商贸. People remember that, and mistype it; the rest they leave out or write otherwise.
Frozen with the keys of public.db (keys.KEYS_VERSION).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 "
    "贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国"
)
_FORMS = (
    "集团 集团公司 股份 总公司 公司 有限公司 有限责任公司 股份有限公司 股份公司 农民专业合作社 "
    "农民专业合作社联合社 专业合作社 合作社 普通合伙 有限合伙 特殊普通合伙 个人独资"
)
_KINDS_OF_PLACE = re.compile("[省市县区旗]$")
_AUTONOMOUS = re.compile("自治[县州旗]$")
_LEAST = 2
"""Characters that must stay: a company may be called by nothing else than its place and its form."""
_SHORT_PLACE = 2


@lru_cache(maxsize=4096)
def core(name: str, regions: tuple[str, ...]) -> str:
    """The distinctive part of a name in the index's form (tokens.normalise), `regions` being names of places in that
    form; the whole name, without blanks and brackets, where little else would be left."""
    before, after, within = _patterns(regions)
    plain = "".join(name.split())
    bare = _stripped(_stripped(within.sub("", plain), before), after).replace("(", "").replace(")", "")
    return bare or plain


def _stripped(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what the pattern finds at its edge, again and again, as long as enough is left."""
    while (shorter := pattern.sub("", text, count=1)) != text and len(shorter) >= _LEAST:
        text = shorter
    return text


@lru_cache(maxsize=8)
def _patterns(regions: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Places at the beginning, legal forms at the end, both in brackets."""
    places, forms = _alternatives(_places(regions)), _alternatives(_FORMS.split())
    ending = re.compile(f"(?:(?:{places})?分公司|{forms})$")
    return re.compile(f"^(?:{places})"), ending, re.compile(rf"\((?:{places}|{forms})\)")


def _places(regions: Collection[str]) -> list[str]:
    """Places as they are called: with and without the word that says what kind of place it is."""
    whole = [*regions, *(f"{name}{kind}" for name in _PROVINCES.split() for kind in ("省", "市", "自治区"))]
    short = [_KINDS_OF_PLACE.sub("", name) for name in regions]
    autonomous = [
        name[:_SHORT_PLACE] for name in regions if _AUTONOMOUS.search(name)
    ]  # 前郭尔罗斯蒙古族自治县 is 前郭县
    called = [*short, *autonomous, *(f"{name}县" for name in autonomous)]
    return [*whole, *_PROVINCES.split(), *(name for name in called if len(name) >= _SHORT_PLACE)]


def _alternatives(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
