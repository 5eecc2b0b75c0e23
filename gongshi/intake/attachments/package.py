"""A DOCX or XLSX written anew: the parts that a reader sees, by a list of what is kept, and nothing else.

What only tells about the file (its author, its editing, printers, custom data) is left out without a word. What runs,
fetches, hides or is not known here is refused and named: whoever sends the file is to know what was in it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gongshi.intake.attachments import parts, pictures
from gongshi.intake.attachments.kinds import DOCX, JPEG, PNG, XLSX, type_of
from gongshi.intake.attachments.relations import Relations, content_types, types_of
from gongshi.intake.problems import Wrong
from gongshi.intake.readers.archive import checked, pieces
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import MEBIBYTE, Limits

LIMITS = Limits(unpacked_bytes=100 * MEBIBYTE, members=2_000)
_WHEN = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_MAIN = {
    DOCX: re.compile(r"word/document\d*\.xml"),
    XLSX: re.compile(r"xl/workbook\d*\.xml"),
}
_KEPT = {
    DOCX: re.compile(
        r"word/(?:document\d*|styles|settings|fontTable|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
        r"|word/theme/theme\d*\.xml|word/diagrams/[a-zA-Z]+\d*\.xml|word/media/[^/]+"
    ),
    XLSX: re.compile(
        r"xl/(?:workbook\d*|styles|sharedStrings|metadata)\.xml|xl/theme/theme\d*\.xml|xl/worksheets/[^/]+\.xml"
        r"|xl/drawings/drawing\d+\.xml|xl/charts/[a-z]+\d+\.xml|xl/tables/table\d+\.xml|xl/media/[^/]+"
    ),
}
"""What a form is made of."""
_DROPPED = re.compile(
    r"docProps/.*|customXml/.*|_xmlsignatures/.*|docMetadata/.*|\[trash\]/.*|word/(?:webSettings|stylesWithEffects|people)\.xml"
    r"|word/glossary/.*|word/fonts/.*|(?:word|xl)/printerSettings/.*|xl/calcChain\.xml|xl/persons/.*|.*/_rels/[^/]*\.rels|_rels/\.rels"
    r"|.*/"
)
"""What tells of the file, its editing and its editors; the relations are written anew."""
_REVISED = re.compile(r"word/comments[^/]*\.xml|xl/(?:comments.*|threadedComments/.*|revisions/.*)")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|commentEx|threadedComment|header|rrc)\b")
_REFUSED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r".*vba.*|.*macrosheets?/.*|.*dialogsheets?/.*|.*customUI.*", re.I), "宏"),
    (re.compile(r".*(?:activeX|ctrlProps)/.*", re.I), "ActiveX 或者表单控件"),
    (re.compile(r".*embeddings?/.*|.*oleObject.*", re.I), "嵌入的文件（OLE 对象）"),
    (re.compile(r"xl/externalLinks/.*"), "引用其他工作簿的链接"),
    (re.compile(r"xl/(?:connections\.xml|queryTables/.*|model/.*|customData/.*)"), "外部数据连接"),
    (re.compile(r"xl/pivot.*"), "数据透视表（里面存着全部原始数据）"),
    (re.compile(r".*afchunk.*|.*\.(?:html?|mht)", re.I), "嵌入的网页"),
    (re.compile(r".*webextension.*", re.I), "加载项"),
    (re.compile(r".*\.vml", re.I), "旧式图形或者控件（VML）"),
)
_OTHERS = (
    ("ppt/presentation.xml", "PowerPoint 文稿"),
    ("xl/workbook.bin", "二进制工作簿（xlsb）"),
    ("OFD.xml", "OFD 版式文件"),
    ("content.xml", "开放文档（ODF）"),
    ("META-INF/MANIFEST.MF", "Java 程序"),
    ("AndroidManifest.xml", "安卓程序"),
)
_STRICT, _HEAD = b"purl.oclc.org/ooxml", 4096
"""Said at the beginning of the main part: another language for the same things, which nobody here reads."""
_SAVE_AS = "请另存为 DOCX、XLSX 或者 PDF。"
_FAULTS = {Fault.ENCRYPTED.value: "E605", Fault.BOMB.value: "E603"}
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


@dataclass(slots=True)
class Package:
    """What came of one: its type, its new bytes, every text in it, and what the reviewer should know."""

    type: str
    content: bytes = b""
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cleaned(content: bytes) -> Package:
    """The document or workbook written anew. Raises Wrong: E602 to E607."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _cleaned(_contents(packed))
    except Unreadable as error:
        raise Wrong(_FAULTS.get(error.code, "E606"), detail=error.message.rstrip("。")) from error
    except _BROKEN as error:
        raise Wrong("E606", detail="压缩结构不完整") from error


def _contents(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """All that lies in the archive, by names that stay inside it; never more than LIMITS."""
    found: dict[str, bytes] = {}
    names: set[str] = set()
    left = LIMITS.unpacked_bytes
    for part in checked(packed, LIMITS):
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name.lower() in names:
            raise Wrong("E606", detail="内部文件名不对")
        names.add(name.lower())
        found[name] = b"".join(_bounded(pieces(packed, part), left))
        left -= len(found[name])
    return found


def _bounded(some: Iterable[bytes], left: int) -> Iterator[bytes]:
    for piece in some:
        left -= len(piece)
        if left < 0:
            raise Wrong("E603", detail="解压后太大")
        yield piece


def _cleaned(found: Mapping[str, bytes]) -> Package:
    kind, main = _main(found)
    made = Package(kind)
    written = {name: _part(name, whole, made) for name, whole in _kept(found, kind)}
    written |= _relations(found, written)
    written["_rels/.rels"] = Relations.of_package(main)
    written[_TYPES] = content_types(types_of(found[_TYPES]), written)
    made.content = _packed(written)
    return made


def _main(found: Mapping[str, bytes]) -> tuple[str, str]:
    """What the file is, and its main part."""
    mains = [(kind, name) for kind, main in _MAIN.items() for name in found if main.fullmatch(name)]
    if _TYPES not in found or len(mains) != 1:
        named = (words for name, words in _OTHERS if name in found)
        raise Wrong("E602", found=next(named, "压缩包"), advice=_SAVE_AS)
    if b"macroEnabled" in found[_TYPES]:
        raise Wrong("E604", found="宏")
    if b".template.main+xml" in found[_TYPES]:
        raise Wrong("E602", found="文档模板（dotx、xltx）", advice=_SAVE_AS)
    if _STRICT in found[mains[0][1]][:_HEAD]:
        raise Wrong("E602", found="严格格式的 Office 文件（Strict Open XML）", advice=_SAVE_AS)
    return mains[0]


def _kept(found: Mapping[str, bytes], kind: str) -> Iterator[tuple[str, bytes]]:
    """What is written. What was said about the document is told first: it brings drawings of its own with it."""
    if any(_REVISED.fullmatch(name) and _COMMENT.search(whole) for name, whole in found.items()):
        raise Wrong("E607", found="批注或者修订记录")
    for name, whole in found.items():
        if words := next((words for pattern, words in _REFUSED if pattern.fullmatch(name)), ""):
            raise Wrong("E604", found=words)
        if _KEPT[kind].fullmatch(name):
            yield name, whole
        elif name != _TYPES and not (_DROPPED.fullmatch(name) or _REVISED.fullmatch(name)):
            raise Wrong("E604", found=f"不能核对的内容（{name}）")


def _part(name: str, whole: bytes, made: Package) -> bytes:
    """One part as it is written."""
    if "/media/" in name:
        return _picture(whole)
    plain = parts.pruned(name, whole)
    seen = parts.seen(plain)
    made.texts.append(seen.text)
    made.notes += [note for note in seen.notes if note not in made.notes]
    return plain


def _picture(whole: bytes) -> bytes:
    try:
        kind = type_of(whole)
    except Wrong as wrong:
        raise Wrong("E604", found=f"不能核对的图形（{wrong.words.get('found', '损坏的图片')}）") from wrong
    if kind not in (JPEG, PNG):
        raise Wrong("E604", found="嵌入的文件")
    return pictures.cleaned(whole, kind)


def _relations(found: Mapping[str, bytes], written: Mapping[str, bytes]) -> dict[str, bytes]:
    """The relations of each written part to other written parts and to the web."""
    made: dict[str, bytes] = {}
    for name in written:
        folder, _, base = name.rpartition("/")
        at = posixpath.join(folder, "_rels", f"{base}.rels")
        if at in found:
            made[at] = Relations.read(found[at]).among(folder, written)
    return made


def _packed(written: Mapping[str, bytes]) -> bytes:
    """The archive: the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in sorted(written, key=lambda name: (name != _TYPES, name != "_rels/.rels", name)):
            packed.writestr(zipfile.ZipInfo(name, _WHEN), written[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
