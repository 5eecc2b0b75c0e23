"""What may be attached to a registry record: forms, templates, pictures; and how much of it."""

from __future__ import annotations

TYPES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""The types that are accepted, told by content alone, and the ending that a name gets."""

_MIB = 1 << 20
LARGEST_FILE = 10 * _MIB
"""Bytes of one file, where the city sets nothing else."""
MOST_FILES = 200
"""Files of one batch."""
MOST_BYTES = 200 * _MIB
"""Bytes of one batch's files together."""
MOST_PIXELS = 40_000_000
"""Pixels of one picture: what unpacks to more is refused before it is unpacked."""
