"""What departments laid down in data/submissions, and what lies there and is nothing of theirs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongshi.intake.attachments.folder import gather
from gongshi.intake.batch import SourceFile
from gongshi.intake.problems import Wrong
from gongshi.records.department import Department

_HIDDEN = (".", "~$")
_IGNORED = ("readme.md", "readme.txt", "thumbs.db")
ATTACHED = ".files"
"""How the folder beside a data file is called in which its attachments lie: 指南.yaml, 指南.files."""


def files_of(place: Path) -> dict[str, Path]:
    """A department's files by name, without those that editors and systems leave behind."""
    return {entry.name: place / entry.name for entry in _visible(place) if entry.is_file(follow_symlinks=False)}


def strangers(place: Path) -> list[Path]:
    """What lies among a department's files and is none: a link could lead anywhere, a pipe never ends. The folder of a
    file's attachments is none of these."""
    found = [entry for entry in _visible(place) if not entry.is_file(follow_symlinks=False)]
    stems = {Path(name).stem for name in files_of(place)} if any(one.name.endswith(ATTACHED) for one in found) else ()
    return [place / one.name for one in found if one.is_symlink() or not _is_attached(one.name, stems)]


def _is_attached(name: str, stems: Collection[str]) -> bool:
    return name.endswith(ATTACHED) and name.removesuffix(ATTACHED) in stems


def attached_to(data: Path) -> Path | None:
    """The folder of the attachments of a data file; None where it has none."""
    folder = data.with_suffix(ATTACHED)
    return folder if folder.is_dir() and not folder.is_symlink() else None


def _visible(place: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in a department's folder that is meant to be there, by name."""
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    return (one for one in entries if not (one.name.startswith(_HIDDEN) or one.name.lower() in _IGNORED))


def is_ignored(path: Path) -> bool:
    """Whether it only tells people what the folder is for, or a system left it there."""
    return path.name.lower() in _IGNORED


@dataclass(frozen=True, slots=True)
class Committed:
    """One batch of the folder: its data file and the paths of what lies beside it."""

    department: Department
    data: Path
    note: Path
    review: Path
    second: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them, attachments included."""
        folder = attached_to(self.data)
        return self.data, self.note, self.review, self.second, *(sorted(folder.iterdir()) if folder else ())

    def attachments(self) -> tuple[SourceFile, ...]:
        """The files beside it; none where the check will refuse them. Raises OSError."""
        with suppress(Wrong):
            return tuple(file.hashed() for file in gather(attached_to(self.data)).values())
        return ()
