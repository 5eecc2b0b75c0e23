"""Every kind of page is valid HTML, so that every browser and every reader builds the same page of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pages import markup

pytestmark = pytest.mark.browser


def test_every_kind_of_page_is_valid_html(city: Any, addresses: dict[str, str], tmp_path: Path) -> None:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as client:
        pages = {name: client.get(path).content for name, path in addresses.items()}
    assert sorted(markup.faults(pages, tmp_path)) == []


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=zh><title>示例</title><p><div id=a></div><a id=a href='x y'>1</a></p>"
    (found,) = [set(markup.faults({"wrong": page.encode()}, tmp_path))]
    assert any("Duplicate ID" in fault for fault in found)
    assert all(fault.startswith("wrong: ") for fault in found)
