"""That an attached file is gone with the last record that had it: pieces from inside it are looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import ahocorasick_rs

from gongshi.publish.proving import file_bytes
from gongshi.publish.proving.changed_pages import ChangedPages
from gongshi.store.sqlite import Connection

_COUNT, _SIZE = 3, 64
_DISTINCT = 16
"""Different bytes in a piece that tells of one file: zeros stand in all."""


def samples(db: Connection, files: Collection[str]) -> dict[bytes, str]:
    """Pieces from inside these files (by sha256), each with the file that it is of; to be asked before they go."""
    found: dict[bytes, str] = {}
    for sha256 in sorted(files):
        row = db.execute("SELECT body FROM attachments WHERE sha256 = ?", (sha256,)).fetchone()
        content = bytes(row["body"]) if row else b""
        step = len(content) // (_COUNT + 1)
        pieces = (content[at * step : at * step + _SIZE] for at in range(1, _COUNT + 1))
        found |= {piece: sha256 for piece in pieces if len(set(piece)) >= _DISTINCT}
    return found


def left(path: Path, db: Connection, sought: Mapping[bytes, str], touched: ChangedPages | None) -> set[str]:
    """The files of which a piece still lies in the database at `path`, and in no file that is attached to a record: in
    the `touched` pages, or in the whole of it where nobody knows which these are."""
    if not sought:
        return set()
    blocks = touched.blocks(path) if touched else file_bytes.blocks(path, _SIZE)
    there = _among(blocks, list(sought))
    attached = (bytes(row["body"]) for row in db.execute("SELECT body FROM attachments")) if there else ()
    return {sought[piece] for piece in there - _among(attached, list(there))}


def _among(blocks: Iterable[bytes], pieces: list[bytes]) -> set[bytes]:
    if not pieces:
        return set()
    machine = ahocorasick_rs.BytesAhoCorasick(pieces)
    return {pieces[hit[0]] for block in blocks for hit in machine.find_matches_as_indexes(block, overlapping=True)}
