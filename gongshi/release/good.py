"""Copies of what last worked: the templates, the reference data. While the newest is broken, these serve."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gongshi.release.inputs import fingerprint
from gongshi.system.files import write_safe

_MARK = ".mark"
_PRIVATE = 0o700


def keep(root: Path, names: Sequence[str], folder: Path) -> None:
    """Keep a copy of the folders `names` of `root` in `folder`, for its owner alone; nothing happens where that
    is so already, or where there is no room. Killed half way, there is the copy from before or none."""
    if not is_kept(root, names, folder):
        with suppress(OSError):
            _copy(root, names, folder)


def is_kept(root: Path, names: Sequence[str], folder: Path) -> bool:
    """Whether the copy in `folder` is of the folders `names` as they are now."""
    return kept(folder) == _mark(root, names)


def _mark(root: Path, names: Sequence[str]) -> str:
    return fingerprint([root / name for name in names])


def _copy(root: Path, names: Sequence[str], folder: Path) -> None:
    mark = _mark(root, names)
    fresh = folder.with_name(f"{folder.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in names:
        shutil.copytree(root / name, fresh / name)
    fresh.chmod(_PRIVATE)
    write_safe(fresh / _MARK, mark.encode())
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)


def kept(folder: Path) -> str:
    """The fingerprint of what the copy in `folder` was made from; "" where there is no whole copy."""
    try:
        return (folder / _MARK).read_text()
    except OSError:
        return ""
