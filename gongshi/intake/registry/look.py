"""What the check of a batch asks the store: which records of registers a department has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gongshi.records.decision import Decision


class Look(Protocol):
    """Asks the store; intake itself does not know it."""

    def __call__(self, kind: str, department: str = "") -> Iterable[Decision]:
        """The newest version, returned ones apart, of every record of `kind` that stands: of one department, or
        of all. What was taken down by persons is not among them."""
        ...


def knows_nothing(kind: str, department: str = "") -> Iterable[Decision]:
    """Where there is no store: the batch is looked at by itself."""
    return ()
