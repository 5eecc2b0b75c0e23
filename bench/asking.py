"""Asking a running server: one request after the other, or over many connections at once.

The client is as small as one can be (sockets that stay open, the length read from the head), so that what is
measured is the server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_LENGTH = b"content-length:"


@dataclass(frozen=True)
class Server:
    """`gongshi serve` as a process of its own; `pids` are it and those that it started."""

    host: str
    port: int
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds of processor time that its processes have used."""
        return sum(_cpu(pid) for pid in self.pids)


@contextmanager
def served(root: Path, *options: str) -> Iterator[Server]:
    """Serve the instance at `root` on a free port while the block runs."""
    command = [sys.executable, "-m", "gongshi.cli", "serve", "--root", str(root), "--port", "0", "--json", *options]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        told = b""
        while not told.endswith(b"}\n"):
            line = child.stdout.readline() if child.stdout else b""
            if not line:
                raise RuntimeError("the server did not start")
            told += line
        address = urlsplit(json.loads(told)["url"])
        children = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text(encoding="ascii").split()
        yield Server(address.hostname or "", address.port or 0, (child.pid, *map(int, children)))
    finally:
        child.terminate()
        child.wait()


def one_by_one(server: Server, paths: Sequence[str]) -> list[float]:
    """Seconds that each request took, on one connection."""
    return asyncio.run(_over(server, [paths]))


def at_once(server: Server, paths: Sequence[str], connections: int) -> float:
    """Seconds until all requests were answered, shared out among so many connections."""
    shares = [paths[start::connections] for start in range(connections)]
    started = time.perf_counter()
    asyncio.run(_over(server, shares))
    return time.perf_counter() - started


async def _over(server: Server, shares: Sequence[Sequence[str]]) -> list[float]:
    found = await asyncio.gather(*(_ask(server, paths) for paths in shares))
    return [seconds for times in found for seconds in times]


async def _ask(server: Server, paths: Sequence[str]) -> list[float]:
    """Ask on one connection. Raises RuntimeError where an answer is not 200."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    times = []
    for path in paths:
        started = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line[len(_LENGTH) :]) for line in lines if line.startswith(_LENGTH))
        await reader.readexactly(length)
        times.append(time.perf_counter() - started)
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"{head.splitlines()[0].decode()} for {path}")
    writer.close()
    return times


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
