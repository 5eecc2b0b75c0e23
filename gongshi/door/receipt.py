"""The receipt number and the secret that the citizen keeps, and the one hash by which both find the state.

Both are made from chance and from what was sent, so that the same form sent twice has one receipt. The
public side keeps neither: the file in the inbox is named after the hash, from which they can not be found.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that nobody takes for each other: neither 0 and O, nor 1 and I."""
_NUMBER, _SECRET = 8, 20
_GROUP = 4
_PREFIX = "GZ"
_PLAIN = str.maketrans("", "", " -\t\r\n\u3000‐‑–—－")
_LONGEST_TYPED = 80
NUMBER = re.compile(rf"{_PREFIX}\d{{8}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", re.ASCII)
STATUS = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen is given, once. The secret has 100 bits."""

    number: str
    secret: str

    @property
    def status(self) -> str:
        """64 hexadecimal digits: the name of the request's file and of its state."""
        return status_hash(self.number, self.secret)


def make_receipt(chance: bytes, said: bytes, today: date) -> Receipt:
    """The receipt of what was `said`, under `chance` (32 secret bytes of this form)."""
    drawn = hashlib.blake2b(said, key=chance, digest_size=_NUMBER + _SECRET, person=b"gongshi-receipt").digest()
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn)
    return Receipt(f"{_PREFIX}{today:%Y%m%d}-{_grouped(signs[:_NUMBER])}", _grouped(signs[_NUMBER:]))


def status_hash(number: str, secret: str) -> str:
    """The hash of both as they were typed: in any case, with or without spaces and hyphens."""
    both = f"{_plain(number)}|{_plain(secret)}".encode()
    return hashlib.blake2b(both, digest_size=32, person=b"gongshi-status").hexdigest()


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).translate(_PLAIN).upper()


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
