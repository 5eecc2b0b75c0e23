"""What is not published: the grounds of D18, sealed records, warnings only."""

from __future__ import annotations

from datetime import date

from gongshi.sample.difficult.case import (
    CULTURE,
    EARLIER,
    ENVIRONMENT,
    FUYU,
    LAND,
    POLICE,
    SAFETY,
    WATER,
    Case,
    People,
    on,
    penalty,
)

_ORDER = "《中华人民共和国治安管理处罚法》"


def grounds(people: People) -> list[Case]:
    """The cases, each with its words."""

    def withheld(ground: str, reason: str, **more: str) -> dict[str, str]:
        return {"withhold_ground": ground, "withhold_reason": reason, **more}

    return [
        Case(
            "D18 (1)",
            CULTURE,
            "penalty",
            on(18),
            withheld("未成年人", "当事人是未成年人（示例）。"),
            (people.person("谷小雨", date(2010, 1, 1)),),
        ),
        Case("D18 (2)", LAND, "penalty", on(13), withheld("主要事实涉密涉私", "主要事实涉及商业秘密（示例）。")),
        Case("D18 (3)", SAFETY, "penalty", on(13), withheld("危及安全稳定", "公开后可能影响社会稳定（示例）。")),
        Case(
            "D18 (4), with a review date",
            ENVIRONMENT,
            "penalty",
            on(16),
            withheld("妨害执法", "关联案件正在调查，公开可能妨害正常执法（示例）。", withhold_review_on="2027-02-01"),
        ),
        Case(
            "D18 (5), with its document",
            WATER,
            "penalty",
            on(16),
            withheld("上级认为不宜公开", "省主管部门认为不宜公开（示例）。", withhold_document="吉示例函〔2026〕1号"),
        ),
        Case("secrecy not checked", LAND, "licence", on(17), {"secrecy_checked": "否"}),
        Case(
            "sealed: public order, the law of 2012",
            POLICE,
            "penalty",
            date(2025, 9, 3),
            penalty(
                "殴打他人",
                "因琐事与他人发生口角并推搡。",
                _ORDER + "第四十三条第一款",
                "行政拘留五日。",
                classes="行政拘留",
            ),
            (people.person("栾志刚", date(1987, 11, 11)),),
            EARLIER,
        ),
        Case(
            "sealed: public order, the law of 2025, by another department's number",
            POLICE,
            "penalty",
            on(16),
            penalty("赌博", "以打扑克方式赌博，赌资600元。", _ORDER + "第八十二条", "罚款人民币300元。", "300"),
            (people.person("兰志强", date(1991, 2, 2)),),
        ),
        Case(
            "not sealed: detention under the traffic law",
            POLICE,
            "penalty",
            on(17),
            penalty(
                "未取得机动车驾驶证驾驶机动车",
                "未取得机动车驾驶证驾驶小型轿车。",
                "《中华人民共和国道路交通安全法》第九十九条第一款第（一）项、第二款",
                "行政拘留七日，并处罚款人民币1000元。",
                "1000",
                classes="行政拘留、罚款",
            ),
            (people.person("慕容海", date(1995, 5, 5)),),
        ),
        Case(
            "a warning only, by market supervision",
            FUYU,
            "penalty",
            on(17),
            penalty(
                "未按规定公示食品经营许可证",
                "在经营场所未悬挂食品经营许可证正本。",
                "《食品经营许可和备案管理办法》第五十九条",
                "给予警告。",
                "",
                classes="警告",
            ),
            (people.trader("扶余市老街豆腐坊", "祁玉珍"),),
        ),
        Case(
            "a warning only, by another department",
            CULTURE,
            "penalty",
            on(19),
            penalty(
                "未按规定核对登记上网消费者的有效身份证件",
                "检查时有3名上网消费者未登记。",
                "《互联网上网服务营业场所管理条例》第三十二条第（三）项",
                "给予警告。",
                "",
                classes="警告",
            ),
            (people.trader("宁江区蓝海网吧", "车立新"),),
        ),
    ]
