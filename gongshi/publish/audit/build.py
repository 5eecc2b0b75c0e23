"""The audit of an output folder: every file that is served, looked at whole and inside."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from gongshi.publish.audit import database
from gongshi.publish.audit.kept import Own, Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import INLINE, plain
from gongshi.publish.audit.report import NAME, Report, Unread
from gongshi.publish.audit.scan import WINDOW, Scanner, windows
from gongshi.publish.audit.unpack import SQLITE, Leaf, Limits, NotRead, leaves
from gongshi.publish.audit.values import What
from gongshi.store.sqlite import DatabaseError

Progress = Callable[[int, int], None]

_SERVED = ("site", "shell")
_DATABASES = ("public.db*", ".public.db*")
"""With what SQLite and a switch that was cut off leave beside it."""
_LARGEST_PAGE = 16 * 2**20
_ESCAPED = re.compile(rb"&#(?:[xX][0-9A-Fa-f]{3}|\d{4})|\\u[0-9A-Fa-f{]|%[c-f][0-9a-f]")
"""Escapes of Chinese that are not looked up as such."""
_ID = re.compile(r"[0-9a-z]{8,64}")
_ROW = re.compile(rb'(?:^|\n|\{"id":"|<row>(?:<[^<>]*>)*)([0-9a-z]{8,64})(?=[",<])')
"""Where a row of a download begins, as CSV, JSON or a sheet: with the id of its record."""
_DOWNLOADS = "downloads/"


def served(build: Path) -> list[Path]:
    """Every file below the output folder that is or may be served, in the order of their names."""
    found = [path for pattern in _DATABASES for path in build.glob(pattern)]
    for name in _SERVED:
        found += (build / name).rglob("*")
    return sorted(path for path in found if path.is_file())


def led_away(build: Path) -> list[Path]:
    """Links below the output folder: we make none, and a server that follows one gives what lies elsewhere."""
    return sorted(path for name in _SERVED for path in (build / name).rglob("*") if path.is_symlink())


def audit_build(
    build: Path,
    patterns: Patterns,
    *,
    show: bool = False,
    limits: Callable[[], Limits] = Limits,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Look for `patterns` in every byte that is served from `build`.

    `show` puts the values themselves into the report; `limits` gives the bounds of each file; `progress` hears
    of bytes (done, total).
    """
    report = Report.of(patterns, show=show)
    scanner = Scanner(patterns)
    files = served(build)
    total = sum(path.stat().st_size for path in files)
    for path in files:
        _look(path, path.relative_to(build).as_posix(), scanner, report, limits())
        report.files += 1
        report.size += path.stat().st_size
        progress(report.size, total)
    for path in led_away(build):
        report.unread.append(Unread(path.relative_to(build).as_posix(), "", "是链接，指向别处：请撤去，本平台不用链接"))
    return report


def _look(path: Path, name: str, scanner: Scanner, report: Report, limits: Limits) -> None:
    """One file: its name, its bytes, what is packed in it, its tables."""
    for sought in scanner.text(name.encode("utf-8", "surrogateescape")):
        report.add(name, NAME, sought)
    try:
        with _opened(path) as file:
            look_into(file, name, scanner, report, limits, path=path)
    except FileNotFoundError:
        return  # taken down while the audit ran
    except OSError as error:
        report.unread.append(Unread(name, "", f"文件无法读取（{error.strerror}）"))
    report.unpacked += limits.spent


def _opened(path: Path) -> IO[bytes]:
    """The file; a small one in memory, for it is gone through several times."""
    return io.BytesIO(path.read_bytes()) if path.stat().st_size < WINDOW else path.open("rb")


def look_into(
    file: IO[bytes],
    name: str,
    scanner: Scanner,
    report: Report,
    limits: Limits,
    *,
    path: Path | None = None,
    told: str = "",
) -> None:
    """Look at a file and at everything inside it. `path` is where it lies, so that SQLite sees the files beside it;
    `told` what it is called in the report, where not by its name."""
    told = told or name
    for leaf in leaves(file, limits, name=name):
        if isinstance(leaf, NotRead):
            report.unread.append(Unread(told, leaf.inner, str(leaf)))
        elif leaf.starts_with(SQLITE):
            _database(path, told, leaf, scanner, report)
        else:
            for sought, at in scanner.hits(leaf.file):
                report.add(told, leaf.inner, sought, at)
            for found in names_in(leaf.file, name, scanner.patterns):
                report.add(told, leaf.inner, found)
            if _DOWNLOADS in name:
                for found in names_in_rows(leaf.file, scanner.patterns):
                    report.add(told, leaf.inner, found)


def _database(path: Path | None, told: str, leaf: Leaf, scanner: Scanner, report: Report) -> None:
    """A database where it lies; one that was packed or sent, as a copy."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None or leaf.inner:
            path = Path(folder) / "copy.db"
            with path.open("wb") as copy:
                leaf.file.seek(0)
                shutil.copyfileobj(leaf.file, copy)
        inside = f"{leaf.inner}!" if leaf.inner else ""
        try:
            for found in database.finds(path, scanner):
                report.add(told, inside + found.inner, found.sought, found.offset)
        except DatabaseError as error:
            report.unread.append(Unread(told, leaf.inner, f"数据库无法读取（{error}）"))
            for sought, at in scanner.hits(leaf.file):
                report.add(told, leaf.inner, sought, at)


def names_in(file: IO[bytes], name: str, patterns: Patterns) -> Iterator[Sought]:
    """The masked names of a record that stand in its own page: the file's name tells whose it is."""
    for record in _ID.findall(name.rpartition("/")[2]):
        if own := patterns.own(record):
            file.seek(0)
            yield from own_names(file.read(_LARGEST_PAGE), record, own, patterns.everyday)


def names_in_rows(file: IO[bytes], patterns: Patterns) -> Iterator[Sought]:
    """The masked names of a record that stand in its own row of a download: from its id up to the next row."""
    for _, window in windows(file):
        rows = list(_ROW.finditer(window))
        ends = [*(row.start() for row in rows[1:]), len(window)]
        for row, end in zip(rows, ends, strict=False):
            if own := patterns.own(row[1].decode()):
                yield from own_names(window[row.end() : end], row[1].decode(), own, patterns.everyday)


def own_names(data: bytes, record: str, own: Own, everyday: frozenset[str]) -> Iterator[Sought]:
    """The masked names of a record in something that is its own."""
    if _ESCAPED.search(data) or _holds(INLINE.sub(b"", data), own.names):
        compared = plain(INLINE.sub(b"", data).decode("utf-8", "replace"))
        for found in own.shown(compared):
            if found not in everyday:
                yield Sought(What.NAME, record, "姓名", found, found)


def _holds(data: bytes, names: Iterable[str]) -> bool:
    """Whether a name may be there, before the text is brought into the form in which that is certain: each of its
    characters is, whatever stands between them."""
    return any(all(sign.encode() in data for sign in name) or quote(name).encode() in data for name in names)
