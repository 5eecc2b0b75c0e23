"""What became of a few decisions after they were public: corrected, changed, ended by two persons, expired.

Each begins among the earlier decisions and goes on in the newest week, so that the demo city, lived through
from HISTORY to its last day, shows every end that a reader can meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongshi.sample.difficult.case import (
    EARLIER,
    ENVIRONMENT,
    FARMING,
    FUYU,
    MARKET,
    SAFETY,
    WATER,
    Case,
    Cells,
    People,
    penalty,
)

HISTORY = date(2026, 11, 16)
"""The day on which the earlier decisions were reviewed, and public in the new place."""
_ACTED = date(2026, 11, 20)

_PRICE = "《明码标价和禁止价格欺诈规定》第五条、《中华人民共和国价格法》第四十二条"
_LICENCE = "《中华人民共和国市场主体登记管理条例》第三十六条、第四十八条"
_WASTE = "《中华人民共和国固体废物污染环境防治法》第三十六条第一款、第一百零二条第一款第（八）项"
_FISH = "《中华人民共和国渔业法》第三十条第一款、第三十八条第一款"
_SAFE = "《中华人民共和国安全生产法》第三十六条第一款、第九十九条第（二）项"


@dataclass(frozen=True, slots=True)
class Story:
    """One decision and what became of it: the cells of its second version, the decision that took its place, or
    the act of two persons as <name>.withdraw.yml says it (without the decision's number)."""

    name: str
    before: Case
    again: Cells = field(default_factory=dict)
    successor: Case | None = None
    act: Mapping[str, object] = field(default_factory=dict)


def stories(people: People) -> list[Story]:
    """Every story, each with its words."""
    return [
        _revoked(people),
        _changed(people),
        _corrected(people),
        *_water(people),
        _expired(people),
        _waiting(people),
    ]


def _revoked(people: People) -> Story:
    facts = "店内部分商品未标明价格，以不实的优惠折价进行促销。"
    told = penalty("不按规定明码标价", facts, _PRICE, "罚款人民币3000元。", "3000")
    shop = (people.company("松原市吉惠商贸有限公司", "冯立国"),)
    reason = "经行政复议，认定原处罚决定违反法定程序，予以撤销。"
    fields = _instrument("松政复决〔2026〕18号", "松原市人民政府", 17, received=18)
    return Story(
        "revoked",
        _earlier(MARKET, "penalty", "松市监罚〔2026〕301号", date(2026, 6, 15), told, shop),
        act={"kind": "撤销", "fields": fields, "reason": reason, "opinion": "已核对复议决定书（示例）。"},
    )


def _changed(people: People) -> Story:
    works = (people.company("松原市恒净环保科技有限公司", "孔令军"),)
    facts = "未建立工业固体废物管理台账，现场堆存的炉渣没有出入库记录。"
    first = penalty("未建立工业固体废物管理台账", facts, _WASTE, "罚款人民币80000元。", "80000")
    mended = penalty("未建立工业固体废物管理台账", facts, _WASTE, "罚款人民币50000元。", "50000")
    new = "松环罚〔2026〕318号"
    return Story(
        "changed",
        _earlier(ENVIRONMENT, "penalty", "松环罚〔2026〕301号", date(2026, 8, 12), first, works),
        successor=Case(
            "in the place of 301", ENVIRONMENT, "penalty", date(2026, 11, 18), _numbered(new, mended), works
        ),
        act={
            "kind": "变更",
            "fields": _instrument(new, "松原市生态环境局", 18, received=18),
            "reason": "本机关自行纠正，依法变更原决定，以新的决定为准。",
            "opinion": "已核对变更决定书（示例）。",
        },
    )


def _corrected(people: People) -> Story:
    facts = "在登记的住所以外从事经营活动，未办理变更登记，经营面积120平方米。"
    told = penalty("未按规定办理变更登记", facts, _LICENCE, "罚款人民币2000元。", "2000")
    shop = (people.trader("扶余市顺发五金建材商店", "顾长有"),)
    return Story(
        "corrected",
        _earlier(FUYU, "penalty", "扶市监罚〔2026〕301号", date(2026, 7, 9), told, shop),
        again={"facts": facts.replace("120", "210")},
    )


def _water(people: People) -> list[Story]:
    """A licence that changed, its page with it; one that never was and leaves nothing."""
    content = "准予在宁江区示例乡取用地下水，年取水量{}万立方米，取水用途：农业灌溉。"
    told = {
        "document_name": "取水许可决定书",
        "certificate_name": "取水许可证",
        "legal_basis": "《取水许可和水资源费征收管理条例》第二条",
    }
    farm = (people.company("松原市绿野灌溉服务有限公司", "常广林"),)
    first, second = ({**told, "content": content.format(amount)} for amount in (12, 9))
    return [
        Story(
            "extended",
            _earlier(WATER, "licence", "松水许〔2026〕301号", date(2026, 4, 8), first, farm),
            again={"content": content.format(18), "changed_on": "2026-11-18"},
        ),
        Story(
            "mistake",
            _earlier(WATER, "licence", "松水许〔2026〕302号", date(2026, 4, 9), second, farm),
            act={"kind": "误公示", "reason": "测试数据被误当作决定报送，并无此项许可（示例）。"},
        ),
    ]


def _expired(people: People) -> Story:
    told = penalty("使用电鱼方法进行捕捞", "在禁渔期使用电捕鱼器捕捞。", _FISH, "罚款人民币800元。", "800")
    fisher = (people.person("乔万里", date(1968, 5, 6)),)
    return Story(
        "expired",
        _earlier(FARMING, "penalty", "松农罚〔2024〕301号", date(2024, 11, 12), told, fisher, published="2024-11-18"),
    )


def _waiting(people: People) -> Story:
    facts = "有限空间作业场所未设置明显的安全警示标志。"
    told = penalty("未设置安全警示标志", facts, _SAFE, "罚款人民币10000元。", "10000")
    works = (people.company("松原市鑫达铸件加工有限公司", "冷树森"),)
    return Story(
        "waiting",
        _earlier(SAFETY, "penalty", "松应急罚〔2026〕301号", date(2026, 5, 20), told, works),
        act={
            "kind": "撤销",
            "fields": _instrument("松政复决〔2026〕21号", "松原市人民政府", 19, received=20),
            "reason": "经行政复议，认定原处罚决定主要证据不足，予以撤销。",
            "confirmed": False,
        },
    )


def withdrawal(story: Story, by: str, confirmed_by: str) -> dict[str, object]:
    """The story's <name>.withdraw.yml; without the second person where it is still to be confirmed."""
    told = dict(story.act)
    second = {"confirmed_by": confirmed_by} if told.pop("confirmed", True) else {}
    decisions = [story.before.cells["document_number"]]
    return {"kind": told.pop("kind"), "decisions": decisions, **told, "by": by, **second, "date": _ACTED}


def _earlier(  # noqa: PLR0917 - a row of a table
    department: str, kind: str, number: str, on: date, told: Cells, parties: tuple[Cells, ...], published: str = ""
) -> Case:
    old = {
        "earlier_published_on": published or on.replace(day=on.day + 4).isoformat(),
        "earlier_address": f"http://old.example.invalid/gs/{on:%Y%m}/301.html",
    }
    return Case(f"{number}, before", department, kind, on, _numbered(number, {**told, **old}), parties, EARLIER)


def _numbered(number: str, told: Cells) -> Cells:
    return {"document_number": number, **told}


def _instrument(number: str, agency: str, day: int, *, received: int) -> dict[str, object]:
    """The instrument that ends a decision, of a day of November."""
    return {
        "instrument_number": number,
        "instrument_agency": agency,
        "instrument_date": date(2026, 11, day),
        "effective_on": date(2026, 11, day),
        "received_on": date(2026, 11, received),
    }
