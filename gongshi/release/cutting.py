"""Rows cut out of pages before they can be made again: what must come down comes down at once.

Used before and without a rebuild. Needs no template and no room on the disk: a page only gets shorter, and one
in which the row can not be told from the rest goes as a whole until the next rebuild.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import ahocorasick_rs

from gongshi.render.addresses import RECORD_FOLDERS
from gongshi.system.files import TEMPORARY, write_whole

ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_ADDRESS = re.compile(
    rf"(?:decisions/[0-9a-f]{{2}}/([0-9a-f]{{16}})\b|(?:{'|'.join(RECORD_FOLDERS)})/([0-9a-f]{{16}})(?:-sheet)?\.html)".encode()
)
_ROW = re.compile(rb"<(tr|li|entry|url)\b[^>]*>")
"""What holds one decision in a list, a feed, a sitemap."""
_LAWS = "laws"
"""The folder of the pages of laws: such a page says how many cite it, and there is none of a law that nobody cites."""
_WITH_ROWS = (".html", ".atom", ".xml")
_PACKED = (".gz", ".parquet", ".xlsx", ".zip")


def shown_in(site: Path) -> frozenset[str]:
    """The ids of all decisions and records to which a file below `site` leads. Reads every file."""
    found = (hit for path in site.rglob("*") for hit in _ADDRESS.findall(_told(path)))
    return frozenset((decision or record).decode() for decision, record in found)


def naming(paths: Iterable[Path], ids: Collection[str]) -> Iterator[Path]:
    """Those of `paths` that name one of `ids`, by name or content; an empty file names nothing, whatever its name, and
    one whose content is packed is taken for one that does."""
    wanted = ahocorasick_rs.BytesAhoCorasick([one.encode() for one in ids])
    for path in paths:
        told = _told(path)
        if told and (path.suffix in _PACKED or _has(told, wanted)):
            yield path


def _has(content: bytes, wanted: ahocorasick_rs.BytesAhoCorasick) -> bool:
    """Whether one of the ids that are wanted stands there, and not as a piece of something longer."""
    found = wanted.find_matches_as_indexes(content, overlapping=True)
    return any(ID.match(content, start) for _, start, _ in found)


def _told(path: Path) -> bytes:
    """Name and content of a file; nothing where there is none, or an empty one."""
    content = path.read_bytes() if path.is_file() else b""
    return path.as_posix().encode() + b"\n" + content if content else b""


def take_out(path: Path, ids: Collection[str]) -> bool:
    """Take what `path` shows of the decisions `ids` away: their rows, or the whole file where it is theirs or
    where a row can not be told. False where that is not possible and the file still names one."""
    wanted = {one.encode() for one in ids}
    shorter = None
    if path.suffix in _WITH_ROWS and path.name.split(".")[0].encode() not in wanted:
        shorter = without(path.read_bytes(), wanted)
    if shorter is not None and not _is_empty(path, shorter) and _put(path, shorter):
        return True
    return _gone(path)


def _is_empty(path: Path, content: bytes) -> bool:
    """Whether a page about decisions alone, which goes with the last of them, leads to none any more."""
    return path.parent.parent.name == _LAWS and not _ADDRESS.search(content)


def without(content: bytes, ids: Collection[bytes]) -> bytes | None:
    """`content` without each row that names one of `ids`; None where something else names one."""
    while found := next((at for at in ID.finditer(content) if at[0] in ids), None):
        row = _row_around(content, found.start())
        if row is None:
            return None
        content = content[: row[0]] + content[row[1] :]
    return content


def _row_around(content: bytes, at: int) -> tuple[int, int] | None:
    """Where the innermost row around a place begins and ends."""
    for start in reversed(list(_ROW.finditer(content, 0, at))):
        closing = b"</" + start[1] + b">"
        end = content.find(closing, start.end())
        if end > at:
            return start.start(), end + len(closing)
    return None


def _put(path: Path, shorter: bytes) -> bool:
    """Whole, where there is room; otherwise over what stands there, which it is shorter than."""
    try:
        write_whole(path, shorter)
    except OSError:
        try:
            _overwrite(path, shorter)
        except OSError:
            return False
    return True


def _overwrite(path: Path, shorter: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        at = 0
        while at < len(shorter):
            at += os.pwrite(file, shorter[at:], at)
        os.ftruncate(file, len(shorter))
    finally:
        os.close(file)


def _gone(path: Path) -> bool:
    """Take the file away; in a folder that may only be read, what is in it."""
    with suppress(OSError):
        path.with_name(path.name + TEMPORARY).unlink(missing_ok=True)
    try:
        path.unlink(missing_ok=True)
    except OSError:
        try:
            os.truncate(path, 0)
        except OSError:
            return False
    return True
