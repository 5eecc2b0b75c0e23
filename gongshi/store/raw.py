"""Raw files as they were received, once for each content: small ones whole, large ones piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from gongshi.store.errors import RawChanged
from gongshi.store.sqlite import Connection

PIECE = 4 << 20
"""Bytes of a piece."""
_ERASED = "SELECT 1 FROM erased WHERE target = ?"


def keep(db: Connection, sha256: str, pieces: Iterable[bytes]) -> None:
    """Keep a file inside the caller's transaction; what was erased by law is not kept again.

    Raises RawChanged where the pieces are not what `sha256` says.
    """
    if _is_kept(db, sha256) or db.execute(_ERASED, (sha256,)).fetchone():
        return
    digest, count = hashlib.sha256(), 0
    for count, piece in enumerate(pieces, start=1):
        digest.update(piece)
        if count == 1:
            db.execute("INSERT INTO raw (sha256, body) VALUES (?, ?)", (sha256, piece))
        else:
            db.execute("INSERT INTO raw_more (sha256, part, body) VALUES (?, ?, ?)", (sha256, count, piece))
    if digest.hexdigest() != sha256:
        raise RawChanged("文件在检查之后被改动，没有接收：请在文件不再变动后重新提交。")
    if not count:
        db.execute("INSERT INTO raw (sha256, body) VALUES (?, x'')", (sha256,))


def pieces(db: Connection, sha256: str) -> Iterator[bytes]:
    """The file, piece by piece; nothing where it is not kept."""
    for row in db.execute("SELECT body FROM raw WHERE sha256 = ?", (sha256,)):
        yield row["body"]
    for row in db.execute("SELECT body FROM raw_more WHERE sha256 = ? ORDER BY part", (sha256,)):
        yield row["body"]


def forget(db: Connection, names: Sequence[str]) -> None:
    """Remove files that an erase entry names."""
    for table in ("raw_more", "raw"):
        db.executemany(f"DELETE FROM {table} WHERE sha256 = ?", [(name,) for name in names])  # noqa: S608


def _is_kept(db: Connection, sha256: str) -> bool:
    return db.execute("SELECT 1 FROM raw WHERE sha256 = ?", (sha256,)).fetchone() is not None
