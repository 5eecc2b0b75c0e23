"""Which part of a workbook's archive is which sheet."""

from __future__ import annotations

import posixpath
import zipfile
from typing import IO
from xml.etree import ElementTree

from gongshi.intake.readers.faults import Fault, Unreadable

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet_parts(archive: IO[bytes]) -> dict[str, str]:
    """The part's name for each sheet's name; sheets whose part is missing are left out."""
    with zipfile.ZipFile(archive) as parts:
        try:
            workbook = ElementTree.fromstring(parts.read(_WORKBOOK))  # noqa: S314
            relations = ElementTree.fromstring(parts.read(_RELATIONS))  # noqa: S314
        except (ElementTree.ParseError, KeyError) as error:
            raise Unreadable.because(Fault.DAMAGED, detail="工作簿的目录无法解析") from error
    targets = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[1:]
        for relation in relations
    }
    return {
        sheet.get("name", ""): targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID) or "", "")
        for sheet in workbook.iter()
        if sheet.tag.endswith("}sheet")
    }
