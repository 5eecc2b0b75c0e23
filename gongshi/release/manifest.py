"""build/manifest.db: what lies in build/site and from what it was made, so that the next run does only what changed.

Nothing here holds all pages in memory, and a run with few changes touches few rows. A page that is about to be
written is entered as unfinished first, and so is the folder it lies in: whatever moment the process dies, the next
run knows of every file that can be there, and nothing withdrawn is left behind (DESIGN.md promise 6).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NamedTuple

from gongshi.release.errors import ManifestDamaged
from gongshi.release.paths import joined, split, with_those_above
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, Row, connect

UNFINISHED = ""
"""The mark of a page that has to be made again."""
AT_WORK = -1
"""The time of a folder in which a run is at work."""
_FORM = "2"
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
  folder TEXT NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL, mark TEXT NOT NULL,
  size INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX pages_part ON pages (part);
CREATE INDEX pages_empty ON pages (folder, name) WHERE size = 0;
CREATE TABLE folders (path TEXT PRIMARY KEY, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (part TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unproven (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# `mark` is the fingerprint a page was made from; `size` and `changed` (ns) are the file's, a folder's `changed` is its
# own time of change. `pending` are parts whose pages may not be what public.db says; `unproven` paths that were taken
# away or replaced and of which nobody has yet shown that no other file tells of them. The mark of a notice is empty.
# A table that is missing makes _OURS fail.
_OURS = "SELECT value, EXISTS (SELECT 1 FROM pages, folders, pending, unproven) FROM meta WHERE key = 'form'"
_PRIVATE = 0o600
_SIDE = ("", "-journal", "-wal", "-shm")


class Made(NamedTuple):
    """One file of the site: its path below it, the part it belongs to, what it was made from, its size and time."""

    path: str
    part: str
    mark: str = UNFINISHED
    size: int = 0
    changed: int = 0


@dataclass(slots=True)
class Last:
    """How the last run left things. `head` is the journal's hash of the store that the site was built from,
    `position` the entry up to which takedowns are carried out; `inputs` a fingerprint of all that a run looks at,
    `common` of what every page wears or shows, `look` of the files which that comes from, `narrative` of what MkDocs
    was last run on, `public_db` of the database as it was left, `submitted` of the committed files where all are taken
    in, with how many batches; `today` the day as of which the law was last applied; `boot` when the machine started."""

    head: str = ""
    position: str = ""
    inputs: str = ""
    submitted: str = ""
    common: str = ""
    look: str = ""
    narrative: str = ""
    public_db: str = ""
    today: str = ""
    boot: str = ""


class Manifest:
    """The file at `path`, open. `last` is written by `save`; everything else by its own method."""

    def __init__(self, path: Path, db: Connection) -> None:
        self.path, self.db = path, db
        known = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}
        self.last = Last(**{one.name: known.get(one.name, "") for one in fields(Last)})

    @classmethod
    def open(cls, path: Path) -> Manifest:
        """The manifest at `path`, made where there is none. One that is damaged or of another form is taken for none,
        which means that everything is made again."""
        if path.is_file() and path.stat().st_size:
            db = connect(path)
            try:
                if [row[0] for row in db.execute(_OURS)] == [_FORM]:
                    return cls(path, db)
            except DatabaseError as error:
                if isinstance(error, OperationalError) and "no such" not in str(error):
                    raise
            db.close()
        try:
            return cls(path, _new(path))
        except (OSError, OperationalError):  # where nothing can be written, the run says so when it has to write
            return cls(path, _tables(connect(":memory:")))

    def readable(self) -> Manifest:
        """This one; where a write broke off that the disk does not let be undone, one that knows nothing. The file goes
        then: everything is made again."""
        try:
            self.db.execute("SELECT path FROM unproven LIMIT 1").fetchone()
        except DatabaseError:
            self.close()
            with suppress(OSError):
                _remove(self.path)
            return Manifest(self.path, _tables(connect(":memory:")))
        return self

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction, on the disk at its end; inside another it is part of that. Raises ManifestDamaged."""
        if self.db.in_transaction:
            yield
            return
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                with suppress(DatabaseError):
                    self.db.execute("ROLLBACK")
                raise
        except DatabaseError as error:
            if self._is_whole():
                raise
            self.close()
            _remove(self.path)
            raise ManifestDamaged(
                "R011 build/manifest.db 已损坏，已经移走：请再运行一次 gongshi rebuild，全部页面会重新核对。"
            ) from error

    def _is_whole(self) -> bool:
        """Whether it was another database that failed, or its disk."""
        try:
            return [row[0] for row in self.db.execute("PRAGMA quick_check(1)")] == ["ok"]
        except OperationalError:
            return True
        except DatabaseError:
            return False

    def save(self) -> None:
        """Write `last`."""
        with self.changing():
            self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", asdict(self.last).items())

    def is_empty(self) -> bool:
        """Whether no file of the site is known, or no folder."""
        both = "SELECT EXISTS (SELECT 1 FROM pages) AND EXISTS (SELECT 1 FROM folders)"
        return not self.db.execute(both).fetchone()[0]

    def is_unfinished(self) -> bool:
        """Whether no file of the site is known to be as it should be."""
        return self.db.execute(f"SELECT 1 FROM pages WHERE mark <> '{UNFINISHED}' LIMIT 1").fetchone() is None  # noqa: S608

    def unfinished(self) -> Iterator[str]:
        """The paths of all files that are not as they should be."""
        rows = self.db.execute(f"SELECT folder, name FROM pages WHERE mark = '{UNFINISHED}'")  # noqa: S608
        return (joined(*row) for row in rows)

    def find(self, path: str) -> Made | None:
        """The page at `path`, if it is known."""
        rows = self.db.execute("SELECT * FROM pages WHERE folder = ? AND name = ?", split(path))
        return next(map(_made, rows), None)

    def in_folder(self, folder: str) -> Iterator[Made]:
        """The pages of one folder, not of those below it."""
        return map(_made, self.db.execute("SELECT * FROM pages WHERE folder = ?", (folder,)))

    def below(self, folder: str) -> Iterator[Made]:
        """The pages of the folders below one."""
        rows = self.db.execute("SELECT * FROM pages WHERE folder > ? AND folder < ?", (f"{folder}/", f"{folder}0"))
        return map(_made, rows)

    def of_parts(self, parts: Iterable[str]) -> Iterator[Made]:
        """The pages of some parts."""
        for part in parts:
            yield from map(_made, self.db.execute("SELECT * FROM pages WHERE part = ?", (part,)))

    def decisions(self) -> Iterator[str]:
        """The ids of all decisions of which a page or a notice is known."""
        return (split(one.path)[1].partition(".")[0] for one in self.below("decisions"))

    def notices(self) -> Iterator[Made]:
        """The pages of all notices."""
        marks = "SELECT folder, name FROM pages WHERE size = 0 AND name LIKE '%.gone'"
        for folder, name in self.db.execute(marks).fetchall():
            page = self.find(joined(folder, name.removesuffix(".gone") + ".html"))
            if page is not None:
                yield page

    def put(self, pages: Iterable[Made]) -> None:
        """Enter pages as they are now."""
        rows = ((*split(one.path), *one[1:]) for one in pages)
        with self.changing():
            self.db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", rows)

    def unfinish(self, paths: Iterable[str]) -> None:
        """Take known pages for unfinished ones, and their folders for such in which somebody is at work."""
        with self.changing():
            places = [split(path) for path in paths]
            self.db.executemany(f"UPDATE pages SET mark = '{UNFINISHED}' WHERE folder = ? AND name = ?", places)  # noqa: S608
            self.work_in(folder for folder, _ in places)

    def forget(self, paths: Iterable[str]) -> None:
        """These files are no more."""
        with self.changing():
            self.db.executemany("DELETE FROM pages WHERE folder = ? AND name = ?", map(split, paths))

    def doubt(self) -> None:
        """Take every page for an unfinished one: all of them are made again."""
        with self.changing():
            self.db.execute(f"UPDATE pages SET mark = '{UNFINISHED}'")  # noqa: S608
            self.db.execute(f"UPDATE folders SET changed = {AT_WORK}")  # noqa: S608
            self.last.common = self.last.inputs = ""
            self.save()

    def work_in(self, folders: Iterable[str]) -> None:
        """From now on nobody but us can say how these folders and those above them are left."""
        rows = ((folder, AT_WORK) for folder in with_those_above(folders))
        with self.changing():
            self.db.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?)", rows)

    def folders(self) -> Iterator[tuple[str, int]]:
        """Every known folder with its time."""
        return ((row["path"], row["changed"]) for row in self.db.execute("SELECT * FROM folders ORDER BY path"))

    def knows_folder(self, path: str) -> bool:
        """Whether we made that folder."""
        return self.db.execute("SELECT 1 FROM folders WHERE path = ?", (path,)).fetchone() is not None

    def settle(self, site: Path) -> None:
        """The work is done: folders are as they are now, and those without a file of ours are forgotten."""
        with self.changing():
            busy = self.db.execute("SELECT path FROM folders WHERE changed = ?", (AT_WORK,)).fetchall()
            for (folder,) in busy:
                at = _time(site / folder)
                if at is None:
                    self.db.execute("DELETE FROM folders WHERE path = ?", (folder,))
                else:
                    self.db.execute("UPDATE folders SET changed = ? WHERE path = ?", (at, folder))

    @property
    def pending(self) -> frozenset[str]:
        """The parts whose pages may not be what public.db says, or have not been looked through for what is gone."""
        return frozenset(row["part"] for row in self.db.execute("SELECT part FROM pending"))

    def owe(self, parts: Iterable[str] = (), unproven: Iterable[str] = ()) -> None:
        """These parts have to be made, and of these paths it has to be proven that nothing tells of them."""
        with self.changing():
            self.db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", ((part,) for part in parts))
            self.db.executemany("INSERT OR IGNORE INTO unproven VALUES (?)", ((path,) for path in unproven))

    @property
    def unproven(self) -> list[str]:
        """The paths that were taken away or replaced, and of which nothing is proven yet."""
        return [row["path"] for row in self.db.execute("SELECT path FROM unproven ORDER BY path")]

    def proven(self) -> None:
        """The pages of all parts lie there, and nothing tells of what was taken away."""
        with self.changing():
            self.db.execute("DELETE FROM pending")
            self.db.execute("DELETE FROM unproven")
            self.save()


def _new(path: Path) -> Connection:
    _remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, _PRIVATE))
    return _tables(connect(path))


def _tables(db: Connection) -> Connection:
    db.executescript(f"BEGIN; {_TABLES} COMMIT;")
    db.execute("INSERT INTO meta VALUES ('form', ?)", (_FORM,))
    return db


def _remove(path: Path) -> None:
    for suffix in _SIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _made(row: Row) -> Made:
    folder, name, *rest = row
    return Made(joined(folder, name), *rest)


def _time(folder: Path) -> int | None:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return None
