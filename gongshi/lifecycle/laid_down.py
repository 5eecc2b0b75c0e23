"""What departments laid down in data/submissions, and what lies there and is nothing of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_HIDDEN = (".", "~$")
_IGNORED = ("readme.md", "readme.txt", "thumbs.db")


def files_of(place: Path) -> dict[str, Path]:
    """A department's files by name, without those that editors and systems leave behind."""
    return {path.name: path for path in _visible(place) if path.is_file() and not path.is_symlink()}


def strangers(place: Path) -> list[Path]:
    """What lies among a department's files and is none: a link could lead anywhere, a pipe never ends."""
    return [path for path in _visible(place) if path.is_symlink() or not path.is_file()]


def _visible(place: Path) -> Iterator[Path]:
    """Everything in a department's folder that is meant to be there."""
    return (path for path in sorted(place.iterdir()) if not path.name.startswith(_HIDDEN) and not is_ignored(path))


def is_ignored(path: Path) -> bool:
    """Whether it only tells people what the folder is for, or a system left it there."""
    return path.name.lower() in _IGNORED
