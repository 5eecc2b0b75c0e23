"""制度文本和规范样本: the scheme, the three measures, phrases, templates, the flowchart of legal review (S0, S5)."""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import files_field, heading, registry_kind, shown, steps_table

SCHEME = "实施方案"
DISCLOSURE, RECORDING, REVIEW = "行政执法公示办法", "执法全过程记录办法", "法制审核办法"
PHRASES, TEMPLATES, REVIEW_CHART, HANDBOOK = "规范用语", "文书样本", "法制审核流程图", "执法工作手册"
CATEGORIES = (SCHEME, DISCLOSURE, RECORDING, REVIEW, PHRASES, TEMPLATES, REVIEW_CHART, HANDBOOK, "其他")
WHOLE_CITY, OWN = "全市", "本部门"

NORMATIVE_TEXT = registry_kind(
    shown(
        "category",
        "类别",
        FieldType.CHOICE,
        required=True,
        choices=CATEGORIES,
        choice_aliases=(
            ("公示办法", DISCLOSURE),
            ("全过程记录办法", RECORDING),
            ("行政执法全过程记录实施办法", RECORDING),
            ("重大行政执法决定法制审核办法", REVIEW),
            ("文书格式", TEMPLATES),
        ),
        article="S5",
        help="“12345+”里的哪一种。",
        example=DISCLOSURE,
    ),
    shown(
        "applies_to",
        "适用范围",
        FieldType.CHOICE,
        required=True,
        choices=(WHOLE_CITY, OWN),
        search=SearchIn.NONE,
        article="S5",
        example=OWN,
    ),
    shown(
        "index_number", "索引号", FieldType.CODE, required=True, article="S0", example="112207000135491313/2026-00001"
    ),
    shown("classification", "分类", article="S0", example="行政执法", aliases=("主题分类",)),
    shown("issuer", "发文机关", required=True, article="S0", example="松原市人民政府办公室"),
    shown("formed_on", "成文日期", FieldType.DATE, required=True, article="S0", example="2019-11-01"),
    heading("title", "标题", article="S0", example="松原市行政执法公示办法", aliases=("文件标题",)),
    shown(
        "document_number",
        "发文字号",
        FieldType.DOCUMENT_NUMBER,
        max_length=128,
        search=SearchIn.NUMBER,
        article="S0",
        example="松政办发〔2019〕25号",
    ),
    shown("released_on", "发布日期", FieldType.DATE, required=True, article="S0", example="2019-11-05"),
    shown(
        "body",
        "正文",
        FieldType.LONG_TEXT,
        max_length=200_000,
        article="S0",
        help="没有正文的须有附件；三万字以上的用 YAML 或者 JSON 报送。",
    ),
    steps_table("法制审核流程", "S5"),
    files_field(article="S0"),
    name="normative_text",
    label="制度文本和规范样本",
    duty="S0",
    heading="title",
    identity=("title", "index_number"),
    folder="texts",
    sheets=("制度文本和规范样本", "制度文本", "规范样本"),
    summary="实施方案、三项制度办法、规范用语、文书样本和法制审核流程图，带政府信息公开目录的各项。",
)
