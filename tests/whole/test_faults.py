"""A disk that is full, a folder that may only be read, lost and damaged files: said in words, the site as before,
what must come down comes down all the same. The faults are real; a table says what each of them leads to."""

from __future__ import annotations

import ctypes
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongshi.publish import opening
from gongshi.store import sqlite

DEPARTMENT = "11220700MB99000134"
FACTS = "货架上有过期的饼干和糖果三十七袋"
WITHDRAWN = {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}
NOTHING = nullcontext


def no_room(limit: int) -> Callable[[], None]:
    """Nothing can be written at or beyond `limit` bytes of any file."""

    def befall() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return befall


def powerless() -> None:
    """Permissions bind root, too: the process gives up every capability."""
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, data) == 0


def impatient() -> None:
    """Do not wait long for a lock."""
    opening.PATIENCE = 0.2
    sqlite.connect.__kwdefaults__["timeout"] = 0.2


@contextmanager
def full_disk(root: Path) -> Iterator[None]:
    """The instance on a small disk of its own with no byte left; where that can not be mounted, as it is."""
    aside = root.with_name("aside")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", _moved(root, aside)], check=False)
    subprocess.run(["cp", "-a", f"{aside}/.", root], check=True)
    filler = root / "filler"
    if mounted.returncode == 0:
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(b"x" * 4096)
    try:
        yield
    finally:
        filler.unlink(missing_ok=True)
        subprocess.run(["cp", "-a", root, root.with_name("back")], check=True)
        if mounted.returncode == 0:
            subprocess.run(["umount", root], check=True)
        root.rename(root.with_name("mountpoint"))
        root.with_name("back").rename(root)


def _moved(root: Path, aside: Path) -> Path:
    root.rename(aside)
    root.mkdir()
    return root


@contextmanager
def read_only(*parts: str, files: bool, root: Path) -> Iterator[None]:
    """The folders `parts` may only be read; their files too, where `files`."""
    found = [path for part in parts for path in (root / part, *(root / part).rglob("*"))]
    before = {path: path.stat().st_mode for path in found if path.is_dir() or files}
    for path, mode in before.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in before.items():
            if path.exists():
                path.chmod(mode)


@contextmanager
def locked(path: Path, begin: str) -> Iterator[None]:
    db = sqlite.connect(path)
    db.execute(begin)
    try:
        yield
    finally:
        db.close()


@contextmanager
def instead(path: Path, content: bytes | None) -> Iterator[None]:
    """Another content, or none, in the place of a file or a folder."""
    kept = path.with_name(f"..{path.name}")
    path.rename(kept)
    if content is not None:
        path.write_bytes(content)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        kept.rename(path)


@contextmanager
def damaged(path: Path, content: bytes = b"SQLite format 3\0" + b"x" * 4096) -> Iterator[None]:
    """Not restored: what a rebuild can make again, it has to."""
    path.write_bytes(content)
    yield


@contextmanager
def damaged_within(path: Path) -> Iterator[None]:
    """Every second page but the first is another one: SQLite opens the file, and fails on the way."""
    content = bytearray(path.read_bytes())
    for at in range(8192, len(content) - 4096, 8192):
        content[at : at + 4096] = b"\x0d" * 4096
    path.write_bytes(content)
    yield


@contextmanager
def corrupt_submission(root: Path) -> Iterator[None]:
    path = root / "data/submissions" / DEPARTMENT / "c.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK\3\4" + b"x" * 500)
    yield
    path.unlink()


@dataclass(frozen=True)
class Fault:
    """What befalls the instance and the process, the error's code and the exit status; `down`: what was
    withdrawn is in no byte; `stands`: every page that did not name it is as it was (otherwise the site is brought
    up to date all the same); `front`: the front page lost a row and no more."""

    befalls: Callable[[Path], AbstractContextManager[object]]
    code: str
    status: int = 1
    process: Callable[[], None] = powerless
    down: bool = True
    stands: bool = True
    front: bool = True


def template(name: str, content: bytes | None) -> Callable[[Path], AbstractContextManager[None]]:
    return lambda root: instead(root / "site_src" / name, content)


FAULTS: dict[str, Fault] = {
    "a full disk": Fault(full_disk, r"R006|store_unwritable"),
    "a disk without room for public.db": Fault(
        lambda root: NOTHING(), r"R006|store_unwritable", process=no_room(40_000)
    ),
    "a disk on which no byte can be written": Fault(
        lambda root: NOTHING(), r"R006|store_unwritable", process=no_room(0), front=False
    ),
    "a site whose folders may only be read": Fault(
        lambda root: read_only("build/site", files=False, root=root), "R006"
    ),
    "a build of which everything may only be read": Fault(
        lambda root: read_only("build", files=True, root=root), "撤下没有完成", down=False
    ),
    "data that may only be read": Fault(lambda root: read_only("data", files=True, root=root), "store_unwritable"),
    "a public.db that another program holds": Fault(
        lambda root: locked(root / "build/public.db", "BEGIN EXCLUSIVE"), "", 0, process=impatient, stands=False
    ),
    "a store in which another program writes": Fault(
        lambda root: locked(root / "data/store.db", "BEGIN IMMEDIATE"), "store_busy", process=impatient
    ),
    "a damaged public.db": Fault(lambda root: damaged(root / "build/public.db"), "", 0, stands=False),
    "a public.db that is damaged in its midst": Fault(
        lambda root: damaged_within(root / "build/public.db"), "", 0, stands=False
    ),
    "an empty public.db": Fault(lambda root: damaged(root / "build/public.db", b""), "", 0, stands=False),
    "a damaged store": Fault(
        lambda root: instead(root / "data/store.db", b"SQLite format 3\0" + b"x" * 4096), "store_damaged", down=False
    ),
    "a damaged manifest": Fault(lambda root: damaged(root / "build/manifest.db"), "", 0, stands=False),
    "a missing template": Fault(template("templates/list.html", None), "R009.*list.html", stands=False),
    "a template that is wrong": Fault(template("templates/rows.html", b"{% if %}"), "R009.*rows.html:1", stands=False),
    "a template that names what is not there": Fault(
        template("templates/rows.html", b"{{ nothing }}"), "R009", stands=False
    ),
    "no templates at all": Fault(template("templates", None), "R009", stands=False),
    "no style sheet": Fault(template("assets/gongshi.css", None), "R009", stands=False),
    "a theme without its marks": Fault(template("theme/main.html", b"<!doctype html>"), "W001", stands=False),
    "a missing reference file": Fault(
        lambda root: instead(root / "data/reference/regions.yml", None), r"reference_invalid.*regions.yml"
    ),
    "a faulty reference file": Fault(
        lambda root: instead(root / "data/reference/rules/terms.yml", b"- id: [\n"), r"reference_invalid.*terms.yml:"
    ),
    "a corrupt submission": Fault(corrupt_submission, "c.xlsx", stands=False),
}


def served(root: Path) -> dict[str, bytes]:
    """All that the public can reach, by path."""
    build = root / "build"
    files = [*(build / "site").rglob("*"), *build.glob("public.db*"), *build.glob(".public.db*")]
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in sorted(files) if path.is_file()}


def naming(files: dict[str, bytes], *words: str) -> list[str]:
    return [path for path, content in files.items() if any(word.encode() in content for word in words)]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_and_holds_up_no_takedown(commands, aside, row, sheet, fault: Fault) -> None:
    rows = [row("penalty", f"松市监罚〔2026〕{n}号", facts=FACTS if n == 15 else f"第{n}件") for n in (15, 16, 17)]
    commands.publish(sheet("a.csv", rows))
    commands("rebuild")
    before = served(commands.root)
    gone = next(p for p in commands.pages() if FACTS in p.read_text(encoding="utf-8")).stem
    commands.publish(sheet("b.csv", [rows[0] | WITHDRAWN]))

    with fault.befalls(commands.root):
        run = aside(commands, "rebuild", befall=fault.process)
        during = served(commands.root)
    assert run.killed_by == 0
    assert (run.code, bool(re.search(fault.code, run.output, re.DOTALL))) == (fault.status, True), run.output
    assert "Error(" not in run.output, "no error without words"
    assert FACTS not in run.output
    assert (naming(during, FACTS, gone) == []) is fault.down, naming(during, FACTS, gone)
    pages = {path: content for path, content in before.items() if path.endswith((".html", ".css"))}
    others = set(pages) - set(naming(pages, gone)) - {f"site/decisions/{gone[:2]}/{gone}.html"}
    assert not fault.stands or [path for path in sorted(others) if during.get(path) != pages[path]] == []
    front = during.get("site/index.html", b"").decode()
    assert not fault.front or ("松市监罚〔2026〕16号" in front and "<h1" in front and "</html>" in front)

    commands("rebuild")
    assert naming(served(commands.root), FACTS, gone) == []
    ended = commands.site()
    commands("rebuild", "--full")
    assert commands.site() == ended


@pytest.mark.article("D28")
def test_where_nobody_can_read_the_record_a_page_still_comes_down_after_its_last_day(commands, row, sheet) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号", facts=FACTS)]))
    commands("rebuild")
    with instead(commands.root / "data/store.db", b"SQLite format 3\0" + b"x" * 4096):
        assert "store_damaged" in commands("rebuild", code=1, today="2031-11-19").output
        assert len(commands.pages()) == 1, "its last day is not over"
        told = commands("rebuild", code=1, today="2031-12-01").output
    assert "现在无法按规则算出" in told
    assert naming(served(commands.root), FACTS) == []


def test_where_nobody_can_read_the_record_the_ledger_says_what_is_down(commands, row, sheet) -> None:
    rows = [row("penalty", f"松市监罚〔2026〕{n}号", facts=FACTS if n == 15 else f"第{n}件") for n in (15, 16)]
    commands.publish(sheet("a.csv", rows))
    commands("rebuild")
    shutil.copytree(commands.root / "build", commands.root / "older")
    commands.publish(sheet("b.csv", [rows[0] | WITHDRAWN]))
    commands("rebuild")
    shutil.rmtree(commands.root / "build")
    (commands.root / "older").rename(commands.root / "build")
    assert naming(served(commands.root), FACTS)
    with instead(commands.root / "data/store.db", b"SQLite format 3\0" + b"x" * 4096):
        commands("rebuild", code=1)
    assert naming(served(commands.root), FACTS) == []
    assert len(commands.pages()) == 1
