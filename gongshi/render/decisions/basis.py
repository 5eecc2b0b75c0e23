"""The basis of a decision as it was written, each law in it a link to the decisions that cite it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from gongshi.law.citing import bracket, law_id, names_cited
from gongshi.render.addresses import law_address
from gongshi.render.words import visible


class Piece(NamedTuple):
    """A piece of the text; `href` is where the law's page is that it names, empty for what names none."""

    text: str
    href: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in pieces, which joined are the text: a law with its brackets, and what stands between.

    The laws are those that `names_cited` finds in it, so that each has its page; where signs join otherwise in the
    whole text than each by itself, nothing is linked.
    """
    found = tuple(_cut(text))
    cited = {law_address(law_id(name)) for name in names_cited(text)}
    return found if {piece.href for piece in found if piece.href} == cited else (Piece(text),)


def _cut(text: str) -> Iterator[Piece]:
    done = 0
    for start, end in _between_brackets(text):
        if names := names_cited(text[start:end]):
            yield Piece(text[done:start])
            yield Piece(text[start:end], law_address(law_id(names[0])))
            done = end
    yield Piece(text[done:])


@lru_cache(maxsize=4096)
def linked(text: str) -> Markup:
    """The text with its links. A department's decisions rest on few laws: most texts come again and again."""
    return Markup("").join(_link(piece) for piece in pieces(text))


def _link(piece: Piece) -> Markup:
    told = escape(visible(piece.text))
    return Markup('<a href="{}">{}</a>').format(piece.href, told) if piece.href else told


def _between_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where an outer pair of brackets begins and ends, in each line as `names_cited` sees them."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        kind = bracket(unicodedata.normalize("NFKC", sign)) if sign != "\n" else 0
        if sign == "\n":
            depth = 0
        elif kind > 0:
            depth += 1
            start = at if depth == 1 else start
        elif kind < 0 and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
