"""What lies inside a file: gzip, bzip2, xz, zip (sheets and documents too), the streams of a PDF, the rows of a Parquet
file, one in another.

By the first bytes and not by the name. Bounded: an archive that grows beyond all measure, is locked or packed in
a way that is not known here is reported as not read, never passed over.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from gongshi.publish.audit import parquet
from gongshi.publish.audit.plain import APART

_SPOOL = 32 * 2**20
"""Bytes of unpacked content that are held in memory; more go to a temporary file."""
_CHUNK = 2**20
_HEAD = 16
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TAGS = re.compile(rb"<[^<>]*>")
_ENDS = re.compile(rb"</(?:w:p|a:p|text:p|si|is|c)>")

Packed = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_STREAMS: dict[bytes, Callable[[IO[bytes]], Packed]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_ZIP = b"PK\x03\x04"
_UNKNOWN = {
    b"\x28\xb5\x2f\xfd": "Zstandard 压缩",
    b"7z\xbc\xaf\x27\x1c": "7z 压缩",
    b"Rar!": "RAR 压缩",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件",
}
SQLITE = b"SQLite format 3\x00"
_BROKEN = (OSError, EOFError, RuntimeError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What the readers of archives raise for damaged, locked and unknown ones."""


@dataclass(slots=True)
class Limits:
    """Bounds of one file: how deep, how many entries, how many bytes may come out of it."""

    depth: int = 5
    entries: int = 100_000
    size: int = 4 * 2**30
    spent: int = 0


class NotRead(Exception):
    """Something inside could not be looked at; `inner` says where, the message why."""

    def __init__(self, inner: str, reason: str) -> None:
        super().__init__(reason)
        self.inner = inner


@dataclass(frozen=True, slots=True)
class Leaf:
    """Bytes to look at, and their place inside the file ("" for the file itself)."""

    inner: str
    file: IO[bytes]

    def starts_with(self, magic: bytes) -> bool:
        """Whether these are its first bytes."""
        return _head(self.file).startswith(magic)


def leaves(file: IO[bytes], limits: Limits, inner: str = "", name: str = "") -> Iterator[Leaf | NotRead]:
    """The file itself, then everything inside it. What can not be read comes as NotRead, between the others."""
    yield Leaf(inner, file)
    yield from _guarded(_inside(file, name, limits, inner), inner)


def _guarded(found: Iterator[Leaf | NotRead], inner: str) -> Iterator[Leaf | NotRead]:
    """One entry that is damaged or locked does not hide the others."""
    try:
        yield from found
    except NotRead as error:
        yield error
    except _BROKEN as error:
        yield NotRead(inner, f"压缩内容已损坏、加密或者无法解开（{type(error).__name__}）")


def _inside(file: IO[bytes], name: str, limits: Limits, inner: str) -> Iterator[Leaf | NotRead]:
    head = _head(file)
    if name.endswith(".br"):
        raise NotRead(inner, "Brotli 压缩的内容无法查看")
    if unknown := next((words for magic, words in _UNKNOWN.items() if head.startswith(magic)), ""):
        raise NotRead(inner, f"{unknown}的内容无法查看")
    opener = next((opener for magic, opener in _STREAMS.items() if head.startswith(magic)), None)
    below = [part for part in inner.split("!") if part]
    if (opener or head.startswith(_ZIP)) and len(below) >= limits.depth:
        raise NotRead(inner, "压缩包嵌套太深")
    if opener:
        with opener(file) as packed, _unpacked(packed, limits, inner) as plain:
            yield from leaves(plain, limits, _joined(inner, "解压"))
    elif head.startswith(_ZIP):
        yield from _entries(file, limits, inner)
    elif head.startswith(b"%PDF"):
        yield from _streams(file, limits, inner)
    elif head.startswith(parquet.MAGIC):
        yield from _rows(file, limits, inner)


def _entries(file: IO[bytes], limits: Limits, inner: str) -> Iterator[Leaf | NotRead]:
    with zipfile.ZipFile(file) as archive:
        found = archive.infolist()
        limits.entries -= len(found)
        if limits.entries < 0:
            raise NotRead(inner, "压缩包里的文件太多")
        for entry in found:
            at = _joined(inner, entry.filename)
            yield from _guarded(_entry(archive, entry, limits, at), at)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, inner: str) -> Iterator[Leaf | NotRead]:
    with archive.open(entry) as packed, _unpacked(packed, limits, inner) as plain:
        yield from leaves(plain, limits, inner, entry.filename)
        if entry.filename.endswith((".xml", ".rels")):
            with _without_tags(plain) as flat:
                yield Leaf(inner, flat)


def _without_tags(file: IO[bytes]) -> IO[bytes]:
    """The text of a sheet or a document with its runs joined: 张<w:r>建国 is one word to the reader."""
    file.seek(0)
    content = file.read()
    made: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - the caller closes it
    made.write(_TAGS.sub(b"", _ENDS.sub(APART.encode(), content)))
    return made


def _streams(file: IO[bytes], limits: Limits, inner: str) -> Iterator[Leaf | NotRead]:
    """Deflated streams of a PDF. Text that a font codes in numbers of its own is not seen in them."""
    file.seek(0)
    content = file.read()
    for found in _STREAM.finditer(content):
        unpacker = zlib.decompressobj()
        try:
            plain = unpacker.decompress(found[1], max(1, limits.size - limits.spent))
        except zlib.error:
            continue  # not deflated: the bytes themselves were looked at
        limits.spent += len(plain)
        if unpacker.unconsumed_tail:
            raise NotRead(inner, "解压后的内容太大")
        with io.BytesIO(plain) as made:
            yield Leaf(_joined(inner, f"第 {found.start()} 字节的流"), made)


def _rows(file: IO[bytes], limits: Limits, inner: str) -> Iterator[Leaf | NotRead]:
    """The rows of a Parquet file."""
    for at, text in enumerate(parquet.texts(file), start=1):
        limits.spent += len(text)
        if limits.spent > limits.size:
            raise NotRead(inner, "解压后的内容太大")
        with io.BytesIO(text) as made:
            yield Leaf(_joined(inner, f"第 {at} 组行"), made)


def _unpacked(packed: IO[bytes] | Packed, limits: Limits, inner: str) -> IO[bytes]:
    """What comes out, as a file that can be read again. Raises NotRead beyond the bound."""
    made: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - the caller closes it
    while chunk := packed.read(_CHUNK):
        limits.spent += len(chunk)
        if limits.spent > limits.size:
            made.close()
            raise NotRead(inner, "解压后的内容太大")
        made.write(chunk)
    return made


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    return head


def _joined(inner: str, name: str) -> str:
    return f"{inner}!{name}" if inner else name
