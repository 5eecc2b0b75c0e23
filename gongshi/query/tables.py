"""Which tables of public.db the public may browse, and what they and their columns are called.

The labels come from the declarations (gongshi/records); only what public.db adds has its own here.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.records import ALL_KINDS, DECISION_KINDS
from gongshi.render.labels import label

PLACE = "序位（按首次公示日期）"

_DECISIONS = {
    "sort": PLACE,
    "id": "公示编号",
    "kind": "执法类别",
    "department": "公示部门代码",
    "department_name": "公示部门",
    "region": "行政区划",
    "title": "标题",
    "parties": "行政相对人",
    "document_number": "决定书文号",
    "decided_on": "决定日期",
    "content": "决定内容",
    "facts": "事实",
    "legal_basis": "执法依据",
    "agency_name": "作出决定的机关",
    "served_on": "送达日期",
    "changed_on": "变更日期",
    "remedies": "救济途径",
    "item_code": "执法事项编码",
    "item": "事项标记",
    "first_published_on": "首次公示日期",
    "updated_on": "更新日期",
    "legal_due": "应公示日期",
    "duty_rule": "公示依据规则",
    "duty_article": "公示依据条款",
    "due_rule": "公示期限规则",
    "due_article": "公示期限条款",
    "due_text": "公示期限",
    "due_provisional": "期限待校正（节假日安排未公布）",
    "publish_until": "公示截止期",
    "until_rule": "公示截止期规则",
    "until_article": "公示截止期条款",
    "earlier": "历史数据补录",
    "corrected": "已更正",
    "in_force": "有效状态（行政许可：1 有效，0 已终止）",
    "held_fields": "暂缓公示的字段",
    "history": "公示经过",
    "digest": "内容摘要值",
}
_PARTIES = {
    "sort": PLACE,
    "position": "序号",
    "name": "行政相对人名称",
    "type": "行政相对人类别",
    "uscc": "统一社会信用代码",
    "fine": "罚款金额（元）",
    "confiscated": "没收金额（元）",
    "amount": "征收、收费金额（元）",
    "own": "与其他相对人不同的内容",
}
_NOTICES = {
    "sort": PLACE,
    "id": "公示编号（与原决定相同）",
    "kind": "执法类别",
    "department": "公示部门代码",
    "department_name": "公示部门",
    "region": "行政区划",
    "document_number": "原决定书文号",
    "decided_on": "原决定日期",
    "first_published_on": "首次公示日期",
    "withdrawn_on": "撤下日期",
    "ending": "撤下原因代码",
    "ending_label": "撤下原因",
    "instrument_number": "依据的文书文号",
    "instrument_agency": "依据的文书的作出机关",
    "instrument_date": "依据的文书的日期",
    "effective_on": "生效日期",
    "reason": "撤下的理由",
    "rule": "撤下规则",
    "article": "撤下依据条款",
    "notice_until": "说明保留至",
    "in_sitemap": "列入站点地图",
    "digest": "内容摘要值",
}
_DEPARTMENTS = {
    "key": "统一社会信用代码",
    "name": "名称",
    "names": "历次名称",
    "region": "行政区划",
    "superior": "上级机关",
}
_FIGURES = {
    "month": "月份",
    "department": "公示部门代码",
    "kind": "执法类别",
    "published": "首次公示（现仍公示）",
    "earlier": "其中历史数据补录",
    "in_time": "其中按期",
    "late": "其中迟公示",
    "corrected": "更正",
    "changed": "变更",
    "withdrawn": "撤下并说明理由",
    "updated_on": "其中最后更新日期",
}
_FIGURES_MORE = {
    "month": "月份",
    "department": "公示部门代码",
    "kind": "执法类别",
    "what": "按什么分（class 处罚种类，outcome 检查结果）",
    "value": "种类或者结果",
    "decisions": "件数（现仍公示）",
}
_RECORDS = {
    "sort": PLACE,
    "id": "公示编号",
    "kind": "信息种类",
    "department": "公示部门代码",
    "department_name": "公示部门",
    "region": "行政区划",
    "title": "名称",
    "number": "编号（证号、事项编码、文号等）",
    "act": "执法类别",
    "item": "所属事项",
    "standing": "状态（in_force 现行有效，ended 已失效）",
    "validity": "证件是否有效（执法人员）",
    "valid_to": "证件有效期至",
    "effective_from": "生效日期",
    "effective_to": "失效日期",
    "first_published_on": "首次公示日期",
    "updated_on": "更新日期",
    "second_body": "第二道审核的部门",
    "second_on": "第二道审核日期",
    "outdated_since": "自何日起应更新而未更新",
    "outdated_why": "应更新的原因",
    "corrected": "已更正",
    "history": "公示经过",
    "content": "公示内容（字段名见数据字典）",
    "digest": "内容摘要值",
}
_RECORD_FILES = {"sort": PLACE, "position": "次序", "label": "名称", "name": "文件名", "sha256": "文件摘要值"}
_RECORD_KINDS = {
    "name": "名称",
    "label": "信息种类",
    "summary": "说明",
    "folder": "网址的第一段",
    "position": "次序",
}
_LAWS = {"id": "标记", "name": "名称", "decisions": "正在公示的决定"}
_ACTS = {"id": "标记", "name": "执法事项编码或者事由", "decisions": "正在公示的决定"}
_REGIONS = {"code": "行政区划代码", "name": "名称"}
_KINDS = {"name": "名称", "label": "执法类别", "summary": "说明", "position": "次序"}
_RULES = {
    "id": "编号",
    "question": "问题",
    "effect": "效力",
    "scope": "适用范围",
    "content": "内容",
    "issuer": "制定机关",
    "article": "条款",
    "basis": "依据原文",
    "in_force_from": "施行日期",
    "in_force_to": "失效日期",
    "decided_by": "决定文号",
    "decided_on": "自何日起启用",
    "position": "次序",
}
_DICTIONARY = {
    "kind": "执法类别",
    "name": "字段名",
    "label": "中文名",
    "type": "类型",
    "visibility": "公开方式",
    "required": "必填",
    "max_length": "最大长度",
    "choices": "可选值",
    "standard": "标准",
    "article": "条款",
    "help": "填写说明",
    "position": "次序",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table that may be browsed. `sortable` columns are those an index or a small table makes cheap;
    `keys` is how many columns name a row."""

    name: str
    title: str
    summary: str
    columns: dict[str, str]
    label_column: str
    sort_desc: str = ""
    sortable: tuple[str, ...] = ()
    keys: int = 1


def _declared(kind: str, names: dict[str, str]) -> dict[str, str]:
    """Labels of a declared kind's public fields, by column; `names` are public.db's own."""
    fields = {field.name: label(field) for field in ALL_KINDS[kind].public_fields}
    return {**names, **{name: text for name, text in fields.items() if name not in names}}


def _of_kind(kind: str) -> Table:
    record = DECISION_KINDS[kind]
    own = {field.name: label(field) for field in record.own_public_fields}
    return Table(
        name=kind,
        title=f"{record.label}：特有字段",
        summary=record.summary,
        columns={"sort": PLACE, **own},
        label_column="sort",
        sort_desc="sort",
        sortable=("sort",),
    )


def _fixed(  # noqa: PLR0917 - what a table is, in the order of its declaration
    name: str, title: str, summary: str, columns: dict[str, str], label_column: str, keys: int = 1
) -> Table:
    return Table(
        name=name,
        title=title,
        summary=summary,
        columns=columns,
        label_column=label_column,
        sortable=tuple(columns),
        keys=keys,
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            name="decisions",
            title="执法决定",
            summary="已公示的全部执法决定，一条决定一行；各类别特有的字段在该类别的表里。",
            columns=_DECISIONS,
            label_column="title",
            sort_desc="sort",
            sortable=("sort", "decided_on", "first_published_on"),
        ),
        Table(
            name="parties",
            title="行政相对人",
            summary="每条决定的行政相对人，名称为公示的形式。",
            columns=_PARTIES,
            label_column="name",
            sort_desc="sort",
            sortable=("sort",),
            keys=2,
        ),
        *(_of_kind(kind) for kind in DECISION_KINDS),
        Table(
            name="notices",
            title="撤下说明",
            summary="依法变更、撤销、确认违法、确认无效或者责令重新作出后撤下的决定及其理由，不含当事人和原决定的内容。",
            columns=_NOTICES,
            label_column="document_number",
            sort_desc="withdrawn_on",
            sortable=("sort", "withdrawn_on", "decided_on", "first_published_on"),
        ),
        Table(
            name="records",
            title="事前公开信息",
            summary="执法主体、人员、事项、指南、岗位、制度文本等，一条信息一行，是今天有效的版本。",
            columns=_RECORDS,
            label_column="title",
            sort_desc="sort",
            sortable=("sort", "number", "effective_from", "first_published_on"),
        ),
        _fixed("record_files", "事前公开信息的附件", "附件的名称和摘要值。", _RECORD_FILES, "label", keys=2),
        _fixed("record_kinds", "事前公开信息的种类", "事前公开信息分哪几种。", _RECORD_KINDS, "label"),
        _fixed("figures", "公示统计", "按月份、部门、类别的件数，只按公开的数据计算。", _FIGURES, "month", keys=3),
        _fixed("figures_more", "公示统计：处罚种类和检查结果", "每件决定计一次。", _FIGURES_MORE, "month", keys=5),
        _fixed("laws", "引用的法律", "决定所引用的法律、法规、规章和件数。", _LAWS, "name"),
        _fixed("acts", "事项", "决定所属的执法事项或者所写的事由和件数。", _ACTS, "name"),
        _fixed("departments", "公示部门", "行政执法主体及其监督渠道。", _declared("department", _DEPARTMENTS), "name"),
        _fixed("regions", "行政区划", "行政区划代码和名称。", _REGIONS, "name"),
        _fixed("kinds", "执法类别", "执法决定的类别。", _KINDS, "label"),
        _fixed("rules", "现行规则", "公示期限、公示期等规则及其条款。", _RULES, "id"),
        _fixed("dictionary", "数据字典", "每一类记录的字段、类型和公开方式。", _DICTIONARY, "label", keys=2),
    )
}
"""The allow-list: the search index, its shadow tables, `meta` and whatever else there is are not in it."""
