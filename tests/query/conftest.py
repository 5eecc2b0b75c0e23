"""A public.db of a few hundred invented decisions, and a real server over it."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.publish.schema import own_columns, statements
from gongshi.query import tokens
from gongshi.records import DECISION_KINDS
from gongshi.store.sqlite import connect

DEPARTMENTS = {
    "112207000135491313": "松原市市场监督管理局（示例）",
    "11220700013549132X": "松原市交通运输局（示例）",
    "112207000135491330": "宁江区城市管理行政执法局（示例）",
}
ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from gongshi.query.server import serve
build, plugins = Path(sys.argv[1]), Path(sys.argv[2])
serve(build / "site", build / "public.db", plugins, port=0, ready=lambda url: print(url, flush=True))
"""
WORDS = ("食品经营许可证", "无证运输", "责令改正违法行为", "占道经营", "超限运输", "虚假宣传", "消防通道", "计量器具")


@dataclass
class Decision:
    """What the fixture writes; `sort` is also its newness."""

    sort: int
    kind: str = "penalty"
    department: str = "112207000135491313"
    decided_on: str = "2026-03-02"
    number: str = ""
    party: str = "松原示例商贸有限公司"
    content: str = "罚款人民币5000元"
    facts: str = "当事人未按规定公示食品经营许可证"
    own: dict[str, str] = field(default_factory=dict)
    uscc: str = ""
    party_own: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.sort * 2654435761 % 2**64:016x}"

    @property
    def path(self) -> str:
        return f"/decisions/{self.id[:2]}/{self.id}.html"

    @property
    def texts(self) -> tuple[str, ...]:
        """What the index's text columns hold."""
        facts = self.facts if "facts" in DECISION_KINDS[self.kind].by_name else ""
        content = " ".join((self.content, *self.own.values(), *self.party_own.values()))
        return (self.number, f"{self.party} {self.uscc}", content, facts, DEPARTMENTS[self.department])

    def indexed(self) -> list[str]:
        facet = tokens.facet_text(self.kind, self.department, self.decided_on)
        return [*map(tokens.index_text, self.texts), facet]


def invented(count: int, seed: int = 7) -> list[Decision]:
    draw = random.Random(seed)
    return [
        Decision(
            sort=20_000 + place * 3,
            kind=draw.choice(list(DECISION_KINDS)),
            department=draw.choice(list(DEPARTMENTS)),
            decided_on=f"{draw.choice((2024, 2025, 2026))}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
            number=f"松示例字〔2026〕{place}号",
            party=f"松原{draw.choice('甲乙丙丁戊')}{draw.choice('己庚辛壬癸')}商贸有限公司",
            content=f"{draw.choice(WORDS)}，罚款人民币{draw.randint(1, 9)}000元",
            facts=f"经查，当事人{draw.choice(WORDS)}、{draw.choice(WORDS)}。",
        )
        for place in range(count)
    ]


def insert(db: Any, decision: Decision) -> None:
    d = decision
    values = {
        "sort": d.sort,
        "id": d.id,
        "kind": d.kind,
        "department": d.department,
        "department_name": DEPARTMENTS[d.department],
        "region": "220700",
        "title": f"{d.party}{DECISION_KINDS[d.kind].label}决定",
        "parties": d.party,
        "document_number": d.number,
        "decided_on": d.decided_on,
        "content": d.content,
        "facts": d.facts if "facts" in DECISION_KINDS[d.kind].by_name else None,
        "agency_name": DEPARTMENTS[d.department],
        "first_published_on": "2026-09-30",
        "updated_on": "2026-09-30",
        "digest": str(d.sort),
    }
    db.execute(
        f"INSERT INTO decisions({', '.join(values)}) VALUES({', '.join('?' * len(values))})", list(values.values())
    )
    own = {name: d.own.get(name) for name in own_columns(d.kind)}
    columns = ", ".join(["sort", *own])
    db.execute(f"INSERT INTO {d.kind}({columns}) VALUES({', '.join('?' * (len(own) + 1))})", [d.sort, *own.values()])
    db.execute(
        "INSERT INTO parties(sort, position, name, type, uscc, own) VALUES(?, 1, ?, '法人及非法人组织', ?, ?)",
        [d.sort, d.party, d.uscc, json.dumps(d.party_own, ensure_ascii=False)],
    )
    db.execute(
        "INSERT INTO decisions_fts(rowid, number, party, content, facts, department, facet) VALUES(?,?,?,?,?,?,?)",
        [d.sort, *d.indexed()],
    )


def delete(db: Any, decision: Decision) -> None:
    """What publish does in place: the index's own tokens, then the rows, in one transaction."""
    db.execute(
        "INSERT INTO decisions_fts(decisions_fts, rowid, number, party, content, facts, department, facet) "
        "VALUES('delete',?,?,?,?,?,?,?)",
        [decision.sort, *decision.indexed()],
    )
    for table in ("parties", decision.kind, "decisions"):
        db.execute(f"DELETE FROM {table} WHERE sort = ?", [decision.sort])


def write(path: Path, decisions: list[Decision]) -> Path:
    """A public.db at `path`, written beside it and put in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("fresh.db")
    fresh.unlink(missing_ok=True)
    db = connect(fresh)
    db.execute("PRAGMA journal_mode = DELETE")
    for script in statements():
        db.executescript(script)
    db.execute("BEGIN")
    db.execute("INSERT INTO regions VALUES('220700', '松原市')")
    meta = {"site_name": "松原市行政执法信息公示平台（示例）", "name": "松原市", "sample": "1"}
    db.executemany("INSERT INTO meta VALUES(?, ?)", list(meta.items()))
    for key, name in DEPARTMENTS.items():
        db.execute("INSERT INTO departments(key, name, names, region) VALUES(?, ?, '[]', '220700')", [key, name])
    for position, kind in enumerate(DECISION_KINDS.values()):
        db.execute("INSERT INTO kinds VALUES(?, ?, ?, ?)", [kind.name, kind.label, kind.summary, position])
    for decision in decisions:
        insert(db, decision)
    db.execute("COMMIT")
    db.close()
    fresh.replace(path)
    return path


@dataclass
class Writer:
    """The fixture's functions, handed to tests as a value."""

    Decision: type[Decision] = Decision
    departments: dict[str, str] = field(default_factory=lambda: DEPARTMENTS)
    invented: Callable[..., list[Decision]] = invented
    insert: Callable[[Any, Decision], None] = insert
    delete: Callable[[Any, Decision], None] = delete
    write: Callable[[Path, list[Decision]], Path] = write
    eventually: Callable[..., bool] = field(default_factory=lambda: eventually)
    built: Callable[[Path], Path] = field(default_factory=lambda: built)
    start: Callable[[Path], Any] = field(default_factory=lambda: start)
    stop: Callable[[Any], None] = field(default_factory=lambda: stop)


@pytest.fixture(scope="session")
def make() -> Writer:
    return Writer()


@pytest.fixture(scope="session")
def decisions() -> list[Decision]:
    """What the shared database holds: two hundred invented ones and a few with a purpose."""
    return [
        *invented(200),
        Decision(
            90_000,
            number="松市监罚〔2026〕15号",
            party="<b>引号\"与'尖括号</b>有限公司",
            facts="货值﹝三﹞千元，当事人销售䶮牌𬭩制品，责令改正违法行为",
            own={"violation_type": "销售不合格特种轴承"},
        ),
        Decision(90_003, kind="licence", number="松行审许字[2026]第0002号", content="核准蒸汽锅炉安装", facts=""),
        Decision(90_006, content="", uscc="91220700MA0000000X", party_own={"content": "吊销营业执照正本"}),
    ]


@pytest.fixture(scope="session")
def public_db(tmp_path_factory: pytest.TempPathFactory, decisions: list[Decision]) -> Iterator[Path]:
    yield write(tmp_path_factory.mktemp("instance") / "build" / "public.db", decisions)


@dataclass
class Server:
    """A running `serve`, in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    build: Path
    log: Path

    def open_files(self) -> list[str]:
        """What the process has open, deleted files included (Linux)."""
        return [str(link.readlink()) for link in Path(f"/proc/{self.process.pid}/fd").iterdir() if link.is_symlink()]

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=20)


def built(instance: Path) -> Path:
    """An instance as a rebuild leaves it: a site of a few files, a shell, the templates. Returns build/."""
    build = instance / "build"
    site = build / "site"
    (site / "decisions" / "ab").mkdir(parents=True, exist_ok=True)
    (site / "assets").mkdir(exist_ok=True)
    (site / "about").mkdir(exist_ok=True)
    (site / "index.html").write_text("<h1>首页</h1>", encoding="utf-8")
    (site / "404.html").write_text("<h1>没有找到这个页面</h1>", encoding="utf-8")
    (site / "decisions" / "ab" / "abcd.html").write_text("<h1>一条决定</h1>", encoding="utf-8")
    (site / "decisions" / "ab" / "half.html.part").write_text("half", encoding="utf-8")
    (site / "about" / "index.html").write_text("<script>var a=1</script><script src=/x.js></script>", encoding="utf-8")
    (site / "assets" / "gongshi.0123456789.css").write_text("a{}", encoding="utf-8")
    (site / "assets" / "favicon.png").write_bytes(b"icon")
    shell = build / "shell"
    shell.mkdir(exist_ok=True)
    (shell / "header.html").write_text('<header class="gs-header">松原市页眉</header>', encoding="utf-8")
    (shell / "footer.html").write_text('<footer class="gs-footer">松原市页脚</footer>', encoding="utf-8")
    shutil.copytree(ROOT / "site_src" / "templates", instance / "site_src" / "templates", dirs_exist_ok=True)
    shutil.copytree(ROOT / "site_src" / "assets", instance / "site_src" / "assets", dirs_exist_ok=True)
    return build


def start(build: Path) -> Server:
    """Start `serve` over a build and wait until it answers."""
    log = build / "server.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(build), str(ROOT / "plugins" / "query")],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert url, log.read_text(encoding="utf-8")
    return Server(process, url, build, log)


def stop(server: Server) -> None:
    server.process.send_signal(signal.SIGTERM)
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
    assert server.process.stdout is not None
    server.process.stdout.close()


def eventually(holds: Callable[[], bool], seconds: float = 8) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


@pytest.fixture(scope="session")
def server(public_db: Path) -> Iterator[Server]:
    """The shared server: tests only read from it."""
    running = start(built(public_db.parent.parent))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def web(server: Server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def own_server(tmp_path: Path, decisions: list[Decision]) -> Iterator[Server]:
    """A server of the test's own, whose database it may change."""
    write(tmp_path / "build" / "public.db", decisions)
    running = start(built(tmp_path))
    yield running
    stop(running)
