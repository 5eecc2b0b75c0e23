"""What the kinds of registry records share: when a record is in force, its basis, short forms of declarations."""

from __future__ import annotations

from typing import Any

from gongshi.records.field import Field, FieldType, SearchIn, Visibility
from gongshi.records.kind import RecordKind

ACTS = ("行政许可", "行政处罚", "行政强制", "行政征收", "行政收费", "行政检查", "其他")
"""The six kinds of act (D3, D9), and what is none of them (行政确认, 行政奖励 …)."""
ACT_ALIASES = tuple((act.removeprefix("行政"), act) for act in ACTS if act.startswith("行政"))

_LENGTHS = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 4000, FieldType.CODE: 100, FieldType.PHONE: 100}
"""Characters at most, where a declaration says nothing else."""
_NOT_SEARCHED = frozenset((FieldType.DATE, FieldType.FLAG, FieldType.PHONE, FieldType.FILES, FieldType.INTEGER))


def shown(name: str, label: str, type: FieldType = FieldType.TEXT, **more: Any) -> Field:
    """A public field; found by its words unless `search` says otherwise."""
    more.setdefault("max_length", _LENGTHS.get(type, 0))
    more.setdefault("search", SearchIn.NONE if type in _NOT_SEARCHED else SearchIn.CONTENT)
    return Field(name=name, label=label, type=type, visibility=Visibility.PUBLIC, **more)


def column(name: str, label: str, type: FieldType = FieldType.TEXT, **more: Any) -> Field:
    """One column of a table; the table is found by the words of all its columns."""
    return shown(name, label, type, search=SearchIn.NONE, **more)


def table(name: str, label: str, *columns: Field, **more: Any) -> Field:
    """A public table."""
    return shown(name, label, FieldType.TABLE, columns=columns, **more)


def heading(name: str, label: str, **more: Any) -> Field:
    """The field that is a record's title."""
    return shown(name, label, required=True, search=SearchIn.PARTY, **more)


def act_field(label: str = "事项类别", **more: Any) -> Field:
    """Of which of the six kinds of act a record speaks."""
    return shown("act", label, FieldType.CHOICE, choices=ACTS, choice_aliases=ACT_ALIASES, article="D9", **more)


def basis_table(*, required: bool = False, article: str = "D8") -> Field:
    """依据: item by item the law, the article and its text (D8)."""
    return table(
        "basis",
        "依据",
        column(
            "law",
            "法律名称",
            required=True,
            help="带书名号的全称。",
            example="《中华人民共和国食品安全法》",
            aliases=("依据名称",),
        ),
        column("article", "条款", required=True, max_length=100, example="第一百二十四条第一款", aliases=("依据条款",)),
        column("text", "条文", FieldType.LONG_TEXT, required=True, help="照抄原文。", aliases=("依据条文", "条文内容")),
        required=required,
        article=article,
        help="逐条写：法律名称、条款、条文；有几条写几行。",
    )


def steps_table(label: str, article: str) -> Field:
    """The steps of a procedure, from which its flowchart is drawn (gongshi/law/procedure.py)."""
    return table(
        "steps",
        label,
        column("number", "步骤编号", FieldType.CODE, required=True, max_length=10, example="1"),
        column("name", "步骤名称", required=True, max_length=60, example="立案"),
        column("actor", "承办人员或机构", required=True, max_length=60, example="执法大队", aliases=("承办人员",)),
        column("term", "时限", max_length=60, example="15日"),
        column(
            "next",
            "下一步",
            help="写下一步的编号；有几种情况的写 3:受理、4:不予受理；办到这里为止的写“结束”或者不填。",
            example="3:受理、4:不予受理",
        ),
        column("documents", "文书", example="立案审批表"),
        column("note", "说明", FieldType.LONG_TEXT, max_length=500, aliases=("步骤说明",)),
        article=article,
        help="第一行是开始；流程不能有回路，每一步都要能走到结束。退回补正写在说明里，或者写成一个“告知补正”的结束。",
    )


def files_field(label: str = "附件", **more: Any) -> Field:
    """Files to download: forms, templates, pictures."""
    more.setdefault("help", "写 名称=文件名，有几个的用顿号或者换行隔开；文件放在数据文件旁边同名的 .files 文件夹里。")
    return shown("files", label, FieldType.FILES, **more)


def item_code(label: str = "关联事项编码", **more: Any) -> Field:
    """The item of the department's list that a record belongs to."""
    more.setdefault("help", "填本部门行政执法事项清单里的编码，按文本填写。")
    more.setdefault("aliases", ("对应事项编码", "执法事项编码"))
    return shown("item_code", label, FieldType.CODE, example="2207-CF-001", **more)


def registry_block() -> tuple[Field, ...]:
    """What every record says of itself: from when to when it is in force, why it changed (D5), the secrecy check."""
    return (
        shown(
            "effective_from",
            "生效日期",
            FieldType.DATE,
            required=True,
            article="D5",
            help="从哪一天起有效；晚于今天的，到那一天自动公示。",
            example="2026-01-01",
            aliases=("施行日期",),
        ),
        shown(
            "effective_to",
            "失效日期",
            FieldType.DATE,
            article="D5",
            help="最后一个有效的日子；取消的填取消日期重新报送，不要从表里删掉。",
            aliases=("废止日期",),
        ),
        shown("change_note", "变更说明", max_length=500, search=SearchIn.NONE, article="D5", help="这一次改了什么。"),
        Field(
            name="secrecy_checked",
            label="是否已作保密审查",
            type=FieldType.FLAG,
            article="D18",
            help="填“否”的不公示；国家秘密不得录入本系统。",
        ),
        Field(name="remarks", label="备注", type=FieldType.LONG_TEXT, max_length=512, help="内部备注，不公示。"),
    )


def registry_kind(*fields: Field, **declared: Any) -> RecordKind:
    """A kind of registry record: its own fields, then what all of them have."""
    return RecordKind(registry=True, event="effective_from", fields=(*fields, *registry_block()), **declared)
