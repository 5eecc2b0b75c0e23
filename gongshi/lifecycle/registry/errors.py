"""What a person can do wrong with records of registers and lists: one class each, with a stable code."""

from __future__ import annotations

from gongshi.lifecycle.errors import LifecycleError


class NothingToEndorse(LifecycleError):
    """Nothing in the batch waits for another body's review."""

    code = "nothing_to_endorse"


class EndorserUnknown(LifecycleError):
    """Who reviews for the other body is not one of its registered reviewers (D22, D23)."""

    code = "endorser_unknown"


class UpholdRefused(LifecycleError):
    """There is no such change, or it does not touch the record (D25)."""

    code = "uphold_refused"
