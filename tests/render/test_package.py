"""What programs are told of the downloads: a data package whose files are there, schemas that fit them, a catalogue."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.columns import columns_of

Site = Callable[[], dict[str, str]]
PACKAGE, CATALOG = "downloads/datapackage.json", "downloads/catalog.jsonld"


def header(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.article("D19")
@pytest.mark.parametrize("filled", [True, False])
def test_a_package_names_every_file_with_a_schema_that_fits_it(public: Any, site: Site, filled: bool) -> None:
    if filled:
        for kind in DECISION_KINDS:
            public.decision(kind, day="2026-03-05")
        public.decision("penalty", day="2026-04-05")
    pages = site()
    found = json.loads(pages[PACKAGE])
    resources = {one["path"]: one for one in found["resources"]}
    assert len(resources) == len(found["resources"]) == len({one["name"] for one in found["resources"]})
    files = {path for path in pages if path.startswith("downloads/2026")}
    made_when_asked = {f"downloads/{path}" for path in resources if path.endswith(".xlsx")}
    assert {f"downloads/{path}" for path in resources} == files | made_when_asked | {"downloads/dictionary.csv"}
    assert made_when_asked == ({"downloads/2026-03.xlsx", "downloads/2026-04.xlsx"} if filled else set())
    for path, one in resources.items():
        if one["format"] == "csv" and path != "dictionary.csv":
            described = json.loads(pages[f"downloads/{one['schema']}"])
            assert [field["name"] for field in described["fields"]] == header(pages[f"downloads/{path}"])
        elif one["format"] in {"jsonl", "parquet"}:
            described = json.loads(pages[f"downloads/{one['schema']}"])
            kind = path.partition(".")[0][len("2026-03-") :]
            assert [field["name"] for field in described["fields"]] == [column.name for column in columns_of(kind)]
    dictionary = resources["dictionary.csv"]
    assert [field["name"] for field in dictionary["schema"]["fields"]] == header(pages["downloads/dictionary.csv"])


def test_one_decision_more_in_a_month_changes_nothing_of_the_package(public: Any, site: Site) -> None:
    public.decision("penalty", day="2026-03-05")
    before = site()[PACKAGE]
    public.decision("penalty", day="2026-03-06")
    assert site()[PACKAGE] == before


def test_a_catalogue_describes_each_kind_by_terms_that_it_declares(public: Any, site: Site) -> None:
    public.city()
    public.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn' WHERE key = 'url'")
    catalog = json.loads(site()[CATALOG])
    assert catalog["@type"] == "dcat:Catalog"
    assert [one["dct:title"]["@value"][3:] for one in catalog["dcat:dataset"]] == [
        kind.label for kind in DECISION_KINDS.values()
    ]
    said = list(terms(catalog))
    assert {term.partition(":")[0] for term in said if not term.startswith("@")} <= set(catalog["@context"])
    for dataset in catalog["dcat:dataset"]:
        assert {one["@type"] for one in dataset["dcat:distribution"]} == {"dcat:Distribution"}
        for one in dataset["dcat:distribution"]:
            assert one["dcat:accessURL"]["@id"].startswith("https://gs.example.gov.cn/")


MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dct:publisher", "dcat:distribution"},
    "dcat:Distribution": {"dcat:accessURL", "dct:title"},
    "foaf:Organization": {"foaf:name"},
    "dct:Location": {"skos:prefLabel"},
}
"""What DCAT-AP 3 asks of each class, and what it recommends that portals here show."""
RANGES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("dct:title", "dct:description", "skos:prefLabel"), ("@value", "@language")),
    **dict.fromkeys(
        ("dcat:accessURL", "dcat:landingPage", "dct:language", "dcat:mediaType", "foaf:homepage"), ("@id",)
    ),
    "dct:publisher": ("@type", "foaf:name"),
    "dct:spatial": ("@type", "skos:prefLabel"),
    "dct:modified": ("@value", "@type"),
}
"""What a value of each property is made of: a literal with its language or type, a resource by its address."""


def nodes(value: Any) -> Any:
    """Every object of a JSON-LD document."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


@pytest.mark.parametrize("filled", [True, False])
def test_the_catalogue_has_what_its_profile_asks_of_each_class(public: Any, site: Site, filled: bool) -> None:
    if filled:
        public.city()
    catalog = json.loads(site()[CATALOG])
    things = [node for node in nodes(catalog) if node.get("@type") in MANDATORY]
    assert {node["@type"] for node in things} == set(MANDATORY)
    for node in things:
        assert {name for name in MANDATORY[node["@type"]] if not node.get(name)} == set(), node["@type"]
    for node in nodes(catalog):
        for name in RANGES.keys() & node.keys():
            assert set(node[name]) == set(RANGES[name]), name
            assert all(node[name].values()), name


def terms(value: Any) -> Any:
    """The names that a JSON-LD document uses, but those of its context."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name != "@context":
                yield from terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from terms(inner)


def test_a_name_of_a_city_can_not_break_out_of_the_page(public: Any, site: Site) -> None:
    public.db.execute("UPDATE meta SET value = '</script><b>' WHERE key = 'site_name'")
    assert "</script><b>" not in site()["downloads/index.html"]
    assert json.loads(site()[CATALOG])["dct:title"]["@value"] == "</script><b>"
