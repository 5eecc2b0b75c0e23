"""The sample city, built and served as a webmaster would, and a real Chromium to look at it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gongshi.cli import main
from gongshi.render.decisions.page import address
from gongshi.store.sqlite import connect
from tests.instances import copied
from tests.pages import hostile
from tests.pages.addresses import PAGES, found

PROJECT = Path(__file__).parents[2]
PICTURES = PROJECT / "build" / "screenshots"
TODAY = "2026-11-22"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
TALLEST = 6000
"""Pixels of a picture: the dictionary has ten times as many."""
OVERDUE = 3
"""How a rebuild ends that did all it had to where a department has something overdue: the sample has one on purpose."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-software-rasterizer",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PUBLIC = "https://gongshi.invalid"
"""What the city calls its own address: with one there is a sitemap."""
WITHDRAW = (
    *("--by", "周示礼", "--ending", "撤销", "--instrument-number", "松政复决〔2026〕3号"),
    *("--instrument-agency", "松原市人民政府", "--instrument-date", "2026-11-20", "--effective-on", "2026-11-20"),
    *("--received-on", "2026-11-20", "--reason", "经行政复议认定程序违法，原决定被撤销。"),
)
A_PENALTY = "SELECT id FROM decisions WHERE document_number = '松市监罚〔2026〕第10号'"
"""The same one each time, though their places are drawn: other tests count on the rest."""


@dataclass(frozen=True)
class City:
    """A served instance; `withdrawn` is the address of a decision that was taken down with a notice."""

    root: Path
    url: str
    withdrawn: str
    public_url: str = PUBLIC


def gongshi(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongshi.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


def withdraw_one(root: Path) -> str:
    """Take down a penalty as two persons of its department would; its id."""
    with closing(connect(root / "build" / "public.db", read_only=True)) as db:
        found: str = next(iter(db.execute(A_PENALTY)))["id"]
    where = ("--root", root, "--today", TODAY)
    proposed = gongshi("withdraw", found, *where, "--json", *WITHDRAW)
    assert proposed.returncode == 0, proposed.stdout + proposed.stderr
    number = str(json.loads(proposed.stdout)["number"])
    confirmed = gongshi("confirm", number, *where, "--by", "郑示正", "--opinion", "属实")
    assert confirmed.returncode == 0, confirmed.stdout + confirmed.stderr
    return found


def built_once(shared: Path) -> str:
    """Build the sample city in `shared`, unless another process of this run did; the address of what was withdrawn."""
    done = shared / "withdrawn"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            settings = copied(shared / "city", "data/submissions") / "data" / "reference" / "city.yml"
            settings.write_text(
                re.sub(r'^url: ""', f'url: "{PUBLIC}"', settings.read_text("utf-8"), flags=re.M), "utf-8"
            )
            hostile.lay(shared / "city" / "data" / "submissions")
            built = CliRunner().invoke(main, ["rebuild", "--root", str(shared / "city"), "--today", TODAY])
            assert built.exit_code in (0, OVERDUE), built.output
            done.write_text(address(withdraw_one(shared / "city")), encoding="utf-8")
    return done.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A copy of its own for each process: tests ask for corrections and lay pages beside the city's."""
    run = tmp_path_factory.getbasetemp()
    shared = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "sample-city"
    shared.mkdir(exist_ok=True)
    withdrawn = built_once(shared)
    root = Path(shutil.copytree(shared / "city", tmp_path_factory.mktemp("city") / "city", symlinks=True))
    server = subprocess.Popen(
        [sys.executable, "-m", "gongshi.cli", "serve", "--root", root, "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        lines = [server.stdout.readline() for _ in range(3)]
        yield City(root, json.loads("".join(lines))["url"], withdrawn)
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def addresses(city: City) -> dict[str, str]:
    """One address of each kind of page of the served city."""
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as client:
        return {**PAGES, **found(client), "notice": city.withdrawn}


@pytest.fixture(scope="module")  # not longer: while it is open, its thread can run no other event loop
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium")
    assert found, "Chromium is missing: run `make browser`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield chromium
        chromium.close()


def take(page: Page, path: Path) -> None:
    """A picture of an open page, as far down as anybody looks; `make screenshots` asks for it, each takes a second."""
    if "GONGSHI_PICTURES" not in os.environ:
        return
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
    page.screenshot(path=path, full_page=True, clip=clip)


@dataclass
class Visit:
    """One open page, with every request it made and every complaint of its console."""

    page: Page
    city: City
    size: str
    requests: list[str]
    complaints: list[str]

    @classmethod
    def watching(cls, page: Page, city: City, size: str) -> Visit:
        """A visit that notes what the page asks for and complains of from now on."""
        seen = cls(page, city, size, [], [])
        page.on("request", lambda asked: seen.requests.append(asked.url))
        page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
        return seen

    def open(self, path: str) -> Page:
        self.page.goto(self.city.url.rstrip("/") + path)
        return self.page

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        take(self.page, PICTURES / f"{name}-{self.size}.png")


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A window of a size, with no cookie: one for all tests of a module, what it has loaded it has."""
    opened: dict[str, BrowserContext] = {}

    def of(size: str) -> BrowserContext:
        if size not in opened:
            width, height = SIZES[size]
            opened[size] = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light"
            )
        opened[size].clear_cookies()
        return opened[size]

    yield of
    for context in opened.values():
        context.close()


@pytest.fixture(params=SIZES)
def visit(request: pytest.FixtureRequest, window: Callable[[str], BrowserContext], city: City) -> Iterator[Visit]:
    with window(request.param).new_page() as page:
        yield Visit.watching(page, city, request.param)
