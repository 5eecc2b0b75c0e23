"""Old decisions, terms that ended, random inspections, batches returned or waiting."""

from __future__ import annotations

from datetime import date

from gongshi.sample.difficult.case import (
    CHANGLING,
    EARLIER,
    ENVIRONMENT,
    FARMING,
    HEALTH,
    HOUSING,
    MARKET,
    RETURNED,
    SAFETY,
    TRANSPORT,
    WAITING,
    WATER,
    Case,
    People,
    fine,
    on,
    penalty,
)

_SAFE = "《中华人民共和国安全生产法》第二十八条第一款、第九十七条第（三）项、第九十四条第一款"
_FOOD = "《中华人民共和国食品安全法》第三十四条第（十）项、第一百二十四条第一款第（五）项"
_FISH = "《中华人民共和国渔业法》第三十条第一款、第三十八条第一款"


def dates(people: People) -> list[Case]:
    """The cases, each with its words."""
    old = {"earlier_published_on": "2018-10-25", "earlier_address": "http://old.example.invalid/gs/201810/1.html"}
    person = {"earlier_published_on": "2023-11-16", "earlier_address": "http://old.example.invalid/gs/202311/9.html"}
    return [
        Case(
            "a licence without end, of a department's former name",
            MARKET,
            "licence",
            date(2018, 10, 18),
            {"valid_until": "2099-12-31", **old},
            (people.company("松原市鼎立商贸有限公司", "于海涛"),),
            EARLIER,
        ),
        Case(
            "past its five years",
            MARKET,
            "penalty",
            date(2018, 10, 18),
            {
                **penalty("经营超过保质期的食品", "货架上有过期饮料9瓶。", _FOOD, "罚款人民币5000元。", "5000"),
                **old,
            },
            (people.company("松原市新世界超市有限公司", "董凤娥"),),
            EARLIER,
        ),
        Case(
            "a person's, past two years",
            FARMING,
            "penalty",
            date(2023, 11, 9),
            {**penalty("使用电鱼方法进行捕捞", "使用电捕鱼器捕捞。", _FISH, "罚款人民币500元。", "500"), **person},
            (people.person("郎长顺", date(1970, 1, 30)),),
            EARLIER,
        ),
        Case(
            "two years for the person, five for the company",
            SAFETY,
            "penalty",
            date(2023, 11, 9),
            {
                **penalty(
                    "未按规定进行安全生产教育和培训",
                    "当事人未对从业人员进行安全生产教育和培训，主要负责人闫立业负有责任。",
                    _SAFE,
                    "",
                ),
                **person,
            },
            (
                people.company("松原市永利达铸造有限公司", "闫立业", **fine("20000")),
                people.person("闫立业", date(1966, 8, 8), **fine("2000")),
            ),
            EARLIER,
        ),
        Case(
            "formed later than decided, with the reason",
            ENVIRONMENT,
            "licence",
            on(13),
            {"formed_on": "2026-11-16", "formed_reason": "批复文件于当日用印（示例）。"},
        ),
        Case("changed by law", WATER, "licence", on(13), {"changed_on": "2026-11-18"}),
        Case("to come down earlier than the rule", HEALTH, "penalty", on(13), {"publish_until": "2027-11-13"}),
        Case("not yet served", HOUSING, "licence", on(19), {"served_on": ""}),
    ]


def states(people: People) -> list[Case]:
    """The cases, each with its words."""
    plan = {"plan_name": "2026年市场监管领域“双随机、一公开”抽查计划"}
    found = plan | {"outcome": "发现问题", "facts": "抽查发现进货查验记录不完整。"}
    return [
        Case(
            "a random inspection without findings",
            MARKET,
            "random_inspection",
            on(13),
            plan | {"outcome": "正常", "facts": "抽查未发现问题。", "handled_on": "", "content": ""},
        ),
        Case(
            "findings, handled",
            MARKET,
            "random_inspection",
            on(13),
            found | {"handled_on": "2026-11-18", "content": "责令改正，复查合格。"},
        ),
        Case("findings, not handled", MARKET, "random_inspection", on(13), found | {"handled_on": "", "content": ""}),
        Case("a charge not determined", CHANGLING, "charge", on(17)),
        Case("a licence that ended", HEALTH, "licence", date(2025, 3, 4), {"licence_state": "注销"}, batch=EARLIER),
        Case("returned by the reviewer", MARKET, "penalty", on(16), batch=RETURNED),
        Case("returned by the reviewer, too", MARKET, "licence", on(16), batch=RETURNED),
        Case("waiting for review", TRANSPORT, "penalty", on(19), batch=WAITING),
        Case("waiting for review, too", TRANSPORT, "licence", on(19), batch=WAITING),
    ]
