"""The parties of a decision: the party block of the 双公示 sheets (发改办财金〔2018〕424号).

So the file which a department already fills for the credit system is accepted as it is.
"""

from __future__ import annotations

from gongshi.law import facts
from gongshi.records.common import CREDIT_STANDARD
from gongshi.records.field import Field, FieldType, Scope, SearchIn, Visibility

LEGAL_PERSON = "法人及非法人组织"
NATURAL_PERSON = facts.NATURAL_PERSON
SOLE_TRADER = facts.SOLE_TRADER

PARTY_TYPES = (LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER)

ID_DOCUMENTS = ("身份证", "护照号", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "其他")
_ID_DOCUMENT_ALIASES = (("居民身份证", "身份证"), ("护照", "护照号"))


def party_block() -> tuple[Field, ...]:
    """The party block of both 双公示 sheets: name, type, six codes, representative, document."""

    def code(name: str, label: str, length: int, *aliases: str) -> Field:
        return Field(
            name=name,
            label=label,
            type=FieldType.CODE,
            max_length=length,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            aliases=aliases,
        )

    return (
        Field(
            name="party_name",
            label="行政相对人名称",
            visibility=Visibility.MASKED,
            required=True,
            max_length=200,
            scope=Scope.PARTY,
            search=SearchIn.PARTY,
            standard=CREDIT_STANDARD,
            article="D17",
            help="法人、非法人组织填全称；个体工商户填字号，没有字号的填经营者姓名；自然人填姓名。多个相对人请每人一行，文号相同。",
            example="松原示例商贸有限公司",
            aliases=("相对人名称", "当事人", "当事人名称", "被处罚人", "被许可人", "行政相对人"),
        ),
        Field(
            name="party_type",
            label="行政相对人类别",
            type=FieldType.CHOICE,
            visibility=Visibility.PUBLIC,
            required=True,
            choices=PARTY_TYPES,
            choice_aliases=(
                ("法人", LEGAL_PERSON),
                ("非法人组织", LEGAL_PERSON),
                ("法人或其他组织", LEGAL_PERSON),
                ("法人及其他组织", LEGAL_PERSON),
                ("企业", LEGAL_PERSON),
                ("个人", NATURAL_PERSON),
                ("公民", NATURAL_PERSON),
                ("个体户", SOLE_TRADER),
                ("个体", SOLE_TRADER),
            ),
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            article="D28",
            help="法人及非法人组织、自然人、个体工商户三选一；个人独资企业、合伙企业属于法人及非法人组织。",
            example=LEGAL_PERSON,
            aliases=("相对人类别", "相对人类型", "行政相对人类型"),
        ),
        Field(
            name="party_uscc",
            label="行政相对人代码_1(统一社会信用代码)",
            type=FieldType.USCC,
            visibility=Visibility.PUBLIC,
            max_length=18,
            scope=Scope.PARTY,
            search=SearchIn.PARTY,
            standard=CREDIT_STANDARD,
            help="18 位，按文本填写。自然人不填。",
            example="91220700MA0000000X",
            aliases=("统一社会信用代码",),
        ),
        code(
            "party_business_registration", "行政相对人代码_2(工商注册号)", 50, "工商注册号", "工商登记码", "工商登记号"
        ),
        code("party_organisation_code", "行政相对人代码_3(组织机构代码)", 9, "组织机构代码"),
        code("party_tax_number", "行政相对人代码_4(税务登记号)", 15, "税务登记号"),
        code("party_institution_certificate", "行政相对人代码_5(事业单位证书号)", 12, "事业单位证书号"),
        code("party_social_registration", "行政相对人代码_6(社会组织登记证号)", 50, "社会组织登记证号"),
        Field(
            name="legal_representative",
            label="法定代表人",
            max_length=50,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            help="姓名。是否公示由各市设定，默认不公示。",
            aliases=("法定代表人姓名", "法定代表人(负责人)", "负责人", "经营者"),
        ),
        Field(
            name="legal_representative_document",
            label="法定代表人证件类型",
            type=FieldType.CHOICE,
            choices=ID_DOCUMENTS,
            choice_aliases=_ID_DOCUMENT_ALIASES,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
        ),
        Field(
            name="legal_representative_number",
            label="法定代表人证件号码",
            type=FieldType.CODE,
            max_length=64,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            help="按文本填写；从不公示。",
            aliases=("法定代表人身份证号", "法定代表人身份证号码"),
        ),
        Field(
            name="party_document",
            label="证件类型",
            type=FieldType.CHOICE,
            choices=ID_DOCUMENTS,
            choice_aliases=_ID_DOCUMENT_ALIASES,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            help="自然人的证件类型。",
            aliases=("自然人证件类型",),
        ),
        Field(
            name="party_document_number",
            label="证件号码",
            type=FieldType.CODE,
            max_length=64,
            scope=Scope.PARTY,
            standard=CREDIT_STANDARD,
            help="按文本填写；从不公示，只用来判断是否未成年人。",
            aliases=("居民身份证号", "身份证号", "身份证号码", "身份证件号码", "自然人身份证号"),
        ),
        Field(
            name="party_adult_when_decided",
            label="作出决定时是否成年",
            type=FieldType.FLAG,
            scope=Scope.PARTY,
            article="D18",
            help="自然人没有填身份证号码时必须填：填“否”的不予公开，不填的暂缓公示。",
            aliases=("是否成年",),
        ),
        Field(
            name="party_adult_when_acted",
            label="行为发生时是否成年",
            type=FieldType.FLAG,
            scope=Scope.PARTY,
            article="D18",
            help="填“否”的暂缓公示，由审核人作出选择并留痕。",
        ),
        Field(
            name="replaces_party",
            label="更正前的行政相对人名称",
            max_length=200,
            scope=Scope.PARTY,
            article="D31",
            help="更正姓名或名称时填写原来报送的名称；不填则视为同一文号下新增的相对人。",
        ),
    )
