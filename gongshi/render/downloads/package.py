"""What all downloads are, told to programs: a data package (Frictionless), the schema of each kind's tables, the data
dictionary as a file.

It says which files there are and what their columns mean, not how much is in them: a decision more or less in a month
changes nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field
from gongshi.records.spreadsheet import csv_bytes
from gongshi.render.downloads.columns import Cell, Column, columns_of
from gongshi.render.downloads.workbook import TYPE as XLSX
from gongshi.render.labels import kind_label
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Site
from gongshi.render.press import Page, Press, path_of
from gongshi.render.words import date_zh

BASE = "/downloads/"
WHERE = f"{BASE}datapackage.json"
DICTIONARY = f"{BASE}dictionary.csv"
MEDIA = {"csv": "text/csv", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
TERMS = (
    "自然人姓名已经脱敏，请不要尝试还原。撤下和公示期满的决定会从文件里删除：保存或者转载的，请按撤下说明及时清理，"
    "并定期重新下载。"
)
"""What whoever takes the data along is asked for."""
_TYPES = {
    Cell.TEXT: "string",
    Cell.DATE: "date",
    Cell.MONEY: "number",
    Cell.FLAG: "boolean",
    Cell.NUMBER: "integer",
}
_COLUMNS = ("kind", "name", "label", "type", "visibility", "required", "max_length", "choices", "article", "help")
_DICTIONARY = f"SELECT {', '.join(_COLUMNS)} FROM dictionary ORDER BY kind, position"  # noqa: S608 - our own names


def package_files(press: Press, months: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """The data package, the schemas and the dictionary; `months` has the kinds that each month (YYYY-MM) has."""
    mark = fingerprint(press.plain, WHERE, repr(months))
    yield press.file(path_of(WHERE), mark, lambda: _json(package(press.site, months)))
    for kind in DECISION_KINDS:
        for suffix, headed in (("json", False), ("csv.json", True)):
            where = f"{BASE}schemas/{kind}.{suffix}"
            yield press.file(path_of(where), fingerprint(press.plain, where), partial(_schema, kind, headed))
    rows = [tuple(row) for row in press.db.execute(_DICTIONARY)]
    yield press.file(path_of(DICTIONARY), fingerprint(press.plain, repr(rows)), lambda: csv_bytes([_COLUMNS, *rows]))


def package(site: Site, months: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The data package: the dictionary, and a resource for each file, by addresses beside its own."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "decisions",
        "title": f"{site.name}：正在公示的行政执法决定",
        "description": TERMS,
        "homepage": f"{site.url}{BASE}",
        "contributors": [{"title": site.organiser or site.name, "roles": ["publisher"]}],
        "resources": [_the_dictionary(), *_resources(months)],
    }


def schema(kind: str, *, headed: bool) -> dict[str, Any]:
    """The columns of a kind's tables: by the names that programs read, or, `headed`, by the headers of its CSV."""
    fields = DECISION_KINDS[kind].by_name
    columns = columns_of(kind)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, fields.get(column.name), headed=headed) for column in columns],
        "missingValues": [""],
    }


def _schema(kind: str, headed: bool) -> bytes:
    return _json(schema(kind, headed=headed))


def _field(column: Column, declared: Field | None, *, headed: bool) -> dict[str, Any]:
    name, title = (column.label, column.name) if headed else (column.name, column.label)
    told: dict[str, Any] = {"name": name, "title": title, "type": _TYPES[column.cell]}
    if headed and column.cell is Cell.FLAG:
        told |= {"trueValues": ["是"], "falseValues": ["否"]}
    return told | ({"description": declared.help} if declared and declared.help else {})


def _resources(months: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    for month, kinds in months.items():
        for kind in kinds:
            title = f"{date_zh(month)}首次公示的{kind_label(kind)}"
            for suffix, media in MEDIA.items():
                described = f"{kind}.csv" if suffix == "csv" else kind
                yield {
                    "name": f"{month}-{kind}-{suffix}",
                    "title": title,
                    "path": f"{month}-{kind}.{suffix}",
                    "format": suffix,
                    "mediatype": media,
                    "encoding": "utf-8",
                    "schema": f"schemas/{described}.json",
                }
        yield {
            "name": f"{month}-xlsx",
            "title": f"{date_zh(month)}首次公示的全部类别",
            "path": f"{month}.xlsx",
            "format": "xlsx",
            "mediatype": XLSX,
        }


def _the_dictionary() -> dict[str, Any]:
    return {
        "name": "dictionary",
        "title": "数据字典",
        "path": DICTIONARY.removeprefix(BASE),
        "format": "csv",
        "mediatype": MEDIA["csv"],
        "encoding": "utf-8",
        "schema": {"fields": [{"name": name, "type": "string"} for name in _COLUMNS]},
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
