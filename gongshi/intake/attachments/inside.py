"""All that is done to one file, in the process that is there for it: told, written anew, its texts looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongshi.intake.attachments.kinds import PDF, ZIP, type_of
from gongshi.intake.problems import Wrong

_PERSONS = ("identity", "account")
_OF_A_PICTURE = "是图片，文字无法自动核对，请看图核对。"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a file: its type, its new bytes, and what the reviewer should know."""

    type: str
    content: bytes
    notes: tuple[str, ...]


def made_of(content: bytes) -> Made:
    """The file as it may be published. Raises Wrong: E602 to E607, E609.

    What reads another type of file is not imported: that takes longer than the file itself.
    """
    kind = type_of(content)
    if kind == PDF:
        from gongshi.intake.attachments import pdf

        document = pdf.cleaned(content)
        _check(document.texts)
        return Made(kind, document.content, tuple(document.notes))
    if kind == ZIP:
        from gongshi.intake.attachments import package

        office = package.cleaned(content)
        _check(office.texts)
        return Made(office.type, office.content, tuple(office.notes))
    from gongshi.intake.attachments import pictures

    return Made(kind, pictures.cleaned(content, kind), (_OF_A_PICTURE,))


def _check(texts: Iterable[str]) -> None:
    """Line by line: numbers one below the other are no long number, and characters in a box each are one."""
    from gongshi.law import shapes

    for text in texts:
        lines = [line.strip() for line in text.splitlines()]
        if any(shapes.holds(line, _PERSONS) for line in lines if line):
            raise Wrong("E609", part="文字")
        if any(shapes.holds(line, ("identity",)) for line in _boxed(lines)):
            raise Wrong("E609", part="格子")


def _boxed(lines: Iterable[str]) -> Iterator[str]:
    """What stands in boxes of one character."""
    for alone, some in groupby(filter(None, lines), lambda line: len(line) == 1):
        if alone:
            yield "".join(some)
