"""The segments of a JPEG stream inside a PDF: those that only tell about the picture are left out, the picture stays as
it is."""

from __future__ import annotations

_MARK, _SCAN = 0xFF, 0xDA
_END = b"\xff\xd9"
"""It occurs in no scan; what comes behind it (another picture, perhaps) is no part of this one."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
_TELLING = frozenset({0xFE, 0xE1, 0xE2, 0xE3, *range(0xE4, 0xEE), 0xEF})
"""Comments and application segments but for 0 (JFIF) and 14 (which colours Adobe means), which readers need."""


def without_metadata(stream: bytes) -> bytes:
    """The stream without them. Raises ValueError for what is no JPEG stream."""
    if not stream.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG stream")
    kept, at = [stream[:2]], 2
    while at + 4 <= len(stream):
        if stream[at] != _MARK:
            raise ValueError("no JPEG segment")
        marker = stream[at + 1]
        if marker == _MARK:
            at += 1
            continue
        if marker == _SCAN:
            end = stream.find(_END, at)
            return b"".join((*kept, stream[at : end + len(_END)] if end >= 0 else stream[at:]))
        length = 2 if marker in _ALONE else 2 + int.from_bytes(stream[at + 2 : at + 4], "big")
        if marker not in _TELLING:
            kept.append(stream[at : at + length])
        at += length
    raise ValueError("no scan")
