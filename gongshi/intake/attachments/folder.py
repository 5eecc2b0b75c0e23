"""The folder beside a submission in which its attachments lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

from gongshi.intake.batch import SourceFile
from gongshi.intake.problems import Wrong
from gongshi.records.attachment import MOST_BYTES, MOST_FILES

_NOBODYS = (".", "~$", "thumbs.db", "desktop.ini")
"""How names begin that systems and editors leave behind."""
_MIB = 1 << 20


def gather(folder: Path | None) -> Mapping[str, SourceFile]:
    """The files of the folder by their names in NFKC, in their order; none where there is no folder.

    Links, subfolders and what editors leave behind are passed over. Raises Wrong: E603 for too many or too large
    together, E608 for two names that only their width tells apart.
    """
    if folder is None or not folder.is_dir():
        return {}
    found: dict[str, SourceFile] = {}
    size = 0
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file() or path.name.lower().startswith(_NOBODYS):
            continue
        name = normalize("NFKC", path.name)
        if name in found:
            raise Wrong("E608", value=name, detail="与另一个附件只差全角和半角")
        found[name] = SourceFile(name, path)
        size += path.stat().st_size
        if len(found) > MOST_FILES:
            raise Wrong("E603", value=name, detail=f"是第 {MOST_FILES + 1} 个附件，一批最多 {MOST_FILES} 个")
        if size > MOST_BYTES:
            raise Wrong("E603", value=name, detail=f"之前的附件合计已到 {MOST_BYTES // _MIB} MB")
    return found


def content_of(file: SourceFile, most_bytes: int) -> bytes:
    """All of it, or one byte more than is accepted. Raises OSError."""
    whole = bytearray()
    for piece in file.pieces():
        whole += piece
        if len(whole) > most_bytes:
            break
    return bytes(whole[: most_bytes + 1])
