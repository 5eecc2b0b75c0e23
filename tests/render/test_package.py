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
