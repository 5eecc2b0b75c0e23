"""What the one who asked may see of a request, written where only number and secret find it (build/status)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gongshi.door.states import PublishedState, state_path
from gongshi.instance import Instance
from gongshi.lifecycle.requests.rows import RequestRow, row_of
from gongshi.store import Store
from gongshi.store.requests import StoredRequest, requests
from gongshi.system.files import write_safe

STATES = Path("build") / "status"
_ENTER_ONLY = 0o711
"""The door's user opens a file by its name and can not list the folder."""
_READABLE = 0o644


def publish_states(store: Store, instance: Instance, today: date) -> None:
    """Bring build/status to what the store says: one file for each request that is not erased, no other."""
    found = {one.status: one for one in requests(store, kept=True)}
    folder = instance.root / STATES
    if not found and not folder.exists():
        return
    folder.mkdir(mode=_ENTER_ONLY, parents=True, exist_ok=True)
    for one in found.values():
        publish_state(instance, one, today)
    _sweep(folder, found)


def publish_state(instance: Instance, one: StoredRequest, today: date) -> None:
    """The file of one request, written anew where it says something else."""
    folder = instance.root / STATES
    folder.mkdir(mode=_ENTER_ONLY, parents=True, exist_ok=True)
    path = state_path(folder, one.status)
    content = _told(one, row_of(instance, one, today)).to_bytes()
    if not path.exists() or path.read_bytes() != content:
        write_safe(path, content, _READABLE)


def _told(one: StoredRequest, row: RequestRow) -> PublishedState:
    return PublishedState(
        status=one.status,
        state=row.state,
        department=row.department_name,
        received_on=row.received_on.isoformat(),
        due_on=row.due_on.isoformat() if row.due_on and not row.provisional else "",
        answered_on=row.answered_on.isoformat() if row.answered_on else "",
        reason=one.reason,
        referred_to=one.referred_to,
    )


def _sweep(folder: Path, known: Iterable[str]) -> None:
    """Files of requests that are erased, and half-written ones."""
    kept = {state_path(folder, status).name for status in known}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
