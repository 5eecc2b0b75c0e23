"""One city of any size from its first file to a takedown, each step a whole process: what a rebuild costs.

The steps change the city, so their order matters: what takes things down comes last.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import changes, takedown, twin
from bench.describing import describe
from bench.kept import Run
from bench.measuring import NOTHING, Goal, Memory, NotFinished, Result, Spent, command, gongshi, process, timed
from gongshi.instance import load
from gongshi.store.sqlite import connect

TODAY, TOMORROW = "2026-11-22", "2026-11-23"
CHANGES = 100
MILLION = 1_000_000
BUILT_TWICE = 100_000
"""Decisions up to which all is built a second time, and copied: of a larger city the first build is what counts."""
_GIGABYTE = 1024.0
_FULL, _FIRST = "gongshi build --full", "the first build"
_AT_A_MILLION = (MILLION,)
_HASHED = """
import hashlib, pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
"""
_SOMEBODY_MUST_ACT = (0, 1, 3)
_PATIENCE = 7200.0
"""Seconds for a command that only looks: verify and audit read everything."""


class City:
    """A sampled city in `folder`, and what its full build took."""

    def __init__(self, folder: Path, decisions: int) -> None:
        self.folder, self.size = folder, decisions
        self.built = NOTHING
        self.today = TODAY

    def resume(self, run: Run) -> None:
        """Know what an earlier run of the benchmark found and did, whose city still lies there."""
        full = run.of("full")
        self.built = full.spent if full else NOTHING
        self.today = TOMORROW if "next-day" in run.done else TODAY

    @property
    def common(self) -> tuple[str, ...]:
        """What every command is told."""
        return "--root", str(self.folder), "--today", self.today

    @property
    def site(self) -> Path:
        """The built pages."""
        return self.folder / "build" / "site"

    @property
    def public(self) -> Path:
        """The public database."""
        return self.folder / "build" / "public.db"

    def sample(self) -> Iterator[Result]:
        """The city's files are written."""
        spent = gongshi("sample", "--decisions", str(self.size), "--seed", "1", "--today", TODAY, str(self.folder))
        yield self._result("sample written", spent)

    def first(self) -> Iterator[Result]:
        """All of it is taken in and reviewed; then judged, published and built for the first time."""
        arrived = command(sys.executable, "-m", "bench.arriving", str(self.folder), TODAY)
        self.built = gongshi("build", *self.common)
        goal = Goal(peak=_GIGABYTE)
        yield self._result("all taken in: check, journal, review", arrived, goal=goal, key="arrived")
        yield self._result(
            "first build: law, journal, public.db, index, site", self.built, goal=goal, key="first-build"
        )
        whole = arrived + self.built
        yield self._result("first publication: taken in and built", whole, goal=goal, key="first")

    def full(self) -> Iterator[Result]:
        """Everything is built again from the store, against a copy of what comes out; in a large city the first build
        stands for it, which journals what it publishes, too."""
        goal = Goal(peak=_GIGABYTE)
        if self.size > BUILT_TWICE:
            yield self._result("full build: the first one, with its journal", self.built, goal=goal, key="full")
            return
        self.built = gongshi("build", "--full", *self.common)
        floor = self._copied(self.folder / "build")
        yield self._result(f"full build: judge, public.db, index, site ({_FULL})", self.built, *floor, goal, "full")

    def nothing(self) -> Iterator[Result]:
        """The rebuild after the full build looks for new submissions once; then one finds nothing changed."""
        yield self._share("rebuild after the full build: looks for new submissions", gongshi("rebuild", *self.common))
        python = process("from gongshi import cli")
        goal = Goal(seconds=1, peak=_GIGABYTE, at=_AT_A_MILLION)
        spent = min((gongshi("rebuild", *self.common) for _ in range(3)), key=lambda spent: spent.seconds)
        floor = ("starting Python, importing gongshi", python)
        yield self._result("rebuild, nothing changed", spent, *floor, goal, "nothing")

    def looks(self) -> Iterator[Result]:
        """The commands that only look: how much memory they need."""
        for name in ("report", "due", "check"):
            yield self._look(name, *(self._one_file() if name == "check" else ()))

    def verify(self) -> Iterator[Result]:
        """The record is verified: every entry of the journal read and hashed, every table made again."""
        yield self._look("verify")

    def audit(self) -> Iterator[Result]:
        """All that is published is looked through for what must not be, against reading and hashing the same bytes."""
        build = self.folder / "build"
        floor = f"reading and hashing {told(*size(build))}", process(_HASHED, str(build))
        yield self._look("audit", floor=floor)

    def _look(self, name: str, *words: str, floor: tuple[str, Spent] = ("", NOTHING)) -> Result:
        spent = gongshi(name, *words, *self.common, ends=_SOMEBODY_MUST_ACT, patience=_PATIENCE)
        return self._result(f"gongshi {name}", spent, *floor, Goal(peak=_GIGABYTE), name)

    def _one_file(self) -> tuple[str, ...]:
        """The largest file, as it is checked before it is sent."""
        files = (self.folder / "data" / "submissions").rglob("*-20??.csv")
        file = max(files, key=lambda path: path.stat().st_size)
        return str(file), "--department", file.parent.name, "--earlier", "--evidence", "bench"

    def one(self) -> Iterator[Result]:
        """One decision more: sent by one person, approved by another, public after the rebuild."""
        sheet = next(iter(changes.sheets(self.folder)))
        file = self.folder / f"{sheet.path.stem}-one.csv"
        rows = [sheet.added(sheet.public[0], "70")]
        sheet.write(file, rows)
        who = ("--department", sheet.department.key, "--by", sheet.department.submitters[0], *self.common)
        earlier = ("--earlier", "--evidence", "bench") if sheet.earlier else ()
        sent = gongshi("submit", str(file), *who, *earlier)
        opened = (word for name in sheet.names("open", rows) for word in ("--open", name))
        by = ("--by", sheet.department.reviewers[0], "--approve")
        reviewed = gongshi("review", self._newest_batch(), *by, *opened, *self.common)
        shown = gongshi("rebuild", *self.common)
        goal = Goal(seconds=2, peak=_GIGABYTE, at=_AT_A_MILLION)
        yield self._share("submit + rebuild, one decision", sent + shown, goal, "one")
        yield self._share("the review between the two", reviewed)

    def hundred(self) -> Iterator[Result]:
        """A hundred mixed changes, spread over departments, kinds and years."""
        done = changes.commit(self.folder, CHANGES, 1, TODAY)
        goal = Goal(ratio=0.01, seconds=10, peak=_GIGABYTE, at=_AT_A_MILLION)
        yield self._share(f"rebuild after {_told(done)}", gongshi("rebuild", *self.common), goal, "hundred")

    def takedowns(self) -> Iterator[Result]:
        """One that a person suspends, one whose revocation a second person confirms: both rebuild at once."""
        departments = load(self.folder).departments
        suspended, revoked = takedown.newest(self.folder, 2)
        by, other = departments[suspended.department].submitters[0], departments[revoked.department].reviewers[0]
        self._propose(revoked, departments[revoked.department].submitters[0])
        words = (
            ("suspended", suspended, ("suspend", suspended.id, "--by", by, "--why", "待核实"), "takedown"),
            ("revocation confirmed", revoked, ("confirm", revoked.id, "--by", other), ""),
        )
        goal = Goal(seconds=5, peak=_GIGABYTE, at=_AT_A_MILLION)
        with takedown.served(self.folder) as server:
            memory = Memory(server.pid)
            for what, decision, act, key in words:
                down = takedown.taken_down(server.client, self.folder, decision, *act, *self.common)
                yield self._share(f"{what}, until gone from {down}", down.unseen, goal, key)
                yield self._share(f"{what}, until proven, too", down.proven)
            served = Spent(0.0, 0.0, memory.peak())
        yield self._result("gongshi serve", served, goal=Goal(peak=_GIGABYTE), key="serve")

    def next_day(self) -> Iterator[Result]:
        """A hundred changes of the next day, with those that expire in the night among them."""
        expiring = self._expiring()
        done = changes.commit(self.folder, max(3, CHANGES - expiring), 2, TOMORROW)
        self.today = TOMORROW
        spent = gongshi("rebuild", *self.common)
        goal = Goal(ratio=0.01, seconds=10, peak=_GIGABYTE, at=_AT_A_MILLION)
        yield self._share(f"first rebuild of the next day: {_told(done)} + {expiring} expired", spent, goal, "next-day")

    def twin(self) -> Iterator[Result]:
        """The city as all the changes left it, against one that is built from nothing out of the same record: every
        file and every row. Raises NotFinished where there is no room, or where they differ."""
        other, wanted = self.folder.with_name(f"{self.folder.name}-twin"), twin.weight(self.folder)
        if shutil.disk_usage(self.folder).free < wanted:
            raise NotFinished(f"a twin needs {told(1, wanted)}")
        try:
            full = twin.made(self.folder, other, self.today)
            found: list[str] = []
            compared = timed(lambda: found.extend(twin.differences(self.folder, other)))
        finally:
            shutil.rmtree(other, ignore_errors=True)
        if found:
            raise NotFinished(f"{len(found)} differences from a city built from nothing: {', '.join(found[:5])}")
        files = told(*size(self.folder / "build"))
        yield self._result(f"{_FULL} of the same record, elsewhere", full, goal=Goal(peak=_GIGABYTE), key="twin")
        yield self._result(f"all of {files} and every row are the same in both", compared, key="twin-same")

    def texts(self) -> Iterator[tuple[str, float]]:
        """How uneven the sample's texts are."""
        yield from describe(self.folder / "data" / "submissions", self.size).items()

    def weights(self) -> Iterator[tuple[str, str]]:
        """How large things are."""
        for name in ("data/submissions", "data/store.db", "build/public.db", "build/site", "build"):
            path = self.folder / name
            if path.exists():
                yield name, told(*size(path))

    def _expiring(self) -> int:
        db = connect(self.public, read_only=True)
        try:
            sql = "SELECT count(*) FROM decisions WHERE publish_until = ?"  # the last day
            return int(db.execute(sql, (TODAY,)).fetchone()[0])
        finally:
            db.close()

    def _newest_batch(self) -> str:
        db = connect(self.folder / "data" / "store.db", read_only=True)
        try:
            sql = "SELECT record FROM journal WHERE operation = 'batch' ORDER BY seq DESC LIMIT 1"
            return str(db.execute(sql).fetchone()[0])
        finally:
            db.close()

    def _propose(self, decision: takedown.Decision, by: str) -> None:
        stated = {**changes.REVOCATION, **dict.fromkeys(("instrument_date", "effective_on", "received_on"), TODAY)}
        fields = (part for name, value in stated.items() for part in (f"--{name.replace('_', '-')}", value))
        gongshi("withdraw", decision.id, "--by", by, "--ending", "撤销", *fields, *self.common)

    def _copied(self, folder: Path) -> tuple[str, Spent]:
        """Copying what lies in `folder`: what has to be written at least."""
        target = self.folder.with_name(f"{self.folder.name}-copy")
        spent = command("cp", "-r", "--reflink=never", str(folder), str(target))
        shutil.rmtree(target)
        return f"cp -r of {told(*size(folder))}", spent

    def _share(self, what: str, spent: Spent, goal: Goal | None = None, key: str = "") -> Result:
        full = _FULL if self.size <= BUILT_TWICE else _FIRST
        return self._result(what, spent, full, self.built, goal or Goal(peak=_GIGABYTE), key)

    def _result(  # noqa: PLR0917 - a row of the table
        self,
        what: str,
        spent: Spent,
        floor: str = "",
        floor_spent: Spent = NOTHING,
        goal: Goal | None = None,
        key: str = "",
    ) -> Result:
        return Result(what, self.size, spent, floor, floor_spent, goal, key)


def size(path: Path) -> tuple[int, int]:
    """Files and bytes below `path`."""
    found = path.rglob("*") if path.is_dir() else iter((path,))
    sizes = [file.stat().st_size for file in found if file.is_file()]
    return len(sizes), sum(sizes)


def told(files: int, size: int) -> str:
    """In words."""
    return f"{files:,} files, {size / 2**20:,.1f} MiB" if files > 1 else f"{size / 2**20:,.1f} MiB"


def _told(done: dict[str, int]) -> str:
    return " + ".join(f"{number} {sort}" for sort, number in done.items() if number)
