"""/api/v1/: the search and single decisions as JSON, in a shape that stays.

Any page may ask from any other site (CORS); nothing else of the site says so. Errors are
`{"error": {"code", "message", "parameter"}}` with the codes of gongshi.query.errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from starlette.responses import Response

from gongshi.query.errors import Refused, Withdrawn
from gongshi.query.facets import Choice, Count
from gongshi.query.filters import FILTERS
from gongshi.query.highlight import Segment
from gongshi.query.items import Excerpt, Item
from gongshi.query.largest import COMPARED
from gongshi.query.notices import NOTICES, NoticeList, notice_json
from gongshi.query.question import COUNT_BOUND, DECISIONS, LISTED, PAGE_SIZE, Order, Question
from gongshi.query.record import summary
from gongshi.query.registered.description import ENDPOINTS
from gongshi.query.search import BEST_OF, Answer
from gongshi.query.tokens import MAX_QUERY, MAX_WORDS

CORS = {"access-control-allow-origin": "*"}
PREFLIGHT = {
    **CORS,
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


def json(content: object, status: int = 200) -> Response:
    """A JSON response that any site may read."""
    return response(orjson.dumps(content), status)


def response(body: bytes, status: int = 200) -> Response:
    """The same of what is JSON already."""
    return Response(body, status, CORS, "application/json; charset=utf-8")


def error(refused: Refused) -> Response:
    """What was wrong, for a program and for a person."""
    told = {"code": refused.code, "message": refused.message, "parameter": refused.parameter or None}
    notice = {"notice": refused.notice} if isinstance(refused, Withdrawn) else {}
    return json({"error": told} | notice, refused.status)


def answered(answer: Answer) -> bytes:
    """An answer as JSON."""
    return orjson.dumps(answer_json(answer))


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer in the API's shape."""
    narrowed = answer.question.facets
    return {
        "query": question_json(answer.question),
        "total": count_json(answer.total),
        "ranked": answer.ranked,
        "items": [_item(item) for item in answer.items],
        "facets": {
            name: [choice_json(choice, narrowed.get(name)) for choice in choices]
            for name, choices in answer.facets.items()
        },
        "next": answer.next.address(DECISIONS, page=answer.next.page) if answer.next else None,
    }


def notices_json(found: NoticeList) -> dict[str, Any]:
    """A page of notices in the API's shape."""
    return {"total": count_json(found.total), "items": [notice_json(row) for row in found.items], "next": found.next}


def question_json(question: Question) -> dict[str, Any]:
    """What was asked of decisions, by the names of parameters."""
    asked = {"q": question.q, **{name: question.facets.get(name, "") for name in FILTERS}}
    days = {"from": question.since, "to": question.until}
    return {**asked, **days, "order": question.sorting.value, "page": question.page}


def count_json(count: Count | None) -> dict[str, Any] | None:
    """How many there are; None where nobody counted."""
    return {"value": count.value, "exact": count.exact} if count else None


def choice_json(choice: Choice, chosen: str | None) -> dict[str, Any]:
    """One value of a facet; `chosen` is the value that narrows the search."""
    return {
        "value": choice.value,
        "label": choice.label,
        "count": count_json(choice.count),
        "chosen": choice.value == chosen,
    }


def _item(item: Item) -> dict[str, Any]:
    return {**summary(item.row), "excerpt": excerpt_json(item.excerpt)}


def excerpt_json(excerpt: Excerpt | None) -> dict[str, Any] | None:
    """A piece of text, and where in it the words stand."""
    if excerpt is None:
        return None
    text = "".join(part.text for part in excerpt.parts)
    return {"field": excerpt.field, "label": excerpt.label, "text": text, "marks": _marks(excerpt.parts)}


def _marks(parts: Sequence[Segment]) -> list[tuple[int, int]]:
    """Where the marked segments stand in their joined text, in characters."""
    marks, at = [], 0
    for part in parts:
        if part.marked:
            marks.append((at, at + len(part.text)))
        at += len(part.text)
    return marks


def description() -> dict[str, Any]:
    """What the API can do, for whoever opens its address."""
    return {
        "title": "行政执法公示查询接口",
        "version": "1",
        "endpoints": {
            DECISIONS: {
                "description": "查找已公示的执法决定，默认最新公示在前。",
                "parameters": {
                    "q": f"任意文字，一个字也可以；几个词用空格隔开；最多 {MAX_QUERY} 个字、{MAX_WORDS} 个词",
                    **{name: f"{one.told}；取值见返回的 facets.{name}" for name, one in FILTERS.items()},
                    "from": "首次公示日期从，例如 2026-03-02",
                    "to": "首次公示日期到",
                    "order": f"{Order.NEWEST}（最新公示，默认）、{Order.BEST}（最相关，限最新的 {BEST_OF} 条）"
                    f"或 {Order.AMOUNT}（金额最大；同一档金额超过 {COMPARED} 条的，只比较其中最新的）",
                    "page": f"页码，从 1 开始，每页 {PAGE_SIZE} 条；也可以直接用返回的 next",
                },
                "returns": {
                    "query": "本次查询",
                    "total": f"条数；有检索词且超过 {COUNT_BOUND} 条时 exact 为 false，只知道不止这么多",
                    "ranked": "是否按所要的相关程度或者金额排列",
                    "items": "结果；excerpt.marks 是命中文字在 excerpt.text 中的起止位置（按字符）",
                    "facets": "可缩小的范围和条数，条数就是加上这个条件以后的 total；"
                    f"有检索词等且超过 {COUNT_BOUND} 条时不数，count 为 null",
                    "next": "下一页的地址，没有时为 null",
                },
            },
            f"{DECISIONS}/{{id}}": {
                "description": "一条决定的全部公示内容；撤下并留有说明的返回 410 和 notice，其他不再公示的返回 404。"
            },
            NOTICES: {
                "description": "撤下说明，最近撤下在前。请按它清理转载和缓存。",
                "parameters": {"page": f"页码，从 1 开始，每页 {PAGE_SIZE} 条；也可以直接用返回的 next"},
                "returns": {
                    "total": f"条数；超过 {LISTED} 条时 exact 为 false",
                    "items": "撤下说明；id 和 url 与原决定相同，不含当事人和原决定的内容",
                    "next": "下一页的地址，没有时为 null",
                },
            },
            **ENDPOINTS,
            "/api/v1/suggest": {
                "description": "建议，最多八条：部门、法律、事项、词语、单位；没有自然人、个体工商户、执法人员。",
                "parameters": {"q": "已经输入的文字：至少一个汉字，或者拼音、首字母的两个字母"},
            },
        },
        "errors": '{"error": {"code": …, "message": …, "parameter": …}}',
        "tables": "/data/",
        "feeds": ["/feeds/decisions.atom", "/feeds/notices.atom"],
    }
