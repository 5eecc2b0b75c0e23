"""A file is what it contains, whatever it is called."""

import io
import zipfile

import pytest

from gongshi.intake.readers import Limits, read
from gongshi.intake.readers.detect import Format, format_of

FOREIGN = {
    "%PDF-1.7\n%âãÏÓ".encode("latin-1"): ("file_not_a_table", "PDF"),
    b"MZ\x90\0\x03\0\0\0\x04": ("file_not_a_table", "可执行程序"),
    b"\x7fELF\x02\x01\x01": ("file_not_a_table", "可执行程序"),
    b"\x89PNG\r\n\x1a\n": ("file_not_a_table", "图片"),
    b"\xff\xd8\xff\xe0\0\x10JFIF": ("file_not_a_table", "图片"),
    b"Rar!\x1a\x07\x01\0": ("file_not_a_table", "压缩包"),
    b"<html><table><tr><td>x</td></tr></table></html>": ("file_wrong_format", "网页"),
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com">': ("file_wrong_format", "XML"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "WordDocument".encode("utf-16-le"): ("file_not_a_table", "Word"),
}


@pytest.mark.parametrize("data", FOREIGN, ids=[found for _, found in FOREIGN.values()])
def test_other_files_renamed_to_xlsx_are_called_by_their_name(refused, data):
    code, found = FOREIGN[data]
    error = refused(data)
    assert error.code == code
    assert found in error.message


@pytest.mark.parametrize(
    ("member", "found"),
    [("word/document.xml", "Word"), ("content.xml", "ods"), ("xl/workbook.bin", "xlsb"), ("readme.txt", "压缩包")],
)
def test_other_zip_archives_are_called_by_their_name(refused, member, found):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(member, "x")
    assert found in refused(target.getvalue()).message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (bytes(100_000), "file_blank"),
        (b" \r\n\t" * 1000, "file_blank"),
        (b"a" * 3_000_000, "file_too_large"),
    ],
    ids=["empty", "zeros", "spaces", "large"],
)
def test_nothing_and_too_much_are_refused(refused, data, code):
    assert refused(data, limits=Limits(file_bytes=2_000_000, delimited_bytes=2_000_000)).code == code


def test_a_file_that_is_too_large_is_not_even_read(refused, tmp_path):
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert refused(path).code == "file_too_large"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("文号,名称\n1,甲", Format.CSV),
        ("PKID,名称\n1,甲", Format.CSV),
        ("MZ编号,名称\n1,甲", Format.CSV),
        ("说明:\n文号,名称\n1,甲", Format.CSV),
        ("文号\n1", Format.CSV),
        ("[必填]文号,名称\n1,甲", Format.CSV),
        ("{a: 1}", Format.YAML),
        ("- 文号: 1\n  名称: 甲", Format.YAML),
        ("---\n- 文号: 1", Format.YAML),
        ("penalty:\n- 文号: 1", Format.YAML),
        ("penalty:\n  - 文号: 1", Format.YAML),
        ("# 说明\n文号: 1\n名称: 甲，乙", Format.YAML),
        ('{"penalty": []}', Format.JSON),
        (' [{"文号": 1}]', Format.JSON),
        ('\ufeff[{"文号": 1}]', Format.JSON),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_texts_are_told_apart_in_every_encoding(text, form, encoding):
    if encoding == "gb18030":
        text = text.removeprefix("\ufeff")
    assert format_of(text.encode(encoding)) is form


def test_the_extension_does_not_matter(saved):
    data = saved(lambda book, sheet: sheet.append(["x"]))
    assert [row.cells for row in read(data, "处罚.csv")[0].rows] == [("x",)]
