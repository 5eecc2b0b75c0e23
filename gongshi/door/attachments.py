"""What a handed-in file is, by its content and never by its name."""

from __future__ import annotations

import puremagic

from gongshi.records.request import FILE_TYPES

_STARTS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_ENDS = {"application/pdf": b"%%EOF", "image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82"}
"""How each type begins and ends. A picture or document without its end is cut off or something else."""
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE, _ZIP_COMMENT = 22, 65_535


def type_of(content: bytes) -> str:
    """One of FILE_TYPES, or empty where the content is something else, cut off, or two things at once.

    A file that is also an archive (a zip behind a picture) is not evidence: it is there to be opened
    as something else.
    """
    try:
        likeliest = puremagic.magic_string(content[:4096])[0].mime_type
    except (puremagic.PureError, ValueError, IndexError):
        return ""
    known = likeliest in FILE_TYPES and content.startswith(_STARTS[likeliest]) and _ENDS[likeliest] in content
    return likeliest if known and not _is_archive(content) else ""


def _is_archive(content: bytes) -> bool:
    """Whether a zip reader would open it: it looks for its directory's end from the back."""
    at = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_SIZE - _ZIP_COMMENT))
    return at >= 0 and len(content) - at >= _ZIP_END_SIZE
