"""The audit of a built city, against reading the same bytes and hashing them."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

from bench.building import TODAY
from bench.measuring import Result, gongshi, timed
from gongshi.instance import load
from gongshi.publish.audit import Patterns, Report, audit_build, gather
from gongshi.publish.audit.build import served
from gongshi.store import Store

GIGABYTE = 10**9


def measure(folder: Path, decisions: int) -> list[Result]:
    """Sample and build; then what must not be public is gathered, and what is published is looked through for it.

    The size of the second is in bytes, so that its rate and its seconds for a gigabyte can be read.
    """
    root = str(folder)
    gongshi("sample", "--decisions", str(decisions), "--seed", "1", "--today", TODAY, root)
    gongshi("rebuild", "--root", root, "--today", TODAY)
    files = served(folder / "build")
    size = sum(path.stat().st_size for path in files)
    floor = timed(lambda: _hashed(files))
    found: list[Patterns] = []
    gathered = timed(lambda: found.append(_gathered(folder)))
    reports: list[Report] = []
    looked = timed(lambda: reports.append(audit_build(folder / "build", found[0])))
    whole = gongshi("audit", "--root", root, "--today", TODAY)
    shutil.rmtree(folder)
    if not reports[0].ok:
        raise RuntimeError(reports[0].render_text())
    told = f"{len(files):,} files, {size / 2**20:,.1f} MiB"
    words = f"{looked.seconds * GIGABYTE / size:.0f} s a gigabyte"
    return [
        Result(f"audit: gathering {reports[0].patterns:,} values", decisions, gathered, f"hashing {told}", floor),
        Result(f"audit: looking through {told}, {words}", size, looked, f"hashing {told}", floor),
        Result("audit: the whole process", decisions, whole, f"hashing {told}", floor),
    ]


def _hashed(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _gathered(folder: Path) -> Patterns:
    with Store.open(folder / "data" / "store.db", read_only=True) as store:
        return gather(store, load(folder), dt.date.fromisoformat(TODAY), folder / "site_src")
