"""data/store.db: opened in WAL mode, migrated, and changed only by chaining entries to its journal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from gongshi.store import projections, schema
from gongshi.store.apply import apply
from gongshi.store.errors import StoreBusy, StoreDamaged, StoreMissing, StoreOutdated, StoreUnwritable
from gongshi.store.journal import GENESIS, Draft, Entry, append, chunks, last, read, stamp
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, connect


class Store:
    """The record of an instance. One connection; use from one thread, and close it."""

    def __init__(self, path: Path, db: Connection) -> None:
        self.path = path
        self.db = db

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Store:
        """Open the store, make it where it is missing, and migrate it.

        Read-only it changes nothing: StoreMissing where there is none, StoreOutdated where it would have
        to be migrated first. StoreDamaged where SQLite can not read the file.
        """
        if read_only and not path.is_file():
            raise StoreMissing(f"没有找到数据库 {path.name}：请先提交数据，或检查 --root 指向的目录。")
        if not read_only:
            _make_private(path)
        try:
            return cls(path, _ready(connect(path, read_only=read_only), read_only))
        except OperationalError as error:
            raise _explained(error) from error
        except DatabaseError as error:
            raise StoreDamaged(f"数据库 {path.name} 已损坏，无法读取（{error}）：请用备份恢复。") from error

    def close(self) -> None:
        """Close the connection; the last one out folds the side file back in."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, alone among writers: all of it is on the disk at the end, or nothing is.

        Raises StoreBusy where another process keeps writing, StoreUnwritable where the disk is full.
        """
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                with suppress(DatabaseError):
                    self.db.execute("ROLLBACK")
                raise
        except OperationalError as error:
            raise _explained(error) from error

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Several reads that see one and the same state."""
        if self.db.in_transaction:
            yield self.db
            return
        self.db.execute("BEGIN")
        try:
            yield self.db
        finally:
            with suppress(DatabaseError):
                self.db.execute("ROLLBACK")

    def append(self, drafts: Iterable[Draft], now: datetime) -> int:
        """Journal the drafts and apply them to the current tables, inside `write`; returns how many."""
        if not self.db.in_transaction:
            raise RuntimeError("append needs a transaction: use Store.write")
        at, count = stamp(now), 0
        for chunk in chunks(iter(drafts)):
            apply(self.db, append(self.db, chunk, at))
            count += len(chunk)
        return count


def head(store: Store) -> str:
    """The hash of the newest entry: what a release records of the store that it was built from."""
    return last(store.db)[1]


def contains(store: Store, head_hash: str) -> bool:
    """Whether the chain once ended in `head_hash`: false for an empty, an older or another store.

    It is looked for from the newest entry back: what is asked for is nearly always recent.
    """
    if head_hash == GENESIS:
        return True
    newest_first = "SELECT 1 FROM journal WHERE hash = ? ORDER BY seq DESC LIMIT 1"
    return store.db.execute(newest_first, (head_hash,)).fetchone() is not None


def ended_in(store: Store, seq: int, head_hash: str) -> bool:
    """The same of a head whose number is known, however long ago that was."""
    if not seq:
        return head_hash == GENESIS
    return store.db.execute("SELECT 1 FROM journal WHERE seq = ? AND hash = ?", (seq, head_hash)).fetchone() is not None


def entries(store: Store, record: str) -> list[Entry]:
    """The journal of one record, oldest first."""
    rows = store.db.execute("SELECT * FROM journal WHERE record = ? ORDER BY seq", (record,))
    return [Entry(*row) for row in rows]


_UNWRITABLE = ("full", "readonly", "unable to open", "disk I/O error")
"""What SQLite says where there is no room, or no permission."""


def _explained(error: OperationalError) -> Exception:
    """What SQLite could not do, in words that help; anything else stays what it is."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return StoreBusy("另有程序正在写入数据库，等待超时：请稍后重试。")
    if any(sign in said for sign in _UNWRITABLE):
        return StoreUnwritable(f"数据库无法写入（{said}），本次操作没有留下任何内容：请检查磁盘空间和文件权限。")
    return error


def _make_private(path: Path) -> None:
    """The store holds personal data: only its owner reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _ready(db: Connection, read_only: bool) -> Connection:
    try:
        db.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE meets the journal's triggers
        db.execute("PRAGMA cache_size = -65536")
        if read_only:
            if not (schema.is_current(db) and _shape(db) == projections.shape()):
                raise StoreOutdated("数据库由另一版本的 gongshi 写成：请先运行 gongshi rebuild 完成升级。")
            return db
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a printed receipt has reached the disk
        if not schema.is_current(db):
            schema.migrate(db)
        if _shape(db) != projections.shape():
            _rebuild(db)
    except BaseException:
        db.close()
        raise
    return db


def _shape(db: Connection) -> str:
    row = db.execute("SELECT projections FROM shape").fetchone()
    return row["projections"] if row else ""


def _rebuild(db: Connection) -> None:
    """Make the current tables again from the journal, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if _shape(db) != projections.shape():  # another process may have been faster
            projections.drop(db)
            projections.create(db)
            apply(db, read(db))
            db.execute("DELETE FROM shape")
            db.execute("INSERT INTO shape VALUES (?)", (projections.shape(),))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
