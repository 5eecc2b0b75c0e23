"""An answer of the law in Chinese, numbered, as a person would argue it: what, by which article, why not the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from gongshi.law.answer import Answer, Asked, Looked
from gongshi.law.contest import OUT_OF_SCOPE
from gongshi.law.publishability import Standing
from gongshi.law.retention import DEPARTMENT_COLUMN
from gongshi.law.rule import Question
from gongshi.law.rule_words import QUESTIONS
from gongshi.law.terms import Due

_STEPS = {
    1: "范围、渠道、施行日期相符并且已经启用的只有这一条",
    2: "条文自己写明另有规定的从其规定",
    3: "上位法优先；同一机关的特别规定优先，再看新规定优先",
    4: "不得优先于同级或者下级的应当、可以",
    5: "几条都能遵守，取最早的日期",
    6: "规则之间无法判断，暂按已知最早的日期办理，请市里决定",
}
"""The six steps of resolution, as the reason for which a rule won."""
_STANDINGS = {
    Standing.PUBLISH: "依法公示",
    Standing.HELD: "暂缓公示，公示期限照常计算",
    Standing.WITHHELD: "不予公开",
    Standing.SEALED: "依法封存，任何渠道都不公示",
    Standing.EXPIRED: "公示期满，不再公示",
}
_INNER = str.maketrans("“”", "‘’")
PROVISIONAL = "（暂定：当年放假安排尚未公布，公布后重新计算，不据以认定超期）"


def argue(answer: Answer) -> list[str]:
    """The whole argument, point by point, and the conclusion."""
    lines: list[str] = []
    for number, asked in enumerate(answer.asked, 1):
        of = f"（{asked.party_type}）" if asked.party_type else ""
        lines.append(f"{number}. {QUESTIONS[asked.question]}{of}：{_said(asked, answer)}")
        lines.extend(f"   {line}" for line in _grounds(asked))
    lines.append(f"结论（截至 {answer.today}）：{_STANDINGS.get(answer.standing, answer.standing.value)}。")
    for reason in answer.reasons:
        lines.append(
            f"   因为：{reason.text}" + (f"（{reason.article}，规则 {reason.rule_id}）" if reason.rule_id else "")
        )
    if answer.undecided:
        lines.append(
            f"   请市里决定：{'、'.join(QUESTIONS[question] for question in answer.undecided)}的规则相互冲突。"
        )
    return lines


def _said(asked: Asked, answer: Answer) -> str:
    """The point itself, in one sentence."""
    won = asked.won
    if won is None:
        return "没有施行中的规则回答这个问题。"
    told = _TOLD.get(asked.question)
    return told(won, asked, answer) if told else f"{won.content or won.title}。"


def _term(won: Looked, asked: Asked, answer: Answer) -> str:
    due = answer.due
    if due.on is None or answer.started_on is None:
        return f"{won.content}；起算的事情还没有发生，期限没有开始。"
    target = f"部门自己的目标是 {due.target} 以前。" if due.target else ""
    return f"{won.content}，从 {answer.started_on} 起算，应当在 {_by(due)}公示。{target}{_punctual(answer)}"


def _by(due: Due) -> str:
    return f"{due.on} 以前（含当日）{PROVISIONAL if due.provisional else ''}"


def _punctual(answer: Answer) -> str:
    first, last = answer.first_published_on, answer.due.on
    if answer.earlier:
        return "历史数据补录，不计时限。"
    if first is None:
        return "已经超期。" if answer.due.overdue(answer.today) else ""
    late = last is not None and first > last and not answer.due.provisional
    return f"首次公示 {first}，{'迟于期限' if late else '按期'}。"


def _until(won: Looked, asked: Asked, answer: Answer) -> str:
    days = {party.until for party in answer.parties if party.type == asked.party_type} or {answer.until.on}
    shown = "、".join(sorted(_last(day) for day in days))
    since = "首次公示" if answer.first_published_on else "假如现在首次公示"
    start = f"（{since}：{answer.first_published_on or answer.today}）"
    return f"{won.content}{start}。{shown}{_other_end(won, answer)}。"


def _last(day: date | None) -> str:
    return f"公示到 {day}（含当日）" if day else "公示没有截止日期"


def _other_end(won: Looked, answer: Answer) -> str:
    """Why the last day is not the one that the rule of retention gives."""
    if answer.until.article == DEPARTMENT_COLUMN:
        return "，因为部门填报的公示截止期更早"
    return "，因为在此之前不得撤下" if answer.until.rule_id not in ("", won.rule_id) and len(answer.parties) < 2 else ""  # noqa: PLR2004


def _withdrawn(won: Looked, asked: Asked, answer: Answer) -> str:
    due = answer.withdrawal
    return f"{won.content}，应当在 {_by(due)}撤下。" if due and due.on else f"{won.content}。"


_TOLD: dict[Question, Callable[[Looked, Asked, Answer], str]] = {
    Question.TERM: _term,
    Question.RETENTION: _until,
    Question.WITHDRAWAL: _withdrawn,
}


def _grounds(asked: Asked) -> Iterator[str]:
    """Article, text, the step that decided, and why each other rule lost."""
    won = asked.won
    if won is not None:
        yield f"依据：{won.article}（规则 {won.rule_id}{_marks(won)}）：“{won.basis.translate(_INNER)}”"
        if len(asked.looked) > 1 and _others(asked):
            yield f"理由：第 {asked.step} 步，{_STEPS[asked.step]}"
    for one in _others(asked):
        yield f"不用 {one.rule_id}（{one.title}，{one.article}）：{_lost(one)}"


def _marks(one: Looked) -> str:
    decided = f"，{one.decided_by}启用" if one.decided_by else ""
    return decided + ("，凭记忆录入，请核对原文" if one.source == "M" else "")


def _lost(one: Looked) -> str:
    return f"第 {one.step} 步，{one.because}" if one.step else "与上面一条都能遵守，结果不早于它"


def _others(asked: Asked) -> list[Looked]:
    """The rules that were in the contest; what speaks of other decisions is in the JSON only."""
    return [one for one in asked.looked if one.rule_id != asked.winner and one.because != OUT_OF_SCOPE]


def short(answer: Answer) -> str:
    """One line for lists: what, by when, until when, by which articles."""
    parts = [_STANDINGS.get(answer.standing, "")]
    if answer.due.on:
        parts.append(f"应公示日期 {answer.due.on}（{answer.due.article}）")
    if answer.until.on:
        parts.append(f"公示到 {answer.until.on}（{answer.until.article}）")
    return "；".join(part for part in parts if part)
