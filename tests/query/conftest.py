"""A public.db of a few hundred invented decisions, and a real server over it."""

from __future__ import annotations

import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from gongshi.instance import load
from gongshi.publish.composing.public_decision import DECISION_COLUMNS, PARTY_COLUMNS, PublicDecision, seal
from gongshi.publish.composing.schema import own_columns
from gongshi.publish.database.public_db import Changes, apply, write_full
from gongshi.records import DECISION_KINDS
from gongshi.records.party import LEGAL_PERSON

ROOT = Path(__file__).parents[2]
INSTANCE = load(ROOT)
DEPARTMENTS = {key: INSTANCE.departments[key].names[-1].name for key in list(INSTANCE.departments)[:3]}
MARKET, *_ = DEPARTMENTS
RUN = """
import sys
from pathlib import Path
from gongshi.query.server import serve
build, plugins, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
ready = lambda url: print(url, flush=True)
serve(build / "site", build / "public.db", plugins, port=0, ready=ready, processes=processes)
"""
WORDS = ("食品经营许可证", "无证运输", "责令改正违法行为", "占道经营", "超限运输", "虚假宣传", "消防通道", "计量器具")


@dataclass
class Decision:
    """What the fixture writes; `sort` is also its newness."""

    sort: int
    kind: str = "penalty"
    department: str = MARKET
    decided_on: str = "2026-03-02"
    number: str = ""
    party: str = "松原示例商贸有限公司"
    content: str = "罚款人民币5000元"
    facts: str = "当事人未按规定公示食品经营许可证"
    own: dict[str, str] = field(default_factory=dict)
    uscc: str = ""
    party_own: dict[str, str] = field(default_factory=dict)
    party_type: str = LEGAL_PERSON
    others: tuple[tuple[str, str], ...] = ()
    """Further parties: name and type."""

    @property
    def id(self) -> str:
        return f"{self.sort * 2654435761 % 2**64:016x}"

    @property
    def path(self) -> str:
        return f"/decisions/{self.id[:2]}/{self.id}.html"

    @property
    def public(self) -> PublicDecision:
        """As publish hands it to public.db."""
        fields = DECISION_KINDS[self.kind].by_name
        name = DEPARTMENTS[self.department]
        row = dict.fromkeys(DECISION_COLUMNS) | {
            "sort": self.sort,
            "id": self.id,
            "kind": self.kind,
            "department": self.department,
            "department_name": name,
            "agency_name": name,
            "region": INSTANCE.departments[self.department].region,
            "title": f"{name}对{self.party}作出{DECISION_KINDS[self.kind].label}决定",
            "parties": self.party,
            "document_number": self.number,
            "decided_on": self.decided_on,
            "content": self.content if "content" in fields else None,
            "facts": self.facts if "facts" in fields else None,
            "first_published_on": "2026-09-30",
            "updated_on": "2026-09-30",
            **dict.fromkeys(("due_provisional", "earlier", "corrected"), 0),
            "held_fields": "[]",
            "history": "[]",
        }
        own = dict.fromkeys(own_columns(self.kind)) | self.own
        party = dict.fromkeys(PARTY_COLUMNS) | {
            "position": 1,
            "name": self.party,
            "type": self.party_type,
            "uscc": self.uscc or None,
            "own": json.dumps(self.party_own, ensure_ascii=False),
        }
        plain = dict.fromkeys(PARTY_COLUMNS) | {"own": "{}"}
        named = ({"position": at, "name": name, "type": type_} for at, (name, type_) in enumerate(self.others, 2))
        more = [plain | one for one in named]
        return seal(row, own, (party, *more), 1)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the index's text columns hold."""
        return tuple(self.public.search().values())


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


class Slow:
    """A reader that asks for something and takes nothing of it."""

    def __init__(self, url: str, path: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port or 80))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())


def write(path: Path, decisions: list[Decision]) -> Path:
    """A public.db at `path`, written beside it and put in its place."""
    write_full(path, INSTANCE, [d.public for d in sorted(decisions, key=lambda d: d.sort)], "0" * 64)
    return path


def change(path: Path, add: Sequence[Decision] = (), remove: Sequence[Decision] = ()) -> None:
    """A change of public.db in place."""
    apply(path, Changes(tuple(d.public for d in add), tuple(d.id for d in remove)), INSTANCE, "1" * 64)


@dataclass
class Writer:
    """The fixture's functions, handed to tests as a value."""

    Decision: type[Decision] = Decision
    market: str = MARKET
    departments: dict[str, str] = field(default_factory=lambda: DEPARTMENTS)
    invented: Callable[..., list[Decision]] = invented
    change: Callable[..., None] = change
    write: Callable[[Path, list[Decision]], Path] = write
    eventually: Callable[..., bool] = field(default_factory=lambda: eventually)
    built: Callable[[Path], Path] = field(default_factory=lambda: built)
    start: Callable[..., Any] = field(default_factory=lambda: start)
    stop: Callable[[Any], None] = field(default_factory=lambda: stop)
    Slow: type[Slow] = Slow


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
            facts="货值﹝三﹞千元，当事人2026年3月2日销售䶮牌𬭩制品，责令改正违法行为",
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

    def workers(self) -> list[int]:
        """The processes that it started (Linux)."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]

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


def start(build: Path, processes: int = 1) -> Server:
    """Start `serve` over a build and wait until it answers."""
    log = build / "server.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(build), str(ROOT / "plugins" / "query"), str(processes)],
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
