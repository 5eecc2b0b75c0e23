"""The gate of records: what must hold before one becomes public, checked apart from whoever composed it.

A record that fails stays out and is reported by its id; it stops no other (DESIGN.md promise 7).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from gongshi.instance import Instance
from gongshi.law import procedure, registry
from gongshi.law.registry import Standing
from gongshi.law.shapes import holds, spans
from gongshi.publish.gate.checks import Refused
from gongshi.publish.gate.secrets import SHORTEST_TEXT, plain
from gongshi.publish.registry.composing import public_fields
from gongshi.publish.registry.looking import seen
from gongshi.publish.registry.public_record import FILE_COLUMNS, RECORD_COLUMNS, PublicRecord
from gongshi.records import REGISTRY_KINDS
from gongshi.records.attachment import TYPES
from gongshi.records.decision import Decision
from gongshi.records.field import Field, FieldType
from gongshi.records.registry.board import POST_BOARD
from gongshi.records.registry.officer import OFFICER
from gongshi.store.registered import Registered, StoredVersion

_ID = re.compile(r"[0-9a-z]{8,64}")
_LARGEST_PLACE = 2**53
_DATES = ("effective_from", "effective_to", "first_published_on", "updated_on", "second_on", "valid_to")
_NUMBERS = frozenset((FieldType.CODE, FieldType.NUMBERS, FieldType.DOCUMENT_NUMBER, FieldType.PHONE, FieldType.DATE))
"""Types whose values may have as many digits as an account, or mean an office's telephone."""
_OF_PERSONS = frozenset((OFFICER.name, POST_BOARD.name))
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_EVENT = frozenset(("on", "event", "fields", "from", "to", "former"))
_INTERNAL = frozenset((FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A record before the gate; `rivals` are other records of the same certificate number that came first and would
    be public, too."""

    public: PublicRecord
    one: Registered
    version: StoredVersion
    instance: Instance
    today: dt.date
    rivals: int = 0

    @cached_property
    def contents(self) -> list[Mapping[str, Any]]:
        """What is shown of this version, and of former ones."""
        events = orjson.loads(self.public.row["history"])
        return [self.public.content, *(event["former"] for event in events if "former" in event)]

    @property
    def fields(self) -> dict[str, Field]:
        """Those that may be shown."""
        return {field.name: field for field in public_fields(self.one.kind, self.instance.city)}


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table: a stable name, what must hold, and what is said where it does not."""

    name: str
    holds: Callable[[Candidate], bool]
    message: str


def failures(candidate: Candidate) -> tuple[Refused, ...]:
    """Every check that the candidate fails, in the table's order; empty where it may become public."""
    record = candidate.public.id
    return tuple(Refused(record, check.name, check.message) for check in CHECKS if not check.holds(candidate))


def _reviewed(candidate: Candidate) -> bool:
    version = candidate.version
    return bool(version.reviewed_by) and plain(version.reviewed_by) != plain(version.by)


def _approved_version(candidate: Candidate) -> bool:
    version = candidate.version
    return candidate.public.version == version.seq and version in candidate.one.versions


def _second_review(candidate: Candidate) -> bool:
    """By the rule of the day of the first review; by somebody who had no part in it (D22, D23)."""
    version, instance = candidate.version, candidate.instance
    department = instance.departments[candidate.one.department]
    rule = registry.second_review(instance.rules, candidate.one.kind, department, version.reviewed_on)
    if rule is None:
        return True
    given = version.endorsed
    if given is None or given.body != rule.value or given.department not in instance.departments:
        return False
    two = (plain(version.by), plain(version.reviewed_by))
    return given.body in instance.departments[given.department].second_reviews and plain(given.by) not in two


def _in_force(candidate: Candidate) -> bool:
    now = seen(candidate.one, candidate.instance, candidate.today)
    return (
        now.version == candidate.version
        and now.standing in (Standing.IN_FORCE, Standing.ENDED)
        and (candidate.public.row["standing"], candidate.public.row["validity"]) == (now.standing.value, now.validity)
    )


_WHITE, _WHITE_OF_A_FILE = frozenset(RECORD_COLUMNS), frozenset(FILE_COLUMNS)


def _white_listed(candidate: Candidate) -> bool:
    public, fields = candidate.public, candidate.fields
    events = orjson.loads(public.row["history"])
    return (
        public.row.keys() == _WHITE
        and all(file.keys() == _WHITE_OF_A_FILE for file in public.files)
        and all(event.keys() <= _EVENT for event in events)
        and all(_declared(content, fields) for content in candidate.contents)
        and (REGISTRY_KINDS[public.kind].former or len(candidate.contents) == 1)
    )


def _declared(content: Mapping[str, Any], fields: Mapping[str, Field]) -> bool:
    return all(name in fields and _is_of(value, fields[name]) for name, value in content.items())


def _is_of(value: object, field: Field) -> bool:
    if not field.is_table:
        return isinstance(value, str)
    columns = {column.name for column in field.columns if column.is_public}
    return isinstance(value, list) and all(row.keys() <= columns for row in value)


def _named(candidate: Candidate) -> bool:
    return bool(candidate.public.row["title"] and candidate.public.row["department_name"])


def _dates_are_dates(candidate: Candidate) -> bool:
    row = candidate.public.row
    try:
        days = [dt.date.fromisoformat(row[name]) for name in _DATES if row.get(name)]
    except ValueError:
        return False
    in_order = row["first_published_on"] <= row["updated_on"] <= candidate.today.isoformat()
    return bool(days and in_order and row["effective_from"] <= candidate.today.isoformat())


def _no_shape(candidate: Candidate) -> bool:
    """Codes may have as many digits as an account: they are looked at for identity numbers only."""
    return not any(
        holds(text, ("identity",) if field.type in _NUMBERS else ("identity", "account"))
        for field, text in _texts(candidate)
    ) and not any(holds(f"{file['label']} {file['name']}", ("identity", "account")) for file in candidate.public.files)


def _no_mobile(candidate: Candidate) -> bool:
    """Whoever is named is asked at the office."""
    if candidate.one.kind not in _OF_PERSONS:
        return True
    return not any(_holds_mobile(text) for field, text in _texts(candidate) if field.type not in _NUMBERS)


def _holds_mobile(text: str) -> bool:
    found = (re.sub(r"\D", "", text[start:end]) for start, end, _ in spans(text, ("phone",)))
    return any(map(_MOBILE.search, found))


def _texts(candidate: Candidate) -> Iterator[tuple[Field, str]]:
    """Every text that is shown, with the field or the column that it stands in."""
    for content in candidate.contents:
        for name, field in candidate.fields.items():
            value = content.get(name, ())
            if isinstance(value, str):
                yield field, value
            else:
                cells = ((column, row.get(column.name)) for row in value for column in field.columns)
                yield from ((column, text) for column, text in cells if text)


def _no_internal(candidate: Candidate) -> bool:
    """An internal value may stand in a public text only where a public field says it, too."""
    shown = "\x1f".join(map(plain, candidate.public.texts()))
    versions = [version.decision for version in candidate.one.versions]
    public = "\x1f".join(plain(value) for one in versions for value in _values(one, public=True))
    hidden = {plain(value) for one in versions for value in _values(one, public=False)}
    return not any(value in shown and value not in public for value in hidden if len(value) >= SHORTEST_TEXT)


def _values(record: Decision, *, public: bool) -> Iterable[str]:
    wanted: Container[FieldType] = frozenset(FieldType) if public else _INTERNAL
    fields = (f for f in REGISTRY_KINDS[record.kind].fields if f.is_public is public and f.type in wanted)
    return (value for field in fields if (value := record.values.get(field.name)))


def _files_are_there(candidate: Candidate) -> bool:
    public = candidate.public
    for file in public.files:
        sha256 = file["sha256"]
        if public.types.get(sha256) not in TYPES:
            return False
        try:
            body = public.bodies(sha256)
        except LookupError:
            return False
        if hashlib.sha256(body).hexdigest() != sha256:
            return False
    return True


def _procedure_ends(candidate: Candidate) -> bool:
    """Looked at apart from intake: whoever changed that must not have changed this."""
    return not any(True for content in candidate.contents for _ in procedure.faults(content.get("steps", ())))


CHECKS = (
    Check("reviewed", _reviewed, "没有经提交人以外的第二人审核"),
    Check("approved_version", _approved_version, "不是审核通过的版本"),
    Check("second_review", _second_review, "没有经其他部门依法审核，或者审核人与提交人、审核人相同"),
    Check("in_force", _in_force, "不是今天有效的版本"),
    Check("white_list", _white_listed, "含有公开字段清单以外的内容"),
    Check("address", lambda c: _ID.fullmatch(c.public.id) is not None, "没有可用的公示编号"),
    Check("place", lambda c: 0 < c.public.sort < _LARGEST_PLACE, "没有可用的排序号"),
    Check("department", lambda c: c.public.row["department"] in c.instance.departments, "公示部门未登记"),
    Check("region", lambda c: c.public.row["region"] in c.instance.regions, "公示部门的区划未登记"),
    Check("named", _named, "没有名称"),
    Check("dates", _dates_are_dates, "日期不完整、不是日期或者次序不对"),
    Check("secrecy", lambda c: c.version.decision.values.get("secrecy_checked") != "0", "未作保密审查"),
    Check("shapes", _no_shape, "含有形似证件号或账号的内容"),
    Check("mobile", _no_mobile, "含有手机号码"),
    Check("internal", _no_internal, "含有不公开字段的内容"),
    Check("certificate", lambda c: not c.rivals, "同一执法证号已经公示在另一条信息里"),
    Check("files", _files_are_there, "附件不完整、被改动或者类型不能公开"),
    Check("procedure", _procedure_ends, "流程有回路、走不通或者有到不了的步骤"),
)
"""Every row must hold."""
