"""Chinese full-text search: how text is cut for the index, and how a query is turned into a MATCH.

Every run of characters between spaces is cut into overlapping pairs (责令改正 → 责令 令改 改正), then
its last character stands alone (正), which also keeps a phrase from running into the next run. The
other characters follow once each at the end of the column. So a query of two or more characters is a
phrase of pairs and a query of one character is one token: any substring is found, none is guessed
(DOMAIN.md 19; MEASURED.md, "Chinese search").

This is the frozen tokeniser of the index: text cut otherwise than it was indexed leaves ghosts when
it is erased. Any change of what `index_text` returns needs a new VERSION, and with it a full build.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

VERSION = "1"

MAX_QUERY = 100
"""Characters of a query, as typed."""
MAX_WORDS = 8
"""Words of a query."""

_ALIKE = {
    "(": "〔[【",
    ")": "〕]】",
    "〇": "○◯",
    "·": "•‧∙・",
    '"': "“”„‟",
    "'": "‘’‚‛",
}
"""What people type for one another, beyond NFKC: the brackets of 文号 (〔2026〕 = [2026]), the zero of dates, the dot
of names, quotation marks."""
_ONE_FORM = str.maketrans({other: one for one, others in _ALIKE.items() for other in others})

_REPLACEMENT = "\ufffd"
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_NONCHARACTER = 0xFFFE
_NONCHARACTERS = range(0xFDD0, 0xFDF0)


class _Settled(dict[int, str]):
    """For str.translate: nothing invisible, nothing that UTF-8 or FTS5 alters; each character worked out once."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        if category in ("Cc", "Zs", "Zl", "Zp"):
            settled = " "
        elif category == "Cf" or code in _VARIATION_SELECTORS:
            settled = ""
        elif category == "Cs" or code & _NONCHARACTER == _NONCHARACTER or code in _NONCHARACTERS:
            settled = _REPLACEMENT
        else:
            settled = chr(code)
        self[code] = settled
        return settled


_SETTLED = _Settled()


def normalise(text: str) -> str:
    """One form for matching: NFKC, case folded, brackets and look-alikes unified, the invisible dropped."""
    text = unicodedata.normalize("NFKC", text.translate(_SETTLED)).casefold()
    return unicodedata.normalize("NFKC", text).translate(_SETTLED).translate(_ONE_FORM)


def runs(text: str) -> list[str]:
    """The normalised runs of characters between spaces."""
    return normalise(text).split()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def index_text(text: str) -> str:
    """The tokens of one column, separated by spaces, as they are written to and erased from the index."""
    tokens: list[str] = []
    alone: dict[str, None] = {}
    for run in runs(text):
        tokens += _pairs(run)
        tokens.append(run[-1])
        alone |= dict.fromkeys(run)
    ends = {token for token in tokens if len(token) == 1}
    tokens += [char for char in alone if char not in ends]
    return " ".join(tokens)


def facet_text(kind: str, department: str, decided_on: str) -> str:
    """The tokens of the index's `facet` column: what a reader can narrow a search by.

    `department` is the key, `decided_on` an ISO day. The tokens are longer than any that
    `index_text` makes, so no typed query meets them.
    """
    return " ".join((f"kind={kind}", f"department={department}", f"year={decided_on[:4]}"))


def words(query: str) -> tuple[str, ...]:
    """The normalised words of a query, without repetition and without words that another one contains."""
    found = list(dict.fromkeys(runs(query)))
    return tuple(word for word in found if not any(word != other and word in other for other in found))


def match_expression(query: str, facets: Mapping[str, str] | None = None) -> str:
    """The FTS5 MATCH string for rows that contain every word of the query and lie in every facet.

    `facets` maps kind, department and year to the wanted value. Empty where there is neither word
    nor facet. Each word becomes one quoted phrase, so operators and quotation marks in it mean themselves.
    """
    phrases = [_quoted(" ".join(_pairs(word) or [word])) for word in words(query)]
    phrases += [f"facet:{_quoted(f'{name}={value}')}" for name, value in (facets or {}).items()]
    return " AND ".join(phrases)


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', '""') + '"'
