"""build/manifest.db: what lies in build/site and from what it was made, so that the next run does only what changed.

Nothing here holds all pages in memory, and a run with few changes touches few rows. A page that is about to be
written is entered as unfinished first, and so is the folder it lies in: whatever moment the process dies, the next
run knows of every file that can be there, and nothing withdrawn is left behind (DESIGN.md promise 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NamedTuple

from gongshi.release.errors import ManifestDamaged
from gongshi.release.paths import joined, split, with_those_above
from gongshi.release.tables import AT_WORK, UNFINISHED, in_memory, opened, remove
from gongshi.store.sqlite import Connection, DatabaseError, OperationalError, Row


class Made(NamedTuple):
    """One file of the site: its path below it, the part it belongs to, what it was made from, its size and time; of one
    whose rows may be used again its digest, which `Manifest.digest` gives."""

    path: str
    part: str
    mark: str = UNFINISHED
    size: int = 0
    changed: int = 0
    digest: str = ""


@dataclass(slots=True)
class Last:
    """How the last run left things. `head` is the journal's hash of the store that the site was built from,
    `position` the entry up to which takedowns are carried out; `inputs` a fingerprint of all that a run looks at,
    `common` of what every page wears or shows, `look` of the files which that comes from, `narrative` of what MkDocs
    was last run on, `public_db` of the database as it was left; `today` the day as of which the law was last applied;
    `boot` when the machine started."""

    head: str = ""
    position: str = ""
    inputs: str = ""
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
        return cls(path, opened(path))

    def readable(self) -> Manifest:
        """This one; where a write broke off that the disk does not let be undone, one that knows nothing. The file goes
        then: everything is made again."""
        try:
            self.db.execute("SELECT path FROM unproven LIMIT 1").fetchone()
        except DatabaseError:
            self.close()
            with suppress(OSError):
                remove(self.path)
            return Manifest(self.path, in_memory())
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
            remove(self.path)
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

    def digest(self, path: str) -> str:
        """The digest of the file that was last written at `path`; "" where nobody kept it."""
        found = self.db.execute("SELECT digest FROM digests WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found else ""

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
        digests = dict[str, str]()

        def row(one: Made) -> tuple[str | int, ...]:
            if one.digest:
                digests[one.path] = one.digest
            return *split(one.path), one.part, one.mark, one.size, one.changed

        with self.changing():
            self.db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", map(row, pages))
            self.db.executemany("INSERT OR REPLACE INTO digests VALUES (?, ?)", digests.items())

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
        sql = f"INSERT INTO folders VALUES (?, {AT_WORK}, '') ON CONFLICT (path) DO UPDATE SET changed = {AT_WORK}"  # noqa: S608
        with self.changing():
            self.db.executemany(sql, ((folder,) for folder in with_those_above(folders)))

    def folders(self) -> Iterator[tuple[str, int]]:
        """Every known folder with its time."""
        return ((row["path"], row["changed"]) for row in self.db.execute("SELECT path, changed FROM folders"))

    def unlooked(self, day: str) -> list[str]:
        """The folders whose files were not looked at on `day`: the longest ago first, of those that last changed."""
        rows = self.db.execute("SELECT path FROM folders WHERE looked <> ? ORDER BY looked, changed DESC", (day,))
        return [row["path"] for row in rows]

    def looked(self, folders: Iterable[str], day: str) -> None:
        """On `day` every file of these folders was looked at."""
        with self.changing():
            self.db.executemany("UPDATE folders SET looked = ? WHERE path = ?", ((day, one) for one in folders))

    def forget_looks(self) -> None:
        """Take no file for looked at."""
        with self.changing():
            self.db.execute("UPDATE folders SET looked = ''")
            self.save()

    @property
    def oldest_look(self) -> str:
        """The earliest day on which a folder's files were last looked at, of those that ever were; "" before."""
        row = self.db.execute("SELECT min(looked) FROM folders WHERE looked > ''").fetchone()
        return row[0] or ""

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

    @property
    def committed(self) -> frozenset[str]:
        """The states of the committed files that have nothing more to say (gongshi.lifecycle.settled)."""
        return frozenset(row["state"] for row in self.db.execute("SELECT state FROM committed"))

    def keep_committed(self, states: Collection[str]) -> None:
        """These and no other."""
        known = self.committed
        with self.changing():
            gone = ((one,) for one in known.difference(states))
            self.db.executemany("DELETE FROM committed WHERE state = ?", gone)
            new = ((one,) for one in states if one not in known)
            self.db.executemany("INSERT INTO committed VALUES (?)", new)

    def proven(self) -> None:
        """The pages of all parts lie there, and nothing tells of what was taken away."""
        with self.changing():
            self.db.execute("DELETE FROM pending")
            self.db.execute("DELETE FROM unproven")
            self.save()


def _made(row: Row) -> Made:
    folder, name, *rest = row
    return Made(joined(folder, name), *rest)


def _time(folder: Path) -> int | None:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return None
