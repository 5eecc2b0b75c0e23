"""The parts of the site that a change of public.db touches, asked before the change is made."""

from __future__ import annotations

from pathlib import Path

from gongshi.publish.database.changes import Changes, touched
from gongshi.publish.database.shape import usable
from gongshi.render.parts import parts_of


def affected(public_db: Path, changes: Changes) -> frozenset[str]:
    """The parts on which stands what `changes` take out of the public.db at a path, or put into it; none where the file
    is of another version, for then everything is written and made again."""
    if not usable(public_db):
        return frozenset()
    stand = touched(public_db, changes)
    rows = (stand.before, stand.after, stand.notices_before, stand.notices_after)
    before, after, lifted, noticed, unlisted, listed = (
        [row._asdict() for row in some] for some in (*rows, stand.records_before, stand.records_after)
    )
    return parts_of(before, after, lifted, noticed, unlisted, listed)
