"""What a file is, by its content: one of the types that are accepted, or what it is instead, in words."""

from __future__ import annotations

import re

import puremagic

from gongshi.intake.problems import Wrong
from gongshi.intake.readers.detect import OLE2
from gongshi.intake.readers.text import sample

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"
ZIP = "application/zip"
"""DOCX or XLSX, or another archive: its inside tells (package.py)."""

_STARTS = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n", ZIP: b"PK\x03\x04"}
_ENDS = {PDF: b"%%EOF", JPEG: b"\xff\xd9", PNG: b"IEND\xaeB`\x82"}
"""How each type begins and ends. A picture or document without its end is cut off or something else."""
_ZIP_END, _ZIP_END_SIZE, _ZIP_COMMENT = b"PK\x05\x06", 22, 65_535

_SAVE_AS = "请用 Word、Excel 或者 WPS 打开，另存为 DOCX、XLSX 或者 PDF。"
_AS_PICTURE = "请另存为 JPEG 或者 PNG。"
_UNPACK = "请解压后逐个提交。"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "可执行程序", ""),
    (b"\x7fELF", "可执行程序", ""),
    (b"\xca\xfe\xba\xbe", "可执行程序", ""),
    (b"\xcf\xfa\xed\xfe", "可执行程序", ""),
    (b"#!", "可执行的脚本", ""),
    (b"Rar!", "压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包", _UNPACK),
    (b"\x1f\x8b", "压缩包", _UNPACK),
    (b"PK\x05\x06", "空的压缩包", ""),
    (b"{\\rtf", "RTF 文档", _SAVE_AS),
    (b"GIF8", "GIF 图片", _AS_PICTURE),
    (b"BM", "BMP 图片", _AS_PICTURE),
    (b"II*\0", "TIFF 图片", _AS_PICTURE),
    (b"MM\0*", "TIFF 图片", _AS_PICTURE),
    (b"RIFF", "WebP 图片或者音像文件", _AS_PICTURE),
    (b"SQLite format 3", "数据库文件", ""),
    (b"L\0\0\0\x01\x14\x02\0", "快捷方式", ""),
)
_OLE2_STREAMS = {
    "WordDocument": "旧版 Word 文档（.doc、.wps）",
    "Workbook": "旧版 Excel 表格（.xls、.et）",
    "Book": "旧版 Excel 表格（.xls、.et）",
    "PowerPoint Document": "旧版 PowerPoint 文稿",
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (
    (re.compile(r"<svg[\s>]", re.I), "SVG 图片", _AS_PICTURE),
    (re.compile(r"<(?:!doctype html|html|head|body|script|meta)[\s>]", re.I), "网页", _SAVE_AS),
    (re.compile(r"\s*<\?xml|\s*<[a-z]", re.I), "XML 文件", ""),
)


def type_of(content: bytes) -> str:
    """PDF, JPEG, PNG or ZIP. Raises Wrong: E602 with what it is instead, E605 for a document with a password, E606
    for what is cut off.

    A file that is also an archive (a zip behind a picture) is there to be opened as something else.
    """
    found = next((kind for kind, start in _STARTS.items() if content.startswith(start)), "")
    if not found:
        _refuse(content)
    if found == ZIP:
        return ZIP
    if _ENDS[found] not in content:
        raise Wrong("E606", detail="没有结尾")
    if _is_archive(content):
        raise Wrong("E602", found="两种文件合在一起（后面藏着压缩包）", advice=_SAVE_AS)
    return found


def _is_archive(content: bytes) -> bool:
    """Whether a zip reader would open it: it looks for its directory's end from the back."""
    at = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_SIZE - _ZIP_COMMENT))
    return at >= 0 and len(content) - at >= _ZIP_END_SIZE


def _refuse(content: bytes) -> None:
    if not content.strip():
        raise Wrong("E606", detail="文件是空的")
    if content.startswith(OLE2):
        if _ENCRYPTED in content:
            raise Wrong("E605")
        named = (words for name, words in _OLE2_STREAMS.items() if name.encode("utf-16-le") in content)
        raise Wrong("E602", found=next(named, "旧版 Office 文件"), advice=_SAVE_AS)
    for start, words, advice in _FOREIGN:
        if content.startswith(start):
            raise Wrong("E602", found=words, advice=advice)
    raise Wrong("E602", **_told(content))


def _told(content: bytes) -> dict[str, str]:
    """Markup and text by their first lines, the rest by the name that puremagic has for it."""
    text = sample(content)
    for pattern, words, advice in _MARKUP:
        if pattern.search(text[:1024]):
            return {"found": words, "advice": advice}
    if "\ufffd" not in text and "\0" not in text:
        return {"found": "纯文本", "advice": _SAVE_AS}
    try:
        return {"found": f"不能识别的文件（{puremagic.from_string(content[:4096])}）", "advice": _SAVE_AS}
    except (puremagic.PureError, ValueError, IndexError):
        return {"found": "不能识别的文件", "advice": _SAVE_AS}
