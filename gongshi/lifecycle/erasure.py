"""Erasing by law what may no longer be kept, or should never have come in: with a reason, on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongshi.lifecycle.errors import ReasonNeeded, UnknownReceipt
from gongshi.store import Store
from gongshi.store.erase import Erased, erase
from gongshi.store.queries import batch


def erase_decisions(store: Store, ids: Iterable[str], *, reason: str, by: str, now: datetime) -> Erased | None:
    """Erase decisions with all their versions, the choices about names in them and the raw files in which
    they came; the journal keeps who, when and why. None where nothing was left of them.

    What was public of them is gone with the next rebuild, and the same 文号 is not received again.
    Raises ReasonNeeded, NotErasable for an unknown id, ErasureIncomplete where a reader is in the way.
    """
    if not (reason.strip() and by.strip()):
        raise ReasonNeeded("清除数据须写明理由和经办人。")
    return erase(store, ids, reason=reason.strip(), by=by.strip(), department="", now=now)


def erase_batch(store: Store, receipt: str, *, reason: str, by: str, now: datetime) -> Erased | None:
    """Erase every decision that came in one batch, as `erase_decisions` does. Raises UnknownReceipt too."""
    if batch(store, receipt) is None:
        raise UnknownReceipt(f"没有编号为 {receipt} 的回执，请核对。")
    ids = [row["id"] for row in store.db.execute("SELECT DISTINCT id FROM versions WHERE batch = ?", (receipt,))]
    return erase_decisions(store, ids, reason=reason, by=by, now=now)
