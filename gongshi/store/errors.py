"""What can be wrong with the store itself, each with a stable code and what to do next."""

from __future__ import annotations

from typing import ClassVar


class StoreError(Exception):
    """A store that can not be used as asked; `code` is stable, the message is for the webmaster."""

    code: ClassVar[str] = "store"


class StoreMissing(StoreError):
    """There is no store where one was to be read."""

    code = "store_missing"


class StoreOutdated(StoreError):
    """The store's tables are those of another version of gongshi, and it was opened for reading only."""

    code = "store_outdated"


class StoreDamaged(StoreError):
    """SQLite can not read the file, or a payload that the journal needs is gone."""

    code = "store_damaged"


class StoreBusy(StoreError):
    """Another process has been writing for longer than one waits."""

    code = "store_busy"


class StoreUnwritable(StoreError):
    """The disk is full, or the file may not be written; nothing of the change was kept."""

    code = "store_unwritable"


class RawChanged(StoreError):
    """A file is no longer what was checked; nothing of its batch was kept."""

    code = "file_changed"


class NotErasable(StoreError):
    """An erasure that names an entry whose content must stay."""

    code = "not_erasable"


class ErasureIncomplete(StoreError):
    """The erasure is journaled, but another reader keeps the old bytes in the side file for now."""

    code = "erasure_incomplete"
