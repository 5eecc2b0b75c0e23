"""The platform's data as a catalogue: DCAT for open-data portals, schema.org for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.package import BASE, MEDIA, TERMS
from gongshi.render.downloads.package import WHERE as PACKAGE
from gongshi.render.feeds.channel import ATOM, of_kind
from gongshi.render.labels import kind_label
from gongshi.render.lists.overview import Overview
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Site
from gongshi.render.press import Page, Press, path_of

WHERE = f"{BASE}catalog.jsonld"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "language": "http://publications.europa.eu/resource/authority/language/",
    "media": "http://www.iana.org/assignments/media-types/",
}
_CHINESE = {"@id": "language:ZHO"}


def catalog_file(press: Press) -> Iterator[Page]:
    """The catalogue as a file."""
    made = catalog(press.site, press.overview)
    content = json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"
    yield press.file(path_of(WHERE), fingerprint(press.plain, content.decode()), lambda: content)


def catalog(site: Site, overview: Overview) -> dict[str, Any]:
    """A dcat:Catalog with a dcat:Dataset for each kind of decision."""
    publisher = {"@type": "foaf:Organization", "foaf:name": site.organiser or site.name}
    return {
        "@context": _CONTEXT,
        "@id": f"{site.url}{WHERE}",
        "@type": "dcat:Catalog",
        "dct:title": _told(site.name),
        "dct:description": _told(TERMS),
        "dct:publisher": publisher,
        "dct:language": _CHINESE,
        "foaf:homepage": {"@id": f"{site.url}/"},
        **_modified(overview.all.updated_on),
        "dcat:dataset": [_dataset(site, overview, kind, publisher) for kind in DECISION_KINDS],
    }


def linked(site: Site) -> dict[str, object]:
    """The page of downloads as schema.org has it."""
    publisher = {"@type": "GovernmentOrganization", "name": site.organiser or site.name}
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": site.name,
        "url": f"{site.url}{BASE}",
        "publisher": publisher,
        "dataset": [
            {
                "@type": "Dataset",
                "name": f"{site.city}{kind_label(kind)}",
                "description": record.summary or record.label,
                "url": f"{site.url}/kinds/{kind}/",
                "isAccessibleForFree": True,
                "inLanguage": "zh-CN",
                "creator": publisher,
                "distribution": [
                    {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": site.url + PACKAGE}
                ],
            }
            for kind, record in DECISION_KINDS.items()
        ],
    }


def _dataset(site: Site, overview: Overview, kind: str, publisher: dict[str, str]) -> dict[str, Any]:
    record, page = DECISION_KINDS[kind], f"{site.url}/kinds/{kind}/"
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": _told(f"{site.city}{record.label}"),
        "dct:description": _told(record.summary or record.label),
        "dct:publisher": publisher,
        "dct:spatial": {"@type": "dct:Location", "skos:prefLabel": _told(site.city)},
        "dct:language": _CHINESE,
        "dcat:landingPage": {"@id": page},
        **_modified(overview.kinds[kind].updated_on),
        "dcat:distribution": [
            *(_distribution(f"按月下载（{form}）", f"{site.url}{BASE}", media) for form, media in MEDIA.items()),
            _distribution("数据接口", f"{site.url}/api/v1/decisions?kind={kind}", "application/json"),
            _distribution("订阅", f"{site.url}{of_kind(kind)[0].href}", ATOM),
        ],
    }


def _distribution(title: str, where: str, media: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _told(title),
        "dcat:accessURL": {"@id": where},
        "dcat:mediaType": {"@id": f"media:{media}"},
    }


def _told(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh-CN"}


def _modified(day: str) -> dict[str, Any]:
    """A catalogue's day is that of its newest record; none where there is no record."""
    return {"dct:modified": {"@value": day, "@type": "xsd:date"}} if day else {}
