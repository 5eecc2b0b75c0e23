"""年度行政执法数据: what a department did in a year, in numbers that it declares itself (D32, S6).

Declared by the department and reviewed by a second person, never counted by the site: applications are in no decision,
and what is withheld must not be told by the difference to what is public. `gongshi annual` drafts it from the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongshi.records.counted import CLASSES
from gongshi.records.field import FieldType, SearchIn
from gongshi.records.other_acts import COERCION_MANNERS
from gongshi.records.registry.common import ACTS, column, heading, registry_kind, shown, table

LICENCE, PENALTY, COERCION, LEVY, CHARGE, INSPECTION = ACTS[:6]
TOTAL, FORFEITED, BY_COURT = "合计", "罚没金额", "申请人民法院强制执行"
GRANTED = "许可"
ENTRIES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    LICENCE: ("申请", "受理", GRANTED, "不予许可", "撤销许可"),
    PENALTY: (*CLASSES, TOTAL, FORFEITED),
    COERCION: (*COERCION_MANNERS, BY_COURT, TOTAL),
    LEVY: (TOTAL,),
    CHARGE: (TOTAL,),
    INSPECTION: (TOTAL,),
})  # fmt: skip
"""By kind of act what is declared of it, in the order in which bureaus print it."""

ADDED_UP = MappingProxyType({
    PENALTY: frozenset(CLASSES),
    COERCION: frozenset((*COERCION_MANNERS, BY_COURT)),
})  # fmt: skip
"""By kind of act the entries of which 合计 is the sum."""

_ALL = tuple(dict.fromkeys(entry for entries in ENTRIES.values() for entry in entries))

ANNUAL_FIGURES = registry_kind(
    heading("title", "标题", article="D32", example="松原市市场监督管理局2025年度行政执法数据", aliases=("数据名称",)),
    shown(
        "year",
        "统计年度",
        FieldType.INTEGER,
        required=True,
        search=SearchIn.NUMBER,
        article="S6",
        help="已经结束的年度，每个年度报送一次；改了数字，同一年度重新报送。",
        example="2025",
        aliases=("数据年度",),
    ),
    table(
        "numbers",
        "执法数据",
        column("act", "类别", FieldType.CHOICE, required=True, choices=ACTS[:6], example=PENALTY),
        column(
            "entry",
            "项目",
            FieldType.CHOICE,
            required=True,
            choices=_ALL,
            help="各类别有哪些项目，见填报说明；没有的不用写。",
            example="罚款",
        ),
        column("count", "件数", FieldType.INTEGER, help="宗、次都填在这里。", example="12"),
        column("amount", "金额（元）", FieldType.MONEY, help="罚没金额、征收和收费的金额。", example="56000"),
        required=True,
        search=SearchIn.NONE,
        article="S6",
        help="每个项目一行，件数、金额至少填一项。",
    ),
    shown("note", "说明", FieldType.LONG_TEXT, max_length=1000, article="S6", help="统计口径等需要说明的。"),
    name="annual_figures",
    label="年度行政执法数据",
    duty="D32",
    number="year",
    heading="title",
    identity=("year",),
    sheets=("年度行政执法数据", "年度执法数据"),
    summary="部门上一年度许可、处罚、强制、征收、收费、检查各多少件，罚没等金额多少。",
)
