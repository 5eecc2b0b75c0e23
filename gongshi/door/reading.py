"""A form with files, read as it comes in: in memory, never on the disk, never more than the form can hold.

A file that is too large is let run past and only noted, so that the page that says so still has
everything that was typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from gongshi.door.errors import NotOurForm, TooLarge, TooSlow
from gongshi.records.request import LARGEST_FILE, MOST_FILES

LARGEST_FORM = 64 * 1024 * 1024
"""Bytes after which one does not even listen any more."""
PATIENCE = 300.0
"""Seconds that a form may take to arrive (15 MB over a slow line)."""
_LONGEST_TEXT = 64 * 1024
_MOST_PARTS = 40


@dataclass
class SentFile:
    """One file as it was sent: the sender's name for it, its bytes; `too_large` ones have none."""

    name: str
    content: bytearray = field(default_factory=bytearray)
    too_large: bool = False


@dataclass
class Sent:
    """What a form held. `files` are those that were chosen; `too_many` says that there were more."""

    texts: dict[str, str] = field(default_factory=dict)
    files: list[SentFile] = field(default_factory=list)
    too_many: bool = False


async def read_form(content_type: str, stream: AsyncIterator[bytes], *, patience: float = PATIENCE) -> Sent:
    """The form. Raises NotOurForm, TooLarge, TooSlow."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise NotOurForm("请用本页的表单填写。")
    try:
        reader = _Reader(boundary)
        async with asyncio.timeout(patience):
            async for chunk in stream:
                reader.take(chunk)
    except TimeoutError:
        raise TooSlow("表单没有在规定时间内传完，请在网络较好时再试，或者减少文件。") from None
    except (FormParserError, ValueError) as error:
        raise NotOurForm("表单没有完整收到，请再试一次。") from error
    if not reader.ended:
        raise NotOurForm("表单没有完整收到，请再试一次。")
    return reader.sent


class _Reader:
    """The callbacks of python_multipart's parser."""

    def __init__(self, boundary: bytes) -> None:
        self.sent = Sent()
        self.ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._finish,
            },
        )
        self._size = 0
        self._parts = 0

    def take(self, chunk: bytes) -> None:
        """The next bytes."""
        self._size += len(chunk)
        if self._size > LARGEST_FORM:
            raise TooLarge("送来的内容太大：最多 3 个文件，每个不超过 5 MB。")
        self._parser.write(chunk)

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise NotOurForm("表单里的项目太多，请用本页的表单填写。")
        self._header = (bytearray(), bytearray())
        self._name = ""
        self._text = bytearray()
        self._file: SentFile | None = None
        self._is_file = False

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_end(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            _, options = parse_options_header(bytes(value))
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            self._is_file = b"filename" in options
            if self._is_file:
                self._file = SentFile(options[b"filename"].decode("utf-8", "replace"))
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        if self._file and len(self.sent.files) >= MOST_FILES:
            self._file = SentFile(self._file.name, too_large=True)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._file_data(data, start, end)
        elif len(self._text) + end - start <= _LONGEST_TEXT:
            self._text += data[start:end]
        else:
            raise NotOurForm("填写的文字太长，请缩短后再试。")

    def _file_data(self, data: bytes, start: int, end: int) -> None:
        file = self._file
        if file is None or file.too_large:
            return
        if len(file.content) + end - start > LARGEST_FILE:
            file.too_large = True
            file.content.clear()
        else:
            file.content += data[start:end]

    def _end(self) -> None:
        file = self._file
        if file is None:
            if self._name:
                self.sent.texts[self._name] = self._text.decode("utf-8", "replace")
        elif file.name or file.content:  # a file field that was left empty sends an empty name
            if len(self.sent.files) >= MOST_FILES:
                self.sent.too_many = True
            else:
                self.sent.files.append(file)

    def _finish(self) -> None:
        self.ended = True
