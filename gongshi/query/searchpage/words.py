"""What the search page says of how much was found and how, and what to try where nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gongshi.query.everything import Channel, Found
from gongshi.query.facets import Count
from gongshi.query.filters import OF_DECISIONS
from gongshi.query.largest import COMPARED
from gongshi.query.question import LAST_PAGE, Order, Question
from gongshi.query.registered.items import OFFICER
from gongshi.query.search import BEST_OF
from gongshi.query.searchpage.links import Link
from gongshi.query.understanding import MEANT, NUMBER, as_it_stands


class Note(NamedTuple):
    """What a reader should know of the answer; a `warning` where it is not what was asked for. `link` leads to what
    else may have been meant."""

    text: str
    warning: bool = False
    link: Link | None = None


def told(found: Found, *, is_something: bool) -> str:
    """How much was found, where `is_something` beside what was asked for."""
    if found.total is None:
        return "查找结果"
    if found.total == Count(0):
        return "没有执法决定写有这些字" if is_something else "没有找到符合条件的内容"
    question = found.question
    amount = f"{'' if found.total.exact else '超过 '}{found.total.value:,} 条"
    if question.type in OF_DECISIONS:
        said = "找到" if question.q or question.is_narrowed else "已公示"
    else:
        said = "找到" if question.q else "已公布"
    return f"{said} {amount}{f'，第 {question.page} 页' if question.page > 1 else ''}"


def notes(found: Found) -> Iterator[Note]:
    """How the answer came about."""
    question, meant = found.question, found.understood
    if found.near and found.decisions and found.decisions.items:
        yield Note(f"没有找到“{question.q}”，以下是“{found.near[0].text}”的结果。", warning=True)
    elif meant.by == MEANT:
        said = f"没有与“{question.q}”完全一致的内容，以下按“{meant.question.q}”查找，几个词分别出现即可。"
        yield Note(said, warning=True)
    elif meant.by == NUMBER:
        exact = replace(question, q=as_it_stands(question.q), page=1)
        yield Note(f"按文号“{meant.word}”查找。", link=Link(f"查找文字“{question.q}”", exact.address()))
    elif meant.by:
        yield Note(f"已按“{meant.word}”查找“{meant.source}”。")
    if found.decisions:
        yield from map(Note, _of_order(found))
    if question.page == LAST_PAGE:
        yield Note("只列出最新的一万条；请增加检索词，或者选定部门、类别、年份。")


def _of_order(found: Found) -> Iterator[str]:
    answer = found.decisions
    assert answer
    sorting = answer.question.sorting
    whole = answer.total.value if answer.total and answer.total.exact else None
    if sorting is Order.BEST and not answer.ranked:
        yield "这个词太常见，无法按相关程度排序，以下按最新公示排列。"
    elif sorting is Order.BEST and (whole is None or whole > BEST_OF):
        yield f"“最相关”主要在最新的 {BEST_OF} 条结果中排序；要看全部结果，请按“最新公示”排序。"
    elif sorting is Order.AMOUNT and not answer.ranked:
        yield "结果太多，没有来得及按金额排列，以下按最新公示排列。"
    elif not answer.compared:
        yield f"这一档金额的结果超过 {COMPARED:,} 条，只有其中最新的 {COMPARED:,} 条按金额排列。"


def hints(question: Question, whom: Channel | None = None) -> Iterator[str]:
    """What to try where nothing was found, and `whom` to ask."""
    if whom:
        yield f"打电话问{whom.department}：{whom.phone}；"
    if question.type == OFFICER:
        yield (
            "没有找到这样的执法人员：请核对姓名、证号；也可以到“执法人员”页按部门查看，或者拨打出示证件的人所说的部门的监督"
            "举报电话；"
        )
    if len(question.words) > 1:
        yield "少用几个词：各个词须同时出现；"
    yield "少用几个字，例如只填单位名称中最有特点的两三个字，或者只填文号的数字；"
    if question.type in OF_DECISIONS:
        yield "自然人的姓名只公示姓氏，例如“张某某”，按全名查不到；"
