"""The vault of evidence: a file of many GB is taken in and proven again, against cp and sha256sum of the same file.

`python -m bench.vault FOLDER [MIB]` makes a file in FOLDER (1,024 MiB unless told otherwise) and prints the ratios.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.case_files import CASE_OF_FILM, OFFICER, TODAY, fill
from bench.measuring import Goal, Result, Spent, command, gongshi

MIB = 1024
PHOTOS = 200
"""Files of 1 MiB that lie beside the large one when all is proven."""
_MEMORY = 64.0
_PIECE = 1 << 20


def measure(folder: Path, size: int = 0, mib: int = MIB) -> Iterator[Result]:
    """Adding a file of `mib` MiB and verifying it, beside photographs; each a whole process on a warm file."""
    city = folder / "city"
    fill(city, 0)
    film = folder / "film.mp4"
    _write(film, mib)
    said = ("--by", OFFICER, "--custodian", "冯示档", "--description", "现场检查录像", *_common(city))
    hashed = command("sha256sum", str(film))
    goal = Goal(peak=_MEMORY)
    added = gongshi("evidence", "add", CASE_OF_FILM, str(film), *said)
    yield Result(f"evidence add: {mib:,} MiB", size, added, "sha256sum", hashed, goal, "vault-add")
    durable = _copied(film, folder / "copy.mp4")
    yield Result(
        f"evidence add: {mib:,} MiB", size, added, "cp, on the disk; sha256sum", durable, Goal(ratio=1.3), "vault-copy"
    )
    photos = [_write(folder / f"{number}.jpg", 1) for number in range(PHOTOS)]
    gongshi("evidence", "add", CASE_OF_FILM, *map(str, photos), *said)
    quick = gongshi("verify", "--quick", *_common(city))
    whole = gongshi("verify", *_common(city))
    kept = sorted(str(path) for path in (city / "data" / "vault" / "objects").rglob("*") if path.is_file())
    floor = command("sha256sum", *kept)
    what = f"verify: {PHOTOS + 1} files, {mib + PHOTOS:,} MiB"
    yield Result(what, size, whole, "sha256sum of them", floor, Goal(ratio=1.1, peak=_MEMORY), "vault-verify")
    yield Result(f"{what}, --quick", size, quick, "verify", whole, key="vault-quick")
    shutil.rmtree(folder)


def _common(city: Path) -> tuple[str, ...]:
    return "--root", str(city), "--today", TODAY.isoformat()


def _write(path: Path, mib: int) -> Path:
    with path.open("wb") as file:
        for _ in range(mib):
            file.write(os.urandom(_PIECE))
    return path


def _copied(source: Path, target: Path) -> Spent:
    """What any durable copy with a hash takes."""
    spent = command("cp", "--reflink=never", str(source), str(target)) + command("sync", str(target))
    spent += command("sha256sum", str(target))
    target.unlink()
    return spent


def main() -> None:
    """See the module."""
    folder, mib = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else MIB
    sys.stdout.writelines(f"{result.told}\n" for result in measure(folder, mib=mib))


if __name__ == "__main__":
    main()
