"""How committed files lie on the disk: what had nothing more to say and lies there as it did is not read again.

As in git's index: size, time of change, number on the disk; and the time at which the system last changed the file,
which no program can set, so that a file shows that was overwritten by another of the same size and time.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

JUST_NOW = 2_000_000_000
"""Nanoseconds: a file that changed within them may change once more and keep its times, where a disk's clock is
coarse."""
_NONE = "-"


def state(paths: Iterable[Path], department: str) -> str:
    """32 hexadecimal digits over how the files at `paths`, or their absence, lie in the folder of a department.

    "" where one of them changed just now: it has to be read again. Ask before reading them.
    """
    told, now = [department], time.time_ns()
    for path in paths:
        try:
            stat = path.stat(follow_symlinks=False)
        except OSError:
            told.append(_NONE)
            continue
        if stat.st_ctime_ns > now - JUST_NOW:
            return ""
        name = os.fsencode(path.name).hex()
        told.append(f"{name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
