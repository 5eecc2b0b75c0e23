"""Thirty public decisions made by hand, each with words of its own, what they become and what is left of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from gongshi.publish.composing.public_decision import PublicDecision, seal
from gongshi.publish.composing.schema import own_columns
from gongshi.publish.notices.notice import PublicNotice, seal_notice

HEAD = "0" * 64
Dump = Callable[[Path], dict[str, Any]]
WORDS = ("食品经营许可证", "无证运输", "占道经营", "超限运输", "虚假宣传", "消防通道", "计量器具", "水土保持")


def thirty() -> list[PublicDecision]:
    """Of several kinds, by place."""
    draw = Random(3)
    made = []
    for number in range(30):
        kind = draw.choice(["penalty", "licence", "inspection"])
        made.append(decision(number, kind, f"独有事实{number * 7919:06d}，{draw.choice(WORDS)}"))
    return sorted(made, key=lambda one: one.sort)


def decision(number: int, kind: str, text: str) -> PublicDecision:
    name = f"松原市第{number}号商贸有限公司"
    row = {
        "sort": (20_000 + number % 5 << 20) + number * 31,
        "id": f"{number * 2654435761 % 2**64:016x}",
        "kind": kind,
        "department": "11220700MB99000134",
        "department_name": "松原市市场监督管理局",
        "region": "220700",
        "title": f"松原市市场监督管理局对{name}作出决定",
        "parties": name,
        "document_number": f"松市监罚〔2026〕{number}号",
        "decided_on": "2026-03-02",
        "content": text + "，罚款5000元",
        "facts": text if kind != "licence" else None,
        "legal_basis": None,
        "agency_name": "松原市市场监督管理局",
        "served_on": None,
        "changed_on": None,
        "remedies": None,
        "item_code": None,
        "item": None,
        "first_published_on": "2026-03-05",
        "updated_on": "2026-03-05",
        "legal_due": "2026-03-11",
        "due_rule": "x",
        "duty_rule": "D16-publish",
        "duty_article": "D16",
        "due_article": "D27",
        "due_text": "7个工作日",
        "due_provisional": 0,
        "publish_until": None,
        "until_rule": None,
        "until_article": None,
        "earlier": 0,
        "corrected": 0,
        "in_force": None,
        "held_fields": "[]",
        "history": "[]",
    }
    party = {"position": 1, "name": name, "type": "法人及非法人组织", "uscc": None, "fine": "5000"}
    party |= {"confiscated": None, "amount": None, "own": "{}"}
    return seal(row, dict.fromkeys(own_columns(kind)), (party,), 1)


def changed(public: PublicDecision, text: str) -> PublicDecision:
    row = {name: value for name, value in public.row.items() if name != "digest"} | {"content": text}
    return seal(row, public.own, public.parties, 2)


def notice(of: PublicDecision, reason: str) -> PublicNotice:
    """A notice in the decision's place."""
    kept = ("sort", "id", "kind", "department", "department_name", "region", "document_number", "decided_on")
    row = {name: of.row[name] for name in kept} | {
        "first_published_on": of.row["first_published_on"],
        "withdrawn_on": "2026-11-20",
        "ending": "revoked",
        "ending_label": "撤销",
        "reason": reason,
        "in_sitemap": 1,
        **dict.fromkeys(("instrument_number", "instrument_agency", "instrument_date", "effective_on")),
        **dict.fromkeys(("rule", "article", "notice_until")),
    }
    return seal_notice(row)
