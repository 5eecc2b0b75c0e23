"""By what a case is known."""

from __future__ import annotations

from gongshi.law.document_number import match_key


def case_key(department: str, number: str) -> str:
    """The department and the case's number, however that is written."""
    return f"{department}/case/{match_key(number)}"


def number_in(key: str) -> str:
    """The case's number, as people read it, of its key: 松市监案〔2026〕1号."""
    number = key.split("/", 2)[-1]
    return f"{number}号" if number[-1:].isdigit() else number
