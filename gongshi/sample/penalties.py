"""What an invented penalty says: classes, amounts, and the words of 处罚内容 that agree with them."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.sample.catalogue import Offence
from gongshi.sample.slots import Slots

_ROUND = (50, 100, 500, 1000)
_LARGE = (500, 5000, 20000)
_UPPER = 2.6
_WORDS = {
    "警告": "给予警告",
    "责令停产停业": "责令停产停业整顿{count}日",
    "暂扣许可证件": "暂扣机动车驾驶证6个月",
    "吊销许可证件": "吊销许可证",
    "降低资质等级": "降低资质等级一级",
    "行政拘留": "行政拘留{count}日",
    "通报批评": "予以通报批评",
}
_FINE_WORDS = ("罚款人民币{fine}元", "处以罚款{fine}元", "罚款{fine}元", "处罚款人民币{fine}元整")
_GAINS = "没收违法所得"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sanction on one party; amounts in yuan, empty where there is none."""

    classes: str
    content: str
    fine: str = ""
    confiscated: str = ""

    def cells(self) -> dict[str, str]:
        """By field name."""
        return {
            "penalty_class": self.classes,
            "content": self.content,
            "fine": self.fine,
            "confiscated": self.confiscated,
        }


def outcome(slots: Slots, offence: Offence, share: float = 1.0) -> Outcome:
    """A sanction within the offence's range; `share` scales the fine (a person beside a company)."""
    fine = _fine(slots, offence, share) if "罚款" in offence.classes.split("、") else ""
    gains = slots.amount(20, 8000) if _GAINS in offence.classes else ""
    parts = [_part(slots, name, fine, gains) for name in offence.classes.split("、")]
    joint = slots.rng.choice(("；", "，", "；", "。"))
    if len(parts) > 1 and slots.rng.random() < 0.4:  # noqa: PLR2004
        parts = [f"{at}.{part}" for at, part in enumerate(parts, 1)]
    return Outcome(offence.classes, joint.join(parts) + "。", fine, gains)


def _part(slots: Slots, name: str, fine: str, gains: str) -> str:
    if name == "罚款":
        return slots.rng.choice(_FINE_WORDS).format(fine=fine)
    if name == _GAINS:
        return f"没收违法所得{gains}元"
    if name == "没收非法财物":
        return slots.fill("没收涉案的{goods}") if slots.spoke_of("goods") else "没收非法财物"
    if name.startswith("其他-"):
        return name.removeprefix("其他-")
    return slots.fill(_WORDS[name])


def _fine(slots: Slots, offence: Offence, share: float) -> str:
    low, high = offence.fine
    value = (low + (high - low) * slots.rng.random() ** _UPPER) * share
    step = next((unit for edge, unit in zip(_LARGE, _ROUND, strict=False) if value < edge), _ROUND[-1])
    return str(max(step, int(value / step) * step))
