"""A dossier holds everything that is on record, proves itself, asks nothing of the outside, and stays private."""

from __future__ import annotations

import hashlib
import html
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.store import Store
from gongshi.store.cases import case_id, entered
from gongshi.store.operations import Operation
from tests.dossier.story import PICTURE, D
from tests.intake.cases.files import NUMBER

Gongshi = Callable[..., Result]
HEAD = ("--by", "刘示长", "--why", "复议答复")


@pytest.fixture
def page(gongshi: Gongshi, tmp_path: Path) -> str:
    ran = gongshi("case", "dossier", NUMBER, *HEAD, "--out", str(tmp_path / "案卷.html"))
    assert ran.exit_code == 0, ran.output
    return (tmp_path / "案卷.html").read_text(encoding="utf-8")


def entries(told: Path) -> list[tuple[str, str]]:
    with Store.open(told / "data" / "store.db", read_only=True) as store:
        id = case_id(store, f"{D}/case/松市监案〔2026〕1")
        return [(one.operation, one.hash) for one in entered(store, id)]


@pytest.mark.article("R32", "R37")
def test_it_has_every_line_every_hash_and_what_is_missing(told: Path, page: str) -> None:
    text = html.unescape(page)
    for word in ("现场检查（勘验）笔录", "决定书代拟稿", "建议启动", "直接送达", "张示一（吉A示例001）", "郑示法"):
        assert word in text, word
    for word in ("第 1 轮", "审核意见", "松原示例商贸有限公司", "还缺什么", "R8-approval", "使用记录", "复议答复"):
        assert word in text, word
    hashes = entries(told)
    assert [hash for operation, hash in hashes if operation != Operation.ACCESS and hash not in page] == []
    assert hashes[-1][1] in page, "the head of the chain is this very reading"


def test_every_line_of_the_index_leads_to_its_page(page: str) -> None:
    links = re.findall(r'href="#(sheet-\d+)"', page)
    assert len(links) == 8
    assert [link for link in links if f'id="{link}"' not in page] == []


def test_nothing_of_a_value_becomes_part_of_the_page_and_nothing_is_fetched(page: str) -> None:
    assert "&lt;b&gt;松原市示例路&lt;/b&gt;" in page
    assert "<b>" not in page
    assert re.findall(r"(?:src|href)=\"(?!#)|url\(|@import|<script|https?:", page) == []


@pytest.mark.article("R37")
def test_its_sums_check_the_files(page: str, tmp_path: Path) -> None:
    (tmp_path / "现场.jpg").write_bytes(PICTURE)
    sums = html.unescape(re.search(r"<pre>(.*?)</pre>", page, re.S)[1])
    assert sums == f"{hashlib.sha256(PICTURE).hexdigest()}  现场.jpg\n"
    (tmp_path / "sums.txt").write_text(sums, encoding="utf-8")
    check = ["sha256sum", "-c", "sums.txt"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "现场.jpg").write_bytes(PICTURE + b"!")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.mark.article("R33", "R35")
def test_it_is_for_one_reader_and_never_where_a_server_reaches(told: Path, gongshi: Gongshi, tmp_path: Path) -> None:
    before = len(entries(told))
    for place in ("build/site/a.html", "site_src/a.html", "data/submissions/a.html"):
        refused = gongshi("case", "dossier", NUMBER, *HEAD, "--out", str(told / place))
        assert (refused.exit_code, "out_in_public" in refused.output) == (1, True), place
    (tmp_path / "there.html").write_text("mine")
    assert gongshi("case", "dossier", NUMBER, *HEAD, "--out", str(tmp_path / "there.html")).exit_code == 1
    assert (tmp_path / "there.html").read_text() == "mine"
    assert len(entries(told)) == before, "nothing was read"
    out = tmp_path / "own.html"
    gongshi("case", "dossier", NUMBER, "--by", "张示一", "--out", str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "使用记录由负责人、案卷保管人、监督人员查看" in out.read_text(encoding="utf-8")
    refused = gongshi("case", "dossier", NUMBER, "--by", "钱示闲", "--why", "好奇", "--out", str(tmp_path / "no.html"))
    assert "access_refused" in refused.output
    assert not (tmp_path / "no.html").exists()


_PRINT = """
import sys
from datetime import datetime
from pathlib import Path
from gongshi.dossier.articles import Articles
from gongshi.dossier.dossier import Made, dossier
from gongshi.dossier.press import printed
from gongshi.dossier.reading import read
from gongshi.dossier.rounds import rounds
from gongshi.dossier.timeline import timeline
from gongshi.instance import load
from gongshi.lifecycle.cases.access import Act, Admitted, Office
from gongshi.lifecycle.cases.checking import check_case
from gongshi.lifecycle.legal.course import course
from gongshi.store import Store
from gongshi.store.cases import case_row

root, id = Path(sys.argv[1]), sys.argv[2]
MADE = Made(department="局", at="2026-03-25T10:00+08:00", why="应诉", head="末端")
now, city = datetime.fromisoformat("2026-03-25T10:00+08:00"), load(root)
with Store.open(root / "data" / "store.db", read_only=True) as store:
    case = case_row(store, id)
    file = read(store, Admitted(case, "刘示长", Office.HEAD, Act.DOSSIER))
    told = timeline(file, check_case(store, city, case, now), Articles(city))
    reviewed = rounds(file, course(store, case), city, now.date())
sys.stdout.buffer.write(printed("dossier", dossier(file, told, reviewed, MADE)))
"""


def test_the_same_record_gives_the_same_bytes_in_every_process(told: Path) -> None:
    with Store.open(told / "data" / "store.db", read_only=True) as store:
        id = case_id(store, f"{D}/case/松市监案〔2026〕1")
    asked = [sys.executable, "-c", _PRINT, str(told), id]
    one, other = (
        subprocess.run(asked, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True).stdout
        for seed in ("1", "2")
    )
    assert len(one) > 10_000
    assert one == other
