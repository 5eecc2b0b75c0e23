"""Fields that every kind of decision shares beside its parties: number, agency, dates, the reasons not to publish,
what its department says of its legal review."""

from __future__ import annotations

from gongshi.records.field import Field, FieldType, SearchIn, Visibility

CREDIT_STANDARD = "双公示 发改办财金〔2018〕424号"

WITHHOLD_GROUNDS = (
    "未成年人",
    "主要事实涉密涉私",
    "危及安全稳定",
    "妨害执法",
    "上级认为不宜公开",
)
"""The five grounds of D18, in the article's order."""

LEGAL_OPINIONS = ("同意", "继续调查或者不予作出决定", "变更", "纠正程序", "移送", "未经审核")
"""The five of L10, and that there was none."""


def number_field(label: str, *aliases: str, required: bool = True, standard: str = "") -> Field:
    """The 文号 under which a decision is cited."""
    return Field(
        name="document_number",
        label=label,
        type=FieldType.DOCUMENT_NUMBER,
        visibility=Visibility.PUBLIC,
        required=required,
        max_length=128,
        search=SearchIn.NUMBER,
        standard=standard,
        article="D17",
        help="按决定书原样填写，例如 松市监罚〔2026〕15号；括号写法不限。",
        example="松市监罚〔2026〕15号",
        aliases=(*aliases, "决定书文号", "文号", "决定文书号", "文书号"),
    )


def agency_block(word: str, standard: str = "") -> tuple[Field, ...]:
    """Who decided, and who sends the data; `word` is the kind's own (处罚, 许可, 强制, …)."""
    return (
        Field(
            name="agency_name",
            label=f"{word}机关",
            visibility=Visibility.PUBLIC,
            required=True,
            max_length=200,
            standard=standard,
            article="D17",
            help="作出决定的机关在决定日期时的全称。",
            example="松原市市场监督管理局（示例）",
            aliases=("执法机关", "决定机关", "实施机关"),
        ),
        Field(
            name="agency_uscc",
            label=f"{word}机关统一社会信用代码",
            type=FieldType.USCC,
            required=True,
            max_length=18,
            standard=standard,
            help="须与提交部门一致。",
            aliases=("执法机关统一社会信用代码", "决定机关统一社会信用代码"),
        ),
        Field(
            name="source_name",
            label="数据来源单位",
            required=bool(standard),
            max_length=200,
            standard=standard,
        ),
        Field(
            name="source_uscc",
            label="数据来源单位统一社会信用代码",
            type=FieldType.USCC,
            required=bool(standard),
            max_length=18,
            standard=standard,
        ),
        Field(
            name="remarks",
            label="备注",
            type=FieldType.LONG_TEXT,
            max_length=512,
            standard=standard,
            help="内部备注，不公示。",
        ),
    )


def process_block() -> tuple[Field, ...]:
    """The item under which it was decided, the dates that DOMAIN.md keeps apart, the grounds of D18, and what
    历史数据补录 carries."""
    return (
        Field(
            name="item_code",
            label="执法事项编码",
            type=FieldType.CODE,
            visibility=Visibility.PUBLIC,
            max_length=100,
            search=SearchIn.NUMBER,
            article="D9",
            help="依据本部门行政执法事项清单里的哪一项作出，填事项编码；事项页面会列出依此作出的决定。",
            example="2207-CF-001",
            aliases=("事项编码", "权责清单编码"),
        ),
        Field(
            name="formed_on",
            label="信息形成日期",
            type=FieldType.DATE,
            article="D27",
            help="默认等于决定日期；晚于决定日期的须写明理由。",
        ),
        Field(
            name="formed_reason",
            label="信息形成日期晚于决定日期的理由",
            max_length=500,
            article="D27",
        ),
        Field(
            name="served_on",
            label="送达日期",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            article="D12",
            help="救济期限从送达或者知道之日起算。",
        ),
        Field(
            name="changed_on",
            label="变更日期",
            type=FieldType.DATE,
            visibility=Visibility.PUBLIC,
            article="D27",
            help="决定本身依法变更的日期；数据更正不填。",
        ),
        Field(
            name="remedies",
            label="救济途径",
            type=FieldType.LONG_TEXT,
            visibility=Visibility.PUBLIC,
            max_length=2000,
            article="D12",
            help="照抄决定书载明的听证、陈述申辩、复议、诉讼告知内容。",
        ),
        Field(
            name="secrecy_checked",
            label="是否已作保密审查",
            type=FieldType.FLAG,
            article="D18",
            help="填“否”的暂缓公示；国家秘密不得录入本系统。",
        ),
        Field(
            name="withhold_ground",
            label="不予公开情形",
            type=FieldType.CHOICE,
            choices=WITHHOLD_GROUNDS,
            article="D18",
            help="属于《办法》第十八条五种情形之一的填写，由审核人确认；经确认的不公示。",
        ),
        Field(
            name="withhold_reason",
            label="不予公开理由",
            type=FieldType.LONG_TEXT,
            max_length=2000,
            article="D18",
            help="填了不予公开情形的必填。",
        ),
        Field(
            name="withhold_review_on",
            label="不予公开复核日期",
            type=FieldType.DATE,
            article="D18",
            help="情形为“妨害执法”的必填：到期复核是否仍不宜公开。",
        ),
        Field(
            name="withhold_document",
            label="不予公开依据文号",
            max_length=128,
            article="D18",
            help="情形为“上级认为不宜公开”的必填。",
        ),
        Field(
            name="earlier_published_on",
            label="首次公示日期",
            type=FieldType.DATE,
            article="D28",
            help="仅历史数据补录：在原平台首次公示的日期，公示期从该日起算。",
            aliases=("原首次公示日期", "原公示日期"),
        ),
        Field(
            name="earlier_address",
            label="原公示地址",
            max_length=500,
            article="D28",
            help="仅历史数据补录：原平台网址。",
            aliases=("原公示网址",),
        ),
        Field(
            name="earlier_evidence",
            label="原公示证据",
            max_length=500,
            article="D28",
            help="仅历史数据补录：能证明首次公示日期的截图编号、存档编号等；可在批次中统一填写。",
        ),
        *_review_block(),
    )


def _review_block() -> tuple[Field, ...]:
    """What answers for the legal review of a decision that was made outside the system (L3, L4, L10, L13); none of it
    is public (gongshi/law/review/attestation.py)."""
    return (
        Field(
            name="major_decision",
            label="是否重大执法决定",
            type=FieldType.FLAG,
            article="L3",
            help="属于本部门重大执法决定法制审核目录清单、经过听证等须经法制审核的，填“是”；与清单相符而填“否”的，仍按清单办理。",
            aliases=("是否重大行政执法决定",),
        ),
        Field(
            name="legal_reviewed_on",
            label="法制审核日期",
            type=FieldType.DATE,
            article="L10",
            help="法制审核机构出具书面意见的日期，不晚于集体讨论和决定的日期。重大执法决定没有填的，暂缓公示，期限照常计算。",
        ),
        Field(
            name="legal_reviewer",
            label="法制审核人",
            max_length=100,
            article="S3.1",
            help="出具意见的法制审核人员姓名，须已登记；不公示。",
            aliases=("审核人",),
        ),
        Field(
            name="legal_opinion",
            label="法制审核结论",
            type=FieldType.CHOICE,
            choices=LEGAL_OPINIONS,
            article="L10",
            help="最后一次审核的结论。没有审核的如实填“未经审核”：由监督机构书面指示公示或者撤销。",
            aliases=("审核结论",),
        ),
        Field(
            name="discussed_on",
            label="集体讨论日期",
            type=FieldType.DATE,
            article="L13",
            help="审核以后，负责人集体讨论决定的日期。",
        ),
        Field(
            name="case_number",
            label="案号",
            max_length=128,
            article="R2",
            help="在本系统办理的案件填案号：法制审核的情况以案件记录为准，上面几栏不用填。",
            aliases=("案件编号",),
        ),
    )
