"""What a search of decisions can be narrowed by, and which sorts of things it finds: one declaration of each.

The question, its address, what is counted, the page, the API's description and its documentation are made from it.
Each value of a filter is one token of the search index (gongshi/records/keys.py), so that narrowing is what a search
does anyway.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongshi.records import REGISTRY_KINDS
from gongshi.records.keys import BANDS, PARTIES


class Filter(NamedTuple):
    """One thing to narrow by. `name` stands in addresses and in the index, `label` before the reader, `told` in the
    API's description; `attribute` is the question's, `form` what a value looks like where that alone is checked,
    `usual` the values that there always are, by value their labels."""

    name: str
    label: str
    told: str
    attribute: str
    form: re.Pattern[str] | None = None
    usual: dict[str, str] | None = None


_YEAR = re.compile(r"[0-9]{4}")
_ITEM = re.compile(r"[0-9a-f]{16}")
_LAW = re.compile(r"[0-9a-f]{12}")
TOGETHER: dict[str, dict[str, tuple[str, ...]]] = {"band": {"3-": ("3", "4", "5", "6"), "5-": ("5", "6")}}
"""By filter the values that stand for several of the index: these amounts and all above."""
_OF_BAND = {band.value: band.label for band in BANDS} | {"3-": "1 万元以上", "5-": "10 万元以上"}
_OF_PARTY = {mark: label for label, mark in PARTIES.items()}
STATES = {"1": "有效", "0": "已终止"}
"""Of licences alone."""

FILTERS: dict[str, Filter] = {
    one.name: one
    for one in (
        Filter("kind", "执法类别", "执法类别", "kind"),
        Filter("department", "公示部门", "公示部门的统一社会信用代码", "department"),
        Filter("region", "县（市、区）", "行政区划代码", "region"),
        Filter("class", "处罚种类", "处罚种类的代号", "penalty_class"),
        Filter(
            "band",
            "金额",
            "罚款、没收、征收、收费合计所在的一档，0 至 6；3- 和 5- 是这一档和以上各档",
            "band",
            usual=_OF_BAND,
        ),
        Filter("party", "相对人类别", "o 法人及非法人组织，s 个体工商户，n 自然人", "party", usual=_OF_PARTY),
        Filter("item", "事项", "执法事项的标记，十六位", "item", form=_ITEM),
        Filter("law", "引用的法律", "所引用的法律、法规、规章的标记，十二位", "law", form=_LAW),
        Filter("year", "决定年份", "决定年份，四位数字", "year", form=_YEAR),
        Filter("state", "有效状态", "行政许可今天是否有效：1 有效，0 已终止", "state", usual=STATES),
    )
}
"""In the order of addresses and of the page."""


def meant(name: str, value: str) -> tuple[str, ...]:
    """The values of the index that a value of a filter stands for."""
    return TOGETHER.get(name, {}).get(value, (value,))


TABLE_FACETS = ("kind", "department", "year")
"""Those that Datasette's table of decisions shows (counted.py)."""

DECISION, RECORDS, DEPARTMENT, LAW, NOTICE, HELP = "decision", "records", "department", "law", "notice", "help"
_IN_SHORT = {
    "subject": "执法主体",
    "enforcement_item": "执法事项",
    "random_inspection_item": "随机抽查事项",
    "inspection_plan": "抽查计划",
    "recording_item": "音像记录事项",
    "review_catalogue": "法制审核目录",
    "post_board": "岗位公示牌",
    "normative_text": "制度文本",
}
"""Kinds of records that are called by the name of their list."""
TYPES: dict[str, str] = {
    "": "全部",
    DECISION: "执法决定",
    RECORDS: "事前公开信息",
    **{name: _IN_SHORT.get(name, kind.label) for name, kind in REGISTRY_KINDS.items()},
    DEPARTMENT: "部门",
    LAW: "法律法规",
    NOTICE: "撤下说明",
    HELP: "说明和帮助",
}
"""Which sort of things is searched, and what it is called."""
OF_DECISIONS = frozenset(("", DECISION))
"""Types whose hits are decisions, narrowed by FILTERS."""
LISTS = {DEPARTMENT: "/departments/", LAW: "/laws/", NOTICE: "/notices/", HELP: "/about/"}
"""Where everything of a type is listed: there leads a search for no word."""
OF_RECORDS = frozenset((RECORDS, *REGISTRY_KINDS))
"""Types whose hits are registers, lists, guides, boards and texts, narrowed by department and act."""
