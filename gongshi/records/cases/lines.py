"""The lines of a case file: what was done, approved, served, performed, archived and copied (R7 to R38)."""

from __future__ import annotations

from gongshi.records.cases.vocabulary import (
    CONTENTS,
    MANNERS,
    MATTERS,
    MEDIA,
    PERFORMANCES,
    SIGNERS,
    STAGES,
    documents,
)
from gongshi.records.cases.words import choices, field, instant, persons
from gongshi.records.field import Field, FieldType
from gongshi.records.kind import RecordKind

_SIGNED = choices("signed", "签字或盖章", "R12", tuple(SIGNERS.values()))
_CONTENTS = choices("contents", "记载内容", "R7", CONTENTS)


def _line(
    name: str, label: str, duty: str, event: str, summary: str, *fields: Field, sheets: tuple[str, ...] = ()
) -> RecordKind:
    """A sheet of a case file: which case, which line of it, then its own fields."""
    return RecordKind(
        name=name,
        label=label,
        duty=duty,
        event=event,
        sheets=(label, *sheets),
        summary=summary,
        fields=(
            field("case_number", "案号", "R2", type=FieldType.CODE, required=True, max_length=128),
            field(
                "line",
                "序号",
                "R32",
                type=FieldType.CODE,
                required=True,
                max_length=64,
                help="案件内不重复、不变更；以后报送同一序号，是这一行的新版本。",
            ),
            *fields,
        ),
    )


PROCESS_RECORD = _line(
    "process_record",
    "过程记录",
    "R3",
    "made_at",
    "执法过程中形成的文书和音像记录。",
    field("stage", "阶段", "R3", type=FieldType.CHOICE, required=True, choices=tuple(STAGES.values())),
    field("type", "文书或者记录", "R12", type=FieldType.CHOICE, required=True, choices=tuple(documents().values())),
    field("title", "名称", "R12", max_length=500),
    field("medium", "载体", "R13", type=FieldType.CHOICE, required=True, choices=tuple(MEDIA.values())),
    field("about", "所附序号", "R13", type=FieldType.CODE, max_length=64, help="音像记录填它所记录的那一行的序号。"),
    instant("made_at", "制作时间", "R32", required=True),
    instant("stored_at", "储存时间", "R32"),
    persons("officers", "执法人员", "R10"),
    field("certificate_shown", "是否出示证件", "R10", type=FieldType.FLAG),
    _SIGNED,
    field("refusal", "拒绝签字或者拒绝配合的情况", "R12", type=FieldType.LONG_TEXT, max_length=2000),
    field("no_recording_reason", "不适宜音像记录的理由", "R13", type=FieldType.LONG_TEXT, max_length=2000),
    _CONTENTS,
    field("description", "文字说明", "S2.3", type=FieldType.LONG_TEXT, max_length=4000),
    field("custodian", "保管人", "R33", max_length=100),
    field("storage_place", "存放处", "R33", max_length=200),
    field("file_sha256", "文件校验值", "R37", type=FieldType.CODE, max_length=64),
    field("place", "地点", "R12", max_length=500),
    field("persons", "在场的其他人", "R12", max_length=500),
)

APPROVAL = _line(
    "approval",
    "内部审批",
    "R38",
    "approver_at",
    "承办、审核、批准三级的意见、理由和时间。",
    field("matter", "审批事项", "R38", type=FieldType.CHOICE, required=True, choices=tuple(MATTERS.values())),
    *(
        one
        for who, label in (("handler", "承办人"), ("reviewer", "审核人"), ("approver", "批准人"))
        for one in (
            persons(who, label, "R38"),
            field(f"{who}_opinion", f"{label}意见", "R38", type=FieldType.LONG_TEXT, max_length=2000),
            field(f"{who}_reason", f"{label}理由", "R38", type=FieldType.LONG_TEXT, max_length=2000),
            instant(f"{who}_at", f"{label}时间", "R38"),
        )
    ),
    choices("signed", "签字或盖章", "R20", (SIGNERS["head"],), help="批准人是负责人并已签名的，填“负责人”。"),
    sheets=("审批",),
)

SERVICE = _line(
    "service",
    "送达",
    "R23",
    "served_at",
    "文书的送达：方式、签收、见证和留存。",
    choices("document", "送达的文书", "R23", tuple(documents().values()), required=True),
    field("manner", "送达方式", "R23", type=FieldType.CHOICE, required=True, choices=tuple(MANNERS.values())),
    instant("served_at", "送达时间", "R23", required=True),
    persons("servers", "送达人", "R23"),
    field("recipient", "签收人", "R23", max_length=200),
    field("recipient_capacity", "签收人身份", "R23", max_length=200),
    _SIGNED,
    field("refusal_reason", "拒收事由", "R25", max_length=1000),
    field("refusal_on", "拒收日期", "R25", type=FieldType.DATE),
    field("witness", "见证人", "R25", max_length=200),
    field("place", "送达地点", "R25", max_length=500),
    field("post_kind", "邮寄方式", "R24", type=FieldType.CHOICE, choices=("挂号信", "特快专递")),
    field("post_number", "邮件号码", "R24", type=FieldType.CODE, max_length=64),
    field("proof_kept", "是否留存付邮凭证和回执", "R24", type=FieldType.FLAG),
    field(
        "reason",
        "委托、转交或者公告的原因",
        "R26",
        type=FieldType.LONG_TEXT,
        max_length=2000,
        help="公告送达的，写明原因和经过。",
    ),
    field("tried", "已经采用的其他送达方式", "R27", type=FieldType.LONG_TEXT, max_length=2000),
    field("notice_manner", "公告方式", "R27", max_length=200),
    field("carrier", "公告载体", "R27", max_length=200),
    field("notice_from", "公告起始日期", "R27", type=FieldType.DATE),
    field("notice_to", "公告届满日期", "R27", type=FieldType.DATE),
    field("notice_kept", "是否留存书面公告", "R27", type=FieldType.FLAG),
    field(
        "consent_kept",
        "是否有电子送达确认书",
        "R23",
        type=FieldType.FLAG,
        help="电子送达须当事人同意并签订确认书（行政处罚法第六十一条）。",
    ),
)

PERFORMANCE = _line(
    "performance",
    "履行执行",
    "R28",
    "done_at",
    "当事人的履行、责令改正的核查。",
    field("what", "事项", "R28", type=FieldType.CHOICE, required=True, choices=tuple(PERFORMANCES.values())),
    field("due_on", "期限", "R28", type=FieldType.DATE),
    instant("done_at", "时间", "R28"),
    field("result", "结果", "R28", type=FieldType.LONG_TEXT, max_length=2000),
    field("document_line", "所依文书序号", "R28", type=FieldType.CODE, max_length=64),
    persons("checked_by", "核查人", "R28"),
    _CONTENTS,
)

ARCHIVE = _line(
    "archive",
    "归档",
    "R32",
    "archived_at",
    "案卷的归档：时间、目录、保管人。",
    instant("archived_at", "归档时间", "R32", required=True),
    field("catalogue_number", "档号", "R32", type=FieldType.CODE, max_length=64),
    field("volumes", "卷数", "R32", type=FieldType.INTEGER),
    field("pages", "页数", "R32", type=FieldType.INTEGER),
    field("custodian", "保管人", "R33", required=True, max_length=100),
    field("storage_place", "存放处", "R33", max_length=200),
    field("retention", "保管期限", "R33", max_length=100),
    field("other_term_article", "归档期限另有规定的条款", "R32", max_length=300),
    field("other_term_days", "另有规定的归档期限（日）", "R32", type=FieldType.INTEGER),
)

COPY = _line(
    "copy",
    "复制",
    "R34",
    "requested_at",
    "当事人申请复制执法全过程记录信息。",
    field("requester", "申请人", "R34", required=True, max_length=200),
    instant("requested_at", "申请时间", "R34", required=True),
    field("what", "申请复制的内容", "R34", type=FieldType.LONG_TEXT, required=True, max_length=2000),
    field("consent_by", "同意的负责人", "R34", max_length=100),
    field("consent", "是否同意", "R34", type=FieldType.FLAG),
    instant("consent_at", "同意时间", "R34"),
    field("given", "所提供的内容", "R34", type=FieldType.LONG_TEXT, max_length=2000),
    instant("given_at", "提供时间", "R34"),
    field("refused_reason", "不提供的理由", "R34", type=FieldType.LONG_TEXT, max_length=2000),
)

LINES = (PROCESS_RECORD, APPROVAL, SERVICE, PERFORMANCE, ARCHIVE, COPY)
