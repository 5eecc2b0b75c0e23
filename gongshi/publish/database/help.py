"""The narrative pages, cut at their headings: what the search finds of them, with the address of each section.

Plain text and no HTML: it is shown escaped. The addresses are those that MkDocs gives to headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

PAGES = Path("site_src/pages")
"""Where an instance has its narrative pages."""

_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_HEADING = re.compile(r"^(#{1,3}) +(.+?)(?: *\{:? *#([\w-]+) *\})? *#*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_LATIN = re.compile(r"[^\w\s-]", re.ASCII)
_BLANKS = re.compile(r"[-\s]+")
_COUNTED = re.compile(r"(.*)_([0-9]+)")
_PLAIN = (
    (re.compile(r"<!--.*?-->", re.S), " "),
    (re.compile(r"</?[A-Za-z][^>]*>"), " "),
    (re.compile(r"^!!! *\w+ *\"?([^\"\n]*)\"?$", re.M), r"\1"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\{[:#][^}\n]*\}"), " "),
    (re.compile(r"^[\s|:-]+$", re.M), ""),
    (re.compile(r"\*\*|`+|^ *(?:[-*+]|[0-9]+\.) +|^#+ +", re.M), ""),
    (re.compile(r"[ \t]*\|[ \t]*"), " "),
    (re.compile(r"\s*\n\s*"), "\n"),
)
"""What Markdown writes beside the words, and what is left of it."""


class Section(NamedTuple):
    """One section of a page, up to the next heading: its address, the page's title, its own heading, its text."""

    path: str
    title: str
    heading: str
    text: str


def sections(root: Path) -> Iterator[Section]:
    """Every section of the narrative pages of the instance in `root`, page by page."""
    pages = root / PAGES
    for path in sorted(pages.rglob("*.md")):
        place = path.relative_to(pages).with_suffix("").as_posix().removesuffix("index").rstrip("/")
        yield from _cut(f"/{place}/" if place else "/", path.read_text(encoding="utf-8"))


@lru_cache(64)
def _cut(address: str, source: str) -> tuple[Section, ...]:
    """The sections of one page; a process cuts the same page once."""
    return tuple(_sections(address, source))


def _sections(address: str, source: str) -> Iterator[Section]:
    title = ""
    taken: set[str] = set()
    for found, lines in _parts(_MATTER.sub("", source).splitlines()):
        heading, anchor = _plain(found[2]), _anchor(found[2], found[3] or "", taken)
        place = f"{address}#{anchor}" if title else address
        title = title or heading
        yield Section(place, title, heading, _plain("\n".join(lines)))


def _parts(lines: Iterable[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Each heading with the lines behind it; blocks of code are no words."""
    part: tuple[re.Match[str], list[str]] | None = None
    fenced = False
    for line in lines:
        fence = _FENCE.match(line)
        fenced ^= fence is not None
        heading = None if fenced else _HEADING.match(line)
        if heading and part:
            yield part
        if heading:
            part = heading, []
        elif part and not fence and not fenced:
            part[1].append(line)
    if part:
        yield part


def _anchor(heading: str, told: str, taken: set[str]) -> str:
    """The id that MkDocs gives a heading: the one that is `told`, or what of it is Latin, numbered where that is
    nothing or taken."""
    latin = unicodedata.normalize("NFKD", _plain(heading)).encode("ascii", "ignore").decode()
    found = told or _BLANKS.sub("-", _LATIN.sub("", latin).strip().lower())
    while not found or found in taken:
        counted = _COUNTED.fullmatch(found)
        found = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{found}_1"
    taken.add(found)
    return found


def _plain(text: str) -> str:
    for pattern, left in _PLAIN:
        text = pattern.sub(left, text)
    return text.strip()
