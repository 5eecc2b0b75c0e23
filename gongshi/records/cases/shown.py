"""What the current tables hold of a case and of its lines: codes, instants and names of fields, no person and no text.

One function each, so that intake and everything that checks a file mean the same by `filled`, `signed` or `what`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson

from gongshi.law.document_number import match_key
from gongshi.records.cases.case import ACTS
from gongshi.records.cases.lines import APPROVAL, PERFORMANCE, PROCESS_RECORD, SERVICE
from gongshi.records.cases.vocabulary import (
    CIRCUMSTANCES,
    MANNERS,
    MATTERS,
    MEDIA,
    PERFORMANCES,
    PROCEDURES,
    SIGNERS,
    STAGES,
    Stage,
    documents,
)
from gongshi.records.decision import Values
from gongshi.records.field import FieldType
from gongshi.records.kind import RecordKind

KINDS: Mapping[str, str] = dict(
    zip(ACTS, ("licence", "penalty", "coercion", "levy", "charge", "inspection"), strict=True)
)
"""The six kinds of act as a case's sheet says them, to the names of the kinds of decision."""
CERTIFICATES = "certificates"
"""What requirements call it that each officer of a line stands there with a certificate's number (R10)."""
_BETWEEN = "、"
_NO = "0"
_OPEN = ("", "无")
_STAGE_OF_MATTER: Mapping[str, str] = {
    "start": "start",
    "preservation": "investigation",
    "coercion": "investigation",
    "decision": "decision",
    "enforcement": "execution",
    "archive": "archive",
    "other": "",
}
_STAGE_OF_SHEET: Mapping[str, str] = {"service": "execution", "performance": "execution", "archive": "archive"}
_FROM_ORIGIN: Mapping[str, str] = {"依申请": "application", "投诉举报": "complaint"}
_FROM_FLAGS: Mapping[str, str] = {"complaint_named": "complaint_named", "urgent": "urgent"}


def shown_of_case(kind: RecordKind, values: Values, department: str) -> dict[str, object]:
    """What the tables hold of a case (gongshi/store/apply_cases.py SHOWN)."""
    act, number = KINDS[values["kind"] or ""], values.get("decided_number")
    return {
        "kind": act,
        "procedure": _code(PROCEDURES, values.get("procedure")),
        "stage": _stage(values),
        **{name: values.get(name) or "" for name in _INSTANTS},
        "hearing": values.get("hearing") or "",
        "circumstances": sorted(_circumstances(values)),
        "not_applicable": sorted(_several(values.get("not_applicable"))),
        "filled": filled(kind, values),
        "claimed_key": f"{department}/{act}/{match_key(number)}" if number else "",
        "claimed_at": values.get("decided_at") or "",
        "confidential": int((values.get("confidential") or "") not in _OPEN),
    }


_INSTANTS = ("started_at", "filed_at", "investigation_ended_at", "ended_on")


def shown_of_line(kind: RecordKind, values: Values) -> dict[str, object]:
    """What the tables hold of a line (SHOWN_OF_LINE): `at` is the line's own instant, `contents` are labels, `signed`
    codes; of a service the labels of the documents served."""
    days = values.get("other_term_days")
    return {
        "stage": _stage_of_line(kind, values),
        "medium": _code(MEDIA, values.get("medium")) or "text",
        "about": values.get("about") or "",
        "at": values.get(kind.event) or "",
        "stored_at": values.get("stored_at") or "",
        "due": values.get("due_on") or "",
        "days": int(days) if days else None,
        "filled": filled(kind, values),
        "contents": sorted(_several(values.get("document" if kind is SERVICE else "contents"))),
        "signed": sorted(_code(SIGNERS, word) for word in _several(values.get("signed"))),
    }


def token(kind: RecordKind, values: Values) -> str:
    """The word for what a line is: `inspection_record`, `approval.decision`, `service.left`, `archive`."""
    if kind is PROCESS_RECORD:
        return _code(documents(), values.get("type"))
    field, words = _NAMED_BY.get(kind.name, ("", {}))
    return f"{kind.name}.{_code(words, values.get(field))}" if field else kind.name


_NAMED_BY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    APPROVAL.name: ("matter", MATTERS),
    SERVICE.name: ("manner", MANNERS),
    PERFORMANCE.name: ("what", PERFORMANCES),
}


def filled(kind: RecordKind, values: Values) -> list[str]:
    """The names of the fields that say something; a 否 is no certificate shown and no receipt kept."""
    told = [
        field.name
        for field in kind.fields
        if (value := values.get(field.name)) and not (field.type is FieldType.FLAG and value == _NO)
    ]
    officers = orjson.loads(values.get("officers") or "[]")
    certified = bool(officers) and all(one["certificate"] for one in officers)
    return sorted([*told, CERTIFICATES] if certified else told)


def _circumstances(values: Values) -> Iterable[str]:
    """The handler's ticks, and what the case's own fields say."""
    found = {_code(CIRCUMSTANCES, word) for word in _several(values.get("circumstances"))}
    found |= {code for name, code in _FROM_FLAGS.items() if values.get(name) not in (None, "", _NO)}
    if origin := _FROM_ORIGIN.get(values.get("origin") or ""):
        found.add(origin)
    return found


def _stage(values: Values) -> str:
    """The stage that a case has reached: what its sheet says, or a later one by what has happened."""
    order = tuple(STAGES)
    shown = [stage for name, stage in _STAGE_SHOWN.items() if values.get(name)]
    stated = _code(STAGES, values.get("stage"))
    return max((one for one in (stated, *shown) if one), key=order.index, default=Stage.INVESTIGATION)


_STAGE_SHOWN: Mapping[str, Stage] = {
    "investigation_ended_at": Stage.DECISION,
    "decided_number": Stage.EXECUTION,
    "ended_on": Stage.ARCHIVE,
}


def _stage_of_line(kind: RecordKind, values: Values) -> str:
    if kind is PROCESS_RECORD:
        return _code(STAGES, values.get("stage"))
    if kind is APPROVAL:
        return _STAGE_OF_MATTER[_code(MATTERS, values.get("matter"))]
    return _STAGE_OF_SHEET.get(kind.name, "")


def _several(text: str | None) -> list[str]:
    return text.split(_BETWEEN) if text else []


def _code(words: Mapping[str, str], label: str | None) -> str:
    """The code of a label; empty where there is none."""
    return next((code for code, word in words.items() if word == label), "")
