"""The XML parts of an office file: what in them tells of people and machines is cut out, the rest is read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from gongshi.intake.attachments.fields import Fields
from gongshi.intake.problems import Wrong
from gongshi.intake.readers.archive import without_declarations
from gongshi.intake.readers.faults import Unreadable

_ATTRIBUTES = r"""(?:[^>"'/]|/(?!>)|"[^"]*"|'[^']*')*+"""


def _element(names: str) -> bytes:
    """One of the elements, whatever its prefix, with all that is in it."""
    return rf"<((?:\w+:)?(?:{names}))(?=[\s/>]){_ATTRIBUTES}(?:/>|>.*?</\1\s*>)".encode()


_A_PLACE = r"(?:[A-Za-z]:[\\/]|\\\\|/|file:)"
_CUT: tuple[tuple[str, bytes, bytes], ...] = (
    (r"word/settings\.xml", _element("rsids|docVars|attachedTemplate"), b""),
    (r"word/fontTable\.xml", _element("embedRegular|embedBold|embedItalic|embedBoldItalic"), b""),
    (r"word/document\d*\.xml", _element("printerSettings"), b""),
    (r"xl/workbook\d*\.xml", _element("fileSharing|absPath"), b""),
    (r"xl/worksheets/.*", rb"(<(?:\w+:)?pageSetup\b[^>]*?)\s\w+:id=(?:\"[^\"]*\"|'[^']*')", rb"\1"),
    (r"(?:word|xl)/.*", rf"""\sdescr=(?:"{_A_PLACE}[^"]*"|'{_A_PLACE}[^']*')""".encode(), b""),
)
"""In which part, what goes: sessions of editing, fonts, printers, the author's folders, where a picture came from."""

_NEVER = frozenset(["rsids", "docVars", "attachedTemplate", "fileSharing", "absPath"])
"""What must be gone after the cutting, however it was written."""
_REVISED = re.compile(r"ins|del|move(?:From|To).*|.*Change|cell(?:Ins|Del|Merge)")
_REVISED_IN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUNS = {
    "mailMerge": "邮件合并的数据来源",
    "altChunk": "嵌入的文件",
    "oleObject": "嵌入的文件（OLE 对象）",
    "OLEObject": "嵌入的文件（OLE 对象）",
    "control": "ActiveX 或者表单控件",
    "ddeLink": "动态数据交换（DDE）",
}
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER\.ID|EXEC)\s*\(", re.I)
_ENDS = frozenset(["p", "br", "si", "is", "c", "f", "v", "tr", "definedName", "formula1", "formula2"])
"""Elements after which another text begins."""
_SAID = re.compile(r"t|v|f|instrText|definedName|formula[12]|(?:odd|even|first)(?:Header|Footer)")
_SAID_ATTRIBUTES = frozenset(["descr", "title", "tooltip", "prompt", "error", "displayText"])
_SAID_IN = frozenset(["sheet", "default", "alias", "helpText", "statusText"])
"""Elements that say something in any attribute."""
_FRACTION = re.compile(r"-?\d+\.\d+(?:E[+-]?\d+)?", re.I)
"""A computed number: its many digits are nobody's."""
_STATES = ("hidden", "veryHidden")


@dataclass(slots=True)
class Seen:
    """What is in a part: its texts, one a line, and what the reviewer should know."""

    text: str = ""
    notes: list[str] = field(default_factory=list)


def tree(xml: bytes) -> ET.Element:
    """The part's root. Raises Wrong E606; declarations, which could unfold, are no part of an office file."""
    try:
        whole = b"".join(without_declarations("", iter([xml])))
        return ET.parse(io.BytesIO(whole)).getroot()  # noqa: S314 - nothing in it can unfold
    except (ET.ParseError, Unreadable) as error:
        raise Wrong("E606", detail="内部的 XML 无法解析") from error


def pruned(name: str, xml: bytes) -> bytes:
    """The part without what tells of people and machines."""
    for part, found, put in _CUT:
        if re.fullmatch(part, name):
            xml = re.sub(found, put, xml, flags=re.DOTALL)
    return xml


def seen(xml: bytes) -> Seen:
    """What is in the part. Raises Wrong: E604 for what runs or fetches, E606 for no XML, E607 for tracked changes."""
    made, fields = Seen(), Fields()
    pieces: list[str] = []
    for space, tag, element in _elements(tree(xml)):
        if tag in _NEVER:
            raise Wrong("E606", detail=f"不能去除的内部信息（{tag}）")
        if words := _RUNS.get(tag):
            raise Wrong("E604", found=words)
        if space == _REVISED_IN and _REVISED.fullmatch(tag):
            raise Wrong("E607", found="修订")
        fields.meet(tag, element)
        _note(tag, element, made)
        pieces += _texts(tag, element)
    made.text = "".join(pieces)
    return made


def _elements(root: ET.Element) -> Iterator[tuple[str, str, ET.Element]]:
    for element in root.iter():
        if isinstance(element.tag, str):
            space, _, tag = element.tag.rpartition("}")
            yield space.lstrip("{"), tag, element


def _texts(tag: str, element: ET.Element) -> Iterator[str]:
    """In the order of the document; before what begins anew, the line ends."""
    if tag in _ENDS:
        yield "\n"
    for name, value in element.items():
        if tag in _SAID_IN or name.rpartition("}")[2] in _SAID_ATTRIBUTES:
            yield f"\n{value}\n"
    if _SAID.fullmatch(tag) and element.text and not _FRACTION.fullmatch(element.text):
        _check_calls(tag, element.text)
        yield element.text


def _check_calls(tag: str, text: str) -> None:
    """Outside of the texts that a formula quotes, | asks another program (DDE)."""
    if tag in ("f", "definedName") and (_CALLS.search(text) or "|" in _QUOTED.sub("", text)):
        raise Wrong("E604", found="取用外部内容的公式")


def _note(tag: str, element: ET.Element, made: Seen) -> None:
    if tag == "sheet" and element.get("state") in _STATES:
        made.notes.append("有隐藏的工作表，公开后任何人都能看到，请核对。")
    elif tag == "vanish" and _on(element):
        made.notes.append("有隐藏的文字，公开后任何人都能看到，请核对。")


def _on(element: ET.Element) -> bool:
    return not {value.lower() for value in element.attrib.values()} & {"0", "false", "off"}
