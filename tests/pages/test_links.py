"""Every way that the site offers leads somewhere: pages, feeds, the sitemap, what programs follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.pages.addresses import PAGES
from tests.pages.links import HOST, Page, Site, one_of_each

pytestmark = pytest.mark.browser

FINE = (200, 302, 303)
"""What a reader reaches: a page, or another address that holds it."""
ANSWER = ("/search", "/correct/", "/data/")
"""What the server answers with a page that leads on."""


@pytest.fixture(scope="module")
def client(city: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as asking:
        yield asking


@pytest.fixture(scope="module")
def site(city: Any) -> Site:
    return Site(city.root / "build" / "site", city.public_url)


def test_every_link_of_every_page_leads_somewhere_and_nothing_is_inline(site: Site, client: httpx.Client) -> None:
    assert list(site.faults()) == []
    asked = one_of_each(site.asked)
    assert {address.split("?")[0].split("/")[1] for address in asked} >= {"search", "correct", "downloads", "data"}
    wrong = {address: client.request(_way(address), address).status_code for address in asked}
    assert {address: status for address, status in wrong.items() if status not in FINE} == {}


def _way(address: str) -> str:
    return "POST" if address == "/look" else "GET"


def test_every_link_of_what_the_server_answers_leads_somewhere(
    site: Site, client: httpx.Client, addresses: dict[str, str]
) -> None:
    answers = {path for path in addresses.values() if path.startswith(ANSWER)} | {addresses["missing"]}
    own = str(client.base_url).rstrip("/")
    found = {path: Page(path, client.get(path).text.replace(own, HOST)) for path in sorted(answers)}
    for path, page in found.items():
        assert page.inline == [], path
        site.read[path], site.pages[path] = page, Path()
    site.asked.clear()
    assert {path: wrong for path, page in found.items() if (wrong := list(site.broken(page.links)))} == {}
    wrong = {asked: client.request(_way(asked), asked).status_code for asked in one_of_each(site.asked, 1)}
    assert {asked: status for asked, status in wrong.items() if status not in FINE} == {}


def test_what_programs_follow_leads_somewhere(site: Site, client: httpx.Client, city: Any) -> None:
    folder = city.root / "build" / "site"
    followed = {path: set(_named(path)) for path in sorted(folder.rglob("*")) if path.suffix in FOLLOWED}
    assert {path.name for path in followed} >= {"sitemap.xml", "robots.txt", "decisions.atom"}
    for path, links in followed.items():
        assert links or path.parent.name == "schemas", path
        here = f"{HOST}/{path.relative_to(folder).as_posix()}"
        assert list(site.broken(urljoin(here, link) for link in links)) == [], path
    sitemap = {link for path in followed if path.name.startswith("sitemap") for link in followed[path]}
    assert not [link for link in sitemap if re.search(r"/(search|suggest|parties|officers/\w\w/)", link)]


FOLLOWED = {".atom", ".xml", ".txt", ".json", ".jsonld"}
_IN_XML = re.compile(r"<loc>([^<]*)</loc>|<link [^>]*href=\"([^\"]*)\"")
_IN_TEXT = re.compile(r"^Sitemap: (\S+)$", re.MULTILINE)
_NAMES = {"url", "href", "path", "home_page_url", "feed_url", "schema", "contentUrl", "downloadURL", "accessURL", "@id"}


def _named(path: Path) -> Iterator[str]:
    """The addresses that a file for programs names."""
    text = path.read_text("utf-8")
    if path.suffix in (".json", ".jsonld"):
        yield from _in_json(json.loads(text))
    elif path.suffix == ".txt":
        yield from _IN_TEXT.findall(text)
    else:
        yield from ("".join(found).replace("&amp;", "&") for found in _IN_XML.findall(text))


def _in_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in _NAMES and isinstance(inner, str) and re.match(r"https?:|\.?\.?/|\w[\w./-]*\.\w+$", inner):
                yield inner
            else:
                yield from _in_json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_json(inner)


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<a href='/there.html#no'>1</a><a href=gone.html>2</a><a href='//other.invalid/'>3</a>"
        "<p style='color:red' onclick=x>4</p><script>5</script><a href='javascript:x'>6</a><a href='#gone'>7</a>"
    )
    (tmp_path / "there.html").write_text("<p id=yes>")
    found = "\n".join(Site(tmp_path, "").faults())
    for wrong in (
        "there.html#no",
        "gone.html",
        "other.invalid",
        "style=",
        "onclick=",
        "<script>",
        "javascript:",
        "#gone",
    ):
        assert wrong in found, wrong


def test_every_kind_of_page_has_a_line_in_the_list_of_what_is_good() -> None:
    judged = (Path(__file__).parent / "GOOD.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if not re.search(rf"(?<![\w-]){name}(?![\w-])", judged)] == []


def test_no_kind_of_page_is_forgotten(site: Site, addresses: dict[str, str]) -> None:
    proven = {path.split("?")[0].split("/")[1] for path in addresses.values()}
    built = {address for address, file in site.pages.items() if file.is_file()}
    assert {address.split("/")[1] for address in built} - proven <= {"404.html"}
