"""A feed as Atom (RFC 4287), for readers and for other platforms."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gongshi.render.feeds.channel import ATOM, Channel, Entry, heading, identity, moment
from gongshi.render.look.site import Site
from gongshi.render.words import visible

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def written(site: Site, channel: Channel) -> bytes:
    """The bytes of a feed."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", identity(site, channel.where))
    _text(root, "title", heading(site, channel))
    _text(root, "updated", moment(channel.updated))
    SubElement(root, "link", {"rel": "self", "type": ATOM, "href": site.url + channel.where})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": site.url + channel.page})
    _text(SubElement(root, "author"), "name", site.organiser or site.name)
    for entry in channel.entries:
        _entry(SubElement(root, "entry"), site, entry)
    indent(root, "")
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(element: Element, site: Site, entry: Entry) -> None:
    """A notice has the id of the decision at whose address it stands: a reader's copy is replaced by it."""
    _text(element, "id", identity(site, entry.path))
    _text(element, "title", entry.title)
    _text(element, "published", moment(entry.published))
    _text(element, "updated", moment(entry.updated))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": site.url + entry.path})
    _text(SubElement(element, "author"), "name", entry.author)
    term, label = entry.category
    SubElement(element, "category", {"term": _clean(term), "label": _clean(label)})
    _text(element, "summary", entry.summary)


def _text(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = _clean(value)


def _clean(value: str) -> str:
    """Without what XML does not allow."""
    return _NOT_XML.sub("", str(visible(value)))
