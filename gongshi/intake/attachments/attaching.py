"""Which attachment belongs to which record: what a cell names, found in the folder, and the value it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from gongshi.intake.attachments.folder import content_of
from gongshi.intake.attachments.looking import Clean, looked_at
from gongshi.intake.batch import SourceFile
from gongshi.intake.problems import Wrong
from gongshi.records.attachment import LARGEST_FILE, MOST_FILES
from gongshi.records.decision import nested_text

_BETWEEN = re.compile(r"[、\n;；]")
_LABEL, _FILE = ("名称", "name", "label"), ("文件", "file")
"""The keys of an attachment in YAML and JSON."""

Look = Callable[[bytes, str, int], Clean]


@dataclass(frozen=True, slots=True)
class Mention:
    """An attachment as a record names it: how it is called for readers, and the file's name."""

    label: str
    file: str


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment of a record. `original` is what was sent, `clean` what may be published."""

    label: str
    original: SourceFile
    clean: Clean


def mentions(value: object) -> tuple[Mention, ...]:
    """What a cell names: `名称=文件名` or `文件名`, several between 、 or in lines of their own; in YAML and JSON
    likewise, or a list of {名称, 文件}. Without a name of its own a file is called by its name without the ending.

    Raises Wrong E504 for another shape.
    """
    if value is None or isinstance(value, str):
        return tuple(_mention(text) for text in _BETWEEN.split(value or "") if text.strip())
    if not isinstance(value, Sequence):
        raise Wrong("E504")
    found: list[Mention] = []
    for one in value:
        found += (_of_mapping(one),) if isinstance(one, Mapping) else mentions(_text(one))
    return tuple(found)


def _mention(text: str) -> Mention:
    label, sign, file = normalize("NFKC", text).partition("=")
    file = (file if sign else label).strip()
    return Mention(label.strip() if sign and label.strip() else _stem(file), file)


def _of_mapping(one: Mapping[str, object]) -> Mention:
    if set(one) - {*_LABEL, *_FILE}:
        raise Wrong("E504")
    label, file = (
        normalize("NFKC", next((_text(one[key]) for key in keys if key in one), "")).strip() for keys in (_LABEL, _FILE)
    )
    if not file:
        raise Wrong("E504")
    return Mention(label or _stem(file), file)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong("E504")
    return value


def _stem(file: str) -> str:
    return file.rpartition(".")[0] or file


class Attachments:
    """The attachments of one batch: each file is looked at once, however many records name it."""

    def __init__(
        self, files: Mapping[str, SourceFile], *, most_bytes: int = LARGEST_FILE, look: Look = looked_at
    ) -> None:
        self._files = files
        self._most_bytes = most_bytes
        self._look = look
        self._looked: dict[str, tuple[SourceFile, Clean] | Wrong] = {}

    def attached(self, mention: Mention) -> Attached:
        """The file that is named. Raises Wrong: E601 where it is not there, else what `looked_at` raises; `value` is
        among its words."""
        if mention.file not in self._looked:
            self._looked[mention.file] = self._looked_at(mention.file)
        found = self._looked[mention.file]
        if isinstance(found, Wrong):
            raise Wrong(found.code, **found.words)
        return Attached(mention.label, *found)

    def each_attached(self, value: object) -> Iterator[Attached | Wrong]:
        """What a cell names, one by one: where a file is wrong, what is wrong with it. Raises Wrong E504 for the cell,
        E603 for too many."""
        for mention in _few(mentions(value)):
            try:
                yield self.attached(mention)
            except Wrong as wrong:
                yield wrong

    @property
    def used(self) -> tuple[tuple[SourceFile, Clean], ...]:
        """What was sent and what was made of it, of each file that was named and is right, by its name: to be kept."""
        return tuple(found for _, found in sorted(self._looked.items()) if not isinstance(found, Wrong))

    @property
    def unused(self) -> tuple[str, ...]:
        """The files that no record names (W601)."""
        return tuple(name for name in self._files if name not in self._looked)

    def _looked_at(self, name: str) -> tuple[SourceFile, Clean] | Wrong:
        if name not in self._files:
            near = get_close_matches(name, self._files, 1)
            return Wrong("E601", value=name, nearest=f"最接近的是“{near[0]}”。" if near else "")
        try:
            content = content_of(self._files[name], self._most_bytes)
            return SourceFile(name, content), self._look(content, name, self._most_bytes)
        except OSError:
            return Wrong("E601", value=name, nearest="")
        except Wrong as wrong:
            return Wrong(wrong.code, **{"value": name} | wrong.words)


def _few(named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    if len(named) > MOST_FILES:
        raise Wrong("E603", value=named[MOST_FILES].file, detail=f"超过 {MOST_FILES} 个")
    return named


def value_of(attached: Iterable[Attached]) -> str | None:
    """The field's value: canonical JSON of {label, name, type, size, sha256}, all text; the digest is that of the bytes
    that may be published."""
    return nested_text(
        {
            "label": one.label,
            "name": one.clean.name,
            "type": one.clean.type,
            "size": str(len(one.clean.content)),
            "sha256": one.clean.sha256,
        }
        for one in attached
    )
