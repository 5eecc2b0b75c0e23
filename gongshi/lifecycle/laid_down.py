"""What departments laid down in data/submissions, and what lies there and is nothing of theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_HIDDEN = (".", "~$")
_IGNORED = ("readme.md", "readme.txt", "thumbs.db")


def files_of(place: Path) -> dict[str, Path]:
    """A department's files by name, without those that editors and systems leave behind."""
    return {entry.name: place / entry.name for entry in _visible(place) if entry.is_file(follow_symlinks=False)}


def strangers(place: Path) -> list[Path]:
    """What lies among a department's files and is none: a link could lead anywhere, a pipe never ends."""
    return [place / entry.name for entry in _visible(place) if not entry.is_file(follow_symlinks=False)]


def _visible(place: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in a department's folder that is meant to be there, by name."""
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    return (one for one in entries if not (one.name.startswith(_HIDDEN) or one.name.lower() in _IGNORED))


def is_ignored(path: Path) -> bool:
    """Whether it only tells people what the folder is for, or a system left it there."""
    return path.name.lower() in _IGNORED
