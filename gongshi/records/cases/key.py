"""By what a case is known."""

from __future__ import annotations

from gongshi.law.document_number import match_key


def case_key(department: str, number: str) -> str:
    """The department and the case's number, however that is written."""
    return f"{department}/case/{match_key(number)}"
