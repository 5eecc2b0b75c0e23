"""A rebuild that is killed: at a named step, before an operation on a file or a statement, or at any moment.

A city of 50 public decisions waits for one rebuild that does everything: takes in a file, takes down, corrects
and publishes. What is random in it is drawn the same way each time, so that a killed rebuild and the next can be
held against one that nobody disturbed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from gongshi.publish.preparing.prepare import prepare
from gongshi.publish.registry.wall import prepare_records
from gongshi.store import sqlite
from tests.whole.conftest import DEPARTMENT, Commands, right_row, write_sheet

PUBLIC = 50
WITHDRAWN = "货架上有过期的饼干和糖果三十七袋"
WRONG = "货架上有写错了名称的饼干和糖果"
SUSPENDED = "货架上有被当场扣押的饼干和糖果"
OFFICER, HELD_TEXT = "22070188001", "出示证件并说明来意（下架的规范用语）"
"""The number of an officer and the words of a text, with a picture attached, that one person takes down."""
LEFT = PUBLIC
"""So many are public in the end: one is withheld, one suspended, two are new."""
REVIEW = "reviewer: 郑示正\nresult: approve\ndate: 2026-11-20\n"

State = dict[str, Any]


def stage(root: Path) -> Commands:
    """The city at `root` (a built, empty one) before the rebuild that is to be killed."""
    commands = Commands(root)
    rows = [
        right_row(
            "penalty",
            f"松市监罚〔2026〕{n}号",
            facts={0: WITHDRAWN, 1: WRONG, 2: SUSPENDED}.get(n, f"货架上第{n}种过期食品"),
        )
        for n in range(PUBLIC)
    ]
    commands.publish(write_sheet(root.parent / "a.csv", rows))
    commands.publish(records(root.parent / "r.yaml", "松原市"))
    commands("rebuild")
    assert len(commands.pages()) == PUBLIC
    changed = [rows[0] | {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}, rows[1] | {"违法事实": "已经更正"}]
    commands.publish(write_sheet(root.parent / "b.csv", [*changed, right_row("penalty", "松市监罚〔2026〕77号")]))
    commands.publish(records(root.parent / "s.yaml", "松原市宁江区", wanted=1))
    for suspended in ("松市监罚〔2026〕2号", OFFICER, "示例〔2026〕1号"):
        commands("suspend", suspended, "--by", "周示礼", "--why", "疑似有误", "--no-build")
    folder = root / "data/submissions" / DEPARTMENT
    folder.mkdir(parents=True, exist_ok=True)
    write_sheet(folder / "c.csv", [right_row("penalty", "松市监罚〔2026〕78号")])
    (folder / "c.batch.yml").write_text("by: 周示礼\n", encoding="utf-8")
    (folder / "c.review.yml").write_text(REVIEW, encoding="utf-8")
    return commands


def records(path: Path, area: str, wanted: int = 2) -> Path:
    """Officers of an area; with the first of them a text with a picture."""
    officers = "".join(_OFFICER.format(at=at, area=area) for at in (2, 1)[:wanted])
    path.write_text(f"执法人员:\n{officers}" + (_TEXT if wanted > 1 else ""), encoding="utf-8")
    if wanted > 1:
        folder = path.with_suffix(".files")
        folder.mkdir()
        Image.frombytes("RGB", (64, 64), Random(1).randbytes(64 * 64 * 3)).save(folder / "图.png")
    return path


_OFFICER = """
  - 姓名: 示例{at}
    执法证号: "2207018800{at}"
    所属部门: 松原市市场监督管理局
    执法类别: 行政处罚
    执法区域: {area}
    发证机关: 吉林省人民政府（示例）
    有效期自: 2024-01-01
    有效期至: 2028-06-30
    生效日期: 2026-01-01
"""
_TEXT = f"""
制度文本:
  - 类别: 规范用语
    适用范围: 本部门
    索引号: 示例/2026-00001
    发文机关: 松原市市场监督管理局
    成文日期: 2026-01-01
    标题: 规范用语指引（示例）
    发文字号: 示例〔2026〕1号
    发布日期: 2026-01-05
    正文: {HELD_TEXT}
    附件: 说明图=图.png
    生效日期: 2026-01-05
"""


def copy(root: Path, to: Path) -> Commands:
    """The same city elsewhere, times of change included."""
    shutil.copytree(root, to, copy_function=shutil.copy2)
    return Commands(to)


def run(commands: Commands, prepare_process: Callable[[], None] = lambda: None) -> int:
    """A rebuild in a process of its own, with nothing random in it; the signal that ended it, 0 where none did."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _draw_the_same()
            prepare_process()
            commands("rebuild")
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the rebuild failed"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def state(commands: Commands) -> State:
    """All that the public can reach: the site's bytes and public.db's rows, but for the journal's hash, which has
    salts and the time in it."""
    with closing(sqlite.connect(commands.root / "build/public.db", read_only=True)) as db:
        names = [row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = {name: sorted(repr(tuple(row)) for row in db.execute(f"SELECT * FROM {name}")) for name in names}
        head = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()["value"]
    rows["meta"] = [row for row in rows["meta"] if head not in row]
    rows = {name: found for name, found in rows.items() if "_fts_" not in name}
    return {
        "site": {path: content.replace(head.encode(), b"") for path, content in commands.site().items()},
        "rows": rows,
    }


def left_behind(commands: Commands) -> list[str]:
    """Files below build that still tell of what came down, or that a killed rebuild began."""
    build = commands.root / "build"
    words = [word.encode() for word in (WITHDRAWN, WRONG, SUSPENDED, OFFICER, HELD_TEXT)]
    return [
        path.relative_to(build).as_posix()
        for path in sorted(build.rglob("*"))
        if path.is_file()
        and (_is_begun(path) or path.parent.parent.name == "files" or any(word in path.read_bytes() for word in words))
    ]


def _is_begun(path: Path) -> bool:
    return path.suffix == ".part" or "fresh" in path.name


def differences(one: State, other: State) -> list[str]:
    """The pages and tables in which two states differ."""
    return [
        f"{part}/{name}"
        for part in one
        for name in sorted({*one[part], *other[part]})
        if one[part].get(name) != other[part].get(name)
    ]


_EVENTS = {
    "os.rename": "rename",
    "os.link": "link",
    "os.remove": "unlink",
    "os.mkdir": "mkdir",
    "os.rmdir": "rmdir",
}


class Operations:
    """Counts what a process does to files below `root` and to its databases, by kind; kills it before one."""

    def __init__(self, root: Path, at: tuple[str, int] = ("", 0)) -> None:
        self.seen: Counter[str] = Counter()
        self._root, self._at = str(root), at

    def watch(self) -> None:
        """Begin: from now on this process is watched for good."""
        sys.addaudithook(self._event)
        for name in ("write", "fsync"):
            setattr(os, name, self._before(name, getattr(os, name)))
        connect = sqlite.sqlite.connect

        def watched(*args: Any, **options: Any) -> Any:
            db = connect(*args, **options)
            db.set_trace_callback(self._statement)
            return db

        sqlite.sqlite.connect = watched

    def _see(self, kind: str) -> None:
        self.seen[kind] += 1
        if (kind, self.seen[kind]) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _event(self, event: str, args: tuple[Any, ...]) -> None:
        kind = _EVENTS.get(event)
        if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            kind = "open for writing"
        if kind and str(args[0]).startswith(self._root):
            self._see(kind)

    def _before(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def seen(*args: Any) -> Any:
            self._see(kind)
            return function(*args)

        return seen

    def _statement(self, sql: str) -> None:
        word = sql.split(maxsplit=1)[0].upper()
        if word in ("BEGIN", "COMMIT", "INSERT", "DELETE", "UPDATE"):
            self._see(word)


def count(commands: Commands) -> Mapping[str, int]:
    """How many operations of each kind the rebuild does; it comes to its end."""
    reading, writing = os.pipe()

    def watched() -> None:
        found = Operations(commands.root)
        found.watch()
        leave = os._exit

        def told(code: int) -> None:
            for kind, many in found.seen.items():
                os.writev(writing, [f"{kind}={many}\n".encode()])
            leave(code)

        os._exit = told  # type: ignore[assignment]

    assert run(commands, watched) == 0
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return {kind: int(many) for kind, many in (line.rstrip().split("=") for line in pipe)}


def _draw_the_same() -> None:
    bits, tokens = _numbers(), _numbers()

    def draw(size: int) -> int:
        return next(bits) % (1 << size)

    prepare.__defaults__ = (draw, *(prepare.__defaults__ or ())[1:])
    prepare_records.__kwdefaults__ = {**(prepare_records.__kwdefaults__ or {}), "draw": draw}
    secrets.token_hex = lambda size=16: f"{next(tokens):x}".rjust(2 * size, "e")[-2 * size :]  # type: ignore[assignment]


def _numbers() -> Iterator[int]:
    found = 1
    while True:
        found = found * 48271 % 0x7FFFFFFF
        yield found
