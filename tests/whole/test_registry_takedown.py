"""A record of a register that must come down is nowhere: pages, lists, database, attachments, whatever else fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongshi.rebuild import run as module
from tests.killing import HELD_TEXT, OFFICER, records

TEXT = "示例〔2026〕1号"
FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")
LATE = "2029-01-05"
"""The officers' certificates have been over for more than six months."""


def suspend(commands: Any, key: str) -> None:
    commands("suspend", key, *FIRST, "--why", "疑似有误", "--no-build")


def mistake(commands: Any, key: str) -> None:
    commands("withdraw", key, *FIRST, "--ending", "误公示", "--note", "录入错误")
    commands("confirm", key, *SECOND, "--no-build")


def erase(commands: Any, key: str) -> None:
    commands("erase", key, *FIRST, "--why", "误报其他单位的文件")
    commands("confirm", key, *SECOND, "--no-build")


def dies(*arguments: Any, **options: Any) -> None:
    raise RuntimeError("it fails here")


FAILING: dict[str, Callable[[Any, pytest.MonkeyPatch], None]] = {
    "the reference data": lambda commands, patch: _broken(commands.root / "data/reference/regions.yml"),
    "the law of decisions": lambda commands, patch: patch.setattr(module, "prepare", dies),
    "the law of registers": lambda commands, patch: patch.setattr(module, "prepare_records", dies),
    "the journal": lambda commands, patch: patch.setattr(module, "record_publication", dies),
}


def _broken(path: Path) -> None:
    path.write_text("- code: [\n", encoding="utf-8")


def telling(commands: Any, *words: str) -> list[str]:
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [path for path, content in files.items() if any(word.encode() in path.encode() + content for word in words)]


def attached(commands: Any) -> list[Path]:
    return [path for path in (commands.root / "build/site/files").rglob("*") if path.is_file()]


@pytest.fixture
def city(commands: Any, tmp_path: Path) -> Any:
    """Two officers and a text with a picture are public."""
    commands.publish(records(tmp_path / "r.yaml", "松原市"))
    commands("rebuild")
    assert telling(commands, OFFICER) and telling(commands, HELD_TEXT) and len(attached(commands)) == 1
    return commands


@pytest.mark.article("D7", "S1.4")
@pytest.mark.parametrize("down", [suspend, mistake, erase])
def test_what_persons_took_down_is_nowhere_and_the_rest_stays(city: Any, down: Any) -> None:
    down(city, OFFICER)
    down(city, TEXT)
    city("rebuild")
    assert telling(city, OFFICER, HELD_TEXT, TEXT) == [] and attached(city) == []
    assert telling(city, "22070188002")
    assert city.json("rebuild")["nothing_changed"]
    city("audit")
    city("verify")


@pytest.mark.parametrize("fails", FAILING)
def test_it_is_gone_although_all_that_follows_fails(city: Any, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    suspend(city, OFFICER)
    suspend(city, TEXT)
    reference = city.root / "data/reference/regions.yml"
    before = reference.read_text(encoding="utf-8")
    with monkeypatch.context() as patch:
        FAILING[fails](city, patch)
        city("rebuild", code=1)
        assert telling(city, OFFICER, HELD_TEXT) == [] and attached(city) == []
    reference.write_text(before, encoding="utf-8")
    city("rebuild")
    assert telling(city, OFFICER, HELD_TEXT) == [] and telling(city, "22070188002")
    city("audit")


@pytest.mark.article("D7")
@pytest.mark.parametrize("fails", ["the reference data", "the journal", "the templates"])
def test_what_its_days_take_down_comes_down_though_the_rebuild_fails(
    city: Any, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    template = city.root / "site_src/templates/officer.html"
    with monkeypatch.context() as patch:
        if fails == "the templates":
            template.write_text("{% if %}", encoding="utf-8")
        else:
            FAILING[fails](city, patch)
        city("rebuild", today=LATE, code=1)
        assert telling(city, OFFICER, "22070188002") == []
        assert telling(city, HELD_TEXT) and attached(city), "a text has no such days"


def test_a_file_stays_while_another_record_has_it(city: Any, tmp_path: Path) -> None:
    other = records(tmp_path / "o.yaml", "松原市")
    told = other.read_text(encoding="utf-8").replace(TEXT, "示例〔2026〕2号").replace(HELD_TEXT, "另一份的正文内容")
    other.write_text(
        told.replace("2026-00001", "2026-00002").replace("指引（示例）", "指引（另一份）"), encoding="utf-8"
    )
    city.publish(other)
    city("rebuild")
    assert len(attached(city)) == 1
    suspend(city, TEXT)
    city("rebuild")
    assert telling(city, HELD_TEXT) == [] and len(attached(city)) == 1
    suspend(city, "示例〔2026〕2号")
    city("rebuild")
    assert attached(city) == []
