"""What an event of a review needs beside the right state: order in time, the same reviewer, what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from gongshi.law.review.checklists import answers, word
from gongshi.law.review.reviewers import Person, same
from gongshi.law.review.words import Event, Opinion, ReviewRefused

if TYPE_CHECKING:
    from gongshi.law.review.flow import Review

_AGREED_ASPECTS = ("ok", "na")
_OTHERS = frozenset(Opinion) - {Opinion.AGREE}
"""Each of them says what is wrong (L10(2) to (5))."""
_HEADS = 2
"""A meeting of the heads has at least two (setting least_heads of roles.yml may ask for more)."""
_SEPARATED = re.compile(r"[、,，;；\n]+")
Fields = Mapping[str, str]

NEEDED: Mapping[Event, tuple[str, ...]] = {
    Event.SUBMIT: ("substance", "materials", "statement"),
    Event.REQUEST_MATERIALS: ("items", "until"),
    Event.SUPPLEMENT: ("supplied",),
    Event.INQUIRE: ("what",),
    Event.EXTEND: ("reason",),
    Event.OPINE: ("opinion", "aspects", "text"),
    Event.REVISE: ("opinion", "aspects", "text"),
    Event.ADOPT: ("measures",),
    Event.YIELD: ("measures",),
    Event.OBJECT: ("reason",),
    Event.CONSULT: ("note",),
    Event.REFER: ("handler_opinion", "legal_opinion"),
    Event.RULE: ("ruling", "reason"),
    Event.DISCUSS: ("outcome", "participants", "minutes_line"),
    Event.DECIDE: ("number", "substance"),
    Event.STOP: ("reason",),
    Event.CHANGE_DRAFT: ("substance", "reason"),
}
"""The fields that must be said with each event."""


def check(review: Review, event: Event, at: str, by: str, fields: Fields, article: str) -> None:  # noqa: PLR0917
    """Raise ReviewRefused where the event may not happen although the state allows it."""
    for name in NEEDED.get(event, ()):
        if not fields.get(name, "").strip():
            raise ReviewRefused("review_field_missing", article, f"{event.label}要写明 {name}")
    if review.at and datetime.fromisoformat(at) < datetime.fromisoformat(review.at):
        raise ReviewRefused("review_order", article, f"{event.label}的时间早于上一步（{review.at}）")
    if condition := _CONDITIONS.get(event):
        condition(review, by, fields, article)


def _submit(review: Review, _by: str, fields: Fields, article: str) -> None:
    last = review.round
    if last and not review.free and fields["substance"] == last.substance and not fields.get("new_evidence"):
        raise ReviewRefused("review_nothing_changed", article, "决定书草稿和证据与上一轮相同，没有可以重新审核的内容")


def _extend(review: Review, _by: str, _fields: Fields, article: str) -> None:
    if review.rounds[-1].extended_at:
        raise ReviewRefused("review_extended", article, "审核期限只能延长一次")


def _same_reviewer(review: Review, by: str, fields: Fields, article: str) -> None:
    _by_the_reviewer(review, by, fields, article)
    aspects = answers(fields["aspects"]).items()
    wrong = [f"第{code}项写的是“{said}”" for code, said in aspects if word(said)[0] not in _AGREED_ASPECTS]
    if fields["opinion"] == Opinion.AGREE and wrong:
        told = f"有方面存在问题的，不能出具同意的意见：{'，'.join(wrong)}；没有问题的写 ok，不适用的写 na:理由"
        raise ReviewRefused("review_problem_found", article, told)
    if fields["opinion"] in _OTHERS and not wrong:
        told = "意见不是同意的，要写明八个方面中哪一方面有问题，例如 3=problem:裁量不当"
        raise ReviewRefused("review_no_problem", article, told)


def _by_the_reviewer(review: Review, by: str, _fields: Fields, article: str) -> None:
    reviewer = review.rounds[-1].reviewer
    if reviewer and not same(Person(reviewer), Person(by)):
        raise ReviewRefused("review_other_reviewer", article, "本轮由另一名法制审核人员审核")


def _refer(review: Review, _by: str, _fields: Fields, article: str) -> None:
    if not review.rounds[-1].consulted:
        raise ReviewRefused("review_not_consulted", article, "报负责人处理之前，应当先协商沟通")


def _not_the_handler(review: Review, by: str, _fields: Fields, article: str) -> None:
    if review.rounds and same(Person(review.rounds[-1].handler), Person(by)):
        raise ReviewRefused("review_same_person", article, "承办人不能同时以负责人身份处理自己的案件")


def _discuss(review: Review, by: str, fields: Fields, article: str) -> None:
    _not_the_handler(review, by, fields, article)
    if len({"".join(name.split()) for name in _SEPARATED.split(fields["participants"]) if name.strip()}) < _HEADS:
        raise ReviewRefused("review_too_few_heads", article, "集体讨论至少有两名负责人参加")


def _decide(review: Review, by: str, fields: Fields, article: str) -> None:
    _not_the_handler(review, by, fields, article)
    if fields["substance"] != review.rounds[-1].substance:
        raise ReviewRefused(
            "review_substance", article, "决定的当事人、事实、依据、结果或者金额与审核的草稿不同，应当重新送审"
        )


def _change(review: Review, _by: str, fields: Fields, article: str) -> None:
    if fields["substance"] == review.substance:
        raise ReviewRefused("review_nothing_changed", article, "草稿没有变化")


_CONDITIONS: Mapping[Event, Callable[[Review, str, Fields, str], None]] = {
    Event.SUBMIT: _submit,
    Event.REQUEST_MATERIALS: _by_the_reviewer,
    Event.INQUIRE: _by_the_reviewer,
    Event.EXTEND: _extend,
    Event.OPINE: _same_reviewer,
    Event.REVISE: _same_reviewer,
    Event.REFER: _refer,
    Event.RULE: _not_the_handler,
    Event.DISCUSS: _discuss,
    Event.DECIDE: _decide,
    Event.STOP: _not_the_handler,
    Event.CHANGE_DRAFT: _change,
}
