"""Asking a running server: one request after the other, or over many connections at once.

The client is as small as one can be (sockets that stay open, the length read from the head), so that what is
measured is the server. What client, sockets and HTTP take by themselves shows where an app answers that has nothing
to do (`bare`).
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
from urllib.request import urlopen

from starlette.types import ASGIApp, Receive, Scope, Send

from gongshi.query import listening

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
    with _started("gongshi.cli", "serve", "--root", str(root), "--port", "0", "--json", *options) as server:
        yield server


@contextmanager
def bare(size: int, processes: int) -> Iterator[Server]:
    """An app that answers everything with so many bytes, and does nothing else."""
    with _started("bench.asking", str(size), str(processes)) as server:
        yield server


@contextmanager
def _started(module: str, *words: str) -> Iterator[Server]:
    command = [sys.executable, "-m", module, *words]
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


def _serve_bare(size: int, processes: int) -> None:
    body = b"x" * size
    head = [(b"content-type", b"application/json"), (b"content-length", str(size).encode())]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})

    async def make() -> ASGIApp:
        return app

    def ready(url: str) -> None:
        sys.stdout.write(json.dumps({"url": url}) + "\n")
        sys.stdout.flush()

    listening.run(make, "127.0.0.1", 0, ready, processes, lifespan="off")


def one_by_one(server: Server, paths: Sequence[str]) -> list[float]:
    """Seconds that each request took, on one connection."""
    return asyncio.run(_over(server, [paths]))


def length(server: Server, paths: Sequence[str]) -> int:
    """Bytes of an answer, the mean of these."""
    return sum(len(urlopen(f"http://{server.host}:{server.port}{path}").read()) for path in paths) // len(paths)


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


if __name__ == "__main__":
    _serve_bare(*map(int, sys.argv[1:3]))
