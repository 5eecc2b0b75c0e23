"""Paths of files below the site, as the manifest keeps them: a folder and a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def split(path: str) -> tuple[str, str]:
    """Folder and name."""
    folder, _, name = path.rpartition("/")
    return folder, name


def joined(folder: str, name: str) -> str:
    """The path of a file by its folder, which is empty for the site itself, and its name."""
    return f"{folder}/{name}" if folder else name


def with_those_above(folders: Iterable[str]) -> Collection[str]:
    """Folders and all in which they lie, the site itself, which is empty, first; each once."""
    found: dict[str, None] = {}
    for folder in folders:
        found[""] = None
        while folder and folder not in found:
            found[folder] = None
            folder = folder.rpartition("/")[0]  # noqa: PLW2901
    return found
