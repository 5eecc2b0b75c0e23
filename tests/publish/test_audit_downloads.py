"""The audit of downloads: a withheld word and a masked name are found in every format, packed or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from arro3.core import Array, DataType, Table
from arro3.io import write_parquet

from gongshi.publish.audit import Patterns, Report, audit_build, gather
from gongshi.publish.audit.crawl import audit_server
from gongshi.publish.audit.values import What
from gongshi.render.downloads.columns import columns_of
from gongshi.render.downloads.formats import Sheet
from gongshi.render.downloads.rows import Row
from gongshi.render.downloads.workbook import SheetOf, workbook
from gongshi.store.sqlite import connect

SECRET = "群众举报线索编号甲一乙二丙三"
NUMBER = "松市监罚〔2026〕901号"
NAME = "张建国"
PENALTY = columns_of("penalty")


@pytest.fixture
def built(world: Any, parties: Any) -> Any:
    """A withheld decision, and two that are public: the first of a person, whose name is masked."""
    world.send(
        world.decision(parties=[parties["person"]], number="松市监罚〔2026〕801号"),
        world.decision(number="松市监罚〔2026〕803号"),
        world.decision(facts=SECRET, withhold_ground="妨害执法", number=NUMBER),
    )
    world.publish()
    (world.path.parent / "site" / "downloads").mkdir(parents=True)
    return world


@pytest.fixture
def ids(built: Any) -> dict[str, str]:
    """The ids of the public decisions, by 文号."""
    db = connect(built.path, read_only=True)
    found = {row["document_number"]: row["id"] for row in db.execute("SELECT document_number, id FROM decisions")}
    db.close()
    return found


@pytest.fixture
def patterns(built: Any) -> Patterns:
    return gather(built.store, built.instance, built.today, Path("site_src"))


def row(**cells: Any) -> Row:
    """A row of the penalties' table in which only these cells are filled."""
    return tuple(cells.get(column.name) for column in PENALTY)


def _stored(write: Callable[[Sheet, Any], None]) -> Callable[[list[Row]], bytes]:
    def made(rows: list[Row]) -> bytes:
        out = io.BytesIO()
        write(Sheet(PENALTY, [rows]), out)
        return out.getvalue()

    return made


FORMATS: dict[str, Callable[[list[Row]], bytes]] = {
    "csv": _stored(Sheet.csv),
    "jsonl": _stored(Sheet.jsonl),
    "parquet": _stored(Sheet.parquet),
    "xlsx": lambda rows: b"".join(workbook([SheetOf("行政处罚", PENALTY, len(rows), [rows])])),
}


@pytest.fixture(params=["stored", "served"])
def audited(request: pytest.FixtureRequest, built: Any, patterns: Patterns) -> Callable[[str, bytes], Report]:
    """The audit of one file: as it lies in the site, and as a server answers it."""

    def stored(name: str, content: bytes) -> Report:
        (built.path.parent / "site" / "downloads" / name).write_bytes(content)
        return audit_build(built.path.parent, patterns)

    def served(name: str, content: bytes) -> Report:
        answers = {"/": f'<a href="/downloads/{name}">表</a>'.encode(), f"/downloads/{name}": content}

        def answer(asked: httpx.Request) -> httpx.Response:
            found = answers.get(asked.url.path)
            kind = "text/html" if asked.url.path == "/" else "application/octet-stream"
            return httpx.Response(200 if found else 404, content=found or b"", headers={"content-type": kind})

        client = httpx.Client(transport=httpx.MockTransport(answer))
        return audit_server("http://127.0.0.1:8001", patterns, most=100, client=client)

    return stored if request.param == "stored" else served


@pytest.mark.article("D18", "S1.4")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_withheld_word_is_found_in_every_format(suffix: str, audited: Callable[[str, bytes], Report]) -> None:
    rows = [row(id="0" * 16, facts="无关"), row(id="1" * 16, facts=f"经查，{SECRET}。", document_number=NUMBER)]
    report = audited(f"2026-11-penalty.{suffix}", FORMATS[suffix](rows))
    assert {found.what for found in report.findings} == {What.TEXT, What.DOCUMENT}
    assert all(f"downloads/2026-11-penalty.{suffix}" in found.file for found in report.findings)
    assert report.unread == []


@pytest.mark.article("D17")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_masked_name_is_found_in_its_own_row_and_in_no_other(
    suffix: str, audited: Callable[[str, bytes], Report], ids: dict[str, str]
) -> None:
    own, other = ids["松市监罚〔2026〕801号"], ids["松市监罚〔2026〕803号"]
    name = f"2026-11-penalty.{suffix}"
    clean = [row(id=own, party_name="张某某"), row(id=other, facts=f"证人{NAME}到场")]
    assert audited(name, FORMATS[suffix](clean)).findings == []
    leaking = [row(id=other, facts="无关"), row(id=own, party_name="张某某", facts=f"当事人\n{NAME}到场")]
    found = audited(name, FORMATS[suffix](leaking)).findings
    assert {(one.what, one.record) for one in found} == {(What.NAME, own)}


@pytest.mark.parametrize("compression", ["uncompressed", "snappy", "gzip(6)", "zstd(3)", "lz4_raw", "brotli(5)"])
@pytest.mark.parametrize("dictionary", [True, False])
def test_parquet_of_anyone_is_looked_into(compression: str, dictionary: bool, built: Any, patterns: Patterns) -> None:
    table = Table.from_pydict({"a": Array([SECRET, "无关"], type=DataType.string())})
    path = built.path.parent / "site" / "downloads" / "x"
    write_parquet(table, path, compression=compression, dictionary_enabled=dictionary)
    report = audit_build(built.path.parent, patterns)
    assert {found.what for found in report.findings} == {What.TEXT}
    assert report.unread == []


def _binary() -> bytes:
    out = io.BytesIO()
    write_parquet(
        Table.from_pydict({"a": Array([SECRET.encode()], type=DataType.binary())}), out, compression="gzip(1)"
    )
    return out.getvalue()


NOT_READ = {
    "cut off": lambda whole: whole[:-20],
    "only its beginning": lambda whole: b"PAR1",
    "a length beyond the file": lambda whole: whole[:-8] + b"\xff\xff\xff\x7fPAR1",
    "no description": lambda whole: b"PAR1" + b"\0" * 60 + b"\x10\0\0\0PAR1",
    "bytes": lambda whole: _binary(),
}


@pytest.mark.parametrize("damage", NOT_READ)
def test_parquet_that_can_not_be_read_is_told_of(damage: str, built: Any, patterns: Patterns) -> None:
    content = NOT_READ[damage](FORMATS["parquet"]([row(id="0" * 16)]))
    (built.path.parent / "site" / "downloads" / "x.parquet").write_bytes(content)
    report = audit_build(built.path.parent, patterns)
    assert [one.file for one in report.unread] == ["site/downloads/x.parquet"]
    assert not report.ok
