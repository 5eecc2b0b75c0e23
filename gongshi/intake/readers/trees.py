"""JSON, JSON Lines and YAML: text into plain values, with nothing in it that could unfold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits
from gongshi.intake.readers.model import Sheet
from gongshi.intake.readers.records import sheets_of
from gongshi.intake.readers.text import decoded

_TOKENS: Final = (b",", b":", b"[", b"{", b"\n-")


def read_json(data: bytes, name: str, limits: Limits) -> list[Sheet]:
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
    return sheets_of(values[0] if len(values) == 1 else values, name, limits)


def _text(data: bytes, limits: Limits) -> str:
    """The decoded text, if what it can unfold to is bounded."""
    if len(data) > limits.tree_bytes:
        size, limit = -(-len(data) // MEBIBYTE), limits.tree_bytes // MEBIBYTE
        raise Unreadable.because(Fault.TOO_LARGE, size=size, limit=limit)
    if sum(data.count(token) for token in _TOKENS) > limits.nodes:
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
        raise Unreadable.because(Fault.REPEATED_KEY, key=next(key for key in keys if keys.count(key) > 1))
    return values


def _refuse_constant(constant: str) -> Any:
    raise ValueError(constant)


class _PlainLoader(yaml.CSafeLoader):
    """Every scalar stays the text that was written (0012, 2026-01-02, 1:30, no); only null is read."""

    yaml_implicit_resolvers: Any = {}  # noqa: RUF012 - PyYAML's own protocol

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping; a key that stands twice is an error here, where PyYAML takes the last."""
        seen: set[str] = set()
        for key, _ in node.value:
            text = str(key.value)
            if text in seen:
                raise Unreadable.because(Fault.REPEATED_KEY, row=key.start_mark.line + 1, key=text)
            seen.add(text)
        return super().construct_mapping(node, deep)


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|NULL|Null)?$"), None)


def read_yaml(data: bytes, name: str, limits: Limits) -> list[Sheet]:
    """The sheets of a YAML file. Scalars are text; anchors, aliases and tags of programs are refused."""
    text = _text(data, limits)
    try:
        _check_events(text, limits)
        value = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a safe loader
    except RecursionError as error:
        raise Unreadable.because(Fault.TOO_DEEP) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        detail = f"第 {row} 行附近无法解析" if row else "无法解析，或者有不允许的字符"
        raise Unreadable.because(Fault.YAML, row=row, detail=detail) from error
    return sheets_of(value, name, limits)


def _check_events(text: str, limits: Limits) -> None:
    """No alias, and no nesting beyond the limit: so what is loaded is no larger than what was written."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable.because(Fault.YAML_ALIAS, row=_line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > limits.depth:
            raise Unreadable.because(Fault.TOO_DEEP, row=_line(event))


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None
