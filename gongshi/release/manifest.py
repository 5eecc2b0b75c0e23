"""What lies in build/site and from what it was made, so that the next rebuild does only what changed.

A page that is about to be written is entered as unfinished first: whatever moment the process dies,
the next run knows of every file that can be there, and nothing withdrawn is left behind
(DESIGN.md promise 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import orjson

from gongshi.release.files import write_safe

UNFINISHED = ""


@dataclass(slots=True)
class Manifest:
    """`pages` maps a path below build/site to the fingerprint it was made from; `head` is the
    journal's hash of the store that the site was built from; `inputs` a fingerprint of all that a
    rebuild looks at; `narrative` of what MkDocs was last run on; `unproven` holds paths that were
    taken away and of which nobody has yet shown that no other file names them."""

    pages: dict[str, str] = field(default_factory=dict)
    head: str = ""
    inputs: str = ""
    narrative: str = ""
    unproven: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest at `path`; an empty one where there is none. A damaged one is an empty one,
        which means that everything is made again."""
        try:
            return cls(**orjson.loads(path.read_bytes()))
        except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
            return cls()

    def save(self, path: Path) -> None:
        """Write it whole and safely."""
        write_safe(path, orjson.dumps(self))
