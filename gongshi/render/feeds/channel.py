"""What a feed holds, whatever its format: entries of decisions or of notices, newest first.

What a reader's programme has fetched can not be called back: an entry says enough to be found, and no
facts and no amounts. No clock: the day of an entry is the record's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongshi.render.addresses import address
from gongshi.render.contexts import Feed
from gongshi.render.labels import kind_label
from gongshi.render.look.site import Site
from gongshi.render.notices import pages as notices
from gongshi.render.words import date_zh

NEWEST = 50
"""How many entries a feed has."""
ATOM, JSON = "application/atom+xml", "application/feed+json"
NEVER = "2020-01-01"
"""The day of a feed without entries: the regulation came into force on it."""
ENTRY_COLUMNS = "id, kind, title, document_number, department_name, decided_on, first_published_on, updated_on, digest"
"""What an entry is made from, of the table `decisions`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; days are YYYY-MM-DD. `mark` changes with anything of the record that a page can show."""

    path: str
    title: str
    summary: str
    author: str
    category: tuple[str, str]
    published: str
    updated: str
    mark: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed: its own address, what it is called, the address of the same as a page, its entries."""

    where: str
    name: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """The newest day of its entries."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def decision_entry(row: Mapping[str, Any]) -> Entry:
    """The entry of a decision, from its ENTRY_COLUMNS."""
    told = f"{row['department_name']}{date_zh(row['decided_on'])}作出的{kind_label(row['kind'])}决定"
    return Entry(
        path=address(row["id"]),
        title=row["title"],
        summary=f"{told}，{row['document_number']}。" if row["document_number"] else f"{told}。",
        author=row["department_name"],
        category=(row["kind"], kind_label(row["kind"])),
        published=row["first_published_on"],
        updated=row["updated_on"],
        mark=f"{row['id']}{row['digest']}",
    )


def notice_entry(row: notices.Notice) -> Entry:
    """The entry of a notice of withdrawal, from its row."""
    return Entry(
        path=address(row["id"]),
        title=notices.title(row),
        summary=notices.summary(row),
        author=row["department_name"],
        category=(row["ending"], row["ending_label"]),
        published=row["withdrawn_on"],
        updated=row["withdrawn_on"],
        mark=notices.mark(row),
    )


def identity(site: Site, path: str) -> str:
    """What never changes of an address: the whole one, or a tag (RFC 4151) where the city has none yet."""
    return site.url + path if site.url else f"tag:{site.domain or 'gongshi.invalid'},2020:{path}"


def heading(site: Site, channel: Channel) -> str:
    """What a feed is called in a reader's list."""
    return f"{site.name}：{channel.name}" + ("（示例数据）" if site.sample else "")


def moment(day: str) -> str:
    """The beginning of a day in the city."""
    return f"{day}T00:00:00+08:00"


def of_kind(kind: str) -> tuple[Feed, ...]:
    """The feeds of a kind, for its pages."""
    return _both(f"最新公示的{kind_label(kind)}", f"/feeds/kinds/{kind}")


def of_department(key: str, name: str) -> tuple[Feed, ...]:
    """The feeds of a department, for its pages."""
    return _both(f"{name}最新公示的决定", f"/feeds/departments/{key}")


def notices_of(key: str, name: str) -> tuple[Feed, ...]:
    """The feeds of what a department took down."""
    return _both(f"{name}的撤下说明", f"/feeds/notices/{key}")


def _both(title: str, base: str) -> tuple[Feed, ...]:
    return Feed(title, f"{base}.atom", ATOM), Feed(f"{title}（JSON）", f"{base}.json", JSON)
