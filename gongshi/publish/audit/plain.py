"""The one form in which values and published bytes are compared: unescaped, look-alikes made plain, no blanks.

A value that was sought in its own spelling only would be missed wherever a page, a feed or an export writes
it otherwise: &#24352;, \\u5f20, %E5%BC%A0, full-width digits, a word that a search result highlights.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote_to_bytes

from gongshi.law.shapes import folded
from gongshi.query import tokens

_MARKS = re.compile(r"&(?:#|[A-Za-z])|\\[ux\"/nrtbf\\]|%[0-9A-Fa-f]{2}")
_ESCAPES = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\"/nrtbf\\]))")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": "\f"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 0x10FFFF
_ROUNDS = 3
"""HTML in JSON in an address; deeper than that nobody writes."""

APART = "\x7f"
"""Stands between texts that are looked at together, so that no value is read across them: no blank, which would go."""

INLINE = re.compile(
    rb"</?(?:mark|wbr|b|i|u|em|strong|small|sub|sup|br|t|r|w:t|w:r|a:t|a:r|a|span|font|tspan|text|bdi|bdo|ins|del|s|abbr|time"
    rb"|code|ruby|rt|rp)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.DOTALL,
)
"""Tags that may stand in the middle of a word; those of sheets and documents, too, which cut text into runs."""


class _Forms(dict[int, str]):
    """For str.translate: each character as it is compared, worked out once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        form = sign.lower() if sign.isascii() else tokens.normalise(folded(sign)).replace(" ", "")
        self[code] = form.replace("[", "(").replace("]", ")")
        return self[code]


_FORMS = _Forms()


def plain(text: str) -> str:
    """`text` as it is compared: no blanks, one case, one form of each character, one sort of brackets (of 文号, as in
    gongshi.query.tokens); escapes resolved."""
    if _MARKS.search(text):
        text = unescaped(text)
    compact = "".join(text.split())
    if compact.isascii():
        return compact.lower().replace("[", "(").replace("]", ")")
    made = compact.translate(_FORMS)
    return made if unicodedata.is_normalized("NFC", made) else unicodedata.normalize("NFC", made)  # syllables in parts


def unescaped(text: str) -> str:
    """`text` with the escapes of HTML, JSON and addresses resolved, one within the other to a few levels."""
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _joined(_ESCAPES.sub(_character, text))
        if "%" in text:
            text = _PERCENT.sub(lambda run: unquote_to_bytes(run[0]).decode("utf-8", "replace"), text)
        if text == before:
            break
    return text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return _CONTROLS.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number <= _LARGEST else found[0]


def _joined(text: str) -> str:
    r"""Surrogate halves (\ud840\udc00) as the one character that they are."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
