"""Texts that break naive software, near duplicates, document numbers, amounts."""

from __future__ import annotations

from datetime import date

from gongshi.sample.difficult.case import (
    CHANGLING,
    FARMING,
    HOUSING,
    LAND,
    MARKET,
    QIANGUO,
    SAFETY,
    STREETS,
    WATER,
    Case,
    People,
    on,
    penalty,
)

_SCREEN = "《城市市容和环境卫生管理条例》第三十六条第（一）项"


def texts(people: People) -> list[Case]:
    """The cases, each with its words."""
    twin = "在经营场所外墙擅自设置大型户外广告一处，面积{n}平方米，经责令限期拆除后逾期未拆除。"
    long = "；".join(
        f"{n}.{n % 12 + 1}月{n % 27 + 1}日抽查台账，第{n}号储存间危险化学品出入库记录与实际数量不符，"
        f"相差{n * 3 % 17 + 1}公斤"
        for n in range(1, 38)
    )
    return [
        *(
            Case(
                f"near duplicates, {number}",
                STREETS,
                "penalty",
                on(19),
                penalty("未经批准设置户外广告", twin.format(n=n), _SCREEN, "罚款人民币1000元。", "1000")
                | {"document_number": f"松城管罚〔2026〕户外{number}号"},
                (people.company(name),),
            )
            for number, n, name in (
                ("003", "36", "松原市众信广告有限公司"),
                ("004", "38", "松原市众信广告有限公司"),
            )
        ),
        Case(
            "markup and a formula in the text",
            QIANGUO,
            "penalty",
            on(18),
            penalty(
                "=cmd|' /C calc'!A0",
                '在网店首页发布“<script>alert(1)</script>”字样的广告，另有"><img src=x onerror=alert(1)>等内容。',
                "《中华人民共和国广告法》第五十五条第一款",
                "@SUM(1+1)，罚款人民币3000元。",
                "3000",
            ),
            (people.company("前郭县{{7*7}}网络科技有限公司"),),
        ),
        Case(
            "a very long text",
            SAFETY,
            "penalty",
            on(18),
            penalty(
                "未如实记录事故隐患排查治理情况",
                "经查，当事人存在以下问题：" + long + "。",
                "《中华人民共和国安全生产法》第四十一条第二款、第九十七条第（五）项",
                "罚款人民币40000元。",
                "40000",
            ),
            (people.company("松原市泰和恒化工有限公司", "康永生"),),
        ),
        Case(
            "rare characters",
            CHANGLING,
            "licence",
            on(18),
            {"content": "准予从事道路普通货物运输，车辆品牌䶮达、型号𬭩金-2。"},
            (people.company("长岭县䶮腾运输有限公司", "叶㛃"),),
        ),
        Case(
            "number with brackets of another width and leading zeros",
            HOUSING,
            "penalty",
            on(16),
            {"document_number": "松住建罚［2026］第0902号"},
        ),
        Case(
            "number with an infix",
            FARMING,
            "penalty",
            on(17),
            {"document_number": "松农（种子）罚﹝2026﹞0907号"},
        ),
        Case(
            "the sheet's own quirks: line breaks and wide digits",
            WATER,
            "penalty",
            on(18),
            penalty(
                "未经批准擅自取水",
                "一、当事人使用自备井取用地下水；\n二、取水量约１２０立方米；\n三、经责令停止后继续取水。",
                "《中华人民共和国水法》第四十八条第一款、第六十九条第（一）项",
                "罚款人民币20000元。",
                "20000",
            ),
            (people.company("松原市清泉洗涤服务有限公司", "井长河"),),
        ),
    ]


def amounts(people: People) -> list[Case]:
    """The cases, each with its words."""
    return [
        Case(
            "several penalties at once",
            MARKET,
            "penalty",
            on(19),
            penalty(
                "销售劣药",
                "陈列销售超过有效期的感冒灵颗粒27盒，货值金额405元，违法所得58.5元。",
                "《中华人民共和国药品管理法》第九十八条第三款第（五）项、第一百一十七条第一款",
                "1.没收违法所得58.5元；2.没收劣药27盒；3.罚款人民币10000元；4.吊销药品经营许可证；5.责令关闭。",
                "10000",
                classes="没收违法所得、没收非法财物、罚款、吊销许可证件、责令关闭",
            )
            | {"confiscated": "58.5", "revoked_licence": "药品经营许可证 吉DA4380000001"},
            (people.company("松原市康佑医药连锁有限公司长宁店", "滕秀芝"),),
        ),
        Case(
            "an amount with small change",
            MARKET,
            "penalty",
            on(19),
            penalty(
                "哄抬价格",
                "购销差价率超过规定幅度销售一次性使用医用口罩，多收价款1234.56元。",
                "《中华人民共和国价格法》第十四条第（三）项、第四十条",
                "没收违法所得1234.56元；罚款人民币6172.8元。",
                "6172.8",
                classes="没收违法所得、罚款",
            )
            | {"confiscated": "1234.56"},
            (people.company("松原市安康大药房有限公司", "颜丽萍"),),
        ),
        Case(
            "a very large amount",
            LAND,
            "penalty",
            on(19),
            penalty(
                "未经批准非法占用土地",
                "未经批准占用集体土地86500平方米建设厂房。",
                "《中华人民共和国土地管理法》第七十七条第一款",
                "罚款人民币2595000元。",
                "2595000",
            ),
            (people.company("松原市宏图新能源股份有限公司", "易正国"),),
        ),
        Case(
            "another penalty than the law's list",
            LAND,
            "penalty",
            on(18),
            penalty(
                "盗伐林木",
                "在农田防护林内砍伐杨树6株。",
                "《中华人民共和国森林法》第七十六条第一款",
                "责令补种树木60株；罚款人民币1800元。",
                "1800",
                classes="罚款、其他-责令补种树木",
            ),
            (people.person("钮福山", date(1962, 4, 18)),),
        ),
    ]
