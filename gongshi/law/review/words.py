"""The words of a legal review: states, events, opinions, rulings, roles; what refuses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a review stands."""

    NONE = "none"
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    REVIEWING = "reviewing"
    AGREED = "agreed"
    ADVISED = "advised"
    DISAGREEMENT = "disagreement"
    REFERRED = "referred"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    NOT_DECIDED = "not_decided"
    TRANSFERRED = "transferred"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


class Event(StrEnum):
    """What happens in a review."""

    REQUIRE = "require"
    SUBMIT = "submit"
    RECEIVE = "receive"
    REQUEST_MATERIALS = "request_materials"
    SUPPLEMENT = "supplement"
    INQUIRE = "inquire"
    EXTEND = "extend"
    OPINE = "opine"
    ADOPT = "adopt"
    OBJECT = "object"
    CONSULT = "consult"
    YIELD = "yield"
    REVISE = "revise"
    REFER = "refer"
    RULE = "rule"
    DISCUSS = "discuss"
    DECIDE = "decide"
    STOP = "stop"
    CHANGE_DRAFT = "change_draft"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


class Opinion(StrEnum):
    """The five of L10; the second has two, and which one is said."""

    AGREE = "agree"
    INVESTIGATE = "investigate"
    NO_DECISION = "no_decision"
    CHANGE = "change"
    CORRECT = "correct"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


class Ruling(StrEnum):
    """What the head may order where legal body and handler disagree (L12). None of it is a pass (L13)."""

    NEW_REVIEW = "new_review"
    COMPLY = "comply"
    NO_DECISION = "no_decision"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


class Outcome(StrEnum):
    """What a meeting of the heads decides (L13, 处罚法 57)."""

    PASS = "pass"  # noqa: S105 - a meeting
    CHANGE = "change"
    INVESTIGATE = "investigate"
    REJECT = "reject"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


class Role(StrEnum):
    """Who may cause an event."""

    SYSTEM = "system"
    HANDLER = "handler"
    LEGAL = "legal"
    HEAD = "head"
    EITHER = "either"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[type(self)][self]


_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    State: {
        State.NONE: "无需审核",
        State.PREPARED: "待送审",
        State.SUBMITTED: "已送审",
        State.INCOMPLETE: "材料待补正",
        State.REVIEWING: "审核中",
        State.AGREED: "审核同意",
        State.ADVISED: "提出意见",
        State.DISAGREEMENT: "意见分歧",
        State.REFERRED: "报负责人处理",
        State.DISCUSSED: "集体讨论通过",
        State.DECIDED: "已作出决定",
        State.NOT_DECIDED: "不予作出决定",
        State.TRANSFERRED: "已移送",
    },
    Event: {
        Event.REQUIRE: "列入审核",
        Event.SUBMIT: "送审",
        Event.RECEIVE: "接收",
        Event.REQUEST_MATERIALS: "要求补正材料",
        Event.SUPPLEMENT: "补正材料",
        Event.INQUIRE: "调阅、调查",
        Event.EXTEND: "延长审核期限",
        Event.OPINE: "出具审核意见",
        Event.ADOPT: "采纳意见",
        Event.OBJECT: "提出异议",
        Event.CONSULT: "协商沟通",
        Event.YIELD: "协商后采纳意见",
        Event.REVISE: "修改审核意见",
        Event.REFER: "报负责人处理",
        Event.RULE: "处理分歧",
        Event.DISCUSS: "集体讨论",
        Event.DECIDE: "作出决定",
        Event.STOP: "终止",
        Event.CHANGE_DRAFT: "修改决定书草稿",
    },
    Opinion: {
        Opinion.AGREE: "同意",
        Opinion.INVESTIGATE: "继续调查",
        Opinion.NO_DECISION: "不予作出决定",
        Opinion.CHANGE: "变更",
        Opinion.CORRECT: "纠正程序",
        Opinion.TRANSFER: "移送",
    },
    Ruling: {
        Ruling.NEW_REVIEW: "重新审核",
        Ruling.COMPLY: "按审核意见办理",
        Ruling.NO_DECISION: "不予作出决定",
    },
    Outcome: {
        Outcome.PASS: "通过",
        Outcome.CHANGE: "修改后再议",
        Outcome.INVESTIGATE: "补充调查",
        Outcome.REJECT: "不予作出决定",
    },
    Role: {
        Role.SYSTEM: "系统或者认定重大的人",
        Role.HANDLER: "承办人",
        Role.LEGAL: "法制审核人员",
        Role.HEAD: "负责人",
        Role.EITHER: "承办人或者法制审核人员",
    },
}


class ReviewRefused(ValueError):
    """An event that may not happen now: `code` is stable, `article` the article of the measures that says so."""

    def __init__(self, code: str, article: str, message: str) -> None:
        self.code, self.article, self.message = code, article, message
        super().__init__(f"{message}（{cited(article)}）。")


def cited(article: str) -> str:
    """An article with its instrument: a bare 第…条 is one of the measures, all others say whose they are."""
    return f"重大行政执法决定法制审核办法{article}" if article.startswith("第") else article
