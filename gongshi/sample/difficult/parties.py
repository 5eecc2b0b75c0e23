"""Several parties of several types, and persons whose age decides."""

from __future__ import annotations

from datetime import date

from gongshi.sample.difficult.case import (
    ENVIRONMENT,
    FARMING,
    HOUSING,
    MARKET,
    SAFETY,
    STREETS,
    Case,
    People,
    fine,
    on,
    penalty,
)

_SAFE = "《中华人民共和国安全生产法》第二十八条第一款、第九十七条第（三）项、第九十四条第一款"
_FOOD = "《中华人民共和国食品安全法》第三十四条第（十）项、第一百二十四条第一款第（五）项"
_FISH = "《中华人民共和国渔业法》第三十条第一款、第三十八条第一款"
_STREET = "《城市道路管理条例》第三十条、第四十二条"


def parties(people: People) -> list[Case]:
    """The cases, each with its words."""
    training = "当事人未对12名从业人员进行安全生产教育和培训。该公司主要负责人邵文博未履行安全生产管理职责。"
    quarrel = "两当事人在嫩江同一河段使用电捕鱼器捕捞，渔获物当场放生。"
    return [
        Case(
            "a company and its representative, who is named in the facts",
            SAFETY,
            "penalty",
            on(16),
            penalty("未按规定进行安全生产教育和培训", training, _SAFE, ""),
            (
                people.company("松原市宏源瑞机械制造有限公司", "邵文博", **fine("35000")),
                people.person("邵文博", date(1975, 6, 3), **fine("3500")),
            ),
        ),
        Case(
            "three companies of one decision, each with its own amount",
            HOUSING,
            "penalty",
            on(17),
            penalty(
                "串通投标",
                "三当事人在同一标段投标文件中使用相同的电子文件识别码，视为串通投标。",
                "《中华人民共和国招标投标法》第三十二条、第五十三条",
                "",
            ),
            (
                people.company("松原市恒泰广建筑工程有限公司", "段洪亮", **fine("61000")),
                people.company("松原市聚安建筑工程有限责任公司", "付晓东", **fine("58000.5")),
                people.company("松原市明瑞达建筑劳务有限公司", "石立军", **fine("42000")),
            ),
        ),
        Case(
            "two natural persons",
            FARMING,
            "penalty",
            on(13),
            penalty("使用电鱼方法进行捕捞", quarrel, _FISH, ""),
            (
                people.person("宝音巴图", date(1984, 2, 29), **fine("1000")),
                people.person("欧阳立冬", date(1990, 12, 1), **fine("1500")),
            ),
        ),
        Case(
            "a partnership is an organisation",
            MARKET,
            "penalty",
            on(16),
            penalty("经营超过保质期的食品", "货架上摆放超过保质期的饼干6袋。", _FOOD, "罚款人民币3000元。", "3000"),
            (people.company("松原市丰禾食品批发部（普通合伙）", "纪春华"),),
        ),
        Case(
            "a sole trader with its 字号 and its operator in brackets",
            STREETS,
            "penalty",
            on(18),
            penalty("占用城市道路摆摊经营", "店外摆放桌椅，占用人行道12平方米。", _STREET, "罚款人民币200元。", "200"),
            (people.trader("宁江区鑫顺源饺子馆（经营者：柴凤英）", "柴凤英"),),
        ),
        Case(
            "a sole trader without 字号",
            STREETS,
            "penalty",
            on(18),
            penalty("占用城市道路摆摊经营", "在人行道摆放水果摊占道经营。", _STREET, "罚款人民币100元。", "100"),
            (people.trader("柴凤霞", "柴凤霞"),),
        ),
        Case(
            "the same person, masked as a party and named in another decision's facts",
            STREETS,
            "penalty",
            on(19),
            penalty(
                "占用城市道路摆摊经营",
                "当事人柴凤霞经责令改正后，于2026年11月18日再次占道经营。",
                _STREET,
                "罚款人民币500元。",
                "500",
            ),
            (people.trader("柴凤霞", "柴凤霞"),),
        ),
    ]


def ages(people: People) -> list[Case]:
    """The cases, each with its words."""
    burning = penalty(
        "露天焚烧秸秆",
        "在村外耕地点燃玉米秸秆，过火面积约90平方米。",
        "《中华人民共和国大气污染防治法》第七十七条、第一百一十九条第一款",
        "罚款人民币500元。",
        "500",
    )
    fishing = penalty("使用电鱼方法进行捕捞", "使用电捕鱼器捕捞，渔获物2.4公斤。", _FISH, "罚款人民币500元。", "500")
    return [
        Case("a minor", FARMING, "penalty", on(16), fishing, (people.person("常小川", date(2009, 5, 20)),)),
        Case(
            "a minor without a number, by the tick",
            ENVIRONMENT,
            "penalty",
            on(17),
            burning,
            (people.person("白雪松", party_adult_when_decided="否"),),
        ),
        Case(
            "a minor at the act only",
            FARMING,
            "penalty",
            on(18),
            fishing,
            (people.person("鲁兴旺", date(2008, 9, 30), party_adult_when_acted="否"),),
        ),
        Case(
            "a minor among several parties",
            FARMING,
            "penalty",
            on(19),
            fishing | {"content": ""},
            (
                people.person("佟国志", date(1981, 1, 9), **fine("800")),
                people.person("佟小宇", date(2010, 7, 7), **fine("200")),
            ),
        ),
        Case("age unknown", ENVIRONMENT, "penalty", on(18), burning, (people.person("尹德发"),)),
        Case(
            "of age by the tick",
            ENVIRONMENT,
            "penalty",
            on(19),
            burning,
            (people.person("格根塔娜", party_adult_when_decided="是"),),
        ),
    ]
