"""An XLSX as the zip archive that it is: checked, and packed anew from what was checked.

The reader behind gets an archive that this module wrote, stored without compression and holding
only what it needs. So no difference between two zip readers (lying sizes, overlapping or repeated
entries, other local headers) can bring in anything that was not counted here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import IO

from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits

_CHUNK = MEBIBYTE
_RATIO_FROM = 16 * MEBIBYTE
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")
_LONGEST_DECLARATION = len(b"<!DOCTYPE")
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/[^/]*\.rels|xl/(?:[^/]+\.xml|_rels/[^/]*\.rels|worksheets/[^/]+\.xml)", re.I
)
_OTHERS: tuple[tuple[str, Fault, str], ...] = (
    ("xl/workbook.bin", Fault.WRONG_FORMAT, "二进制工作簿（xlsb）"),
    ("content.xml", Fault.WRONG_FORMAT, "开放文档表格（ods）"),
    ("word/document.xml", Fault.NOT_A_TABLE, "Word 文档"),
    ("ppt/presentation.xml", Fault.NOT_A_TABLE, "PowerPoint 文稿"),
)

Watch = Callable[[str, Iterator[bytes]], Iterator[bytes]]
"""Sees the pieces of a part on their way: (name, pieces) → the same pieces."""


def repack(source: IO[bytes], target: IO[bytes], limits: Limits, watch: Watch) -> None:
    """Copy what a workbook's cells need from `source` to `target`, never unpacking beyond `limits`.

    Raises Unreadable for a bomb, a damaged or encrypted archive, XML with declarations, and
    archives that hold no workbook.
    """
    try:
        with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w") as stored:
            parts = _checked(packed, limits)
            left = limits.unpacked_bytes
            for part in parts:
                name = _plain(part)
                with stored.open(name, "w") as out:
                    for piece in watch(name, without_declarations(name, pieces(packed, part))):
                        left -= len(piece)
                        if left < 0:
                            raise Unreadable.because(Fault.BOMB, detail=_above(limits.unpacked_bytes))
                        out.write(piece)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable.because(Fault.DAMAGED, detail="压缩结构不完整") from error


def _checked(packed: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """The parts to copy, after the central directory has passed."""
    parts = checked(packed, limits)
    _check_kind({_plain(part) for part in parts})
    return [part for part in parts if _NEEDED.fullmatch(_plain(part))]


def checked(packed: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """All parts of an office file's archive, once their number, sizes and places have passed. Raises Unreadable."""
    parts = packed.infolist()
    names = {_plain(part) for part in parts}
    if len(parts) > limits.members:
        raise Unreadable.because(Fault.BOMB, detail=f"内部文件超过 {limits.members} 个")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable.because(Fault.ENCRYPTED)
    if len(names) < len(parts) or _overlap(parts):
        raise Unreadable.because(Fault.BOMB, detail="内部文件互相重叠")
    _check_sizes(parts, limits)
    return parts


def _plain(part: zipfile.ZipInfo) -> str:
    """The part's name; some programs write it with the other slash."""
    return part.filename.replace("\\", "/")


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(parts, key=lambda part: part.header_offset)
    return any(
        before.header_offset + _LOCAL_HEADER + before.compress_size > after.header_offset
        for before, after in pairwise(ordered)
    )


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable.because(Fault.BOMB, detail=_above(limits.unpacked_bytes))
    if unpacked > _RATIO_FROM and unpacked > packed * limits.ratio:
        raise Unreadable.because(Fault.BOMB, detail=f"压缩比超过 {limits.ratio} 倍")


def _check_kind(names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if "xl/workbook.xml" in lowered:
        return
    for member, fault, found in _OTHERS:
        if member in lowered:
            raise Unreadable.because(fault, found=found)
    raise Unreadable.because(Fault.NOT_A_TABLE, found="压缩包")


def _above(size: int) -> str:
    return f"解压后超过 {size // MEBIBYTE} MB"


def pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes, unpacked piece by piece and never beyond its declared size."""
    if part.compress_type not in _METHODS:
        raise Unreadable.because(Fault.DAMAGED, detail="压缩方法不受支持")
    with packed.open(part) as member:
        while piece := member.read(_CHUNK):
            yield piece


def without_declarations(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces of an XML part. Raises Unreadable where it declares anything: entities unfold."""
    tail = b""
    for index, piece in enumerate(pieces):
        if index == 0 and piece.startswith(_UTF16):
            raise Unreadable.because(Fault.DAMAGED, detail=f"{name} 的编码不是 UTF-8")
        seen = tail + piece
        if any(declaration in seen for declaration in _DECLARATIONS):
            raise Unreadable.because(Fault.XML_ENTITIES, detail=name)
        tail = piece[-_LONGEST_DECLARATION:]
        yield piece
