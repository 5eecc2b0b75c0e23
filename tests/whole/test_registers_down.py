"""A record of each kind that is taken down is on no surface, and all that stays does (promise 8)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.records import REGISTRY_KINDS
from gongshi.store.sqlite import connect
from tests.serving import served
from tests.surfaces import KnownRecord, seen_record

PROJECT = Path(__file__).parents[2]
MARKET, TODAY = "11220700MB99000134", "2026-11-22"
EVERYWHERE = {
    *("search", "search within", "search in facets", "list in facets"),
    *("api", "api by number", "api of the kind", "api of one", "table", "table json", "table csv", "row"),
}
"""Surfaces on which a record of any kind stands, as long as it is public and in force."""
MORE = {
    "officer": {"page", "officers of the department", "kiosk"},
    "enforcement_item": {"page", "items of the department", "items of the region", "kiosk", "sitemap"},
    "random_inspection_item": {"page", "index", "lists", "sitemap"},
    "inspection_plan": {"page", "index", "lists", "sitemap"},
    "service_guide": {"page", "index", "sitemap"},
    "post_board": {"page", "index", "sheet"},
    "normative_text": {"page", "index", "sitemap"},
    "determination": {"page", "index", "lists", "sitemap"},
    "recording_item": {"lists", "handbook"},
    "review_catalogue": {"lists", "handbook"},
    "subject": {"handbook"},
    "annual_figures": {"year", "year of all", "year as a file", "year of all as a file"},
}
"""Beside these, where one must stand."""
NOT = {"subject": {"search"}}
"""The search of everything gives the department itself, whose page holds the same."""

DETERMINATION = """
determination:
  - act: 行政强制
    content: 公开强制措施的种类、对象和依据。
    document: 松市监示〔2026〕1号
    decided_on: 2026-01-05
    effective_from: 2026-01-05
"""


@dataclass
class City:
    """A served city with the sample's registers, and a record of each kind."""

    commands: Any
    client: httpx.Client
    records: dict[str, KnownRecord]
    before: dict[str, set[str]]


def one_of_each(root: Path) -> dict[str, KnownRecord]:
    """A record in force of each kind; of officers and items one that a board names."""
    with closing(connect(root / "build" / "public.db", read_only=True)) as db:
        board = dict(next(iter(db.execute(
            "SELECT content ->> 'officers' AS officers, content ->> 'items' AS items FROM records"
            " WHERE kind = 'post_board' AND department = ? ORDER BY sort", (MARKET,)
        ))))  # fmt: skip
        named = {"officer": board["officers"].split("、")[0], "enforcement_item": board["items"].split("、")[0]}
        found = {}
        for kind in REGISTRY_KINDS:
            asked = (kind, MARKET, named.get(kind, ""), named.get(kind, ""))
            where = "kind = ? AND department = ? AND (? = '' OR number = ?) AND standing = 'in_force'"
            rows = list(db.execute(f"SELECT * FROM records WHERE {where} ORDER BY sort", asked))
            found |= {kind: KnownRecord.of(rows[0])} if rows else {}
    return found


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, empty_city: Path, city_at: Any) -> Iterator[City]:
    root = Path(shutil.copytree(empty_city, tmp_path_factory.mktemp("registers") / "city"))
    settings = root / "data/reference/city.yml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace('url: ""', "url: https://example.invalid"), encoding="utf-8")
    sent = root / "data/submissions" / MARKET
    sent.mkdir(parents=True)
    for path in (PROJECT / "data/submissions" / MARKET).glob("registry-*"):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, sent / path.name)
    determined = root.parent / "determination.yaml"
    determined.write_text(DETERMINATION, encoding="utf-8")
    commands = city_at(root, TODAY)
    commands.publish(determined)
    commands("rebuild")
    records = one_of_each(root)
    with served(root) as client:
        yield City(commands, client, records, {kind: seen_record(client, one) for kind, one in records.items()})


def test_the_sample_has_a_record_of_every_kind(city: City) -> None:
    assert city.records.keys() == REGISTRY_KINDS.keys()


def test_a_public_record_stands_where_one_looks_for_it(city: City) -> None:
    missing = {kind: (EVERYWHERE | MORE[kind]) - NOT.get(kind, set()) - seen for kind, seen in city.before.items()}
    assert {kind: names for kind, names in missing.items() if names} == {}


def test_what_is_taken_down_is_on_no_surface(city: City) -> None:
    for record in city.records.values():
        city.commands("suspend", record.id, "--by", "周示礼", "--why", "误报", "--no-build")
    city.commands("rebuild")
    after = {kind: seen_record(city.client, one) for kind, one in city.records.items()}
    assert {kind: seen for kind, seen in after.items() if seen} == {}
    site = city.commands.root / "build" / "site"
    ids = [record.id.encode() for record in city.records.values()]
    named = [path for path in site.rglob("*") if path.is_file() and any(one in path.read_bytes() for one in ids)]
    assert named == []
    city.commands("audit")


def test_a_form_goes_with_the_last_guide_that_has_it(city: City) -> None:
    listed = f"/api/v1/records?kind=service_guide&department={MARKET}"
    guides = [one["id"] for one in city.client.get(listed).json()["items"]]
    files = {file["url"] for one in guides for file in city.client.get(f"/api/v1/records/{one}").json()["files"]}
    assert files
    assert {city.client.get(url).status_code for url in files} == {200}
    for one in guides[:-1]:
        city.commands("suspend", one, "--by", "周示礼", "--why", "误报", "--no-build")
    city.commands("rebuild")
    last = {file["url"] for file in city.client.get(f"/api/v1/records/{guides[-1]}").json()["files"]}
    assert {url: city.client.get(url).status_code for url in files} == {
        url: 200 if url in last else 404 for url in files
    }
    city.commands("suspend", guides[-1], "--by", "周示礼", "--why", "误报")
    assert {city.client.get(url).status_code for url in files} == {404}
