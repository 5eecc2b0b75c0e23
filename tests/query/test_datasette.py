"""How Datasette is set up: labels from the declarations, settings that are checked, one SQLite in the process."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import DEFAULT_SETTINGS, Datasette
from datasette.utils import sqlite as datasettes

from gongshi.publish.composing.schema import statements
from gongshi.query.app import SettingMissing, check
from gongshi.query.database import follow
from gongshi.query.errors import TooSlow
from gongshi.query.metadata import SETTINGS, arguments, metadata
from gongshi.query.question import parse
from gongshi.query.search import search
from gongshi.query.server import PortTaken, serve
from gongshi.query.tables import TABLES
from gongshi.store import sqlite as stores

ROOT = Path(__file__).parents[2]


def test_one_build_of_sqlite_in_the_process() -> None:
    """Two builds on one file drop each other's locks (MEASURED.md, "Traps")."""
    assert datasettes.sqlite3 is stores.sqlite


def test_every_listed_table_has_a_label_for_every_column_and_no_other() -> None:
    db = stores.connect(":memory:")
    for script in statements():
        db.executescript(script)
    for table in TABLES.values():
        columns = {row["name"] for row in db.execute(f"PRAGMA table_info({table.name})")}
        assert columns == set(table.columns), table.name
        assert set(table.sortable) <= columns
        assert all(re.search("[\u4e00-\u9fff]", label) for label in table.columns.values())


def test_metadata_names_the_listed_tables_only() -> None:
    told = metadata()
    assert set(told["databases"]["public"]["tables"]) == set(TABLES)
    assert told["databases"]["public"]["tables"]["decisions"]["sort_desc"] == "sort"
    assert told["allow_sql"] is False


def test_a_forgotten_setting_keeps_the_server_from_starting(public_db: Path) -> None:
    check(Datasette([str(public_db)], settings=dict(SETTINGS)))
    for name in SETTINGS:
        others = SETTINGS | {name: DEFAULT_SETTINGS[name]}
        if others == SETTINGS:
            continue  # Datasette's own default is ours
        with pytest.raises(SettingMissing, match=name):
            check(Datasette([str(public_db)], settings=others))


def test_a_second_database_keeps_the_server_from_starting(public_db: Path, tmp_path: Path) -> None:
    """Nothing on the public side opens the store (DESIGN.md, "The flow")."""
    with pytest.raises(SettingMissing, match="只能提供一个数据库"):
        check(Datasette([str(public_db), str(tmp_path / "store.db")], settings=dict(SETTINGS)))


def test_a_query_that_takes_too_long_is_stopped(public_db: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

    async def run() -> None:
        db = follow(Datasette([str(public_db)], settings=dict(SETTINGS)))
        with pytest.raises(TooSlow):
            await db.look(lambda reading: reading.rows(endless, limit_ms=50))
        assert await db.look(lambda reading: reading.rows("SELECT 1 AS one")) == [{"one": 1}]

    asyncio.run(run())


def test_a_server_that_may_only_read_reads(tmp_path: Path, make: Any, decisions: list[Any]) -> None:
    """A WAL database can not be opened from a folder that may not be written to; public.db can."""
    path = make.write(tmp_path / "build" / "public.db", decisions)
    assert path.read_bytes()[18:20] == b"\x01\x01", "not in WAL mode"
    folder = path.parent
    path.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)

    async def run() -> int:
        db = follow(Datasette([str(path)], settings=dict(SETTINGS)))
        answer = await db.look(lambda reading: search(reading, parse([("q", "罚")])))
        return len(answer.items)

    try:
        assert asyncio.run(run()) == 20
        assert [entry.name for entry in folder.iterdir()] == ["public.db"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_port_that_is_taken_is_said_in_chinese(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortTaken, match="端口已被占用）：请换一个端口"):
            serve(tmp_path, tmp_path / "public.db", ROOT / "plugins" / "query", port=taken.getsockname()[1])


def command(line: list[str], url: str, log: Path) -> subprocess.Popen[bytes]:
    """Start the plain command and wait until it answers."""
    with log.open("wb") as errors:
        process = subprocess.Popen(line, stdout=errors, stderr=errors)
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(url, timeout=1)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    return process


def test_the_plain_datasette_command_serves_the_same(public_db: Path, server: Any, tmp_path: Path) -> None:
    told = tmp_path / "datasette.json"
    subprocess.run([sys.executable, "-m", "gongshi.query.metadata", str(told)], check=True)
    assert json.loads(told.read_text(encoding="utf-8")) == metadata()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = [sys.executable, "-m", "datasette", str(public_db), "--host", "127.0.0.1", "--port", str(port)]
    line = [*base, "--plugins-dir", str(ROOT / "plugins" / "query"), "--metadata", str(told), *arguments()]
    url = f"http://127.0.0.1:{port}"
    process = command(line, f"{url}/", tmp_path / "log")
    try:
        assert httpx.get(f"{url}/search?q=罚").text == httpx.get(f"{server.url}search?q=罚").text
        assert "松原市页眉" in httpx.get(f"{url}/data/public/decisions").text
        assert httpx.get(f"{url}/").text == "<h1>首页</h1>"
        for closed in ("/-/settings.json", "/data/-/settings.json", "/public/decisions", "/data/public/decisions_fts"):
            assert httpx.get(f"{url}{closed}").status_code == 404
    finally:
        process.terminate()
        process.wait(10)


def test_the_documented_command_has_every_setting() -> None:
    """The docstring of the plugin shows the command line: it must be the whole one."""
    source = (ROOT / "plugins" / "query" / "gongshi_query.py").read_text(encoding="utf-8")
    told = " ".join(source.replace("\\\n", "").split())
    words = arguments()
    for name, value in zip(words[1::3], words[2::3], strict=True):
        assert f"--setting {name} {value}" in told


def test_the_plain_command_refuses_to_start_open(public_db: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "datasette", str(public_db), "--port", "0"]
    run = subprocess.run(
        [*line, "--plugins-dir", str(ROOT / "plugins" / "query")],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert run.returncode != 0
    assert "--setting default_allow_sql" in run.stderr + run.stdout


def pages_of(web: httpx.Client, address: str) -> int:
    """How many rows a table really lists from an address on."""
    count = 0
    while address:
        page = web.get(address).json()
        count += len(page["rows"])
        address = page["next_url"] or ""
    return count


@pytest.mark.parametrize("narrowed", ["", "?kind=penalty", "?decided_on__gte=2025-01-01&decided_on__lte=2025-12-31"])
def test_the_facets_of_the_table_are_what_a_click_lists(web: httpx.Client, narrowed: str) -> None:
    facets = web.get(f"/data/public/decisions.json{narrowed}").json()["facet_results"]
    assert list(facets) == ["kind", "department", "year"]
    for facet in facets.values():
        assert facet["results"]
        for choice in facet["results"]:
            if choice["selected"]:
                continue
            path, _, asked = choice["toggle_url"].partition("?")
            assert pages_of(web, f"{path.removesuffix('.json')}.json?{asked}&_size=max") == choice["count"], choice


def test_a_chosen_facet_can_be_taken_away(web: httpx.Client) -> None:
    asked = "?kind=penalty&decided_on__gte=2025-01-01&decided_on__lte=2025-12-31&_sort_desc=decided_on"
    for facet in web.get(f"/data/public/decisions.json{asked}").json()["facet_results"].values():
        for choice in facet["results"]:
            if choice["selected"]:
                assert choice["value"] not in choice["toggle_url"].replace("-01-01", "").replace("-12-31", "")
    page = web.get(f"/data/public/decisions{asked}").text
    assert page.count('aria-current="true"') == 2


@pytest.mark.parametrize(
    "narrowed",
    ["title__contains=罚", "kind__not=penalty", "kind=penalty&kind=licence", "decided_on__gte=2025-01-01", "kind="],
)
def test_where_the_table_is_narrowed_otherwise_there_are_no_facets(web: httpx.Client, narrowed: str) -> None:
    assert web.get(f"/data/public/decisions.json?{narrowed}").json()["facet_results"] == {}
    assert "缩小范围" not in web.get(f"/data/public/decisions?{narrowed}").text


def test_other_tables_have_no_facets(web: httpx.Client) -> None:
    for table in ("parties", "penalty", "notices", "departments"):
        assert web.get(f"/data/public/{table}.json").json()["facet_results"] == {}


def test_the_number_of_rows_is_that_of_the_table(web: httpx.Client, decisions: list[Any]) -> None:
    def rows_of(table: str) -> int:
        found: int = web.get(f"/data/public/{table}.json").json()["filtered_table_rows_count"]
        return found

    assert rows_of("decisions") == rows_of("parties") == len(decisions)
    for kind in {d.kind for d in decisions}:
        assert rows_of(kind) == len([d for d in decisions if d.kind == kind])


def test_a_missing_row_leaves_no_traceback_and_no_values_in_the_log(server: Any, web: httpx.Client) -> None:
    for place in range(30):
        answer = web.get(f"/data/public/decisions/777000777{place}")
        assert answer.status_code == 404
        assert "没有找到" in answer.text
        assert web.get(f"/data/public/decisions/777000777{place}.json").json()["error"]["code"] == "not_found"
    assert "777000777" not in server.log.read_text(encoding="utf-8")
