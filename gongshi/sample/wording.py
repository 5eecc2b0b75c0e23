"""How decisions are worded around the catalogue's core: openings, evidence, circumstances, remedies."""

from __future__ import annotations

from random import Random

from gongshi.sample.names import person, skewed
from gongshi.sample.slots import Slots

_OPENINGS = (
    "经查，当事人",
    "{day}，本机关执法人员依法对当事人进行检查，发现当事人",
    "根据群众举报，本机关于{day}对位于{place}的当事人进行现场检查，当事人",
    "{day}，执法人员在“双随机、一公开”检查中发现，当事人",
    "根据12345政务服务便民热线转办线索，经立案调查，当事人",
    "{day}，在专项整治行动中查明：当事人",
    "经上级机关交办，本机关于{day}立案调查。现查明，当事人",
    "{day}{hour}许，执法人员巡查至{street}时发现，当事人",
    "",
)
_EVIDENCE = (
    "。",
    "。以上事实有现场笔录、询问笔录、现场照片等证据证实。",
    "，当事人对上述事实予以认可。",
    "。上述违法事实，有现场检查（勘验）笔录、当事人陈述、相关票据复印件为证。",
    "，执法过程已全程记录。",
    "。调查期间，当事人提供了相关凭证复印件{count}份、情况说明{count}份。",
    "。本机关当场下达责令改正通知书，要求于{count}日内改正。",
)
_CIRCUMSTANCES = (
    "当事人系初次违法，危害后果轻微并及时改正，依法从轻处罚。",
    "当事人积极配合调查，主动提供证据材料，依法减轻处罚。",
    "当事人一年内因同类违法行为受过行政处罚，依法从重处罚。",
    "复查时当事人仍未改正。",
    "当事人未在规定期限内提出陈述、申辩，也未要求举行听证。",
    "当事人提出的陈述意见，本机关经复核部分采纳。",
    "该行为持续{count}天。",
    "本案共涉及{goods}{qty}{unit}。",
    "案发后当事人主动召回已售出的{goods}{count}{unit}，退还货款{income}元。",
    "本案经集体讨论决定。",
    "涉案物品由{maker}供货，进货单据编号{lot}。",
)
_NEUTRAL = _CIRCUMSTANCES[4:]
"""Those that go with any other."""
_TRADED = ("{goods}", "{maker}")
_WITNESSES = (
    "现场负责人{name}在检查笔录上签字确认。",
    "证人{name}的证言予以佐证。",
    "当事人的雇员{name}在场见证。",
)
_REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内向{government}申请行政复议，"
    "也可以自收到本决定书之日起六个月内依法向{court}提起行政诉讼。",
    "当事人有权陈述和申辩。不服本决定的，可以在六十日内依法申请行政复议，或者在六个月内依法提起行政诉讼。"
    "复议机关：{government}；管辖法院：{court}。",
    "对本决定不服的，可自知道之日起六十日内向{government}申请行政复议，或者六个月内向人民法院起诉。"
    "复议、诉讼期间，决定不停止执行，法律另有规定的除外。",
)
_SEATS = {
    "220700": ("松原市人民政府", "松原市宁江区人民法院"),
    "220721": ("前郭尔罗斯蒙古族自治县人民政府", "前郭尔罗斯蒙古族自治县人民法院"),
    "220722": ("长岭县人民政府", "长岭县人民法院"),
    "220723": ("乾安县人民政府", "乾安县人民法院"),
    "220781": ("扶余市人民政府", "扶余市人民法院"),
}
_CIRCUMSTANCE, _SECOND, _WITNESS = 0.6, 0.25, 0.012


def facts(slots: Slots, core: str) -> tuple[str, str]:
    """The facts around `core`, and the name of a bystander that they mention (rarely; else empty)."""
    rng = slots.rng
    parts = [slots.fill(skewed(rng, _OPENINGS, 1.5)), slots.fill(core)]
    parts.append(slots.fill(_fitting(slots, _EVIDENCE, parts[-1])))
    if not parts[-1].endswith("。"):
        parts.append("。")
    said = parts[1]
    for chance, phrases in ((_CIRCUMSTANCE, _CIRCUMSTANCES), (_SECOND, _NEUTRAL)):
        if rng.random() < chance:
            parts.append(slots.fill(_fitting(slots, phrases, said)))
    name = person(rng) if rng.random() < _WITNESS else ""
    if name:
        parts.append(rng.choice(_WITNESSES).format(name=name))
    return "".join(parts), name


def remedies(rng: Random, region: str) -> str:
    """How the party may seek relief, in the words of the region's documents."""
    government, court = _SEATS[region]
    return skewed(rng, _REMEDIES).format(government=government, court=court)


def _fitting(slots: Slots, phrases: tuple[str, ...], said: str) -> str:
    """One of `phrases`; one about goods that change hands only where `said` is about such."""
    phrase = skewed(slots.rng, phrases, 1.4)
    traded = slots.spoke_of("goods") and any(word in said for word in "售购货")
    return phrases[0] if "{" in phrase and any(word in phrase for word in _TRADED) and not traded else phrase
