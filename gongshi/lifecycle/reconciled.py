"""Up to where the ledger of takedowns and the store are known to agree, so that neither is read again as a whole.

A small file that only saves time. It holds for a ledger that lies there as it was left (size, moment of the last
change) and for a store whose journal has the entry named; for any other, an older one put back or one made
anew, ledger and store are compared in full.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from gongshi.store import Store, head
from gongshi.store.changes import position
from gongshi.store.store import ended_in
from gongshi.system.files import write_safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """As `size` and `changed` (nanoseconds) describe the ledger, it has every turn up to entry `seq`, whose hash is
    `entry`, and names nothing as down that the journal up to there does not."""

    size: int
    changed: int
    seq: int
    entry: str

    @classmethod
    def now(cls, ledger: Path, store: Store) -> Reconciled:
        """Of ledger and store as they are."""
        size, changed = _state(ledger)
        return cls(size=size, changed=changed, seq=position(store), entry=head(store))

    @classmethod
    def read(cls, path: Path | None, ledger: Path) -> Reconciled | None:
        """What the file at `path` says, if it speaks of the ledger as that is now."""
        try:
            found = cls(**orjson.loads(path.read_bytes())) if path else None
        except (OSError, ValueError, TypeError):
            return None
        return found if found and (found.size, found.changed) == _state(ledger) else None

    def holds(self, store: Store) -> bool:
        """Whether this store went through the entry up to which they agree."""
        return ended_in(store, self.seq, self.entry)

    def save(self, path: Path | None) -> None:
        """Keep it. Where that is not possible, the next run compares in full."""
        if path is not None:
            with suppress(OSError):
                write_safe(path, orjson.dumps(asdict(self)), 0o600)


def _state(ledger: Path) -> tuple[int, int]:
    """Size and moment of the last change; zeros where it is not there yet."""
    try:
        found = ledger.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
