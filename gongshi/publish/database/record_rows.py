"""Records into public.db and out of it, with the files that are attached to them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import Any

from gongshi.publish.registry.public_record import FILE_COLUMNS, INDEXED, RECORD_COLUMNS, PublicRecord
from gongshi.store import bulk
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection, Row

_INDEX = "INSERT INTO records_fts (rowid, number, title, content, department, facet) VALUES (?, ?, ?, ?, ?, ?)"
_FORGET = _INDEX.replace("(rowid,", "(records_fts, rowid,").replace("(?,", "('delete', ?,", 1)
_RECORD, _FILE, _TOKENS = (itemgetter(*columns) for columns in (RECORD_COLUMNS, FILE_COLUMNS, INDEXED))
"""A row's values in the order of its columns."""
_BODY = "SELECT body FROM attachments WHERE sha256 = ?"
_IS_THERE = "SELECT 1 FROM attachments WHERE sha256 = ?"
_ATTACH = "INSERT INTO attachments (sha256, type, size, body) VALUES (?, ?, ?, ?)"
_UNUSED = "DELETE FROM attachments WHERE sha256 = ? AND sha256 NOT IN (SELECT sha256 FROM record_files)"
_FILES = """
SELECT f.position, f.label, f.name, f.sha256, a.type FROM record_files f JOIN attachments a ON a.sha256 = f.sha256
WHERE f.sort = ? ORDER BY f.position
"""


def insert_records(db: Connection, records: Iterable[PublicRecord]) -> int:
    """Write records, their index entries and the files that are not there yet; how many records they are."""
    count = 0
    for one in records:
        _attach(db, one)
        bulk.insert(db, "INSERT INTO records", RECORD_COLUMNS, [_RECORD(one.row)])
        bulk.insert(
            db, "INSERT INTO record_files", ("sort", *FILE_COLUMNS), [(one.sort, *_FILE(file)) for file in one.files]
        )
        db.execute(_INDEX, (one.sort, *_TOKENS(one.indexed())))
        count += 1
    return count


def _attach(db: Connection, one: PublicRecord) -> None:
    for sha256 in dict.fromkeys(file["sha256"] for file in one.files):
        if db.execute(_IS_THERE, (sha256,)).fetchone() is None:
            body = one.bodies(sha256)
            db.execute(_ATTACH, (sha256, one.types[sha256], len(body), body))


def delete_record(db: Connection, public: PublicRecord) -> None:
    """Erase one stored record, not its files. `public` is as it was read from this very file."""
    db.execute(_FORGET, (public.sort, *_TOKENS(public.indexed())))
    for table in ("record_files", "records"):
        db.execute(f"DELETE FROM {table} WHERE sort = ?", (public.sort,))  # noqa: S608 - names of the schema


def detach(db: Connection, files: Collection[str]) -> None:
    """Erase those of these files (by sha256) that no record has any more."""
    db.executemany(_UNUSED, ((sha256,) for sha256 in sorted(files)))


def attached(records: Iterable[PublicRecord]) -> frozenset[str]:
    """The files of records, by sha256."""
    return frozenset(file["sha256"] for one in records for file in one.files)


def stored_records(db: Connection, ids: Iterable[str] | None = None) -> Iterator[PublicRecord]:
    """The records in public.db, by place; those of `ids` only, where given. Their files are read when asked for, as
    long as `db` is open."""
    if ids is None:
        rows: Iterable[Row] = db.execute("SELECT * FROM records ORDER BY sort")
    else:
        found = chosen(db, "SELECT * FROM records WHERE id IN ({})", ids)
        rows = sorted(found, key=lambda row: int(row["sort"]))
    return (_stored(db, row) for row in rows)


def _stored(db: Connection, row: Row) -> PublicRecord:
    files = db.execute(_FILES, (row["sort"],)).fetchall()
    return PublicRecord(
        row=_named(row),
        files=tuple({column: file[column] for column in FILE_COLUMNS} for file in files),
        types={file["sha256"]: file["type"] for file in files},
        bodies=partial(body, db),
    )


def body(db: Connection, sha256: str) -> bytes:
    """A file that is attached to some record. Raises LookupError."""
    found = db.execute(_BODY, (sha256,)).fetchone()
    if found is None:
        raise LookupError(sha256)
    return bytes(found["body"])


def _named(row: Row) -> Mapping[str, Any]:
    return dict(zip(row.keys(), row, strict=True))


def files_are_sound(db: Connection) -> bool:
    """Whether every file has the bytes that its hash says, and some record."""
    unused = "SELECT 1 FROM attachments WHERE sha256 NOT IN (SELECT sha256 FROM record_files)"
    if db.execute(unused).fetchone() is not None:
        return False
    files = db.execute("SELECT sha256, body FROM attachments")
    return all(hashlib.sha256(row["body"]).hexdigest() == row["sha256"] for row in files)
