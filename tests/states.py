"""Every state that a disclosure can be in, and how people bring a decision there.

Each decision has a number, a party, facts and internal values that stand in no other, so that what a
surface shows can be told from what it should.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stdnum.cn import uscc

from tests.whole.conftest import Commands, Row, right_row

OLD, BEFORE, TODAY = "2024-09-02", "2026-11-18", "2026-11-20"
_DECIDED = {OLD: "2024-08-30", BEFORE: "2026-11-16", TODAY: "2026-11-17"}
FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")
CHILD = "司徒小雀"
URL = "https://gs.example.gov.cn"


@dataclass(frozen=True)
class Given:
    """What is known of the decision with the number `n`: what the public may read, and what nobody may."""

    n: int
    person: str = ""
    day: str = BEFORE

    @property
    def number(self) -> str:
        return f"松市监罚〔{self.day[:4]}〕{self.n}号"

    @property
    def party(self) -> str:
        """As the sheet says it; of a person the public reads the surname alone."""
        return self.person or f"松原示例{self.n}商贸有限公司"

    @property
    def facts(self) -> str:
        return f"批号FK{self.n}的过期饼干"

    @property
    def content(self) -> str:
        return f"没收批号CT{self.n}的饼干"

    @property
    def later(self) -> str:
        """The facts of a later version."""
        return f"批号LT{self.n}的过期糖果"

    @property
    def reason(self) -> str:
        """Stands in a notice."""
        return f"经复议认定程序违法，见案卷RS{self.n * 7}"

    @property
    def code(self) -> str:
        """The party's 统一社会信用代码, right by its check character."""
        start = f"91220700MA{self.n:07}"
        return start + uscc.calc_check_digit(start)

    @property
    def document(self) -> str:
        """An identity number of a grown person."""
        return f"22070219800115{self.n % 1000:03}X"

    def internal(self, what: str) -> str:
        """What only the department may read."""
        return f"内部{what}NB{self.n}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What stands nowhere that the public can reach, whatever the state."""
        return (f"NB{self.n}", self.document, CHILD, "赵铁柱", *filter(None, (self.person, self.person[2:])))

    def row(self, **changes: str) -> Row:
        values = {
            "facts": self.facts,
            "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
            "party_name": self.party,
            "party_uscc": self.code,
            "decided_on": _DECIDED[self.day],
        }
        values |= {"content": self.content, "remarks": self.internal("备注")}
        values |= {"legal_representative": "欧阳示例", "legal_representative_number": self.document}
        if self.person:
            values |= {"party_type": "自然人", "party_uscc": "", "party_document_number": self.document}
            values |= {"party_document": "身份证", "legal_representative": "", "legal_representative_number": ""}
        return right_row("penalty", self.number, **{**values, **changes})


Act = Callable[[Commands, Given], None]


def _nothing(commands: Commands, given: Given) -> None:
    pass


@dataclass(frozen=True)
class State:
    """How a decision comes to be in a state: first sent on `day`, then `acts`, then, after a rebuild, `then`.

    `again` is what a version of `TODAY` says otherwise, approved before that rebuild; `unread` one that waits for
    its review; `back` one that is sent and approved after it. `sent` false: it is not sent with the others.
    """

    day: str = BEFORE
    person: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    more: tuple[Mapping[str, str], ...] = ()
    """Other parties."""
    chosen: str = ""
    again: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    back: bool = False
    acts: Act = _nothing
    then: Act = _nothing
    sent: bool = True


def ended(ending: str, *words: str, notice: bool = True, confirmed: bool = True) -> Act:
    """Withdrawn by two persons."""

    def act(commands: Commands, given: Given) -> None:
        told = (*_instrument(), "--received-on", "2026-11-19", "--reason", given.reason) if notice else ()
        commands("withdraw", given.number, *FIRST, "--ending", ending, *told, "--note", given.internal("撤下"), *words)
        if confirmed:
            commands("confirm", given.number, *SECOND, "--opinion", given.internal("确认"), "--no-build")

    return act


def _instrument() -> tuple[str, ...]:
    agency = ("--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府")
    return (*agency, "--instrument-date", "2026-11-18", "--effective-on", "2026-11-18")


def ground(name: str, *words: str) -> Act:
    """A ground of D18 found later."""
    return ended("ground", "--ground", name, *words, notice=False)


def suspended(commands: Commands, given: Given) -> None:
    commands("suspend", given.number, *FIRST, "--why", given.internal("下架"), "--no-build")


def declined(commands: Commands, given: Given) -> None:
    commands("decline", given.number, *SECOND, "--opinion", given.internal("不同意"), "--no-build")


def confirmed(commands: Commands, given: Given) -> None:
    """What was suspended is ended with a notice."""
    told = ("--ending", "撤销", *_instrument(), "--received-on", "2026-11-19", "--reason", given.reason)
    commands("confirm", given.number, *SECOND, "--opinion", given.internal("确认"), *told, "--no-build")


def restored(commands: Commands, given: Given) -> None:
    commands("restore", given.number, *FIRST, "--why", given.internal("恢复"))
    commands("confirm", given.number, *SECOND, "--opinion", given.internal("同意"), "--no-build")


def restoring(commands: Commands, given: Given) -> None:
    """Only the first person asked for it."""
    commands("restore", given.number, *FIRST, "--why", given.internal("恢复"))


def erased(commands: Commands, given: Given) -> None:
    commands("erase", given.number, *FIRST, "--why", "误报")
    commands("confirm", given.number, *SECOND, "--no-build")


def _withheld(name: str, **more: str) -> dict[str, str]:
    return {"withhold_ground": name, "withhold_reason": "内部理由", **more}


GROUNDS: dict[str, dict[str, str]] = {
    "未成年人": {},
    "主要事实涉密涉私": {},
    "危及安全稳定": {},
    "妨害执法": {"review_on": "2027-03-01"},
    "上级认为不宜公开": {"document": "吉政办〔2026〕9号"},
}
"""The five grounds of D18, with what each asks for."""
_OF_SHEET = {"review_on": "withhold_review_on", "document": "withhold_document"}
_OF_ACT = {"review_on": "--review-on", "document": "--ground-document"}
_TICKS = ("--duties-performed", "--harm-removed", "--not-repeated", "--not-listed")
_ASKED = (
    "--instrument-number",
    "松市监停公〔2026〕1号",
    "--instrument-agency",
    "松原市人民政府",
    "--instrument-date",
    "2026-11-18",
)
_YOUNG = {"party_adult_when_acted": "否"}
_CHILD = {"party_type": "自然人", "party_uscc": "", "party_adult_when_decided": "否", "party_name": CHILD}
_NO_NUMBER = {"party_document": "", "party_document_number": ""}
_SEALED = {"legal_basis": "《中华人民共和国治安管理处罚法》第四十三条"}

STATES: dict[str, State] = {
    "received": State(sent=False, day=TODAY),
    "returned": State(sent=False, day=TODAY),
    "approved, not rebuilt yet": State(sent=False, day=TODAY),
    "held: age unknown": State(person="诸葛示甲", row=_NO_NUMBER),
    "held: secrecy unchecked": State(row={"secrecy_checked": "否"}),
    "held: a minor at the act": State(person="诸葛示乙", row=_YOUNG),
    "held: a minor among several": State(more=(_CHILD,)),
    "held: a possible name in the facts": State(row={"facts": "驾驶员赵铁柱运输{facts}"}),
    "warned only": State(row={"penalty_class": "警告"}),
    "sealed by the law it cites": State(row=_SEALED),
    "a minor at the decision": State(person="诸葛示丙", row={**_NO_NUMBER, "party_adult_when_decided": "否"}),
    "public": State(),
    "public, a person": State(person="诸葛示丁"),
    "public, a newer version waits": State(unread={"facts": "{later}"}),
    "public, suspended before and declined": State(acts=suspended, then=declined),
    "public, a withdrawal waits": State(acts=ended("撤销", confirmed=False)),
    "corrected": State(again={"facts": "{later}"}),
    "changed": State(again={"facts": "{later}", "changed_on": "2026-11-19"}),
    "minor at the act, chosen to publish": State(person="诸葛示戊", row=_YOUNG, chosen="--publish"),
    "minor at the act, chosen to withhold": State(person="诸葛示己", row=_YOUNG, chosen="--withhold"),
    "a minor among several, chosen to publish": State(more=(_CHILD,), chosen="--publish"),
    "ended: changed": State(acts=ended("变更")),
    "ended: revoked": State(acts=ended("撤销")),
    "ended: unlawful": State(acts=ended("确认违法")),
    "ended: void": State(acts=ended("确认无效")),
    "ended: redo": State(acts=ended("责令重新作出")),
    "ended: credit repair": State(acts=ended("信用修复", *_ASKED, notice=False)),
    "ended: stopped early": State(day=OLD, acts=ended("提前停止公示", *_ASKED, *_TICKS, notice=False)),
    "ended: sealed": State(acts=ended("依法封存", notice=False)),
    "ended: published by mistake": State(acts=ended("误公示", notice=False)),
    "ended: revoked, a person": State(person="诸葛示庚", acts=ended("撤销")),
    "revoked, sent again": State(acts=ended("撤销"), back=True),
    "revoked, a later version approved": State(acts=ended("撤销"), again={"facts": "{later}"}),
    "mistake, sent again": State(acts=ended("误公示", notice=False), back=True),
    "suspended": State(acts=suspended),
    "suspended, sent again": State(acts=suspended, back=True),
    "suspended, then revoked": State(acts=suspended, then=confirmed),
    "revoked, its notice suspended": State(acts=ended("撤销"), then=suspended),
    "sealed by a new version": State(again=_SEALED),
    "withheld by a new version, sent again without": State(again=_withheld("危及安全稳定"), back=True),
    "expired": State(day=OLD, person="诸葛示辛"),
    "expired, sent again": State(day=OLD, person="诸葛示壬", back=True),
    "restored": State(acts=ended("撤销"), then=restored),
    "restored by one person only": State(acts=ended("撤销"), then=restoring),
    "erased": State(then=erased),
    "erased, was revoked": State(acts=ended("撤销"), then=erased),
    **{
        f"withheld: {name}": State(row=_withheld(name, **{_OF_SHEET[key]: value for key, value in more.items()}))
        for name, more in GROUNDS.items()
    },
    **{
        f"found later: {name}": State(acts=ground(name, *(word for key in more for word in (_OF_ACT[key], more[key]))))
        for name, more in GROUNDS.items()
    },
}  # fmt: skip
