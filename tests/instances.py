"""New instances made of what the project commits: never of what a trial in the same folder left there."""

from __future__ import annotations

import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[1]
_OWN = shutil.ignore_patterns("inbox.pub")
"""A trial's pair of keys (`make serve`); .gitignore names it."""


def copied(root: Path, *more: str) -> Path:
    """The project's reference data, templates and plugins, and the folders `more`, in `root`."""
    for name in ("data/reference", "site_src", "plugins", *more):
        shutil.copytree(PROJECT / name, root / name, ignore=_OWN)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    return root
