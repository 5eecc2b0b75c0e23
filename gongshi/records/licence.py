"""行政许可: the licence sheet of 双公示, field by field."""

from __future__ import annotations

from gongshi.records.common import CREDIT_STANDARD, agency_block, number_field, process_block
from gongshi.records.field import Field, FieldType, Scope, SearchIn, Visibility
from gongshi.records.kind import RecordKind
from gongshi.records.party import party_block

LICENCE_CLASSES = ("普通", "特许", "认可", "核准", "登记", "其他")
LICENCE_STATES = ("有效", "注销", "吊销", "撤销", "撤回", "延续", "到期", "其他")
NO_END = "2099-12-31"
"""How the standard writes a licence without an end."""

LICENCE = RecordKind(
    name="licence",
    label="行政许可",
    duty="D16",
    detail="certificate_name",
    sheets=("行政许可", "行政许可信息", "行政许可决定", "法人行政许可", "自然人行政许可", "许可"),
    summary="行政机关根据申请，准予从事特定活动的决定。",
    fields=(
        Field(
            name="document_name",
            label="行政许可决定文书名称",
            visibility=Visibility.PUBLIC,
            max_length=64,
            search=SearchIn.CONTENT,
            standard=CREDIT_STANDARD,
            example="食品经营许可决定书",
        ),
        number_field("行政许可决定文书号", "许可决定文书号", "行政许可决定书文号", standard=CREDIT_STANDARD),
        *party_block(),
        Field(
            name="licence_class",
            label="许可类别",
            type=FieldType.CHOICE,
            visibility=Visibility.PUBLIC,
            choices=LICENCE_CLASSES,
            choice_aliases=(
                ("普通许可", "普通"),
                ("一般许可", "普通"),
                ("特许许可", "特许"),
                ("认可许可", "认可"),
                ("核准许可", "核准"),
                ("登记许可", "登记"),
            ),
            standard=CREDIT_STANDARD,
            example="普通",
            aliases=("审批类别", "行政许可类别"),
        ),
        Field(
            name="certificate_name",
            label="许可证书名称",
            visibility=Visibility.PUBLIC,
            max_length=64,
            search=SearchIn.CONTENT,
            standard=CREDIT_STANDARD,
        ),
        Field(
            name="certificate_number",
            label="许可编号",
            type=FieldType.CODE,
            visibility=Visibility.PUBLIC,
            max_length=64,
            scope=Scope.EITHER,
            search=SearchIn.NUMBER,
            standard=CREDIT_STANDARD,
        ),
        Field(
            name="content",
            label="许可内容",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=4000,
            scope=Scope.EITHER,
            search=SearchIn.CONTENT,
            standard=CREDIT_STANDARD,
            article="D17",
            aliases=("行政许可内容",),
        ),
        Field(
            name="legal_basis",
            label="许可依据",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            max_length=2048,
            search=SearchIn.CONTENT,
            article="D8",
            help="双公示模板没有这一列；填写后在决定页面展示。",
        ),
        Field(
            name="decided_on",
            label="许可决定日期",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            required=True,
            standard=CREDIT_STANDARD,
            article="D27",
            aliases=("决定日期", "许可日期"),
        ),
        Field(
            name="valid_from",
            label="有效期自",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            standard=CREDIT_STANDARD,
        ),
        Field(
            name="valid_until",
            label="有效期至",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            standard=CREDIT_STANDARD,
            article="D28",
            help="长期有效填 2099-12-31。有效期未满不从公示平台撤下。",
            aliases=("许可截止期",),
        ),
        Field(
            name="licence_state",
            label="当前状态",
            type=FieldType.CHOICE,
            visibility=Visibility.PUBLIC,
            choices=LICENCE_STATES,
            choice_aliases=(("正常", "有效"), ("0", "有效"), ("1", "撤销")),
            standard=CREDIT_STANDARD,
            help="许可注销、吊销、撤回、延续、到期时更新本列，页面不撤下。",
        ),
        *agency_block("许可", CREDIT_STANDARD),
        *process_block(),
    ),
)
