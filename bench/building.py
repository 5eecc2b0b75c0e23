"""A full build against writing the same bytes, and a rebuild that finds nothing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measuring import Result, Spent, gongshi, process, timed

TODAY = "2026-11-22"


def measure(folder: Path, decisions: int) -> list[Result]:
    """Sample, take in, build in full, rebuild with nothing changed: each a whole process."""
    root = str(folder)
    sampled = gongshi("sample", "--decisions", str(decisions), "--seed", "1", "--today", TODAY, root)
    first = gongshi("rebuild", "--root", root, "--today", TODAY)
    built = gongshi("build", "--full", "--root", root, "--today", TODAY)
    sent, wrote = _rewritten(folder / "data" / "submissions"), _rewritten(folder / "build")
    settled = gongshi("rebuild", "--root", root, "--today", TODAY)
    nothing = gongshi("rebuild", "--root", root, "--today", TODAY)
    python = process("from gongshi import cli")
    shutil.rmtree(folder)
    return [
        Result("sample written", decisions, sampled, *sent),
        Result("first rebuild: intake, review, law, build", decisions, first, *wrote),
        Result("full build", decisions, built, *wrote),
        Result("rebuild after it: looks for new submissions", decisions, settled, "the full build", built),
        Result("rebuild, nothing changed", decisions, nothing, "starting and importing", python),
    ]


def _rewritten(folder: Path) -> tuple[str, Spent]:
    """Writing the same files again, from memory: what has to be done at least."""
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    size = sum(map(len, files.values())) / 2**20
    spent = timed(lambda: _write(files, folder.with_name("floor")))
    shutil.rmtree(folder.with_name("floor"))
    return f"writing the same {len(files):,} files, {size:,.1f} MiB", spent


def _write(files: dict[Path, bytes], target: Path) -> None:
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
