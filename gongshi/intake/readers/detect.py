"""What a file is, by its content; its extension is what somebody called it."""

from __future__ import annotations

import re
from enum import StrEnum

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.text import sample

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    """And WPS's .et, which is the same inside."""
    CSV = "csv"
    JSON = "json"
    YAML = "yaml"


_FOREIGN: tuple[tuple[bytes, Fault, str], ...] = (
    (b"%PDF", Fault.NOT_A_TABLE, "PDF 文件"),
    (b"MZ\x90\0", Fault.NOT_A_TABLE, "可执行程序"),
    (b"\x7fELF", Fault.NOT_A_TABLE, "可执行程序"),
    (b"\x89PNG", Fault.NOT_A_TABLE, "图片"),
    (b"\xff\xd8\xff", Fault.NOT_A_TABLE, "图片"),
    (b"GIF8", Fault.NOT_A_TABLE, "图片"),
    (b"Rar!", Fault.NOT_A_TABLE, "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", Fault.NOT_A_TABLE, "压缩包"),
    (b"\x1f\x8b", Fault.NOT_A_TABLE, "压缩包"),
    (b"{\\rtf", Fault.NOT_A_TABLE, "RTF 文档"),
    (b"SQLite format 3", Fault.NOT_A_TABLE, "数据库文件"),
)
_OLE2_STREAMS = {
    "Workbook": "",
    "Book": "",
    "EncryptedPackage": "",
    "WordDocument": "Word 文档",
    "PowerPoint Document": "PowerPoint 文稿",
}
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|meta|table|style|[a-z]+:workbook|workbook|script)", re.I)
_JSON = re.compile(r"""\s*(?:\{\s*["}]|\[\s*[\[{"\]\d])""")
_YAML_LINE = re.compile(r"(?:- |-$|---$|---\s|[^\s,;\t\"'#][^,;\t]*:(?:\s|$)|\s+\S|#)")


def format_of(data: bytes) -> Format:
    """The format of `data`. Raises Unreadable for what is known to be something else.

    Text that is neither JSON nor YAML by its first lines is CSV.
    """
    if data.startswith(ZIP):
        return Format.XLSX
    if data.startswith(OLE2):
        _check_ole2(data)
        return Format.XLS
    for magic, fault, found in _FOREIGN:
        if data.startswith(magic):
            raise Unreadable.because(fault, found=found)
    return _text_format(sample(data).lstrip("\ufeff"))


def _check_ole2(data: bytes) -> None:
    """The container that XLS shares with Word, PowerPoint and workbooks with a password."""
    streams = {name for name in _OLE2_STREAMS if name.encode("utf-16-le") in data}
    if "EncryptedPackage" in streams:
        raise Unreadable.because(Fault.ENCRYPTED)
    if not streams & {"Workbook", "Book"}:
        found = next((found for name, found in _OLE2_STREAMS.items() if name in streams and found), "")
        if found:
            raise Unreadable.because(Fault.NOT_A_TABLE, found=found)


def _text_format(text: str) -> Format:
    if _MARKUP.match(text):
        raise Unreadable.because(Fault.WRONG_FORMAT, found="网页或 XML 格式的表格（扩展名可能被改成了 xls）")
    if _JSON.match(text):
        return Format.JSON
    return Format.YAML if _is_yaml(text) else Format.CSV


def _is_yaml(text: str) -> bool:
    """Whether the first lines are all of YAML's making: items, keys, continuation, comments."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    shaped = [line for line in lines if not line.startswith("#")]
    if not shaped or shaped[0][:1].isspace():
        return False
    return all(_YAML_LINE.match(line) for line in lines) and not _is_note(shaped)


def _is_note(lines: list[str]) -> bool:
    """A single line such as '说明:' alone is no YAML record."""
    return len(lines) == 1 and lines[0].rstrip().endswith(":")
