"""What is not on the site by rule, and why: never how much of it, nor anything that would tell (DOMAIN.md 11).

The page depends on the rules in force and on settings alone, so that it says the same whatever is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongshi.law.rule import Effect, Question
from gongshi.render.browse.contexts import Absence, AbsentPage, AbsentRule
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.reference.pages import decided_last

BASE = "/absent/"
_TITLE = "为什么查不到"
_TOLD = "哪些执法决定依法不在本平台公示，查不到的时候怎么办。"
_RULES = "SELECT id, content, scope, article FROM rules WHERE question = ? AND effect = ? ORDER BY position, id"
_STAYS = "不撤下"
"""Said of an ending after which a decision stays, with another state."""


class _Reason(NamedTuple):
    """One reason, and of which rules (question, effect) it is."""

    key: str
    heading: str
    told: str
    rules: tuple[tuple[Question, Effect], ...]


_REASONS = (
    _Reason(
        "due",
        "公示的期限还没有到",
        "决定作出以后，在规定的期限内公示。期限没有到、部门还没有报送的，这里还看不到。",
        ((Question.TERM, Effect.MUST),),
    ),
    _Reason(
        "withheld",
        "依法不予公开，或者依法封存",
        "属于下列情形的决定，任何页面、查找结果、数据下载里都没有；决定不予公开要由部门写明理由，经另一人审核。",
        ((Question.PUBLICATION, Effect.MUST_NOT),),
    ),
    _Reason(
        "held",
        "暂缓公示，等待核实或者确定",
        "下列情形先不公示，情况清楚以后再按规定公示或者不公示；暂缓的时间照样计入公示期限。",
        ((Question.HOLD, Effect.MUST_NOT), (Question.DETERMINATION_REQUIRED, Effect.MUST)),
    ),
    _Reason(
        "over",
        "公示期满，已经撤下",
        "公示有期限，期满即撤下，不留页面；提前停止公示、信用修复的也一样。没有查到，不说明没有过决定。",
        ((Question.RETENTION, Effect.MAY), (Question.RETENTION, Effect.MUST), (Question.RETIREMENT, Effect.MUST)),
    ),
    _Reason(
        "withdrawn",
        "依法撤下",
        "决定被变更、撤销、确认违法、确认无效或者责令重新作出的，原来的内容撤下，有的在原地址留下撤下说明。",
        ((Question.ENDING, Effect.MUST), (Question.ENDING, Effect.MAY)),
    ),
)


def absent(press: Press) -> Iterator[Page]:
    """The page of what is absent by rule."""
    found, decided = tuple(_absence(press, reason) for reason in _REASONS), decided_last(press)

    def context() -> AbsentPage:
        return AbsentPage(
            site=press.site,
            head=Head(
                "为什么查不到",
                BASE,
                "",
                "为什么查不到",
                description="哪些执法决定依法不在本平台公示，查不到的时候怎么办。",
            ),
            crumbs=(Crumb("首页", "/"), Crumb(_TITLE)),
            updated_on=decided,
            absences=found,
        )

    yield press.page(BASE, "absent.html", (repr(found), decided), context)


def _absence(press: Press, reason: _Reason) -> Absence:
    rows = (
        AbsentRule(*row) for asked in reason.rules for row in press.db.execute(_RULES, [one.value for one in asked])
    )
    rules = tuple(rule for rule in rows if _STAYS not in rule.content)
    return Absence(reason.key, reason.heading, reason.told, rules)
