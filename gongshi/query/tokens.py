"""Chinese full-text search: how text is cut for the index, and how a query is turned into a MATCH.

Every run of characters between spaces is cut into overlapping pairs (责令改正 → 责令 令改 改正), then
its last character stands alone (正), which also keeps a phrase from running into the next run. The
other characters follow once each. So a query of two or more characters is a phrase of pairs and a query
of one character is one token: any substring is found, none is guessed (DOMAIN.md 19; MEASURED.md, "Chinese search").

Pairs of digits are in every row: 〔2026〕24 had to look at half the index. So what stands around a number
follows at the end of the column a second time, in overlapping pieces of four (〔202 2026 026〕 …), and a
query that has a number in it is a phrase of those. Around a number: up to 8 characters before and after two
digits, up to 16 between two such, no comma or full stop among them. As a query's own numbers say how far
that reaches, it is known from the query alone whether the pieces of four cover it.

Traditional characters are folded to simplified ones, each to one other (simplified.txt): 張 and 张 are found by either.

This is the frozen tokeniser of the index: text cut otherwise than it was indexed leaves ghosts when
it is erased. Any change of what `index_text` returns needs a new VERSION, and with it a full build.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from operator import add
from typing import NamedTuple

VERSION = "3"

MAX_QUERY = 200
"""Characters of a query, as typed: a decision's title can be copied whole."""
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


def _pairs_of_forms() -> dict[str, str]:
    """From a traditional character to its simplified one."""
    lines = resources.files(__package__).joinpath("simplified.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


SIMPLIFIED = _pairs_of_forms()
"""From a traditional character to the simplified one by which it is found: one for one."""
TRADITIONAL = re.compile(f"[{''.join(SIMPLIFIED)}]")
"""A character of a text that is found by another."""
_ONE_FORM = str.maketrans({other: one for one, others in _ALIKE.items() for other in others} | SIMPLIFIED)

_NUMBER = re.compile(r"[^,。;、]{0,8}[0-9]{2}(?:[^,。;、]{0,16}[0-9]{2})*[^,。;、]{0,8}")
"""A number and what stands around it, as long as can be; matching it takes no time to think: what is greedy reaches
furthest, so it never has to go back."""
_TWO_DIGITS = re.compile("[0-9]{2}")
"""Without these no number stands in a run: to know it takes less than to look what would stand around one."""
_PAIR = 2
_PIECE = 4
_BETWEEN = "___"
"""Between the pieces of two numbers, so that no phrase runs from one into the other; as long as no other token."""

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
_SIGNS = "、。《》〔〕【】“”‘’，；：？！（）"
_UNUSUAL = re.compile(f"[^ -~一-龥{_SIGNS}]")
"""All but what nearly every text is made of: to look for it costs a tenth of looking at each character."""
_UNLIKE = re.compile(f"[{re.escape(''.join(map(chr, _ONE_FORM)))}]")


def normalise(text: str) -> str:
    """One form for matching: NFKC, case folded, characters simplified, brackets and look-alikes unified, the invisible
    dropped."""
    line = text.replace("\n", " ")
    return _normalised(line) if _UNUSUAL.search(line) or TRADITIONAL.search(line) else _quickly(line)


def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _settled(text))
    lower = plain.casefold()
    if lower != plain:
        lower = unicodedata.normalize("NFKC", lower)
    lower = _settled(lower)
    return lower.translate(_ONE_FORM) if _UNLIKE.search(lower) else lower


def _settled(text: str) -> str:
    return text.translate(_SETTLED) if _UNUSUAL.search(text) else text


_QUICKLY = tuple((sign, form) for sign in f"[]{_SIGNS}" if (form := _normalised(sign)) != sign)


def _quickly(text: str) -> str:
    """The same of a text without anything unusual or traditional: of that only letters and these signs have another
    form, each by itself, and to replace them takes a twentieth of NFKC."""
    for sign, form in _QUICKLY:
        text = text.replace(sign, form)
    return text.lower()


def runs(text: str) -> list[str]:
    """The normalised runs of characters between spaces."""
    return normalise(text).split()


def _pairs(run: str) -> list[str]:
    return list(map(add, run, run[1:]))


def _pieces(text: str) -> list[str]:
    return [text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)]


_LONG = 32
"""Characters from which a run is laid out as code points: before, that takes longer than to cut it."""
_CODES = "utf-32-le"
_BLANK = array("I", " ".encode(_CODES))


def _laid_out(run: str, size: int) -> str:
    """Every piece of `size` characters of a long run, blanks between: the run is laid down `size` times, each
    time a character further on and one place to the right, as if the pieces had been cut and joined."""
    codes = array("I", run.encode(_CODES))
    pieces = len(codes) - size + 1
    laid = _BLANK * (pieces * (size + 1))
    for at in range(size):
        laid[at :: size + 1] = codes[at : at + pieces]
    return laid.tobytes().decode(_CODES)[:-1]


def _pairs_of(run: str) -> str:
    """A run's pairs and its last character alone."""
    pairs = _laid_out(run, _PAIR) if len(run) >= _LONG else " ".join(map(add, run, run[1:]))
    return f"{pairs} {run[-1]}" if pairs else run


def _pieces_of(number: str) -> str:
    """A number's pieces of four."""
    return _laid_out(number, _PIECE) if len(number) >= _LONG else " ".join(_pieces(number))


def index_text(text: str) -> str:
    """The tokens of one column, separated by spaces, as they are written to and erased from the index."""
    lines = list(map(_cut, text.split("\n")))
    single = dict.fromkeys("".join(line.characters for line in lines))
    for end in {end for line in lines for end in line.ends}:
        del single[end]
    numbers = [piece for line in lines for piece in line.numbers]
    return " ".join([*(line.pairs for line in lines if line.pairs), *single, *numbers[:-1]])


class _Cut(NamedTuple):
    """One line's part of a column: the pairs of its runs, each with its end behind, its characters, the
    ends, and the pieces of its numbers."""

    pairs: str
    characters: str
    ends: tuple[str, ...]
    numbers: tuple[str, ...]


@lru_cache(maxsize=4096)
def _cut(line: str) -> _Cut:
    """A line's tokens; most lines are those that departments write again and again (remedies, a legal basis)."""
    found = runs(line)
    return _Cut(
        " ".join(map(_pairs_of, found)),
        "".join(dict.fromkeys("".join(found))),
        tuple({run[-1] for run in found}),
        tuple(_around_numbers(found)),
    )


def _around_numbers(found: Iterable[str]) -> list[str]:
    """The pieces of four of each number and of what stands around it, each time with a word of their own behind."""
    numbers: list[str] = []
    for run in found:
        if _TWO_DIGITS.search(run):
            for number in _NUMBER.findall(run):
                if len(number) >= _PIECE:
                    numbers += _pieces_of(number), _BETWEEN
    return numbers


def key_text(pairs: Iterable[tuple[str, str]]) -> str:
    """The tokens of the index's `facet` column: what a reader can narrow a search by (gongshi/records/keys.py).

    A name may come several times. The tokens are longer than any that `index_text` makes, so no typed query meets
    them.
    """
    return " ".join(f"{name}={value}" for name, value in pairs)


def words(query: str) -> tuple[str, ...]:
    """The normalised words of a query, without repetition and without words that another one contains."""
    found = list(dict.fromkeys(runs(query)))
    return tuple(word for word in found if not any(word != other and word in other for other in found))


def match_expression(query: str, keys: Iterable[tuple[str, str]] = ()) -> str:
    """The FTS5 MATCH string for rows that contain every word of the query and have every key.

    `keys` are pairs of a key's name and its wanted value. Empty where there is neither word nor key. Each word becomes
    one quoted phrase, so operators and quotation marks in it mean themselves.
    """
    return match_all(words(query), keys)


def match_all(sought: Iterable[str], keys: Iterable[tuple[str, str]] = ()) -> str:
    """The same for the words of a query (words)."""
    phrases = [_quoted(" ".join(phrase)) for word in sought for phrase in _phrases(word)]
    phrases += [f"facet:{_quoted(f'{name}={value}')}" for name, value in keys]
    return " AND ".join(phrases)


def match_any(name: str, values: Iterable[str]) -> str:
    """The MATCH string for rows that have a key with any of these values."""
    return f"facet : ({' OR '.join(_quoted(f'{name}={value}') for value in values)})"


def match_in(column: str, sought: Iterable[str]) -> str:
    """The MATCH string for rows that have any of these normalised words in one column of the index."""
    found = (" AND ".join(_quoted(" ".join(phrase)) for phrase in _phrases(word)) for word in sought)
    return f"{column} : ({' OR '.join(f'({phrases})' for phrases in found)})"


def phrase(text: str) -> str:
    """The FTS5 phrase that stands where a normalised text without blanks does."""
    return _quoted(" ".join(_pairs(text) or [text]))


def _phrases(word: str) -> list[list[str]]:
    """The tokens that stand in a row where the word does. Where only a part of it is a number with what stands around
    it, that part's pieces come first: they are rare, and the pairs are only compared where they stand."""
    numbers = [number for number in _NUMBER.findall(word) if len(number) >= _PIECE]
    if numbers == [word]:
        return [_pieces(word)]
    return [*map(_pieces, numbers), _pairs(word) or [word]]


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', '""') + '"'
