"""Atom feeds of the newest decisions and of the newest notices (RFC 4287), for readers and for other platforms.

What a reader's programme has fetched can not be called back: an entry says enough to be found, and no
facts and no amounts. No clock: `updated` is the newest record's own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gongshi.render.addresses import address
from gongshi.render.database import named
from gongshi.render.labels import kind_label
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Site
from gongshi.render.notices import pages as notices
from gongshi.render.notices.pages import Notice
from gongshi.render.press import Page, Press, path_of
from gongshi.render.words import date_zh, visible

DECISIONS = "/feeds/decisions.atom"
NOTICES = "/feeds/notices.atom"
NEWEST = 50
"""How many entries a feed has."""
NEVER = "2020-01-01"
"""The day of a feed without entries: the regulation came into force on it."""

_ATOM = "http://www.w3.org/2005/Atom"
_NEWEST_DECISIONS = """
SELECT id, kind, title, document_number, department_name, decided_on, first_published_on, updated_on, digest
FROM decisions ORDER BY sort DESC LIMIT ?
"""
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


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


def feed_pages(press: Press) -> Iterable[Page]:
    """Both feeds."""
    newest = [_decision(named(row)) for row in press.db.execute(_NEWEST_DECISIONS, (NEWEST,))]
    withdrawn = [_notice(one) for one in notices.newest(press, NEWEST)]
    yield _feed(press, DECISIONS, "最新公示的决定", "/decisions/", newest)
    yield _feed(press, NOTICES, "撤下说明", notices.BASE, withdrawn)


def _decision(row: Notice) -> Entry:
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


def _notice(row: Notice) -> Entry:
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


def _feed(press: Press, where: str, name: str, page: str, entries: Sequence[Entry]) -> Page:
    mark = fingerprint(press.plain, where, *(entry.mark for entry in entries))
    return press.file(path_of(where), mark, lambda: written(press.site, where, name, page, entries))


def written(site: Site, where: str, name: str, page: str, entries: Sequence[Entry]) -> bytes:
    """The bytes of the feed at `where`; `page` is the address of the same as a page."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", identity(site, where))
    _text(root, "title", f"{site.name}：{name}" + ("（示例数据）" if site.sample else ""))
    _text(root, "updated", _moment(max((entry.updated for entry in entries), default=NEVER)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": site.url + where})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": site.url + page})
    _text(SubElement(root, "author"), "name", site.organiser or site.name)
    for entry in entries:
        _entry(SubElement(root, "entry"), site, entry)
    indent(root, "")
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(element: Element, site: Site, entry: Entry) -> None:
    """A notice has the id of the decision at whose address it stands: a reader's copy is replaced by it."""
    _text(element, "id", identity(site, entry.path))
    _text(element, "title", entry.title)
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": site.url + entry.path})
    _text(SubElement(element, "author"), "name", entry.author)
    term, label = entry.category
    SubElement(element, "category", {"term": _clean(term), "label": _clean(label)})
    _text(element, "summary", entry.summary)


def identity(site: Site, path: str) -> str:
    """What never changes of an address: the whole one, or a tag (RFC 4151) where the city has none yet."""
    return site.url + path if site.url else f"tag:{site.domain or 'gongshi.invalid'},2020:{path}"


def _moment(day: str) -> str:
    """The beginning of a day in the city."""
    return f"{day}T00:00:00+08:00"


def _text(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = _clean(value)


def _clean(value: str) -> str:
    """Without what XML does not allow."""
    return _NOT_XML.sub("", str(visible(value)))
