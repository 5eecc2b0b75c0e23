"""Where things are in the site."""

from __future__ import annotations


def address(decision_id: str) -> str:
    """/decisions/<xx>/<id>.html, where xx are the id's first two characters."""
    return f"/decisions/{decision_id[:2]}/{decision_id}.html"


def path_of(address: str) -> str:
    """The file below build/site that answers `address`."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]
