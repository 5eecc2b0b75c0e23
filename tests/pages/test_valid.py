"""Every kind of page is valid HTML, so that every browser and every reader builds the same page of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.render.updated import RELEASED
from tests.pages import markup
from tests.pages.addresses import WITHOUT_LOOKS

pytestmark = pytest.mark.browser


BEGAN = "2020-01-01"
"""No page of the sample is as old."""


@pytest.fixture(scope="module")
def pages(city: Any, addresses: dict[str, str]) -> dict[str, bytes]:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as client:
        return {name: client.get(path).content for name, path in addresses.items()}


def test_every_kind_of_page_is_valid_html(pages: dict[str, bytes], tmp_path: Path) -> None:
    assert sorted(markup.faults(pages, tmp_path)) == []


def test_every_kind_of_page_says_its_last_change_and_its_source(pages: dict[str, bytes]) -> None:
    said = {name: re.findall(r'最后更新：<time datetime="([^"]+)">', page.decode()) for name, page in pages.items()}
    assert {name: days for name, days in said.items() if len(days) != 1} == {}
    assert {name: days for name, days in said.items() if not BEGAN <= days[0] <= RELEASED} == {}
    assert {name for name, page in pages.items() if "来源：".encode() not in page} == set(WITHOUT_LOOKS)


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=zh><title>示例</title><p><div id=a></div><a id=a href='x y'>1</a></p>"
    (found,) = [set(markup.faults({"wrong": page.encode()}, tmp_path))]
    assert any("Duplicate ID" in fault for fault in found)
    assert all(fault.startswith("wrong: ") for fault in found)
