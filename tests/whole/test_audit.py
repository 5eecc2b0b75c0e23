"""`gongshi audit` on a whole instance: clean after a rebuild, red and exact after an accident, and over the wire."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongshi.store.sqlite import connect

SECRET = "举报人要求保密的线索甲一乙二丙三"
NUMBER = "松市监罚〔2026〕701号"
PERSON = {
    "party_name": "欧阳雀羽",
    "party_type": "自然人",
    "party_uscc": "",
    "party_document": "身份证",
    "party_document_number": "22070219900101123X",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the built city is kept for the tests after the first."""
    return tmp_path_factory.mktemp("audited") / "city"


@pytest.fixture
def city(commands: Any, row: Any, sheet: Any, kept: Path) -> Any:
    """Public decisions of a company and of a person, one withheld by D18, one returned."""
    if not kept.exists():
        _fill(commands, row, sheet)
        shutil.copytree(commands.root, kept)
    shutil.rmtree(commands.root)
    shutil.copytree(kept, commands.root)
    return commands


def _fill(commands: Any, row: Any, sheet: Any) -> None:
    shown = row(
        "penalty", "松市监罚〔2026〕700号", facts="当事人未按规定公示食品经营许可证", remarks="领导批示后再议此事"
    )
    person = row("penalty", "松市监罚〔2026〕702号", **PERSON, facts="欧阳雀羽（22070219900101123X）在松原市经营")
    hidden = row("penalty", NUMBER, facts=SECRET, withhold_ground="危及安全稳定", withhold_reason="正在侦办相关案件")
    commands.publish(sheet("a.csv", [shown, person, hidden]))
    returned = sheet("b.csv", [row("penalty", "松市监罚〔2026〕703号", facts="尚未审核通过的事实甲乙")])
    receipt = commands.json("submit", returned, "--department", "11220700MB99000134", "--by", "周示礼")["id"]
    commands("review", receipt, "--by", "郑示正", "--return", "--opinion", "证据不足请补充后再报送")
    commands("rebuild")


@pytest.mark.article("D18")
@pytest.mark.article("S1.4")
def test_after_a_rebuild_the_audit_is_clean(city: Any) -> None:
    report = city.json("audit")
    assert report["findings"] == []
    assert report["ok"]
    assert report["patterns"] >= 20
    assert "没有发现不应公开的内容" in city("audit").stdout


def test_an_accident_is_told_with_its_place_and_without_the_value(city: Any) -> None:
    site = city.root / "build" / "site"
    page = next(site.glob("decisions/*/*.html"))
    page.write_bytes(page.read_bytes().replace(b"</main>", f"<!-- {json.dumps(SECRET)} --></main>".encode()))
    (site / "index.html.gz").write_bytes(gzip.compress(NUMBER.encode() * 9))
    db = connect(city.root / "build" / "public.db")
    db.execute("UPDATE decisions SET remedies = '来电13904380000，领导批示后再议此事'")
    db.close()
    said = city("audit", code=1).stdout
    assert all(value not in said for value in (SECRET, NUMBER, "领导批示"))
    found = {(one["file"], one["inner"].split()[0] if one["inner"] else "") for one in _findings(city)}
    assert found == {
        (str(page.relative_to(city.root / "build")), ""),
        ("site/index.html.gz", "解压"),
        ("public.db", "decisions.remedies"),
    }
    assert SECRET in city("audit", "--show", code=1).stdout


def _findings(city: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.json("audit", code=1)["findings"]
    return found


def test_a_name_that_the_mask_forgot_is_told_of_its_own_page(city: Any) -> None:
    for page in (city.root / "build" / "site").glob("decisions/*/*.html"):
        page.write_bytes(page.read_bytes().replace("欧阳某某".encode(), "欧阳雀羽".encode()))
    found = _findings(city)
    assert {one["what"] for one in found} == {"name"}
    assert len(found) == 1


def test_without_a_site_there_is_nothing_to_audit(commands: Any) -> None:
    (commands.root / "build" / "public.db").unlink()
    assert "R004" in commands("audit", code=1).stderr


@pytest.fixture
def served(city: Any) -> Iterator[str]:
    """`gongshi serve` in a process of its own; its address."""
    words = [sys.executable, "-m", "gongshi.cli", "serve", "--root", str(city.root), "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = ""
        while "}" not in told:
            told += process.stdout.readline()
        yield json.loads(told)["url"]
        process.terminate()


@pytest.mark.article("S1.4")
def test_the_running_server_gives_nothing_of_it_either(city: Any, served: str) -> None:
    report = city.json("audit", "--url", served, "--most", "300", code=1)
    assert report["findings"] == []
    assert ["--most" in one["reason"] for one in report["unread"]] == [True], "there is more, and it says so"
    assert report["files"] > 300
    site = city.root / "build" / "site"
    (site / "notices" / "index.html").write_text(f"<p>{SECRET}</p>", encoding="utf-8")
    found = city.json("audit", "--url", served, "--most", "30", code=1)["findings"]
    assert {one["file"] for one in found} == {"/notices/"}


def test_nobody_at_the_address(city: Any) -> None:
    assert "A001" in city("audit", "--url", "http://127.0.0.1:9/", code=1).stderr
