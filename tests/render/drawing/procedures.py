"""Procedures to draw: steps as the declared table holds them."""

from __future__ import annotations

Rows = tuple[dict[str, str], ...]


def rows(*cells: tuple[str, ...]) -> Rows:
    """Each a step: number, name, next, actor, term, documents, note; what is empty may be left out."""
    names = ("number", "name", "next", "actor", "term", "documents", "note")
    return tuple({n: text for n, text in zip(names, cell, strict=False) if text} for cell in cells)


STRAIGHT = rows(("1", "受理", "2"), ("2", "审查", "3"), ("3", "决定"))
BRANCHED = rows(
    ("1", "立案", "2", "执法大队", "15日", "立案审批表"),
    ("2", "调查取证", "3:违法事实成立、9:违法事实不成立", "两名以上执法人员", "", "现场笔录", "出示执法证件"),
    ("3", "法制审核", "4", "法制审核机构", "7个工作日"),
    ("4", "告知陈述申辩权、听证权", "5:当事人要求听证；6:不要求听证"),
    ("5", "听证", "6"),
    ("6", "作出决定", "7", "负责人集体讨论"),
    ("7", "送达", "8", "", "7日"),
    ("8", "执行", "结束"),
    ("9", "撤销案件"),
)
CODED = rows(("SL-1", "受理", "SL-2:齐全、SL-3:不齐全"), ("SL-2", "准予"), ("SL-3", "告知补正"))
LONG = rows(
    ("1", "对申请人提交的全部申请材料进行形式审查和实质审查", "2", "政务服务中心综合受理窗口工作人员"),
    ("2", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "3"),
    ("3", "结果<b>&\"'"),
)
ALL = {"straight": STRAIGHT, "branched": BRANCHED, "coded": CODED, "long": LONG}
