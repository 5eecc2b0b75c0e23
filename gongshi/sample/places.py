"""Places in and around 松原: real districts and towns, invented streets and house numbers."""

from __future__ import annotations

from random import Random

from gongshi.sample.catalogue.entries import words
from gongshi.sample.names import BRAND_CHARACTERS, skewed

DISTRICTS = {
    "220700": "松原市",
    "220702": "松原市宁江区",
    "220721": "前郭县",
    "220722": "长岭县",
    "220723": "乾安县",
    "220781": "扶余市",
}
_CITY_DISTRICTS = ("220702", "220702", "220702", "220721", "220781", "220722", "220723")
_ROADS = ("大街", "路", "街", "胡同", "西路", "东路", "北街", "南街")
_TOWNS = {
    "220702": words("大洼镇 善友镇 毛都站镇 伯都乡 新城乡"),
    "220721": words("长山镇 查干湖镇 王府站镇 八郎镇 乌兰图嘎镇 哈拉毛都镇 吉拉吐乡 海勃日戈镇"),
    "220722": words("太平川镇 三青山镇 巨宝山镇 腰坨子乡 大兴镇 新安镇"),
    "220723": words("水字镇 大布苏镇 安字镇 让字镇 赞字乡"),
    "220781": words("三岔河镇 蔡家沟镇 弓棚子镇 陶赖昭镇 长春岭镇 增盛镇 五家站镇"),
}
TOWNS = tuple(town for towns in _TOWNS.values() for town in towns)
_VILLAGES = words("前 后 东 西 新 大 小 上 下 南 北 中")
_VILLAGE_ENDS = words("榆树村 甸子村 窝堡村 泡子村 岗子村 围子村 井子村 营子村 屯村 马架村 洼子村")
ROADS = (
    "G203国道",
    "G302国道",
    "G45大广高速",
    "G12珲乌高速",
    "S209省道",
    "S513省道",
    "X041县道",
    "长太公路",
    "扶陶公路",
)
RIVERS = ("松花江", "第二松花江", "嫩江", "拉林河", "引松干渠", "霍林河")
_SITE_ENDS = words("小区 花园 家园 新城 广场 学校 医院 产业园 安置楼 公寓 商业综合体")


def home_region(rng: Random, region: str) -> str:
    """The district in which a party of a department of `region` is: its own county, or one of the city's."""
    return rng.choice(_CITY_DISTRICTS) if region == "220700" else region


def street(rng: Random) -> str:
    """An invented street."""
    return skewed(rng, BRAND_CHARACTERS, 1.4) + skewed(rng, BRAND_CHARACTERS) + rng.choice(_ROADS)


def address(rng: Random, region: str) -> str:
    """A business address."""
    head = DISTRICTS[home_region(rng, region)]
    return f"{head}{street(rng)}{rng.randrange(1, 2400)}号{rng.choice(('', '', '1楼', '门市', '3号门市', 'B座102室'))}"


def village(rng: Random, region: str) -> str:
    """A village in a town."""
    home = home_region(rng, region)
    return f"{DISTRICTS[home]}{skewed(rng, _TOWNS[home])}{rng.choice(_VILLAGES)}{skewed(rng, _VILLAGE_ENDS)}"


def site(rng: Random) -> str:
    """A building site or an estate."""
    return f"{skewed(rng, BRAND_CHARACTERS)}{skewed(rng, BRAND_CHARACTERS)}{rng.choice(_SITE_ENDS)}" + rng.choice(
        ("", "", "一期", "二期", "B区", "三标段")
    )
