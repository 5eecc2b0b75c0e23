"""The tables of public.db that come from the instance and the declarations, not from decisions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import orjson

from gongshi.instance import Instance
from gongshi.law.rule import Rule
from gongshi.law.rule_words import content_words, scope_words
from gongshi.publish.composing.schema import SCHEMA_VERSION
from gongshi.publish.database.help import sections
from gongshi.query import tokens
from gongshi.records import ALL_KINDS, DECISION_KINDS, REGISTRY_KINDS
from gongshi.records.department import Department
from gongshi.records.field import Field
from gongshi.records.keys import KEYS_VERSION

Table = tuple[str, tuple[str, ...], list[tuple[object, ...]]]
"""A table's name, its columns, its rows in the order of insertion."""

VERSIONS = {"schema_version": SCHEMA_VERSION, "tokens_version": tokens.VERSION, "keys_version": KEYS_VERSION}
"""With another of these, public.db is written from nothing."""
_SHOWN_SETTINGS = (
    *("name", "site_name", "region", "url", "domain", "website_id", "organiser"),
    *("request_disclosure", "complaint", "site_errors"),
)
_DEPARTMENT_COLUMNS = (
    "superior",
    "channel_address",
    "channel_postcode",
    "channel_phone",
    "channel_email",
    "channel_procedure",
)


def tables(instance: Instance, head: str) -> Iterator[Table]:
    """Every reference table, in an order in which foreign keys hold. `head` is the journal's head hash."""
    yield "meta", ("key", "value"), [*sorted(_meta(instance, head).items())]
    yield "regions", ("code", "name"), [(r.code, r.name) for _, r in sorted(instance.regions.items())]
    departments = [_department(department) for _, department in sorted(instance.departments.items())]
    yield "departments", ("key", "name", "names", "region", *_DEPARTMENT_COLUMNS), departments
    kinds = enumerate(DECISION_KINDS.values())
    yield (
        "kinds",
        ("name", "label", "summary", "position"),
        [(kind.name, kind.label, kind.summary, at) for at, kind in kinds],
    )
    registers = enumerate(REGISTRY_KINDS.values())
    yield (
        "record_kinds",
        ("name", "label", "summary", "folder", "position"),
        [(kind.name, kind.label, kind.summary, kind.folder or None, at) for at, kind in registers],
    )
    yield "rules", _RULE_COLUMNS, [_rule(rule, at, instance) for at, rule in enumerate(_in_force(instance))]
    yield "dictionary", _FIELD_COLUMNS, [*_dictionary()]
    told: list[tuple[object, ...]] = [(*section, at) for at, section in enumerate(sections(instance.root))]
    yield "help", ("path", "title", "heading", "text", "position"), told


def _meta(instance: Instance, head: str) -> dict[str, str]:
    city = instance.city
    return {name: str(getattr(city, name)) for name in _SHOWN_SETTINGS} | {
        "sample": "1" if city.sample else "",
        **VERSIONS,
        "head": head,
    }


def _department(department: Department) -> tuple[object, ...]:
    names = [{"name": dated.name, "since": dated.since.isoformat()} for dated in department.names]
    channel = (getattr(department, column) or None for column in _DEPARTMENT_COLUMNS)
    return department.key, department.name, orjson.dumps(names).decode(), department.region, *channel


_RULE_COLUMNS = (
    "id",
    "question",
    "effect",
    "scope",
    "content",
    "issuer",
    "article",
    "basis",
    "in_force_from",
    "in_force_to",
    "decided_by",
    "decided_on",
    "position",
)


def _in_force(instance: Instance) -> Iterator[Rule]:
    """The rules that are on; what a city has not turned on binds nobody."""
    return (rule for rule in instance.rules if rule.enabled)


def _rule(rule: Rule, position: int, instance: Instance) -> tuple[object, ...]:
    scope = scope_words(rule.scope)
    for key in rule.scope.departments:
        scope = scope.replace(key, instance.departments[key].name)
    return (
        rule.id,
        rule.question.value,
        rule.effect.value,
        scope,
        content_words(rule),
        rule.issuer or None,
        rule.article,
        rule.basis,
        rule.effective_from.isoformat() if rule.effective_from else None,
        rule.effective_to.isoformat() if rule.effective_to else None,
        rule.decided_by or None,
        rule.decided_on.isoformat() if rule.decided_on else None,
        position,
    )


_FIELD_COLUMNS = (
    "kind",
    "name",
    "label",
    "type",
    "visibility",
    "required",
    "max_length",
    "choices",
    "standard",
    "article",
    "help",
    "position",
)


@cache
def _dictionary() -> tuple[tuple[object, ...], ...]:
    """Every declared field: the same as long as a process lives."""
    kinds = ALL_KINDS.values()
    return tuple(_field(kind.name, field, at) for kind in kinds for at, field in enumerate(kind.described))


def _field(kind: str, field: Field, position: int) -> tuple[object, ...]:
    return (
        kind,
        field.name,
        field.label,
        field.type.value,
        field.visibility.value,
        int(field.required),
        field.max_length or None,
        "、".join(field.choices) or None,
        field.standard or None,
        field.article or None,
        field.help or None,
        position,
    )
