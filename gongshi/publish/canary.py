"""Looks for values that must not be there, in every byte of files, in every form in which they may hide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Sighting:
    """A value that was found: the file, the form, and which of the values it is. Never the value itself."""

    path: Path
    form: str
    which: int


def forms(value: str) -> Mapping[str, bytes]:
    """How a text may lie in a file: as it is, in UTF-16, escaped for JSON, HTML or an address."""
    escaped = json.dumps(value)[1:-1]
    found = {
        "utf-8": value.encode(),
        "utf-16-le": value.encode("utf-16-le"),
        "utf-16-be": value.encode("utf-16-be"),
        "gb18030": value.encode("gb18030"),
        "json": escaped.encode(),
        "json-upper": escaped.upper().replace("\\U", "\\u").encode(),
        "html": escape(value).encode(),
        "percent": quote(value).encode(),
    }
    return {form: data for form, data in found.items() if form == "utf-8" or data != value.encode()}


def sightings(root: Path, values: Sequence[str]) -> Iterator[Sighting]:
    """Every sighting of one of `values` in the file `root`, or in every file below the folder `root`."""
    paths = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
    wanted = [(which, form, data) for which, value in enumerate(values) for form, data in forms(value).items()]
    for path in paths:
        content = path.read_bytes()
        yield from (Sighting(path, form, which) for which, form, data in wanted if data in content)
