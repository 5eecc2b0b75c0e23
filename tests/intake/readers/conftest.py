"""Real files of every format, and workbooks whose inside is written by hand."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlwt

from gongshi.intake.readers import Unreadable, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def saved():
    """A workbook's bytes: openpyxl's or xlwt's, after `fill` has written to its first sheet."""

    def saved(fill=lambda book, sheet: None, *, old=False, title="行政处罚"):
        target = io.BytesIO()
        if old:
            book = xlwt.Workbook()
            fill(book, book.add_sheet(title))
        else:
            book = openpyxl.Workbook()
            book.active.title = title
            fill(book, book.active)
        book.save(target)
        return target.getvalue()

    return saved


@pytest.fixture
def with_parts(saved):
    """A good workbook, some of whose parts are replaced or added."""

    def with_parts(parts, compression=zipfile.ZIP_DEFLATED):
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(saved())) as good, zipfile.ZipFile(target, "w", compression) as made:
            for name in dict.fromkeys([*good.namelist(), *parts]):
                made.writestr(name, parts.get(name, None) if name in parts else good.read(name))
        return target.getvalue()

    return with_parts


@pytest.fixture
def with_cells(with_parts):
    """A workbook whose sheet is the given XML."""

    def with_cells(inside, after="", declaration=""):
        xml = f'<?xml version="1.0"?>{declaration}<worksheet xmlns="{MAIN}">{inside}{after}</worksheet>'
        return with_parts({"xl/worksheets/sheet1.xml": xml})

    return with_cells


@pytest.fixture
def refused():
    """The error with which a file is refused."""

    def refused(data, name="数据.xlsx", limits=None):
        with pytest.raises(Unreadable) as caught:
            read(data, name, limits)
        assert caught.value.message
        assert caught.value.hint
        return caught.value

    return refused


@pytest.fixture
def cells():
    """The rows of the only sheet as (number, cells)."""

    def cells(data, name="数据.csv", limits=None):
        (sheet,) = read(data, name, limits)
        return [(row.number, row.cells) for row in sheet.rows]

    return cells
