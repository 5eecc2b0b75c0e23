"""What the parts of an office file say of each other: read, and written anew with what may stay."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from gongshi.intake.attachments.parts import tree
from gongshi.intake.problems import Wrong

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OUTSIDE = ' TargetMode="External"'
_REACHED = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Relation:
    """One line: from the part it belongs to, to another part or, where `outside`, to an address."""

    id: str
    type: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """What one part refers to."""

    all: tuple[Relation, ...]

    @classmethod
    def read(cls, xml: bytes) -> Relations:
        """Raises Wrong E606."""
        return cls(
            tuple(
                Relation(
                    found.get("Id", ""),
                    found.get("Type", ""),
                    found.get("Target", ""),
                    found.get("TargetMode", "").lower() == "external",
                )
                for found in tree(xml)
            )
        )

    @staticmethod
    def of_package(main: str) -> bytes:
        """The relations of the file itself: where its main part is, and nothing about it."""
        return _written([Relation("rId1", _MAIN, main, outside=False)])

    def among(self, folder: str, parts: Collection[str]) -> bytes:
        """Those to other `parts` and to addresses of the web. Raises Wrong E604 for what is fetched from elsewhere."""
        kept = []
        for found in self.all:
            if found.outside:
                _check_outside(found)
                kept.append(found)
            elif _inside(folder, found.target) in parts:
                kept.append(found)
        return _written(kept)


def _inside(folder: str, target: str) -> str:
    """The part's name; the target is relative to the folder unless it begins with a slash."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _check_outside(found: Relation) -> None:
    if not found.type.endswith("/hyperlink"):
        what = "附加的模板" if found.type.endswith("/attachedTemplate") else "从外部取用的内容"
        raise Wrong("E604", found=what)
    if not found.target.lower().startswith(_REACHED):
        raise Wrong("E604", found="指向本机或者内部网络文件的链接")


def _written(relations: Collection[Relation]) -> bytes:
    lines = "".join(
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)} Target={quoteattr(one.target)}"
        f"{_OUTSIDE if one.outside else ''}/>"
        for one in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


def types_of(xml: bytes) -> ET.Element:
    """The list of content types. Raises Wrong E606."""
    return tree(xml)


def content_types(types: ET.Element, written: Mapping[str, bytes]) -> bytes:
    """The list for the parts that are written."""
    endings = {name.rpartition(".")[2].lower() for name in written} | {"rels", "xml"}
    lines: list[str] = []
    for one in types:
        kind = f"ContentType={quoteattr(one.get('ContentType', ''))}"
        if one.tag.endswith("}Default") and one.get("Extension", "").lower() in endings:
            lines.append(f"<Default Extension={quoteattr(one.get('Extension', ''))} {kind}/>")
        elif one.tag.endswith("}Override") and one.get("PartName", "").lstrip("/") in written:
            lines.append(f"<Override PartName={quoteattr(one.get('PartName', ''))} {kind}/>")
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>'.encode()
