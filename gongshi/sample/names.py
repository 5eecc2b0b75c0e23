"""Invented names of persons, companies and shops, as unevenly spread as real ones."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from gongshi.sample.catalogue.entries import words

_T = TypeVar("_T")

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容", "令狐", "宇文", "东方")
MONGOLIAN_NAMES = words(
    "巴特尔 乌日娜 其其格 苏日娜 阿古拉 朝鲁 萨仁高娃 格日勒图 哈斯巴根 乌兰图雅 额尔敦 宝音 那仁满都拉 娜仁花 "
    "特木尔 孟和 布和 斯琴高娃 阿拉坦 牧仁 其木格 呼和 敖登 塔娜 白音仓 青格勒 达日汗 萨如拉"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌辉鹏飞宇浩晨雨欣怡佳琪嘉俊梓涵子轩雪"
    "海波东升春生永福德才志远立新春花凤云淑珍国庆长林双喜铁柱宝山大勇景荣庆丰继业守信忠民"
)
BRAND_CHARACTERS = (
    "鑫源盛达宏丰泰华恒隆兴旺福顺康佳美吉祥瑞安和信诚德昌荣嘉润禾田穗绿洲江河松原查干湖远航博宇天地人金银玉宝"
    "龙凤麒麟鸿运亨通聚众汇鼎中正大广永久长青春晖曙光东方北辰星月明珠海川峰岭云霞雪梅兰竹菊雅悦乐尚品优臻"
    "誉铭志诺亿百万千惠民益农牧耕谷稻香满仓丰收甘泉清溪碧波澜湾桥港帆晟睿煜炜烁熙昊轩宸祺骏驰腾跃翔飞捷迅"
)
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "有限公司松原分公司", "农民专业合作社")
_MINORITY, _COMPOUND = 0.03, 0.045
_TWO_CHARACTERS, _THREE_BRAND = 0.82, 0.25


def skewed(rng: Random, items: Sequence[_T], steepness: float = 2.0) -> _T:
    """One of `items`, the earlier ones far oftener: roughly the rank law of words and surnames."""
    return items[int(len(items) * rng.random() ** steepness)]


def person(rng: Random) -> str:
    """A full name: mostly 汉族, some with 复姓, some Mongolian as in 前郭尔罗斯."""
    chance = rng.random()
    if chance < _MINORITY:
        return rng.choice(MONGOLIAN_NAMES)
    surname = rng.choice(COMPOUND_SURNAMES) if chance < _COMPOUND else skewed(rng, SURNAMES, 2.2)
    given = rng.choice(_GIVEN)
    return surname + given + (skewed(rng, _GIVEN, 1.3) if rng.random() < _TWO_CHARACTERS else "")


def brand(rng: Random) -> str:
    """Two or three characters such as companies and goods are called by."""
    count = 3 if rng.random() < _THREE_BRAND else 2
    return "".join(skewed(rng, BRAND_CHARACTERS, 1.6) for _ in range(count))


def company(rng: Random, place: str, trades: Sequence[str]) -> str:
    """An organisation: place, brand, trade, form."""
    form = rng.choice(_FORMS)
    if form.endswith("分公司"):
        place = rng.choice(("吉林省", "长春市", "哈尔滨", "沈阳"))
    trade = "" if form.endswith("合作社") else skewed(rng, trades)
    return f"{place}{brand(rng)}{trade}{form}"


def shop(rng: Random, place: str, shops: Sequence[str]) -> str:
    """A sole trader's 字号."""
    return f"{place}{brand(rng)}{skewed(rng, shops)}"
