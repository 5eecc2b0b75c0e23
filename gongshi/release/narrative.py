"""MkDocs builds the narrative pages and, once, the header and footer that data pages wear.

It runs in a process of its own, which ends with ours, and only when its inputs changed. What it writes for its own
clock (sitemap) is left out: no clock in any output (DESIGN.md promise 4).
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gongshi.release.inputs import code, fingerprint
from gongshi.release.manifest import Manifest
from gongshi.system import processes

PART = "narrative"
"""The part of the site to which it belongs."""
LEFT_OUT = ("sitemap.xml", "sitemap.xml.gz", "*.map", "404.html", "*.js", "favicon.png")
"""MkDocs' own clock, what only debuggers read, the page that header and footer are cut from, and the theme's scripts
and icon, which no page names."""
READ = ("mkdocs.yml", "site_src", "plugins/site", "data/reference/city.yml")
"""What of an instance MkDocs reads; beside it our code."""
EPOCH = "1577836800"
"""SOURCE_DATE_EPOCH: 2020-01-01, the day the regulation came into force."""
_LINES = 8


class NarrativeFailed(RuntimeError):
    """MkDocs could not build; its own words follow."""

    code = "R003"


@dataclass(frozen=True, slots=True)
class NarrativeFile:
    """A file that MkDocs made, as a planned file of the site."""

    path: str
    fingerprint: str
    source: Path
    part: str = PART

    def render(self) -> bytes:
        """Its bytes."""
        return self.source.read_bytes()


def build(root: Path, out: Path, manifest: Manifest) -> bool:
    """Run MkDocs over `root` into `out`, unless nothing it reads has changed; whether it ran.

    `out` is switched to what it made only when it went well. Raises NarrativeFailed.
    """
    mark = fingerprint((root / name for name in READ), code())
    if manifest.last.narrative == mark and (out / "404.html").exists():
        return False
    for left in out.parent.glob(f".{out.name}.*"):
        shutil.rmtree(left, ignore_errors=True)
    fresh = out.with_name(f".{out.name}.{os.getpid()}")  # a killed run's MkDocs may still be writing into its own
    _mkdocs(root, fresh)
    shutil.rmtree(out, ignore_errors=True)
    with manifest.changing():
        manifest.owe([PART])
        fresh.replace(out)
        manifest.last.narrative = mark
        manifest.save()
    return True


def _mkdocs(root: Path, out: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        root / "mkdocs.yml",
        "--site-dir",
        out,
    ]
    run = processes.run(command, {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"})
    if run.returncode:
        raise NarrativeFailed(f"R003 说明页面生成失败，请检查 mkdocs.yml 和 site_src/pages：\n{_told(run.stderr)}")


def _told(said: str) -> str:
    """Of what MkDocs said the last lines, without the places in its code."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith((" ", "Traceback"))]
    return "\n".join(lines[-_LINES:])


def files(out: Path) -> list[NarrativeFile]:
    """What MkDocs made, in a fixed order."""
    made = sorted(p for p in out.rglob("*") if p.is_file() and not any(p.match(name) for name in LEFT_OUT))
    return [
        NarrativeFile(path.relative_to(out).as_posix(), sha256(path.read_bytes()).hexdigest()[:32], path)
        for path in made
    ]
