"""May a decision be public today? One answer, with the rules that gave it.

In this order: sealed by law, withheld on a ground (D18), past its retention (D28), held for an event
or a choice, public. A reviewer's choice for a minor releases the decision, without the minor where others
are parties too, or withholds it. The publication clock runs on while a decision is held. The review of D30 is
another gate and is not looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.grounds import grounds_of, minor_when_decided
from gongshi.law.retention import CitySetting, Retention, publish_until
from gongshi.law.review.attestation import ReviewStanding
from gongshi.law.rule import Effect, LeadsTo, Question, Rule
from gongshi.law.rules import Resolution, RuleSet
from gongshi.law.terms import Due, publication_due


class Standing(StrEnum):
    """What a decision is, as far as the law goes."""

    PUBLISH = "publish"
    HELD = "held"
    WITHHELD = "withheld"
    SEALED = "sealed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Ended by two persons (gongshi/lifecycle); the law is not asked."""
    SUSPENDED = "suspended"
    """紧急下架 by one person; the second has not confirmed."""


class Choice(StrEnum):
    """What a reviewer recorded for a decision that concerns a minor (DOMAIN.md 10)."""

    PUBLISH = "publish"
    WITHHOLD = "withhold"


CHOSEN = "chosen"
"""The reason's code where the reviewer chose not to publish."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision is not public: a stable code, words for its department, the rule and its article."""

    code: str
    text: str
    rule_id: str
    article: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The law's answer for one decision on one day.

    `until` is None unless the decision is public or was. `visible_parties` are the indexes of the
    parties that may be shown; empty unless the standing is PUBLISH, and for a decision without parties.
    `duty` is the rule by which a decision that is PUBLISH is published (D16), None otherwise.
    """

    standing: Standing
    reasons: tuple[Reason, ...]
    due: Due
    until: Retention | None
    visible_parties: tuple[int, ...]
    duty: Rule | None = None


HOLDS: dict[str, str] = {
    "rules_undecided": "是否公示的规则相互冲突，按规则的先后也分不出：暂缓公示，请市里决定",
    "no_duty": "没有施行中的规则要求公示这一类决定，请管理员检查规则文件",
    "ground_unknown": "填报的不予公开情形没有对应的规则，请核对",
    "age_unknown": "自然人年龄不明：请填写身份证号码，或者填写“作出决定时是否成年”",
    "minor_when_acted": "行为发生时未成年、作出决定时已成年：由审核人选择是否公示并留痕",
    "minor_among_parties": "多个行政相对人中有未成年人：全案暂缓，由审核人作出选择",
    "secrecy_unchecked": "未作保密审查：请完成审查后填“是”",
    "not_handled": "随机抽查发现的问题尚未处理完：请在依法处理后填写处理结果日期",
    "determination_missing": "本部门尚未确定并公布这一类决定应当公开的内容",
    "first_publication_unknown": "历史数据补录没有填首次公示日期：公示期无从起算",
    "first_publication_ahead": "首次公示日期晚于今天：请核对",
    "decided_ahead": "决定日期晚于今天：请核对",
    "legal_review_unverified": "待核实法制审核：请填写法制审核日期、法制审核人、法制审核结论和集体讨论日期",
    "legal_review_missing": "重大执法决定未经法制审核：已列入监督报表，按监督机构的指示公示，或者由部门撤销",
}
"""What keeps a decision waiting, by code, in the words its department reads; the rule of each code is data."""

LEFT_TO_CHOICE = ("minor_when_acted", "minor_among_parties")
"""The holds that end with a reviewer's recorded choice."""


def judge(facts: DecisionFacts, rules: RuleSet, calendar: Calendar, today: date, city: CitySetting) -> Verdict:
    """Whether `facts` may be public on `today`, who of the parties, until when, and by when it was due."""
    case = _Case(facts, rules, today)
    due = publication_due(facts, rules, calendar)
    forbidden = case.forbidden()
    if forbidden:
        return Verdict(_forbidden_standing(forbidden), tuple(map(_prohibition, forbidden)), due, None, ())
    held = tuple(case.holds(due))
    if facts.choice == Choice.WITHHOLD and (chosen := case.left_to_choice(held)):
        return Verdict(Standing.WITHHELD, chosen, due, None, ())
    until = publish_until(facts, facts.first_published_on or today, rules, calendar, city, today=today)
    shown = case.shown(until.visible(today))
    if until.expired(today) or (until.parties and not shown and not held):
        reason = Reason("retention_over", "公示期已满", until.rule_id, until.article)
        return Verdict(Standing.EXPIRED, (reason,), due, until, ())
    if held:
        return Verdict(Standing.HELD, held, due, None, ())
    return Verdict(Standing.PUBLISH, (), due, until, shown, case.duty)


def coming_of_age(facts: DecisionFacts, rules: RuleSet, today: date) -> Resolution:
    """The age of majority that counts for `facts`."""
    return rules.resolve(Question.MAJORITY, facts, today)


def publication(facts: DecisionFacts, rules: RuleSet, today: date, majority: int | None) -> Resolution:
    """Whether the result of `facts` is published at all (D16, D18, seals)."""
    return rules.resolve(Question.PUBLICATION, facts, today, grounds=grounds_of(facts, majority))


class _Case:
    """One decision before the rules of one day."""

    def __init__(self, facts: DecisionFacts, rules: RuleSet, today: date) -> None:
        self.facts = facts
        self._rules = rules
        self.today = today
        majority = coming_of_age(facts, rules, today).winner
        self._majority = majority.amount if majority else None
        self.publication = publication(facts, rules, today, self._majority)

    def forbidden(self) -> tuple[Rule, ...]:
        """The rules that keep the decision from the public, a seal first."""
        standing = (rule for rule in self.publication.standing if rule.effect is Effect.MUST_NOT)
        return tuple(sorted(standing, key=lambda rule: (rule.leads_to is not LeadsTo.SEALED, -rule.rank)))

    def holds(self, due: Due) -> Iterator[Reason]:
        """The reasons for which the decision waits, each with the rule behind it."""
        return (self._hold(code) for code, applies in _WAITS if applies(self, due))

    @property
    def duty(self) -> Rule | None:
        """The rule by which the result is published."""
        return self.publication.winner

    @property
    def chosen(self) -> bool:
        """Whether a reviewer chose to publish."""
        return self.facts.choice == Choice.PUBLISH

    def left_to_choice(self, held: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """The reasons that a reviewer's choice not to publish takes the place of; empty where nothing was to choose."""
        return tuple(
            Reason(CHOSEN, "审核人选择不予公示", reason.rule_id, reason.article)
            for reason in held
            if reason.code in LEFT_TO_CHOICE
        )

    def shown(self, visible: tuple[int, ...]) -> tuple[int, ...]:
        """`visible` without those who were minors at the decision."""
        minors = self.minors()
        return tuple(n for n in visible if minors[n] is not True)

    def minors(self) -> tuple[bool | None, ...]:
        """Of each party whether it was a minor at the decision; None where nobody knows."""
        return tuple(minor_when_decided(party, self.facts, self._majority) for party in self.facts.parties)

    def undetermined(self) -> bool:
        """D16: coercion, levies and charges wait for their department's determination."""
        needed = self._rules.resolve(Question.DETERMINATION_REQUIRED, self.facts, self.today).winner
        made = self._rules.resolve(Question.DETERMINATION, self.facts, self.today).winner
        return needed is not None and made is None

    def ground_unknown(self) -> bool:
        """A recorded ground that no rule knows must not make its decision public."""
        ground = self.facts.withhold_ground
        known = (rule.scope.grounds for rule in self._rules.asking(Question.PUBLICATION))
        return bool(ground) and not any(ground in grounds for grounds in known)

    def _hold(self, code: str) -> Reason:
        rules = (rule for rule in self._rules.asking(Question.HOLD) if rule.value == code)
        rule = next(rules, None)
        return Reason(code, HOLDS[code], rule.id if rule else "", rule.article if rule else "")


_WAITS: tuple[tuple[str, Callable[[_Case, Due], bool]], ...] = (
    ("rules_undecided", lambda case, due: case.publication.undecided),
    ("no_duty", lambda case, due: case.publication.winner is None),
    ("ground_unknown", lambda case, due: case.ground_unknown()),
    ("age_unknown", lambda case, due: None in case.minors()),
    (
        "minor_when_acted",
        lambda case, due: not case.chosen and any(party.adult_when_acted is False for party in case.facts.parties),
    ),
    (
        "minor_among_parties",
        lambda case, due: True in case.minors() and not (case.chosen and False in case.minors()),
    ),
    ("secrecy_unchecked", lambda case, due: case.facts.secrecy_checked is False),
    ("not_handled", lambda case, due: due.waiting),
    ("determination_missing", lambda case, due: case.undetermined()),
    ("first_publication_unknown", lambda case, due: case.facts.earlier and case.facts.first_published_on is None),
    ("first_publication_ahead", lambda case, due: (case.facts.first_published_on or case.today) > case.today),
    ("decided_ahead", lambda case, due: case.facts.event_on > case.today),
    ("legal_review_unverified", lambda case, due: case.facts.review == ReviewStanding.UNVERIFIED),
    ("legal_review_missing", lambda case, due: case.facts.review == ReviewStanding.MISSING),
)
"""When a decision waits, in the order in which the reasons are told."""


def _forbidden_standing(forbidden: tuple[Rule, ...]) -> Standing:
    return Standing.SEALED if forbidden[0].leads_to is LeadsTo.SEALED else Standing.WITHHELD


def _prohibition(rule: Rule) -> Reason:
    return Reason(rule.leads_to.value, rule.title, rule.id, rule.article)
