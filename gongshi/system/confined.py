"""A process that reads what somebody sent: limited in memory and time, it dies in the place of the service.

What it is given lies on its standard input, an unnamed file; what it makes of it comes on its standard output.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GRACE = 5
"""Seconds of processor time between the signal that can be told apart and the one that always ends it."""
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
_OUT_OF_MEMORY = -signal.SIGABRT


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """First thing in the process: address space, processor time, and no core file: it would hold what was sent."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + _GRACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def child(module: str, *arguments: str, given: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """The process that runs our `module`, ended in any case."""
    package = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    with tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        worker = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths},
        )
        with worker:
            try:
                yield worker
            finally:
                worker.kill()


def wanted(code: int) -> str:
    """What a process that died of its limits wanted too much of, by its exit code; "" where it died of something
    else."""
    if code in _OUT_OF_TIME:
        return "时间"
    return "内存" if code == _OUT_OF_MEMORY else ""
