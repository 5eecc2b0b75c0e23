"""What lies in build/site and from what it was made, so that the next rebuild does only what changed.

A page that is about to be written is entered as unfinished first: whatever moment the process dies,
the next run knows of every file that can be there, and nothing withdrawn is left behind
(DESIGN.md promise 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import orjson

from gongshi.files import write_safe
from gongshi.release.inputs import fingerprint

UNFINISHED = ""


@dataclass(slots=True)
class Manifest:
    """`pages` maps a path below build/site to the fingerprint it was made from; `head` is the
    journal's hash of the store that the site was built from; `inputs` a fingerprint of all that a
    rebuild looks at; `narrative` of what MkDocs was last run on; `unproven` holds paths that were
    taken away and of which nobody has yet shown that no other file names them; `public_db` a
    fingerprint of the database as it was left; `today` the day as of which the law was last applied; `site` a
    fingerprint of build/site as it was left, empty while a rebuild is at work there; `position` the seq of the
    journal's newest entry when a run last ended well."""

    pages: dict[str, str] = field(default_factory=dict)
    head: str = ""
    inputs: str = ""
    narrative: str = ""
    unproven: list[str] = field(default_factory=list)
    public_db: str = ""
    today: str = ""
    site: str = ""
    position: int = 0

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest at `path`; an empty one where there is none. A damaged one is an empty one,
        which means that everything is made again."""
        try:
            found = cls(**orjson.loads(path.read_bytes()))
        except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
            return cls()
        return found if found.is_sound() else cls()

    def is_sound(self) -> bool:
        """Whether every part is of its type, and no path leads out of the site."""
        words = (self.head, self.inputs, self.narrative, self.public_db, self.today, self.site)
        if not (isinstance(self.pages, dict) and isinstance(self.unproven, list)):
            return False
        if not isinstance(self.position, int):
            return False
        if not all(isinstance(word, str) for word in (*words, *self.unproven, *self.pages.values())):
            return False
        return not any(path.startswith("/") or ".." in path.split("/") for path in (*self.pages, *self.unproven))

    def adopt(self, site: Path) -> None:
        """Where no page is known, take every file below `site` for an unfinished one: what lay there is made
        again or taken away, whatever became of the manifest."""
        if not self.pages and site.is_dir():
            self.pages = {
                path.relative_to(site).as_posix(): UNFINISHED for path in sorted(site.rglob("*")) if path.is_file()
            }

    def was_touched(self, site: Path) -> bool:
        """Whether somebody else wrote below `site` since: a folder of a backup, copied back, holds what came down."""
        return bool(self.site) and self.site != fingerprint([site])

    def doubt(self) -> None:
        """Take every page for an unfinished one: all of them are made again."""
        self.pages = dict.fromkeys(self.pages, UNFINISHED)

    def save(self, path: Path) -> None:
        """Write it whole and safely."""
        write_safe(path, orjson.dumps(self))
