"""The state of a request as the one who asked may see it: a file under the hash of number and secret.

The departments' side writes the files into build/status, beside build/site and never below it: no web
server is pointed there, and without number and secret nobody can name one.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from gongshi.records.request import RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedState:
    """What a file of build/status holds. Days are YYYY-MM-DD; `reason` and `referred_to` are the answer's."""

    status: str
    state: RequestState
    department: str
    received_on: str
    due_on: str = ""
    answered_on: str = ""
    reason: str = ""
    referred_to: str = ""

    def to_bytes(self) -> bytes:
        """The file's bytes: the same state, the same bytes."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


def state_path(folder: Path, status: str) -> Path:
    """Where the state of the request with this hash lies."""
    return folder / f"{status}.json"


def read_state(folder: Path, status: str) -> PublishedState | None:
    """The state, None where no such request is known."""
    try:
        told = orjson.loads(state_path(folder, status).read_bytes())
        found = PublishedState(**{**told, "state": RequestState(told["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if hmac.compare_digest(found.status.encode(), status.encode()) else None
