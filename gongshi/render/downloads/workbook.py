"""Rows as XLSX, in pieces as they are made: nothing but the rows at hand is in memory.

Written by hand because no library hands out a workbook piece by piece, and xlsxwriter takes seven times as long. The
text of a cell lies in the cell, so that there is no table of strings to keep; nothing that is written here can become
a formula. The same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from gongshi.render.downloads.columns import Cell, Column
from gongshi.render.downloads.rows import AT_ONCE, Row

if TYPE_CHECKING:
    from typing_extensions import Buffer

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
"""Rows of a sheet; a spreadsheet takes 1,048,576."""
_LONGEST = 32_767
"""Characters of a cell."""
_CUT = "……（全文见网页）"
_LARGE = 400_000
"""Rows from which a sheet may take more than two gigabytes before it is packed."""
_NOT_PLAIN = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMPTY = "<c/>"
_OPEN, _SHUT = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
_HEADER = '<c s="1" t="inlineStr"><is><t>'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DEFAULTS = (
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" numFmtId="4" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Plain, bold for headers, a day, an amount: the cells' s is the place in this list."""


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One sheet: its name, its columns, how many rows it will have about, the rows in lists."""

    name: str
    columns: Sequence[Column]
    about: int
    rows: Iterable[list[Row]]


class _Pipe(io.RawIOBase):
    """Where the archive writes to: what came in since it was last asked."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        self._pieces.append(bytes(data))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What came in, which is then forgotten."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def workbook(sheets: Iterable[SheetOf]) -> Iterator[bytes]:
    """The file, piece by piece. Asked for a piece, it asks for the next rows."""
    pipe, names = _Pipe(), list[str]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in sheets:
            rows, part = _single(sheet.rows), 1
            for first in rows:
                names.append(sheet.name if part == 1 else f"{sheet.name}{part}")
                yield from _sheet(archive, pipe, len(names), sheet, chain([first], rows))
                part += 1
        for name, content in _around(names):
            archive.writestr(_entry(name), _XML + content)
    yield pipe.taken()


def _single(rows: Iterable[list[Row]]) -> Iterator[Row]:
    for some in rows:
        yield from some


def _sheet(archive: zipfile.ZipFile, pipe: _Pipe, number: int, sheet: SheetOf, rows: Iterator[Row]) -> Iterator[bytes]:
    """One sheet, with as many of the rows as it takes."""
    cells = [_CELLS[column.cell] for column in sheet.columns]
    large = sheet.about > _LARGE
    with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=large) as out:
        out.write(f"{_XML}{_head(sheet.columns)}".encode())
        left = MOST_ROWS
        while some := list(islice(rows, min(AT_ONCE, left))):
            left -= len(some)
            lines = ["".join([cell(value) for cell, value in zip(cells, row, strict=True)]) for row in some]
            out.write(f"<row>{'</row><row>'.join(lines)}</row>".encode())
            yield pipe.taken()
        out.write(b"</sheetData></worksheet>")


def _head(columns: Sequence[Column]) -> str:
    headers = "".join(f"{_HEADER}{escape(column.label, quote=False)}{_SHUT}" for column in columns)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData><row>{headers}</row>'
    )


def _text(value: Any) -> str:
    """A text as text, whatever it begins with."""
    if value is None:
        return _EMPTY
    if len(value) > _LONGEST:
        value = value[: _LONGEST - len(_CUT)] + _CUT
    if _NOT_PLAIN.search(value):
        value = escape(_NOT_XML.sub("", value), quote=False)
    return f"{_OPEN}{value}{_SHUT}"


def _number(value: Any) -> str:
    return _EMPTY if value is None else f"<c><v>{value}</v></c>"


def _money(value: Any) -> str:
    return _EMPTY if value is None else f'<c s="3"><v>{value}</v></c>'


def _flag(value: Any) -> str:
    return _text(None if value is None else ("是" if int(value) else "否"))


@lru_cache(maxsize=1 << 14)
def _date(value: Any) -> str:
    """A day as spreadsheets count it."""
    return _EMPTY if value is None else f'<c s="2"><v>{(date.fromisoformat(value) - _DAY_ZERO).days}</v></c>'


_DAY_ZERO = date(1899, 12, 30)
_CELLS: dict[Cell, Callable[[Any], str]] = {
    Cell.TEXT: _text,
    Cell.DATE: _date,
    Cell.MONEY: _money,
    Cell.FLAG: _flag,
    Cell.NUMBER: _number,
}


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive: without a clock."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _around(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What makes sheets a workbook: its list of sheets, its styles, the types of its files."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in zip(numbers, names, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    related = "".join(_relation(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in numbers)
    related += _relation("rId0", "styles", "styles.xml")
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'
    yield "xl/styles.xml", _STYLES
    office = _relation("rId1", "officeDocument", "xl/workbook.xml")
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{office}</Relationships>'
    parts = {"workbook.xml": "sheet.main", "styles.xml": "styles"}
    parts |= {f"worksheets/sheet{i}.xml": "worksheet" for i in numbers}
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_CONTENT}.{kind}+xml"/>' for part, kind in parts.items()
    )
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{_DEFAULTS}{types}</Types>'


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
