"""The fields of a Word document: instructions that Word carries out when it shows the document. Those that count pages
or ask for an entry stay; one that fetches something, or is not known here, is refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from gongshi.intake.problems import Wrong

_HARMLESS = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "STYLEREF",
        "TOC",
        "TC",
        "XE",
        "INDEX",
        "SEQ",
        "LISTNUM",
        "AUTONUM",
        "AUTONUMLGL",
        "HYPERLINK",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "SYMBOL",
        "ADVANCE",
        "EQ",
        "IF",
        "COMPARE",
        "=",
        "DATE",
        "TIME",
    ]
)
_ADDRESS = re.compile(r'HYPERLINK\s+(?!\\l)"?([^"\s]+)', re.I)
_REACHED = ("http://", "https://", "mailto:", "tel:")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Fields:
    """The fields of one part, one inside another, as they are met."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []

    def meet(self, tag: str, element: ET.Element) -> None:
        """Raises Wrong E604 once an instruction is complete that may not be."""
        if tag == "fldSimple":
            _check(element.get(f"{_WORD}instr", ""))
        elif tag == "instrText":
            self._said(element.text or "")
        elif tag == "fldChar":
            self._turn(element.get(f"{_WORD}fldCharType", ""))

    def _said(self, text: str) -> None:
        if not self._open:
            raise Wrong("E604", found="不完整的域")
        self._open[-1].append(text)

    def _turn(self, kind: str) -> None:
        """begin … separate … end: between the first two stands the instruction, then its result."""
        if kind == "begin":
            self._open.append([])
            return
        if not self._open:
            raise Wrong("E604", found="不完整的域")
        _check("".join(self._open[-1]))
        if kind == "end":
            self._open.pop()


def _check(instruction: str) -> None:
    words = instruction.split()
    if not words or not (words[0].upper() in _HARMLESS or words[0].startswith("=")):
        raise Wrong("E604", found=f"域（{words[0] if words else '由其他域组成'}）")
    address = _ADDRESS.match(instruction.strip())
    if address and not address[1].lower().startswith(_REACHED):
        raise Wrong("E604", found="指向本机或者内部网络文件的链接")
