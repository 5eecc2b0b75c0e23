"""What stands in the catalogue of one kind of problem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem keeps its row out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of problem. `message` and `hint` are templates filled by the finding's own words."""

    code: str
    title: str
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """By the code's first letter."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING
