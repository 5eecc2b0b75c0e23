"""Pages about the platform's own rules and fields: /rules/, /dictionary/, 404.html."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from gongshi.law.rule_words import EFFECTS, QUESTIONS
from gongshi.records import ALL_KINDS
from gongshi.records.field import Visibility
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.reference.contexts import (
    DictionaryField,
    DictionaryKind,
    DictionaryPage,
    NotFoundPage,
    RuleRow,
    RulesPage,
)

_HOME = Crumb("首页", "/")
_ARTICLE = re.compile(r"D(\d+)")
VISIBILITY = {
    Visibility.PUBLIC.value: "公开",
    Visibility.MASKED.value: "脱敏后公开",
    Visibility.INTERNAL.value: "不公开",
}
TYPES = {
    "text": "文本",
    "long_text": "长文本",
    "code": "代码（文本）",
    "uscc": "统一社会信用代码",
    "document_number": "文号",
    "choice": "单选",
    "choices": "多选",
    "date": "日期",
    "money": "金额（元）",
    "money_wan": "金额（报送为万元，公示为元）",
    "integer": "整数",
    "flag": "是/否",
    "region": "行政区划代码",
    "phone": "电话",
    "numbers": "代码（可有几个）",
    "table": "子表",
    "instant": "时间",
    "persons": "人员",
    "files": "附件",
}
_QUESTIONS = {question.value: words for question, words in QUESTIONS.items()}
_EFFECTS = {effect.value: words for effect, words in EFFECTS.items()}


def reference_pages(press: Press) -> Iterator[Page]:
    """The rules in force, what machines can read with the data dictionary, and the page for wrong addresses."""
    yield _rules(press)
    yield _dictionary(press)
    yield press.page("/404.html", "404.html", (press.updated_on,), lambda: _not_found(press))


def _rules(press: Press) -> Page:
    rows = list(press.db.execute("SELECT * FROM rules ORDER BY position, id"))
    groups: dict[str, list[RuleRow]] = {}
    for row in rows:
        groups.setdefault(_QUESTIONS.get(row["question"], row["question"]), []).append(_rule(row))
    order = {words: at for at, words in enumerate(QUESTIONS.values())}
    questions = tuple(
        (question, tuple(groups[question])) for question in sorted(groups, key=lambda q: order.get(q, 99))
    )

    def context() -> RulesPage:
        return RulesPage(
            site=press.site,
            head=Head("现行规则", "/rules/", "rules", "规则"),
            crumbs=(_HOME, Crumb("规则")),
            updated_on=decided_last(press),
            questions=questions,
        )

    return press.page("/rules/", "rules.html", (repr(questions),), context)


def decided_last(press: Press) -> str:
    """The day on which the city last decided on a rule; "" before it did."""
    ((day,),) = press.db.execute("SELECT max(decided_on) FROM rules")
    return day or ""


def _rule(row: Any) -> RuleRow:
    return RuleRow(
        id=row["id"],
        effect=_EFFECTS.get(row["effect"], row["effect"]),
        scope=row["scope"],
        content=row["content"],
        issuer=row["issuer"] or "",
        article=row["article"],
        basis=row["basis"],
        in_force_from=row["in_force_from"] or "",
        in_force_to=row["in_force_to"] or "",
        decided_by=row["decided_by"] or "",
        decided_on=row["decided_on"] or "",
    )


def _dictionary(press: Press) -> Page:
    total = press.overview.all.total
    head_hash = next((row["value"] for row in press.db.execute("SELECT value FROM meta WHERE key = 'head'")), "")
    rows = press.db.execute("SELECT * FROM dictionary ORDER BY kind, position")
    by_kind = {
        kind: tuple(_field(row) for row in group) for kind, group in groupby(rows, key=lambda row: str(row["kind"]))
    }
    kinds = tuple(
        DictionaryKind(kind.name, kind.label, kind.summary, by_kind[kind.name])
        for kind in ALL_KINDS.values()
        if kind.name in by_kind
    )

    def context() -> DictionaryPage:
        return DictionaryPage(
            site=press.site,
            head=Head("数据和数据字典", "/dictionary/", "data", "数据"),
            crumbs=(_HOME, Crumb("数据")),
            updated_on=press.updated_on,
            total=total,
            head_hash=head_hash,
            kinds=kinds,
        )

    shows = (repr(kinds), str(total), head_hash, press.updated_on)
    return press.page("/dictionary/", "dictionary.html", shows, context)


def article_words(row: str) -> str:
    """A row of the regulation as a reader cites it: D27 as 《行政执法公示办法》第27条."""
    if found := _ARTICLE.fullmatch(row):
        return f"《行政执法公示办法》第{found[1]}条"
    return "《三项制度责任分工方案》" if row.startswith("S") else row


def _field(row: Any) -> DictionaryField:
    return DictionaryField(
        label=row["label"],
        name=row["name"],
        type=TYPES.get(row["type"], row["type"]),
        visibility=row["visibility"],
        visibility_label=VISIBILITY.get(row["visibility"], row["visibility"]),
        required=bool(row["required"]),
        max_length=row["max_length"] or 0,
        choices=tuple((row["choices"] or "").split("、")) if row["choices"] else (),
        article=article_words(row["article"] or ""),
        help=row["help"] or "",
    )


def _not_found(press: Press) -> NotFoundPage:
    return NotFoundPage(
        site=press.site,
        head=Head("没有找到这个页面", "/404.html", "", "提示"),
        crumbs=(_HOME, Crumb("没有找到这个页面")),
        updated_on=press.updated_on,
    )
