"""Names: masked on arrival, compound, Mongolian, in the facts, open to choice; and numbers that betray."""

from __future__ import annotations

from datetime import date

from gongshi.sample.difficult.case import (
    CULTURE,
    HEALTH,
    MARKET,
    POLICE,
    QIANGUO,
    SHOWN,
    TRANSPORT,
    UNDECIDED,
    Case,
    People,
    on,
    penalty,
)

BYSTANDERS = "陈桂兰", "陶春生"
"""A patient and a witness whom a text names: the reviewer masks them."""


def names(people: People) -> list[Case]:
    """The cases, each with its words."""
    traffic = "《中华人民共和国道路交通安全法》第九十一条第一款"
    masked = penalty("饮酒后驾驶机动车", "饮酒后驾驶小型轿车被查获。", traffic, "罚款人民币1000元。", "1000")
    return [
        Case(
            "masked with stars",
            POLICE,
            "penalty",
            on(13),
            masked,
            (people.person("张**", party_adult_when_decided="是"),),
        ),
        Case(
            "masked with a letter",
            POLICE,
            "penalty",
            on(13),
            masked,
            (people.person("陈X", party_adult_when_decided="是"),),
        ),
        Case(
            "all masked, number masked",
            POLICE,
            "penalty",
            on(16),
            masked,
            (
                people.person(
                    "***",
                    party_document="身份证",
                    party_document_number="2207XXXXXXXXXX6546",
                    party_adult_when_decided="是",
                ),
            ),
        ),
        Case(
            "a compound surname",
            CULTURE,
            "penalty",
            on(16),
            {},
            (people.person("欧阳晓蕾", date(1993, 3, 3)),),
        ),
        Case("a Mongolian name", QIANGUO, "licence", on(17), {}, (people.person("其木格", date(1979, 8, 15)),)),
        Case("a name with a dot", QIANGUO, "penalty", on(17), {}, (people.person("古丽·阿依努尔", date(1988, 4, 2)),)),
        Case(
            "a bystander in the facts, whom the reviewer masks",
            HEALTH,
            "penalty",
            on(17),
            penalty(
                "非医师行医",
                f"未取得医师资格为他人镶牙，患者{BYSTANDERS[0]}证实支付费用800元。现场负责人{BYSTANDERS[1]}在笔录上签字。",
                "《中华人民共和国医师法》第五十九条",
                "没收违法所得800元；罚款人民币20000元。",
                "20000",
                classes="没收违法所得、罚款",
            )
            | {"confiscated": "800"},
            (people.person("戴明远", date(1969, 10, 10)),),
            bystanders=BYSTANDERS,
        ),
        Case(
            "a brand that looks like a name, which the reviewer opens",
            MARKET,
            "penalty",
            on(17),
            penalty(
                "销售侵犯注册商标专用权的商品",
                f"销售标有“{SHOWN}”商标的运动鞋31双，经商标权利人辨认为侵权商品。当事人称从{SHOWN}专卖店购进，不能提供票据。",
                "《中华人民共和国商标法》第五十七条第（三）项、第六十条第二款",
                "罚款人民币8000元。",
                "8000",
            ),
            (people.trader("宁江区步步高鞋店", "贺永祥"),),
        ),
        Case(
            "a name on which the reviewer has not decided",
            MARKET,
            "penalty",
            on(18),
            penalty(
                "未取得食品经营许可从事食品经营活动",
                f"当事人承租{UNDECIDED}的门市房加工销售熟食，至查获时营业额2160元。",
                "《中华人民共和国食品安全法》第三十五条第一款、第一百二十二条第一款",
                "罚款人民币5000元。",
                "5000",
            ),
            (people.trader("宁江区老味道熟食店", "苗丽华"),),
        ),
        Case(
            "numbers, telephones, plates, homes and accounts in the facts",
            TRANSPORT,
            "penalty",
            on(18),
            penalty(
                "未取得道路运输经营许可从事道路运输经营",
                "驾驶员（身份证号220702198306150019，电话13900000123）驾驶吉J0X123号车载客4人，"
                "收取车费160元，款项转入账号6222020200000001234，住松原市宁江区示例小区5号楼2单元301室。",
                "《中华人民共和国道路运输条例》第十条、第六十三条",
                "罚款人民币3000元。",
                "3000",
            ),
            (people.person("谭继业", date(1983, 6, 15)),),
        ),
    ]
