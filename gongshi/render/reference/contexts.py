"""What the templates of the platform's own rules and fields may use (contexts.py says how)."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.render.contexts import Page


@dataclass(frozen=True, slots=True)
class DictionaryField:
    """One declared field, as the data dictionary shows it."""

    label: str
    name: str
    type: str
    visibility: str
    visibility_label: str
    required: bool
    max_length: int
    choices: tuple[str, ...]
    article: str
    help: str


@dataclass(frozen=True, slots=True)
class DictionaryKind:
    """One kind of record with its fields in the declaration's order."""

    name: str
    label: str
    summary: str
    fields: tuple[DictionaryField, ...]


@dataclass(frozen=True)
class DictionaryPage(Page):
    """dictionary.html: what machines can read, then every field, what it means and whether it is public.

    `head_hash` is the hash of the journal's last entry, published with each release (DESIGN.md promise 2).
    """

    total: int
    head_hash: str
    kinds: tuple[DictionaryKind, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of the law as the platform applies it; `decided_by` is the document that turned it on, if any."""

    id: str
    effect: str
    scope: str
    content: str
    issuer: str
    article: str
    basis: str
    in_force_from: str
    in_force_to: str
    decided_by: str
    decided_on: str


@dataclass(frozen=True)
class RulesPage(Page):
    """rules.html: the rules in force with their articles, by the question that they answer."""

    questions: tuple[tuple[str, tuple[RuleRow, ...]], ...]


@dataclass(frozen=True)
class NotFoundPage(Page):
    """404.html: nothing here, and what to try."""
