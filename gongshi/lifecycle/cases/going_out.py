"""Where what leaves the record may be written: never below what a web server reaches, nor where files come in."""

from __future__ import annotations

from errno import EEXIST
from os import strerror
from pathlib import Path

from gongshi.lifecycle.cases.errors import OutInPublic

_NOT_HERE = ("build", "site_src", "plugins", "data")


def private(root: Path, out: Path) -> Path:
    """`out` with every link followed. Raises OutInPublic where it lies in one of an instance's open folders."""
    target = out.resolve()
    if any(target.is_relative_to((root / name).resolve()) for name in _NOT_HERE):
        raise OutInPublic(
            "案卷和证据不能写到网站的目录（build/、site_src/、plugins/）和记录库的目录（data/）里：请换一个目录。"
        )
    return target


def new_file(root: Path, out: Path) -> Path:
    """The same for a file that is not there yet. Raises FileExistsError, too: nothing is written over."""
    target = private(root, out)
    if target.exists():
        raise FileExistsError(EEXIST, strerror(EEXIST), str(out))
    return target
