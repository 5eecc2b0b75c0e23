"""One decision taken down while the city is served: how long until nobody can find it any more."""

from __future__ import annotations

import json
import mmap
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.measuring import Spent, environment, gongshi
from gongshi.store.sqlite import connect

_GONE = (404, 410)
_PAUSE = 0.05
_PATIENCE = 60.0
_PIECE = 60
_CANDIDATES = 200
_SIDE_FILES = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Decision:
    """One that is public: `piece` is how its facts begin, as those of no other do."""

    id: str
    sort: int
    number: str
    department: str
    piece: str


@dataclass(frozen=True, slots=True)
class Down:
    """What a takedown took: the command, which ends when it has proven it, and by surface the seconds from its
    start until the decision was not found there any more; the most memory that the server needed meanwhile, in MiB."""

    command: Spent
    gone: Mapping[str, float]

    @property
    def unseen(self) -> Spent:
        """From the command until nothing is found, on no surface and not in the database's file."""
        return Spent(max(self.gone.values()), self.command.cpu, self.command.peak)

    @property
    def proven(self) -> Spent:
        """Until the command has proven it, too."""
        return Spent(max(self.command.seconds, *self.gone.values()), self.command.cpu, self.command.peak)

    def __str__(self) -> str:
        return ", ".join(f"{surface} {seconds:.2f} s" for surface, seconds in self.gone.items())


def newest(folder: Path, count: int) -> list[Decision]:
    """Some of the newest penalties of which no other begins to tell the same. Raises LookupError where there are
    fewer than `count`."""
    db = connect(folder / "build" / "public.db", read_only=True)
    try:
        told = "SELECT * FROM decisions WHERE kind = 'penalty' AND length(facts) > ? ORDER BY sort DESC LIMIT ?"
        rows = {row["facts"][:_PIECE]: row for row in db.execute(told, (2 * _PIECE, _CANDIDATES))}
        pieces = (row[0] for row in db.execute(f"SELECT substr(facts, 1, {_PIECE}) FROM decisions"))
        times = Counter(piece for piece in pieces if piece in rows)
    finally:
        db.close()
    alone = [
        Decision(row["id"], row["sort"], row["document_number"], row["department"], piece)
        for piece, row in rows.items()
        if times[piece] == 1
    ]
    if len(alone) < count:
        raise LookupError(f"only {len(alone)} penalties tell what no other tells")
    return alone[:count]


@dataclass(frozen=True, slots=True)
class Server:
    """A city that is served: a client that asks it, and its process."""

    client: httpx.Client
    pid: int


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """`gongshi serve` as a process of its own, and a client that asks it."""
    command = ("-m", "gongshi.cli", "serve", "--root", str(folder), "--port", "0", "--json")
    child = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    )
    try:
        told = b""
        while not told.endswith(b"}\n"):
            told += child.stdout.readline() if child.stdout else b"}\n"
        with httpx.Client(base_url=json.loads(told)["url"], trust_env=False, timeout=_PATIENCE) as client:
            yield Server(client, child.pid)
    finally:
        child.terminate()
        child.wait()


def taken_down(client: httpx.Client, folder: Path, decision: Decision, *command: str) -> Down:
    """Run `command`, which takes `decision` down, and ask the server for it until it is nowhere.

    Raises RuntimeError where it was not public before, or where something of it stays."""
    surfaces = _surfaces(client, folder, decision)
    if any(gone() for gone in surfaces.values()):
        raise RuntimeError(f"{decision.id} is not public")
    with ThreadPoolExecutor(1) as pool:
        began = time.perf_counter()
        running = pool.submit(gongshi, *command)
        found = _watched(surfaces, began, running)
        spent = running.result()
    left = [path for path in (folder / "build").rglob("*") if path.is_file() and _places(path, decision.piece.encode())]
    if left or len(found) < len(surfaces):
        raise RuntimeError(f"{decision.id} is still told of: {left}, gone from {found.keys()}")
    return Down(spent, found)


def _watched(surfaces: Mapping[str, Callable[[], bool]], began: float, running: Future[Spent]) -> dict[str, float]:
    """When each surface had lost it; those that still have it a minute after the command are without a time."""
    found: dict[str, float] = {}
    ended = None
    while len(found) < len(surfaces) and (ended is None or time.perf_counter() - ended < _PATIENCE):
        for name in surfaces.keys() - found.keys():
            if surfaces[name]():
                found[name] = time.perf_counter() - began
        if ended is None and running.done():
            ended = time.perf_counter()
        time.sleep(_PAUSE)
    return found


def _surfaces(client: httpx.Client, folder: Path, decision: Decision) -> dict[str, Callable[[], bool]]:
    """By surface, whether the decision is gone from there."""

    def gone(address: str) -> bool:
        return client.get(address).status_code in _GONE

    def unlisted(address: str) -> bool:
        answer = client.get(address, params={"q": decision.number})
        return answer.status_code == 200 and decision.id not in answer.text

    return {
        "page": lambda: gone(f"/decisions/{decision.id[:2]}/{decision.id}.html"),
        "search": lambda: unlisted("/search"),
        "API": lambda: gone(f"/api/v1/decisions/{decision.id}") and unlisted("/api/v1/decisions"),
        "table": lambda: gone(f"/data/public/decisions/{decision.sort}"),
        "file": _bytes(folder / "build" / "public.db", decision),
    }


def _bytes(database: Path, decision: Decision) -> Callable[[], bool]:
    """Whether the decision's text is gone from where it stood in the database's file, and is in none beside it.
    (Whether it stands elsewhere now is looked for once, at the end.)"""
    piece = decision.piece.encode()
    places = _places(database, piece)
    beside = [database.with_name(database.name + ending) for ending in _SIDE_FILES]

    def gone() -> bool:
        with database.open("rb") as file:
            for place in places:
                file.seek(place)
                if file.read(len(piece)) == piece:
                    return False
        return not any(path.exists() and _places(path, piece) for path in beside)

    return gone


def _places(path: Path, piece: bytes) -> list[int]:
    """Where `piece` stands in a file of any size."""
    if not path.stat().st_size:
        return []
    found = []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(piece)
        while at >= 0:
            found.append(at)
            at = content.find(piece, at + 1)
    return found
