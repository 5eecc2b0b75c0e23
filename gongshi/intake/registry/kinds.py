"""Which kind a sheet holds, and whether a batch holds decisions or registers.

Every batch of decisions is asked that: it must cost next to nothing, however large the files are. So only names and
beginnings are looked at; what is read is read again by the check itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from gongshi.intake.batch import SourceFile
from gongshi.intake.passing import first
from gongshi.intake.readers import Limits, Row, Unreadable, streams
from gongshi.intake.readers.detect import OLE2, ZIP, Format, format_of
from gongshi.intake.readers.records import UNIT
from gongshi.intake.sheet.header import Header, Tie, find_header
from gongshi.intake.sheet.labels import names, plain
from gongshi.records import REGISTRY_KINDS, SUBMITTED_KINDS, RecordKind

_HEAD = 1 << 20
"""Bytes of a file that are looked at."""
_SMALL = 4 << 20
"""A workbook whose sheets say nothing by their names is opened if it is no larger."""
_LABELS_IN = 1 << 16
_ENOUGH = 3
_SHEET_NAME = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"')
_TOP_KEY = re.compile(r"""^["']?([^\s"':,\[\]{}#-][^"':\n]{0,60})["']?\s*:\s*(?:#.*)?(?:$|[\[{])""", re.MULTILINE)
_TOP_JSON_KEY = re.compile(r'(?:\A\ufeff?\s*\{|[\]}]\s*,)\s*"([^"\\]{1,60})"\s*:\s*[\[{]')
_ANY_KEY = re.compile(r"""["']?([^\s"':,\[\]{}#-][^"':,\[\]{}\n]{0,60}?)["']?\s*:""")


def kind_named(title: str) -> RecordKind | None:
    """The kind that a sheet or a key of this very name holds."""
    return _by_name().get(plain(title))


def header_of(rows: Sequence[Row], title: str, file: str, unit: str) -> Header | Tie | None:
    """The header of a sheet and the kind that it holds: that of its name, else the one that its columns fit best."""
    named = kind_named(title)
    if named and unit == UNIT:  # its keys are the header, however few they are
        return Header(named, tuple(str(cell or "") for cell in rows[0].cells) if rows else (), 0, 1)
    return find_header(rows, title + file, {named.name: named} if named else SUBMITTED_KINDS)


def is_registry(files: Collection[SourceFile], limits: Limits | None = None) -> bool:
    """Whether any of the files holds registers. What cannot be read holds none: the check of decisions says why."""
    return any(_holds_registers(file, limits) for file in files)


def names_in(file: SourceFile, limits: Limits | None = None) -> Iterator[str]:
    """The names of a workbook's sheets, or the keys of JSON and YAML that hold records; none of CSV. Raises as the
    readers do."""
    head = head_of(file)
    if head.startswith(ZIP):
        yield from titles(file.content)
    elif head.startswith(OLE2):
        yield from (stream.name for stream in streams(file.content, file.name, limits))
    elif format_of(head) is not Format.CSV:
        for encoding in ("utf-8", "gb18030"):
            text = head.decode(encoding, errors="ignore")
            yield from (*_TOP_JSON_KEY.findall(text), *_TOP_KEY.findall(text))


@cache
def _by_name() -> Mapping[str, RecordKind]:
    return {
        plain(name): kind
        for kind in reversed(SUBMITTED_KINDS.values())
        for name in (*kind.sheets, kind.label, kind.name)
    }


def _holds_registers(file: SourceFile, limits: Limits | None) -> bool:
    with suppress(Unreadable, OSError, zipfile.BadZipFile):
        head = head_of(file)
        if head.startswith((*ZIP, OLE2)):
            return _in_workbook(file, limits, zipped=head.startswith(ZIP))
        form = format_of(head)
        if form is Format.CSV:
            return _in_heads(_whole_lines(head), file.name, limits)
        return _in_tree(head)
    return False


def head_of(file: SourceFile) -> bytes:
    if isinstance(file.content, bytes):
        return file.content[:_HEAD]
    with file.content.open("rb") as opened:
        return opened.read(_HEAD)


def _whole_lines(head: bytes) -> bytes:
    """Without what may be half a line, and with it half a character."""
    if len(head) < _HEAD:
        return head
    return head[: len(head) // 2 * 2] if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head[: head.rfind(b"\n") + 1]


def _in_workbook(file: SourceFile, limits: Limits | None, *, zipped: bool) -> bool:
    kinds = {kind for title in (titles(file.content) if zipped else ()) if (kind := kind_named(title))}
    if kinds:
        return any(kind.registry for kind in kinds)
    size = len(file.content) if isinstance(file.content, bytes) else file.content.stat().st_size
    return size <= _SMALL and _in_heads(file.raw, file.name, limits)


def titles(content: bytes | Path) -> Iterator[str]:
    """The names of a workbook's sheets, read from the beginning of the part that lists them."""
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as archive:
        try:
            with archive.open("xl/workbook.xml") as part:
                said = part.read(_HEAD)
        except (KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile):  # the reader will say what it is
            return
    for name in _SHEET_NAME.findall(said):
        yield name.decode(errors="replace")


def _in_heads(content: bytes, name: str, limits: Limits | None) -> bool:
    """By the beginnings of the sheets."""
    for stream in streams(content, name, limits):
        found = header_of(first(stream.portions), stream.name, name, stream.unit)
        kinds = (found.kind,) if isinstance(found, Header) else found.kinds if found else ()
        if kinds and all(kind.registry for kind in kinds):
            return True
    return False


def _in_tree(head: bytes) -> bool:
    """JSON or YAML: by the keys that name kinds, else by those of the first records."""
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, errors="ignore")
        named = {kind for key in (*_TOP_JSON_KEY.findall(text), *_TOP_KEY.findall(text)) if (kind := kind_named(key))}
        if named:
            return any(kind.registry for kind in named)
        if _fits_registers(text[:_LABELS_IN]):
            return True
    return False


def _fits_registers(text: str) -> bool:
    """Whether the keys are those of a register rather than of a decision."""
    keys = {plain(key) for key in _ANY_KEY.findall(text)}
    known = {name: len({field.name for key in keys if (field := names(name).get(key))}) for name in SUBMITTED_KINDS}
    best = max(known, key=known.__getitem__)
    return known[best] >= _ENOUGH and best in REGISTRY_KINDS
