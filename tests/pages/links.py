"""What a page leads to, and what it must not hold: the reading side of the link checker."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://city.invalid"
_ADDRESSES = {"href", "src", "action", "formaction", "poster", "cite"}
_OTHER_SCHEMES = {"tel", "mailto"}
_SHAPE = re.compile(r"[0-9a-f]{16}|[0-9A-Z]{18}|\d{4}-\d{2}(-\d{2})?")
_ANSWERS = re.compile(r"/(?:search|suggest|api|data|correct|parties)(?:[/?.]|$)|/look$|/downloads/[^/]*\.xlsx$")
"""What the server answers and no file holds."""


class Page(HTMLParser):
    """One page: the addresses that it names, the places that can be named in it, and what is inline."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = HOST + address
        self.links: set[str] = set()
        self.places: set[str] = set()
        self.inline: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to."""
        said = {name: value or "" for name, value in attrs}
        for name, value in said.items():
            if name in _ADDRESSES:
                self.links.add(urljoin(self.base, value))
            elif name == "srcset":
                self.links.update(urljoin(self.base, one.split()[0]) for one in value.split(","))
            elif name == "id":
                self.places.add(value)
            elif name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}={value!r}>")
        if tag == "style" or (tag == "script" and not said.get("src") and said.get("type") != "application/ld+json"):
            self.inline.append(self.get_starttag_text() or tag)


class Site:
    """A folder of built pages, and what is wrong with the ways between them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.pages = {
            address_of(path.relative_to(folder)): path for path in sorted(folder.rglob("*.html")) if path.is_file()
        }
        self.read = {address: Page(address, path.read_text("utf-8")) for address, path in self.pages.items()}
        self.asked: set[str] = set()
        """What only the server can answer."""

    def faults(self) -> Iterator[str]:
        """Every way that leads nowhere, and everything that the policy would not let through."""
        for address, page in self.read.items():
            yield from (f"{address}: inline {found}" for found in page.inline)
            yield from (f"{address}: {wrong}" for wrong in self.broken(page.links))

    def broken(self, links: Iterable[str]) -> Iterator[str]:
        """Those of `links` (whole addresses) that lead nowhere."""
        for link in sorted(links):
            whole = link.replace(self.url, HOST, 1) if self.url else link
            parts = urlsplit(whole)
            if parts.scheme in _OTHER_SCHEMES:
                continue
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                yield f"leads to another host: {link}"
            elif not self._answered(parts.path, parts.query, unquote(parts.fragment)):
                yield f"leads nowhere: {link}"

    def _answered(self, path: str, query: str, place: str) -> bool:
        if _ANSWERS.match(path):
            self.asked.add(f"{path}?{query}" if query else path)
            return True
        if path in self.pages:
            return not place or place in self.read[path].places
        return path != "/" and (self.folder / unquote(path).lstrip("/")).is_file()


def address_of(path: Path) -> str:
    """Where a file is served: a folder's index under the folder's own address."""
    return f"/{path.as_posix()}".removesuffix("index.html") if path.name == "index.html" else f"/{path.as_posix()}"


def one_of_each(addresses: Iterable[str], most: int = 3) -> list[str]:
    """A few of those that differ by an id, a department's key or a month alone."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for address in sorted(addresses):
        shapes[_SHAPE.sub("*", address)].append(address)
    return [address for alike in shapes.values() for address in alike[:most]]
