"""/api/v1/search: everything that the search page shows, as JSON in a shape that stays.

`decisions` is as in /api/v1/decisions, `records` as in /api/v1/records; of `decisions`, `records` and `things` that one
is there whose type was asked for, the others are null.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from gongshi.query import api, things
from gongshi.query.errors import UnknownValue
from gongshi.query.everything import Found
from gongshi.query.facets import Count
from gongshi.query.filters import OF_DECISIONS, OF_RECORDS, TYPES
from gongshi.query.question import LISTED, PAGE_SIZE, Question, parse
from gongshi.query.registered.api import answer_json as records_json
from gongshi.query.registered.items import RecordItem
from gongshi.query.results import BOOK, FEED, FILES, TABLE

SEARCH = "/api/v1/search"


def asked(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question of an address. Raises Refused, also where it asks for all of a type that has a list of its own."""
    question = parse(pairs, strict=True)
    if question.type in things.TYPES and not question.words:
        raise UnknownValue(f"查“{TYPES[question.type]}”请填写检索词 q；全部内容见网站上的列表。", parameter="q")
    return question


def found(answer: Found) -> bytes:
    """An answer as JSON."""
    return orjson.dumps(found_json(answer))


def found_json(answer: Found) -> dict[str, Any]:
    """An answer in the API's shape."""
    question, meant = answer.question, answer.understood
    return {
        "query": _question(question),
        "understood": {"by": meant.by, "from": meant.source, "to": meant.word} if meant.by else None,
        "direct": [{"type": one.type, "why": one.why, "title": one.title, "url": one.path} for one in meant.direct],
        "tabs": [{"type": one.type, "label": one.label, "count": api.count_json(one.count)} for one in answer.tabs],
        "others": [_other(one.found) for one in answer.others],
        "decisions": _decisions(answer),
        "records": _records(answer),
        "things": _things(answer),
        "near": [{"q": one.question.q, "text": one.text, "count": api.count_json(one.count)} for one in answer.near],
        "feeds": {name: question.address(base) for name, base in FILES.items()} if _is_of_decisions(question) else None,
    }


def description() -> dict[str, Any]:
    """What the API can do, this first."""
    told = api.description()
    files = {
        FEED: "查到的决定中最新公示的五十条，Atom",
        TABLE: f"查到的决定，最多 {LISTED} 条，CSV，每个相对人一行",
        BOOK: "同样的内容，XLSX，每个类别一张表",
    }
    return told | {"endpoints": _described() | told["endpoints"], "files": files}


def _described() -> dict[str, Any]:
    return {
        SEARCH: {
            "description": "与查找页面相同的查找：决定、事前公开信息、部门、法律、撤下说明、网站说明一起查。",
            "parameters": {
                "type": f"哪一类内容，不填为全部：{'、'.join(filter(None, TYPES))}",
                "（其他）": "同 /api/v1/decisions；order 默认：有检索词时 best，没有时 newest",
            },
            "returns": {
                "understood": "检索词被当作别的写法时，按什么（by）、从什么（from）、当作什么（to）；否则为 null",
                "direct": "检索词正好是它的文号、代码、编号、名称的内容",
                "tabs": "各类内容各有多少",
                "others": "不是决定的内容中最相关的几条",
                "decisions": "执法决定，同 /api/v1/decisions；查的是别的类别时为 null",
                "records": "事前公开信息，同 /api/v1/records；type 是 records 或者其中一种时才有",
                "things": "部门、法律、撤下说明、网站说明；type 是其中一类时才有",
                "near": "没有查到时，可能想查的；只有一个、只差一个字，并且读音相同或者只是漏字、多字、颠倒时，"
                "decisions 就是它的结果",
                "feeds": "同样的决定的订阅、CSV、XLSX 地址",
            },
        }
    }


def _question(question: Question) -> dict[str, Any]:
    return {"q": question.q, "type": question.type} | api.question_json(question) | {"act": question.act}


def _is_of_decisions(question: Question) -> bool:
    return question.type in OF_DECISIONS


def _decisions(answer: Found) -> dict[str, Any] | None:
    if not answer.decisions:
        return None
    told = api.answer_json(answer.decisions)
    return {name: told[name] for name in ("total", "ranked", "items", "facets")} | {
        "next": _next(answer.question, more=answer.decisions.more)
    }


def _records(answer: Found) -> dict[str, Any] | None:
    if not answer.records:
        return None
    told = records_json(answer.records)
    return {name: told[name] for name in ("total", "items", "facets")} | {
        "next": _next(answer.question, more=answer.records.more)
    }


def _things(answer: Found) -> dict[str, Any] | None:
    question = answer.question
    if question.type in OF_DECISIONS or question.type in OF_RECORDS:
        return None
    start = (question.page - 1) * PAGE_SIZE
    return {
        "total": api.count_json(Count(len(answer.things))),
        "items": [_thing(hit) for hit in answer.things[start : start + PAGE_SIZE]],
        "next": _next(question, more=len(answer.things) > start + PAGE_SIZE),
    }


def _next(question: Question, *, more: bool) -> str | None:
    return question.address(SEARCH, page=question.page + 1) if more else None


def _other(found: RecordItem | things.Hit) -> dict[str, Any]:
    if not isinstance(found, RecordItem):
        return _thing(found)
    record = found.record
    return {
        "type": record.kind,
        "label": found.kind_label,
        "title": record.title,
        "url": record.href,
        "note": record.department_name,
        "excerpt": api.excerpt_json(found.excerpt),
    }


def _thing(hit: things.Hit) -> dict[str, Any]:
    thing = hit.thing
    return {
        "type": thing.type,
        "label": TYPES[thing.type],
        "title": thing.name,
        "url": thing.path,
        "note": thing.note,
        "excerpt": api.excerpt_json(hit.excerpt),
    }
