"""A file is what its content is: five types come in, everything else is refused by what it is."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from gongshi.intake.attachments.inside import made_of
from gongshi.records.attachment import TYPES
from tests.intake.attachments.office import zipped

PDF, JPEG, PNG, DOCX, XLSX = TYPES


@pytest.fixture
def right(pdf, picture, docx, xlsx):
    """A right file of each type."""
    return {PDF: pdf(), JPEG: picture(), PNG: picture("PNG"), DOCX: docx(), XLSX: xlsx()}


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_is_told_by_its_content_and_made_the_same_twice(right, kind):
    made = made_of(right[kind])
    assert made.type == kind
    assert made_of(right[kind]) == made


@pytest.mark.parametrize("kind", TYPES)
def test_what_was_made_is_made_of_what_was_made_again(right, kind):
    """A file that is taken from the site and sent again comes in."""
    again = made_of(made_of(right[kind]).content)
    assert again.type == kind


def test_what_was_made_is_still_what_it_was(right):
    made = {kind: io.BytesIO(made_of(content).content) for kind, content in right.items()}
    assert PdfReader(made[PDF]).pages[0].extract_text() == "Form"
    assert Image.open(made[JPEG]).size == Image.open(made[PNG]).size == (30, 20)
    assert openpyxl.load_workbook(made[XLSX]).active["A1"].value == "申请人"


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
FOREIGN = {
    "exe": (b"MZ\x90\0" + bytes(200), "可执行程序"),
    "elf": (b"\x7fELF\x02" + bytes(200), "可执行程序"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "可执行的脚本"),
    "html": (b"<!DOCTYPE html><html><script>1</script></html>", "网页"),
    "html behind blanks": (b"\n  <html><body>", "网页"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "doc": (OLE2 + "WordDocument".encode("utf-16-le"), "旧版 Word"),
    "xls": (OLE2 + "Workbook".encode("utf-16-le"), "旧版 Excel"),
    "rar": (b"Rar!\x1a\x07" + bytes(50), "压缩包"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "压缩包"),
    "rtf": (b"{\\rtf1 x}", "RTF"),
    "gif": (b"GIF89a" + bytes(50), "GIF"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(50), "快捷方式"),
    "text": ("申请书".encode(), "纯文本"),
    "noise": (bytes(range(128, 256)) * 4, "不能识别"),
    "pdf behind text": (b"x\n%PDF-1.4\n%%EOF", ""),
}


@pytest.mark.parametrize(("content", "words"), FOREIGN.values(), ids=FOREIGN)
def test_everything_else_is_refused_by_what_it_is(refused, content, words):
    code, message = refused(content)
    assert code == "E602"
    assert words in message


def test_archives_that_are_no_office_file_are_refused_by_what_they_are(refused, docx):
    assert refused(zipped({"a.exe": b"MZ"}))[0] == "E602"
    assert "OFD" in refused(zipped({"OFD.xml": "<a/>"}))[1]
    assert "PowerPoint" in refused(zipped({"ppt/presentation.xml": "<a/>"}))[1]
    assert "Java" in refused(zipped({"META-INF/MANIFEST.MF": ""}))[1]
    assert "模板" in refused(docx(main="template.main+xml"))[1]


def test_a_document_and_a_workbook_at_once_is_neither(refused, docx):
    assert refused(docx(parts={"xl/workbook.xml": "<a/>"}))[0] == "E602"
    assert refused(docx(parts={"word/document2.xml": "<a/>"}))[0] == "E602"


@pytest.mark.parametrize("kind", [PDF, JPEG, PNG])
def test_an_archive_behind_a_picture_or_a_document_is_refused(right, refused, kind):
    """The picture is seen, the archive opened: a file that is two things is neither."""
    code, message = refused(right[kind] + right[DOCX])
    assert code == "E602"
    assert "两种文件" in message


@pytest.mark.parametrize("kind", [PDF, JPEG, PNG])
def test_what_is_cut_off_is_damaged(right, refused, kind):
    assert refused(right[kind][: len(right[kind]) // 2])[0] == "E606"


@pytest.mark.parametrize("kind", [DOCX, XLSX])
def test_an_office_file_that_is_cut_off_is_damaged(right, refused, kind):
    assert refused(right[kind][: len(right[kind]) // 2])[0] == "E606"


@pytest.mark.parametrize("content", [b"", b"  \n "])
def test_an_empty_file_is_damaged(refused, content):
    assert refused(content)[0] == "E606"


def test_a_document_with_a_password_is_told_so(refused):
    assert refused(OLE2 + "EncryptedPackage".encode("utf-16-le"))[0] == "E605"
