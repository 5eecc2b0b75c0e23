"""行政执法主体: a department with its dated names, its region and its supervision channel (D13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshi.records.field import Field, FieldType, Visibility
from gongshi.records.kind import RecordKind


@dataclass(frozen=True, slots=True)
class DatedName:
    """A department's name, and the day from which it bore it (机构改革 changes names, not keys)."""

    name: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department of data/reference/departments.yml. `key` is its 统一社会信用代码.

    `number_prefixes` are the beginnings of its own document numbers (松市监罚): a number that begins
    otherwise is one that the decision cites, not its own. `reviewers` may review, `submitters` may
    submit; one person never does both for one batch (DESIGN.md promise 9). `second_reviews` are those that
    its reviewers give on the lists of others (law/rule_words.BODIES).
    """

    key: str
    names: tuple[DatedName, ...]
    region: str
    channel_address: str
    channel_postcode: str
    channel_phone: str
    channel_email: str
    channel_procedure: str
    number_prefixes: tuple[str, ...] = ()
    sector: str = ""
    submitters: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    show_natural_names: bool = False
    superior: str = ""
    second_reviews: tuple[str, ...] = ()

    def name_on(self, day: date) -> str:
        """The name that the department bore on `day`; before the first known name, that one."""
        borne = [dated.name for dated in self.names if dated.since <= day]
        return borne[-1] if borne else self.names[0].name

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name


def _channel(name: str, label: str, help: str = "") -> Field:
    return Field(name=name, label=label, visibility=Visibility.PUBLIC, required=True, article="D13", help=help)


DEPARTMENT = RecordKind(
    name="department",
    label="行政执法主体",
    duty="D6",
    event="since",
    summary="有行政执法职权的机关和组织，以统一社会信用代码为键。",
    fields=(
        Field(
            name="key",
            label="统一社会信用代码",
            type=FieldType.USCC,
            visibility=Visibility.PUBLIC,
            required=True,
            article="D6",
        ),
        Field(
            name="names",
            label="名称及启用日期",
            visibility=Visibility.PUBLIC,
            required=True,
            article="D6",
            help="机构改革后名称变化时新增一行；页面显示决定作出之日的名称。",
        ),
        Field(
            name="region",
            label="所属区域",
            type=FieldType.REGION,
            visibility=Visibility.PUBLIC,
            required=True,
            article="D6",
        ),
        Field(name="sector", label="领域", help="适用本领域特别规则的依据，如市场监管。"),
        Field(name="number_prefixes", label="文号前缀", help="本部门决定书文号的开头，用来区分本决定文号与引用文号。"),
        Field(name="submitters", label="提交人", article="D29"),
        Field(name="reviewers", label="审核人", article="D30"),
        Field(
            name="show_natural_names",
            label="自然人姓名是否全部显示",
            type=FieldType.FLAG,
            help="默认否：显示为“张某某”。",
        ),
        Field(name="superior", label="上级主管部门", visibility=Visibility.PUBLIC, article="D6"),
        Field(
            name="second_reviews",
            label="负责的第二道审核",
            article="D22",
            help="legal_body：作为本级政府法制机构审核各部门的行政执法事项清单；market_supervision：审核随机抽查事项清单。",
        ),
        _channel("channel_address", "监督举报地址"),
        _channel("channel_postcode", "邮编"),
        _channel("channel_phone", "监督举报电话"),
        _channel("channel_email", "监督举报邮箱"),
        _channel("channel_procedure", "受理反馈程序"),
    ),
)
