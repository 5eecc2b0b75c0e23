"""JSON, JSON Lines and YAML: text into plain values, with nothing in it that could unfold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import yaml

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits
from gongshi.intake.readers.model import Sheet
from gongshi.intake.readers.records import sheets_of, shown
from gongshi.intake.readers.text import decoded

_TOKENS: Final = (b",", b":", b"[", b"{", b"\n-")
_RECORDS_A_ROW: Final = 4
"""Mappings and lists for each row that is allowed: a record, its parties, the list of them."""
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_PLAIN_TAGS: Final = (None, "!", "tag:yaml.org,2002:str")


def read_json(data: bytes, name: str, limits: Limits, *, nested: bool = False) -> list[Sheet]:
    """The sheets of a JSON or JSON Lines file.

    Raises Unreadable for what is not JSON (NaN and repeated keys included), for too much nesting,
    and for another shape than `sheets_of` takes.
    """
    text = _text(data, limits)
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
    try:
        values = list(_json_values(text, decoder))
    except RecursionError as error:
        raise Unreadable.because(Fault.TOO_DEEP) from error
    except json.JSONDecodeError as error:
        detail = f"第 {error.lineno} 行第 {error.colno} 个字符处无法解析"
        raise Unreadable.because(Fault.JSON, row=error.lineno, detail=detail) from error
    except ValueError as error:
        raise Unreadable.because(Fault.JSON, detail="有无法表示的数值") from error
    return sheets_of(values[0] if len(values) == 1 else values, name, limits, nested=nested)


def _text(data: bytes, limits: Limits) -> str:
    """The decoded text, if what it can unfold to is bounded."""
    if len(data) > limits.tree_bytes:
        size, limit = -(-len(data) // MEBIBYTE), limits.tree_bytes // MEBIBYTE
        raise Unreadable.because(Fault.TOO_LARGE, size=size, limit=limit)
    containers = data.count(b"[") + data.count(b"{") + data.count(b"\n-")
    if sum(map(data.count, _TOKENS)) > limits.nodes or containers > limits.rows * _RECORDS_A_ROW:
        raise Unreadable.because(Fault.TOO_MANY_VALUES, limit=limits.nodes)
    return decoded(data).lstrip("\ufeff")


def _json_values(text: str, decoder: json.JSONDecoder) -> Iterator[Any]:
    """Each of the values that stand one after another: one in JSON, one a line in JSON Lines."""
    at = _past_blanks(text, 0)
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        yield value
        at = _past_blanks(text, end)


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Unreadable.because(Fault.REPEATED_KEY, key=shown(next(key for key in keys if keys.count(key) > 1)))
    return values


def _refuse_constant(constant: str) -> Any:
    raise ValueError(constant)


def read_yaml(data: bytes, name: str, limits: Limits, *, nested: bool = False) -> list[Sheet]:
    """The sheets of a YAML file. Anchors, aliases and tags of types are refused.

    Every scalar stays the text that was written (0012, 2026-01-02, 1:30, no); only null is read.
    """
    text = _text(data, limits)
    try:
        documents = list(_documents(yaml.parse(text, Loader=yaml.CSafeLoader), limits))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise Unreadable.because(Fault.YAML, row=row, detail=_yaml_detail(row)) from error
    return sheets_of(documents[0] if len(documents) == 1 else documents, name, limits, nested=nested)


def _yaml_detail(row: int | None) -> str:
    return f"第 {row} 行附近无法解析" if row else "无法解析，或者有不允许的字符"


def _documents(events: Iterator[yaml.Event], limits: Limits) -> Iterator[Any]:
    """The value of each document, built from the parser's events: no larger than what was written."""
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            yield _value(event, events, limits, 1)


def _value(event: yaml.Event, events: Iterator[yaml.Event], limits: Limits, depth: int) -> Any:
    row = event.start_mark.line + 1 if event.start_mark else None
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Unreadable.because(Fault.YAML_ALIAS, row=row)
    if getattr(event, "tag", None) not in _PLAIN_TAGS:
        raise Unreadable.because(Fault.YAML, row=row, detail=f"第 {row} 行有类型标记（!），本系统不接受")
    if depth > limits.depth:
        raise Unreadable.because(Fault.TOO_DEEP, row=row)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events, limits, depth + 1) for item in _until(events, yaml.SequenceEndEvent)]
    if isinstance(event, yaml.MappingStartEvent):
        return _object(list(_pairs(events, limits, depth)))
    scalar: Any = event
    return None if scalar.implicit[0] and scalar.value in _NULLS else scalar.value


def _pairs(events: Iterator[yaml.Event], limits: Limits, depth: int) -> Iterator[tuple[str, Any]]:
    for key in _until(events, yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            row = key.start_mark.line + 1 if key.start_mark else None
            raise Unreadable.because(Fault.YAML, row=row, detail=_yaml_detail(row))
        yield key.value, _value(next(events), events, limits, depth + 1)


def _until(events: Iterator[yaml.Event], end: type[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event
