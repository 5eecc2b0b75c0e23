"""Characters that do not belong into a cell or a file name, and the tidying that changes no meaning."""

from __future__ import annotations

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_LINE_ENDS = re.compile(r"_x000D_\n?|\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_DANGEROUS = re.compile(f"[{_BIDI}{_INVISIBLE}{_CONTROL}\u200c\u200d\ufffe\uffff\ufffd\U000e0000-\U000e007f]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')

NAME_BYTES = 240
"""UTF-8 bytes of a stored file name: file systems take 255."""
_EXTENSION = 8


def dangerous_characters(text: str) -> tuple[str, ...]:
    """The characters that hide or reorder text, each once, by name: ("U+202E", …).

    Controls, bidirectional overrides and isolates, zero-width characters, tag characters, and
    U+FFFD, which shows that text was already destroyed before it came here. On the result of
    `clean_text` it reports only what tidying could not remove without changing what is read.
    """
    return tuple(f"U+{ord(found):04X}" for found in dict.fromkeys(_DANGEROUS.findall(text)))


def clean_text(text: str) -> str:
    """The text in NFC, without invisible fillers and with plain blanks and line ends.

    Soft hyphens, zero-width spaces and byte-order marks, which come along with a paste from a web
    page, go; so do blanks at the ends of the lines and empty lines around the text. Full-width
    characters stay as written.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip("\n")


def safe_name(name: str) -> str:
    """A file name to store and to show: no folder, no hidden or reordering character, never empty.

    The extension is kept when the name is too long.
    """
    name = name.encode(errors="replace").decode()
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = _NOT_IN_NAMES.sub("_", _DANGEROUS.sub("", _LINE_ENDS.sub("", last)))
    last = _BLANKS.sub(" ", last).replace("\n", "").strip(" .")
    stem, dot, extension = last.rpartition(".")
    if not stem or len(extension) > _EXTENSION:
        stem, dot, extension = last, "", ""
    room = NAME_BYTES - len((dot + extension).encode())
    return (stem.encode()[:room].decode(errors="ignore") + dot + extension) or "未命名"
