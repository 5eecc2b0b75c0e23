"""Every surface of a served city on which a decision, or a record of a register, could be seen, fetched over HTTP.

`surfaces(client, decision)` gives the text of each, its status in the first line, so that a test can
say of each state of a decision where it must be and where nothing of it may be. Presence is best
judged by the decision's id and by words that only it has: a search page repeats what was asked.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from arro3.io import read_parquet, write_ndjson

from gongshi.law.citing import law_id, names_cited
from gongshi.records import REGISTRY_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a test knows of a decision: `sort` its place, `day` of first publication, `words` found in it alone.

    `gone_on` is the day of its withdrawal, where there was one; `law` the id of one that it cites.
    """

    id: str
    sort: int
    kind: str
    department: str
    day: str
    number: str
    words: tuple[str, ...]
    region: str
    law: str
    gone_on: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any], *words: str, gone_on: str = "") -> Known:
        """What public.db's row of a decision says of it, with words that only it has."""
        return cls(
            id=row["id"], sort=row["sort"], kind=row["kind"], department=row["department"],
            day=row["first_published_on"], number=row["document_number"] or "", words=words, gone_on=gone_on,
            region=row["region"], law=next(map(law_id, names_cited(row["legal_basis"] or "")), ""),
        )  # fmt: skip

    @property
    def path(self) -> str:
        """The address of its page, or of its notice."""
        return f"/decisions/{self.id[:2]}/{self.id}.html"


NOTICE = frozenset({
    "page", "notices", "notices of the month", "feed of notices", "api of notices", "table of notices",
    "search", "search in facets", "api of the search", "feed of notices as json",
})  # fmt: skip
"""The surfaces on which a notice of withdrawal stands; the sitemap for its first thirty days; `row of the notice`,
`api of one` with 410."""


def surfaces(client: httpx.Client, decision: Known) -> dict[str, str]:
    """The text of each surface by name: `404\\n…` where there is nothing."""
    return {name: _fetched(client, address) for name, address in addresses(decision)} | {
        "sitemap": "\n".join(_sitemap(client)),
        "day": _pages(client, f"/days/{decision.day}/"),
        "bulletin": _volumes(client, f"/bulletins/{decision.day[:7]}/{decision.department}"),
        "kind and month": _pages(client, f"/kinds/{decision.kind}/{decision.day[:7]}/"),
        "department and month": _pages(client, f"/departments/{decision.department}/{decision.day[:7]}/"),
    }


def seen(client: httpx.Client, decision: Known) -> set[str]:
    """The surfaces that name the decision by its id; `row` and `party` where there is one at its place."""
    found = surfaces(client, decision)
    rows = {name for name in found if name.startswith("row") and not found[name].startswith("404")}
    return rows | {name for name, text in found.items() if decision.id in text}


def told(client: httpx.Client, decision: Known) -> dict[str, list[str]]:
    """On each surface, those of the decision's words that it shows; surfaces that show none are left out."""
    found = {
        name: [word for word in decision.words if word in text] for name, text in surfaces(client, decision).items()
    }
    return {name: words for name, words in found.items() if words}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """What a test knows of a record of a register: public.db's row of it."""

    id: str
    sort: int
    kind: str
    department: str
    region: str
    title: str
    number: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> KnownRecord:
        """From its row."""
        return cls(**{name: row[name] or "" for name in cls.__dataclass_fields__})


def seen_record(client: httpx.Client, record: KnownRecord) -> set[str]:
    """The surfaces that name a record by its id; `page` and `row` where there is one."""
    found = {name: _fetched(client, address) for name, address in record_addresses(record)}
    found |= {
        "officers of the department": _pages(client, f"/officers/departments/{record.department}/"),
        "items of the department": _pages(client, f"/items/departments/{record.department}/"),
        "items of the region": _pages(client, f"/items/regions/{record.region}/"),
        "sitemap": "\n".join(_sitemap(client)),
    }
    there = {name for name in ("page", "sheet", "row") if not found.get(name, "404").startswith("404")}
    return there | {name for name, text in found.items() if record.id in text}


def record_addresses(record: KnownRecord) -> Iterator[tuple[str, str]]:
    """Name and address of every surface of a record that is one answer."""
    kind, department = REGISTRY_KINDS[record.kind], record.department
    if kind.folder:
        yield "page", f"/{kind.folder}/{record.id}.html"
        yield "index", f"/{kind.folder}/"
    if record.kind == "post_board":
        yield "sheet", f"/boards/{record.id}-sheet.html"
    if record.kind == "annual_figures":
        for name, base in (("year", f"/figures/{department}"), ("year of all", "/figures")):
            yield name, f"{base}/{record.number}/"
            yield f"{name} as a file", f"{base}/{record.number}/annual.csv"
    yield "department", f"/departments/{department}/"
    yield "lists", f"/departments/{department}/lists.html"
    yield "handbook", f"/departments/{department}/handbook.html"
    yield "kiosk", f"/boards/kiosk/{department}/"
    yield "registers", "/registers/"
    yield "registers as a file", "/registers/registers.csv"
    words = quote(record.number or record.title)
    yield "search", f"/search?q={words}"
    yield "search within", f"/search?in=records&q={words}"
    yield "api of search", f"/api/v1/search?q={words}"
    yield "suggestions", f"/suggest?q={quote(record.title)}"
    yield "suggestions by number", f"/suggest?q={words}"
    yield "county", f"/counties/{record.region}/"
    yield "newest within", "/search?in=records"
    narrowed = f"kind={record.kind}&department={department}"
    yield "search in facets", f"/search?in=records&q={words}&{narrowed}"
    yield "list in facets", f"/search?in=records&{narrowed}"
    yield "api", f"/api/v1/records?q={words}"
    yield "api by number", f"/api/v1/records?number={words}&{narrowed}"
    yield "api of the kind", f"/api/v1/records?{narrowed}"
    yield "api of one", f"/api/v1/records/{record.id}"
    yield "api of registers", "/api/v1/registers"
    yield "table", f"/data/public/records?sort={record.sort}"
    yield "table json", f"/data/public/records.json?sort={record.sort}"
    yield "table csv", f"/data/public/records.csv?sort={record.sort}"
    yield "row", f"/data/public/records/{record.sort}"
    yield "home", "/"


def addresses(decision: Known) -> Iterator[tuple[str, str]]:
    """Name and address of every surface that is one answer."""
    month, number = decision.day[:7], quote(decision.number)
    yield "page", decision.path
    yield "home", "/"
    yield "decisions", "/decisions/"
    yield "kind", f"/kinds/{decision.kind}/"
    yield "inspections", "/inspections/"
    yield "department", f"/departments/{decision.department}/"
    yield "month", f"/months/{month}/"
    yield "county", f"/counties/{decision.region}/"
    yield "law", f"/laws/{decision.law}/"
    yield "notices", "/notices/"
    yield "notices of the month", f"/notices/{(decision.gone_on or decision.day)[:7]}/"
    yield "bulletin's cover", f"/bulletins/{month}/"
    yield "kiosk", "/kiosk/"
    feeds = {"feed": "decisions", "feed of notices": "notices"}
    feeds |= {
        "feed of the kind": f"kinds/{decision.kind}",
        "feed of the department": f"departments/{decision.department}",
    }
    for name, feed in feeds.items():
        yield name, f"/feeds/{feed}.atom"
        yield f"{name} as json", f"/feeds/{feed}.json"
    yield "search", f"/search?q={number}"
    yield "newest", "/search"
    yield "search in facets", f"/search?q={number}&kind={decision.kind}&department={decision.department}"
    yield "feed of the search", f"/search.atom?q={number}"
    yield "csv of the search", f"/search.csv?q={number}"
    yield "xlsx of the search", f"/search.xlsx?q={number}"
    yield "api of the search", f"/api/v1/search?q={number}"
    yield "api", f"/api/v1/decisions?q={number}"
    yield "api of one", f"/api/v1/decisions/{decision.id}"
    yield "api of notices", "/api/v1/notices"
    yield "table", f"/data/public/decisions?sort={decision.sort}"
    yield "table json", f"/data/public/decisions.json?sort={decision.sort}"
    yield "table csv", f"/data/public/decisions.csv?sort={decision.sort}"
    yield "table of notices", f"/data/public/notices.csv?sort={decision.sort}"
    yield "row", f"/data/public/decisions/{decision.sort}"
    yield "row of the kind", f"/data/public/{decision.kind}/{decision.sort}"
    yield "row of the party", f"/data/public/parties/{decision.sort},1"
    yield "row of the notice", f"/data/public/notices/{decision.sort}"
    yield "figures", "/figures/"
    yield "figures as a file", "/figures/figures.csv"
    yield "downloads", "/downloads/"
    for suffix in ("csv", "jsonl", "parquet"):
        yield f"download {suffix}", f"/downloads/{month}-{decision.kind}.{suffix}"
    yield "download xlsx", f"/downloads/{month}.xlsx"


def readable(answer: httpx.Response) -> str:
    """An answer as text: of a table that is packed what its program shows."""
    content = answer.content
    if content.startswith(b"PAR1"):
        out = io.BytesIO()
        write_ndjson(read_parquet(io.BytesIO(content)), out)
        return out.getvalue().decode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if "sheets/" in name]
        return html.unescape(re.sub("<[^<>]+>", " ", "\n".join(sheets)))
    return answer.text


def _fetched(client: httpx.Client, address: str) -> str:
    answer = client.get(address)
    return f"{answer.status_code}\n{readable(answer)}"


def _pages(client: httpx.Client, base: str) -> str:
    """All pages of a list."""
    text = _fetched(client, base)
    last = max(map(int, re.findall(rf'href="{base}(\d+)\.html"', text)), default=1)
    return "\n".join([text, *(_fetched(client, f"{base}{number}.html") for number in range(2, last + 1))])


def _volumes(client: httpx.Client, base: str) -> str:
    """All files of a department's part of a bulletin."""
    text = _fetched(client, f"{base}.html")
    last = max(map(int, re.findall(rf'href="{base}-(\d+)\.html"', text)), default=1)
    return "\n".join([text, *(_fetched(client, f"{base}-{number}.html") for number in range(2, last + 1))])


def _sitemap(client: httpx.Client) -> Iterator[str]:
    """The index and every part, by their paths: the city's address is not this server's."""
    index = _fetched(client, "/sitemap.xml")
    yield index
    for part in re.findall(r"<loc>https?://[^/<]+(/[^<]+)</loc>", index):
        yield _fetched(client, part)
