"""What a visitor of the door does, and what the door needs: a built site of one decision, a process of its own."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx

from gongshi.door.sealing import open_sealed
from gongshi.lifecycle.requests.keys import make_pair, private_keys
from gongshi.records.request import CorrectionRequest

PROJECT = Path(__file__).parents[2]
DECISION = "8f3a61c09b2d4e57"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40 + b"\xff\xd9"
ANSWERS = {
    "name": "王小明",
    "item": "罚款的数额",
    "wrong": "写成5万元",
    "right": "应为5千元",
    "evidence": "决定书第二页",
    "contact": "13800000000",
}
PAGE = """<!doctype html><html><head><title>x</title><meta name="SiteName" content="试验平台">
<meta name="ArticleTitle" content="对某公司作出&lt;b&gt;行政处罚"><meta name="ContentSource" content="试验局">
</head><body><p class="gs-sample">示例数据</p><a href="tel:0438-1234567">0438-1234567</a></body></html>"""


def build(root: Path) -> Path:
    """What the door needs of an instance, and nothing else: no database of any kind."""
    shutil.copytree(PROJECT / "site_src" / "templates", root / "site_src" / "templates")
    shutil.copytree(PROJECT / "site_src" / "assets", root / "site_src" / "assets")
    page = root / "build" / "site" / "decisions" / DECISION[:2] / f"{DECISION}.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    (root / "build" / "site" / "index.html").write_text(PAGE, encoding="utf-8")
    (root / "build" / "site" / "404.html").write_text("没有找到这个页面", encoding="utf-8")
    (root / "build" / "shell").mkdir()
    for name in ("header", "footer"):
        (root / "build" / "shell" / f"{name}.html").write_text(f"<!--{name}-->", encoding="utf-8")
    (root / "data" / "reference").mkdir(parents=True)
    make_pair(root, today=date(2026, 3, 2))
    return root


@contextmanager
def door(root: Path, *options: str, largest_file: int = 0) -> Iterator[httpx.Client]:
    """`gongshi door` as a webmaster starts it, and a browser without JavaScript in front of it.

    `largest_file` is how many bytes of a file it can still write.
    """
    server = subprocess.Popen(
        [sys.executable, "-m", "gongshi.cli", "door", "--root", str(root), "--port", "0", "--json", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert server.stdout
    try:
        lines = [server.stdout.readline() for _ in range(3)]
        if largest_file:  # a full disk, as far as this process is concerned
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))
        with httpx.Client(base_url=json.loads("".join(lines))["url"], timeout=20) as client:
            yield client
    finally:
        server.terminate()
        server.communicate(timeout=10)


def token(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def send(client: httpx.Client, files: list[tuple[str, bytes]] | None = None, **changed: str) -> httpx.Response:
    """Open the form, fill it in (with `changed` fields), send it."""
    data = {"token": token(client.get(f"/correct/{DECISION}")), "capacity": "other", **ANSWERS, **changed}
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files or [("", b"")]]
    return client.post(f"/correct/{DECISION}", data=data, files=sent)


def receipt(page: httpx.Response) -> tuple[str, str]:
    """Number and secret, from the page that shows them once."""
    assert page.status_code == 200, page.text
    number, secret = re.findall(r'<dd id="(?:number|secret)">([^<]+)</dd>', page.text)
    return number, secret


def inbox(root: Path) -> list[Path]:
    return sorted((root / "data" / "inbox").glob("*.sealed"))


def opened(root: Path) -> list[CorrectionRequest]:
    return [open_sealed(path.read_bytes(), private_keys(root)) for path in inbox(root)]
