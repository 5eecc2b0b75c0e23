"""What makes the texts of a large sample as uneven as real ones: a few tell far more than the others, and however
many one has read, the next has a word that was not met before."""

from __future__ import annotations

from random import Random

from gongshi.sample.names import skewed
from gongshi.sample.slots import Slots

_HAN = "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
"""The 3,755 characters of everyday writing (GB 2312, level 1)."""
_RANKED = "".join(Random(1).sample(_HAN, len(_HAN)))  # noqa: S311 - which are common is the same in every sample
_STEEPNESS = 3.0
_ENDS = ("", "", "牌", "款", "项目", "批次", "专用料", "配件", "服务费", "套餐", "标段", "系列")
_LONG = 0.3
"""How many of the words have three characters."""
_MORE = (
    "{day}，本机关委托检验机构进行检验，报告编号{lot}，品名“{term}”，型号{model}，检验结论为不合格。",
    "现场另发现标称“{term}”的物品{count}件，单据编号{lot}，金额{income}元。",
    "询问笔录（编号{lot}）记载，款项{value}元于{day}收讫，备注为“{term}”。",
    "系统记录显示，{day}{hour}登记的“{term}”涉及金额{income}元。",
    "当事人于{day}提交情况说明，称编号{lot}的“{term}”已处理完毕，本机关核实后予以采信。",
    "经比对，台账第{count}页所列“{term}”{qty}件与实际数量不符。",
    "执法人员在{place}提取了编号{lot}的记录，其中“{term}”一项载明金额{price}元。",
)
_MEDIAN, _SPREAD = -0.6, 1.2
_MOST = 24
"""More would not fit into the standard's 2,000 characters."""


def more(slots: Slots) -> str:
    """Further sentences of an account: mostly none, in one of a hundred ten and more (a log-normal number)."""
    count = min(_MOST, int(slots.rng.lognormvariate(_MEDIAN, _SPREAD)))
    return "".join(_sentence(slots) for _ in range(count))


def term(rng: Random) -> str:
    """A word such as goods and services are called by: two or three characters, by rank, and an ending."""
    count = 3 if rng.random() < _LONG else 2
    return "".join(skewed(rng, _RANKED, _STEEPNESS) for _ in range(count)) + rng.choice(_ENDS)


def _sentence(slots: Slots) -> str:
    template = slots.rng.choice(_MORE)
    return slots.fill(template.replace("{term}", term(slots.rng)))
