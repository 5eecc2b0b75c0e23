"""Cases for the tests of legal review, written as entries: one of the sample's market supervision, with its lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from gongshi.instance import Instance, load
from gongshi.law.review.words import Event
from gongshi.lifecycle.legal.acts import Done, step
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

ROOT = Path(__file__).parents[3]
D = "11220700MB99000134"
CASE = "c" * 16
HANDLER, REVIEWER, OTHER, HEAD, SECOND, POOL = "张示一", "郑示法", "杨示核", "刘示长", "关示副", "律示师"
MATERIALS = "1=有；2=有；3=有；4=有；5=na:没有听证；6=na:没有"
STATEMENT = "1=有；2=有；3=有；4=有；5=na:没有"
ASPECTS = "1=ok；2=ok；3=ok；4=ok；5=ok；6=ok；7=ok；8=na:没有"
PROBLEM = ASPECTS.replace("3=ok", "3=problem:裁量不当")
DOCUMENTS = (("1", "investigation_report"), ("2", "proposal"), ("3", "draft"), ("9", "discussion_record"))
"""What a review and a meeting of the heads look for in the file."""
WHEN = {"stage": "decision", "medium": "text", "about": "", "stored_at": "", "due": "", "days": None}

SAID: dict[Event, dict[str, str]] = {
    Event.SUBMIT: {"materials": MATERIALS, "statement": STATEMENT, "to": "政策法规科"},
    Event.RECEIVE: {},
    Event.REQUEST_MATERIALS: {"items": "4", "until": "2026-12-31"},
    Event.SUPPLEMENT: {"supplied": "4"},
    Event.INQUIRE: {"what": "调阅笔录"},
    Event.EXTEND: {"reason": "案件复杂"},
    Event.OPINE: {"opinion": "agree", "aspects": ASPECTS, "text": "同意"},
    Event.ADOPT: {"measures": "照办"},
    Event.OBJECT: {"reason": "裁量适当"},
    Event.CONSULT: {"note": "未达成一致"},
    Event.YIELD: {"measures": "照办"},
    Event.REVISE: {"opinion": "agree", "aspects": ASPECTS, "text": "同意"},
    Event.REFER: {"handler_opinion": "甲", "legal_opinion": "乙"},
    Event.RULE: {"ruling": "new_review", "reason": "重新审核"},
    Event.DISCUSS: {"outcome": "pass", "participants": "刘示长、关示副", "minutes_line": "9"},
    Event.STOP: {"reason": "终止"},
    Event.CHANGE_DRAFT: {"reason": "修改"},
}


def instance() -> Instance:
    """The sample city's."""
    return load(ROOT)


def people(*names: str) -> str:
    return orjson.dumps([{"name": name, "certificate": ""} for name in names]).decode()


def case_said(
    *,
    major: bool = True,
    fine: str = "5000",
    procedure: str = "general",
    ended: str = "2026-03-02",
    triggers: Any = ("list",),
) -> dict[str, Any]:
    """A version of the case."""
    values = {
        "number": "松市监案〔2026〕1号",
        "kind": "处罚",
        "handlers": people(HANDLER),
        "facts": "经营过期食品",
        "legal_basis": "《食品安全法》第一百二十四条",
        "proposed_result": "罚款",
        "proposed_fine": fine,
    }
    parties = [{"party_name": "松原示例商贸有限公司", "party_uscc": "91220700MA0XXXXX0X", "role": "当事人"}]
    shown = {
        "kind": "penalty",
        "procedure": procedure,
        "stage": "decision",
        "started_at": "2026-02-02T09:00+08:00",
        "investigation_ended_at": ended,
        "hearing": "未涉及",
        "circumstances": [],
        "not_applicable": [],
        "filled": [],
        "confidential": 0,
    }
    fired = list(triggers) if major else []
    return {"key": f"{D}/1", "values": values, "parties": parties, "triggers": fired, "major": major, "shown": shown}


def line_said(line: str, what: str, **persons: str) -> dict[str, Any]:
    """A line, with those who stand on it."""
    sheet = "approval" if what.startswith("approval") else "process_record"
    at = "2026-03-31" if what == "discussion_record" else "2026-03-02"
    shown = {**WHEN, "at": at, "filled": [], "contents": [], "signed": []}
    values = {name: people(person) for name, person in persons.items()}
    return {"sheet": sheet, "line": line, "what": what, "values": values, "shown": shown}


def write(store: Store, now: datetime, *entries: tuple[Operation, dict[str, Any]], case: str = CASE) -> None:
    drafts = [Draft("周示礼", D, "", "case", case, operation, said) for operation, said in entries]
    with store.write():
        store.append(drafts, now)


def begin(store: Store, now: datetime, **said: Any) -> None:
    """The case with what is handed in to a review."""
    records = [(Operation.CASE_RECORD, line_said(line, what)) for line, what in DOCUMENTS]
    key = {"key": said.pop("key")} if "key" in said else {}
    write(store, now, (Operation.CASE, case_said(**said) | key), *records)


def take(store: Store, city: Instance, event: Event, by: str, now: datetime, **said: str) -> Done:
    """One step, whole unless told otherwise."""
    return step(store, city, CASE, event, by=by, fields={**SAID[event], **said}, now=now)
