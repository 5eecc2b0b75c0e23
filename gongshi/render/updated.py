"""The days that pages say of themselves: “本页内容最后更新”. Days of what is shown, never of a clock or a checkout."""

from __future__ import annotations

from gongshi.render.database import Rows

RELEASED = "2026-11-23"
"""The day of this release (CHANGELOG.md): what a page says that shows nothing of the city's own, or nothing yet. Its
words are the release's."""

_LAST = (
    "SELECT max((SELECT coalesce(max(updated_on), '') FROM figures), "
    "(SELECT coalesce(max(withdrawn_on), '') FROM notices), (SELECT coalesce(max(updated_on), '') FROM records)) AS day"
)


def last_update(db: Rows) -> str:
    """The newest day on which something that is public came, changed or left a notice; empty where nothing is."""
    return next(str(row["day"]) for row in db.execute(_LAST))
