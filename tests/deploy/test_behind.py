"""The whole as it runs in production: nginx in front, the query process and the door behind it, each on its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.webserver import nginx

PROJECT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "gongshi"


@contextmanager
def process(*command: str | Path) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(10)


def address(running: subprocess.Popen[str]) -> str:
    """Where a command of ours says that it answers."""
    assert running.stdout is not None
    return next(
        found[1] for line in iter(running.stdout.readline, "") if (found := re.search(r"http://([0-9.:]+)/", line))
    )


@pytest.fixture(scope="module")
def city(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(empty_city, tmp_path_factory.mktemp("behind") / "city"))
    subprocess.run([PROGRAM, "inbox-key", "--root", root], check=True, capture_output=True)
    subprocess.run(
        [sys.executable, PROJECT / "deploy" / "schedule.py", "--root", root, "--program", PROGRAM],
        check=True,
        capture_output=True,
    )
    return root


@pytest.fixture(scope="module")
def web(city: Path) -> Iterator[httpx.Client]:
    """nginx with the file that `make schedule` wrote, ports apart, and the two processes behind it."""
    with ExitStack() as stack:
        query = address(stack.enter_context(process(PROGRAM, "serve", "--root", city, "--port", "0", "--json")))
        door = address(stack.enter_context(process(PROGRAM, "door", "--root", city, "--port", "0", "--json")))
        text = (city / "build/deploy/nginx/gongshi.conf").read_text(encoding="utf-8")
        text = text.replace("127.0.0.1:8001", query).replace("127.0.0.1:8002", door)
        yield stack.enter_context(nginx(city.parent, text))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "查一查执法决定"),
        ("/search?q=罚款", "查"),
        ("/api/v1/decisions", '"total"'),
        ("/data/", "数据"),
        ("/about/webmasters/", "网站管理员指南"),
        ("/correct/status", "更正"),
    ],
)
def test_every_part_answers_at_the_one_address(web: httpx.Client, path: str, words: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, words in answer.text) == (200, True)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"], "said once, by whoever answers"
    assert len(answer.headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize(
    "path",
    ["/status.json", "/../status.json", "/build/status.json", "/status/", "/.git/config", "/data/public/meta_fts"],
)
def test_nothing_beside_the_site_is_reached(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404
