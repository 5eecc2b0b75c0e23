"""What a cell names, all of it or the first fault."""

from __future__ import annotations

from gongshi.intake.attachments.attaching import Attached, Attachments
from gongshi.intake.problems import Wrong


def all_attached(batch: Attachments, value: object) -> tuple[Attached, ...]:
    """The files that a cell names. Raises Wrong for the first that is wrong."""
    found = tuple(batch.each_attached(value))
    for one in found:
        if isinstance(one, Wrong):
            raise one
    return tuple(one for one in found if isinstance(one, Attached))
