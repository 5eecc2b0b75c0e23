"""How the fields of a case file are declared: all of them internal, each with the row that asks for it."""

from __future__ import annotations

from typing import Any

from gongshi.records.field import Field, FieldType, Visibility


def field(name: str, label: str, article: str, **more: Any) -> Field:
    """A field that never leaves the store."""
    return Field(name=name, label=label, article=article, visibility=Visibility.INTERNAL, **more)


def instant(name: str, label: str, article: str, **more: Any) -> Field:
    """A moment by the city's clock; a bare day where the minute is not known."""
    return field(name, label, article, type=FieldType.INSTANT, **{"example": "2026-03-02 09:30", **more})


def persons(name: str, label: str, article: str, **more: Any) -> Field:
    """People with the numbers of their certificates."""
    return field(
        name,
        label,
        article,
        type=FieldType.PERSONS,
        **{"example": "张示一（吉A示例001）、李示二（吉A示例002）", **more},
    )


def choices(name: str, label: str, article: str, words: tuple[str, ...], **more: Any) -> Field:
    """Several of a closed list."""
    return field(name, label, article, type=FieldType.CHOICES, choices=words, **more)
