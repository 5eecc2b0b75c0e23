"""/api/v1/records in a shape that stays (gongshi/query/api.py has the decisions)."""

from __future__ import annotations

from typing import Any

from gongshi.query.api import choice_json, count_json, excerpt_json
from gongshi.query.registered.description import RECORDS
from gongshi.query.registered.items import RecordItem
from gongshi.query.registered.question import NAMES
from gongshi.query.registered.record import summary
from gongshi.query.registered.search import RecordAnswer


def answer_json(answer: RecordAnswer) -> dict[str, Any]:
    """An answer in the API's shape."""
    question = answer.question
    return {
        "query": {name: getattr(question, name) for name in NAMES},
        "total": count_json(answer.total),
        "items": [_item(item) for item in answer.items],
        "facets": {
            name: [choice_json(choice, question.facets.get(name)) for choice in choices]
            for name, choices in answer.facets.items()
        },
        "next": answer.next.address(RECORDS, page=answer.next.page) if answer.next else None,
    }


def _item(item: RecordItem) -> dict[str, Any]:
    return {**summary(item.record), "excerpt": excerpt_json(item.excerpt)}
