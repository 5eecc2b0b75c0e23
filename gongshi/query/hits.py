"""A hit as the search page shows it, whatever it is: a decision, a record, a department, a law, a notice, a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from gongshi.query import things
from gongshi.query.filters import STATES, TYPES
from gongshi.query.highlight import Segment
from gongshi.query.items import Excerpt, Item
from gongshi.query.registered.items import RecordItem
from gongshi.render.words import date_zh, money

Segments = tuple[Segment, ...]
_BETWEEN = Segment("　")
_ENDED = 0


class Tag(NamedTuple):
    """A remark behind a title; `look` is its class."""

    text: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the results. `label` says what it is, `accent` the kind of decision whose colour it wears; `excerpt`
    is the passage that has the words, None where the title has them."""

    id: str
    label: str
    href: str
    title: Segments
    meta: tuple[Segments, ...]
    tags: tuple[Tag, ...] = ()
    accent: str = ""
    excerpt: Excerpt | None = None


def of_decision(item: Item, *, by_amount: bool = False) -> Hit:
    """A decision: its number and whom it is about; without a number its title."""
    row = item.row
    told = [item.department, _plain(f"决定日期 {date_zh(row['decided_on'])}")]
    if by_amount and row["amount"]:
        told.append(_plain(f"金额 {money(str(Decimal(row['amount']) / 100))} 元"))
    return Hit(
        id=row["id"],
        label=item.kind_label,
        accent=row["kind"],
        href=item.path,
        title=(*item.number, _BETWEEN, *item.parties) if row["document_number"] else item.title,
        meta=tuple(told),
        tags=tuple(_tags(item)),
        excerpt=item.excerpt,
    )


def _tags(item: Item) -> list[Tag]:
    tags = []
    if item.row["in_force"] == _ENDED:
        tags.append(Tag(STATES["0"], "gs-tag"))
    if item.row["corrected"]:
        tags.append(Tag("已更正", "gs-tag is-corrected"))
    if item.changed:
        tags.append(Tag("已变更", "gs-tag is-changed"))
    return tags


def of_record(item: RecordItem) -> Hit:
    """An officer, an item, a guide, a text."""
    record = item.record
    number = item.number or _plain(f"生效日期 {date_zh(record.effective_from)}")
    told = [item.department, number, _plain(f"有效期至 {date_zh(record.valid_to)}" if record.valid_to else "")]
    tags = []
    if item.certificate:
        tags.append(Tag(item.certificate, f"gs-sign {'is-valid' if item.is_valid else 'is-invalid'}"))
    if record.corrected:
        tags.append(Tag("已更正", "gs-tag is-corrected"))
    if record.outdated_since:
        tags.append(Tag("待更新", "gs-tag is-held"))
    return Hit(
        id=record.id,
        label=TYPES[record.kind],
        href=record.href,
        title=item.title,
        meta=tuple(one for one in told if one),
        tags=tuple(tags),
        excerpt=item.excerpt,
    )


def of_thing(hit: things.Hit) -> Hit:
    """A department, a law, a notice of withdrawal, a page."""
    thing = hit.thing
    return Hit(
        id=thing.path,
        label=TYPES[thing.type],
        href=thing.path,
        title=hit.title,
        meta=(_plain(thing.note),) if thing.note else (),
        excerpt=hit.excerpt,
    )


def tagged(hit: Hit, text: str, look: str = "gs-tag is-good") -> Hit:
    """The same with a remark."""
    return replace(hit, tags=(*hit.tags, Tag(text, look)))


def shortly(hit: Hit) -> Hit:
    """The same without the passage where the title says already why it was found."""
    return replace(hit, excerpt=None) if any(part.marked for part in hit.title) else hit


def _plain(text: str) -> Segments:
    return (Segment(text),) if text else ()
