"""A PDF written anew: its pages, its form, its bookmarks and links; nothing that runs, tells of its author or hides.

What only tells about the file is left out without a word. What a reader could miss (scripts, embedded files, comments,
hidden layers) is refused and named: whoever sends the file is to know what was in it. Earlier revisions vanish,
since only what the newest reaches is written.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from gongshi.intake.attachments import jpeg
from gongshi.intake.problems import Wrong

_ROOT = frozenset(
    [
        "/Type",
        "/Pages",
        "/Version",
        "/Lang",
        "/MarkInfo",
        "/StructTreeRoot",
        "/AcroForm",
        "/Outlines",
        "/PageLabels",
        "/ViewerPreferences",
        "/PageLayout",
        "/PageMode",
        "/Dests",
        "/Names",
        "/OCProperties",
    ]
)
"""What is kept of the catalogue."""
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/OPI")
"""Left out wherever it stands."""
_OPENING = ("/OpenAction", "/AA", "/AF")
"""Left out, too, once nothing in it runs or is a file."""
_OF_AN_ANNOTATION = ("/M", "/NM", "/CreationDate")
_RUNS = {
    "/JavaScript": "JavaScript 脚本",
    "/Launch": "打开其他程序的动作",
    "/SubmitForm": "向外发送表单的动作",
    "/ImportData": "导入数据的动作",
    "/GoToE": "嵌入的文件",
    "/GoToR": "指向其他文件的链接",
    "/Rendition": "音像",
    "/Movie": "音像",
    "/Sound": "音像",
    "/RichMediaExecute": "音像",
    "/RichMedia": "音像",
    "/Screen": "音像",
    "/3D": "三维内容",
    "/FileAttachment": "嵌入的文件",
}
"""By the kind of an action or of an annotation."""
_ANNOTATIONS = frozenset({"/Link", "/Widget", "/Popup"})
_REACHED = ("http://", "https://", "mailto:", "tel:")
_JPX_METADATA = (b"uuid", b"xml ")
_DATE = "D:"


@dataclass(slots=True)
class Pdf:
    """What came of one: its new bytes, every text in it, and what the reviewer should know."""

    content: bytes = b""
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cleaned(content: bytes) -> Pdf:
    """The PDF written anew. Raises Wrong: E604, E605, E606, E607."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Wrong("E605")
        if not reader.pages:
            raise Wrong("E606", detail="没有页面")
        return _cleaned(reader)
    except DependencyError as error:  # ciphers that pypdf cannot read alone
        raise Wrong("E605") from error
    except (
        PyPdfError,
        zlib.error,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        raise Wrong("E606", detail="PDF 的内部结构无法解析") from error


def _cleaned(reader: PdfReader) -> Pdf:
    made = Pdf()
    root = reader.root_object
    _check_layers(root)
    _without(root, [name for name in root if name not in _ROOT])
    _only_destinations(_dictionary(root, "/Names"))
    for found in _reached(root, made.texts):
        _clean(found, made)
    _read_pages(reader, made)
    writer = PdfWriter()
    writer.clone_reader_document_root(reader)
    target = io.BytesIO()
    writer.write(target)
    made.content = target.getvalue()
    return made


def _value(found: DictionaryObject, name: str) -> PdfObject | None:
    """What stands under a name, wherever it lies."""
    return found.raw_get(name).get_object() if name in found else None


def _name(found: DictionaryObject, name: str) -> str:
    """A name that stands under a name; "" where something else or nothing does."""
    value = _value(found, name)
    return str(value) if isinstance(value, NameObject) else ""


def _dictionary(found: DictionaryObject, name: str) -> DictionaryObject:
    value = _value(found, name)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _array(found: DictionaryObject, name: str) -> list[PdfObject]:
    value = _value(found, name)
    return list(value) if isinstance(value, ArrayObject) else []


def _check_layers(root: DictionaryObject) -> None:
    """Layers that are switched off are there for whoever switches them on."""
    shown = _dictionary(_dictionary(root, "/OCProperties"), "/D")
    if _array(shown, "/OFF") or _name(shown, "/BaseState") not in ("", "/ON"):
        raise Wrong("E607", found="隐藏的图层")


def _only_destinations(names: DictionaryObject) -> None:
    for name, words in (("/JavaScript", "JavaScript 脚本"), ("/EmbeddedFiles", "嵌入的文件")):
        if name in names:
            raise Wrong("E604", found=words)
    for name in [name for name in names if name != "/Dests"]:
        del names[name]


def _without(found: DictionaryObject, names: Iterable[str]) -> None:
    """Take names out. What opens by itself or is a file is looked at before: it is not to vanish in silence."""
    for name in [name for name in names if name in found]:
        if name in _OPENING:
            for inside in _reached(found.raw_get(name), []):
                _check_runs(inside)
        del found[name]


def _reached(root: PdfObject, texts: list[str]) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that can be reached, each once; the texts outside of pages go to `texts`.

    What the caller takes out of a dictionary is not followed.
    """
    waiting: list[PdfObject] = [root]
    met: set[tuple[int, int] | int] = set()
    while waiting:
        found = waiting.pop()
        mark = (found.idnum, found.generation) if isinstance(found, IndirectObject) else id(found)
        if mark in met:
            continue
        met.add(mark)
        if isinstance(found, IndirectObject):
            waiting += [inside for inside in (found.get_object(),) if inside is not None]
        elif isinstance(found, ArrayObject):
            waiting += list(found)
        elif isinstance(found, DictionaryObject):
            yield found
            waiting += [found.raw_get(name) for name in found]
        elif isinstance(found, (TextStringObject, ByteStringObject)):
            text = found if isinstance(found, str) else found.decode("latin-1")
            texts += [] if text.startswith(_DATE) else [str(text)]


def _clean(found: DictionaryObject, made: Pdf) -> None:
    _check_runs(found)
    _without(found, (*_TELLING, *_OPENING))
    for rule in _RULES:
        rule(found, made)


def _check_runs(found: DictionaryObject) -> None:
    words = _RUNS.get(_name(found, "/S")) or _RUNS.get(_name(found, "/Subtype"))
    if words or "/JS" in found:
        raise Wrong("E604", found=words or "JavaScript 脚本")
    if "/XFA" in found:
        raise Wrong("E604", found="动态表单（XFA）")
    if isinstance(found, StreamObject) and "/F" in found:
        raise Wrong("E604", found="指向其他文件的链接")
    if "/EF" in found or _name(found, "/Type") == "/EmbeddedFile":
        raise Wrong("E604", found="嵌入的文件")


def _annotations(page: DictionaryObject, made: Pdf) -> None:
    """Comments are refused, not left out: what somebody typed there, a reader of the page sees."""
    if "/Annots" not in page:
        return
    kept = ArrayObject()
    for one in _array(page, "/Annots"):
        annotation = one.get_object()
        if not isinstance(annotation, DictionaryObject):
            continue
        _check_runs(annotation)
        kind = _name(annotation, "/Subtype")
        if kind not in _ANNOTATIONS:
            raise Wrong("E607", found="批注")
        _without(annotation, _OF_AN_ANNOTATION)
        if kind != "/Popup":
            kept.append(one)
    page[NameObject("/Annots")] = kept


def _addresses(found: DictionaryObject, made: Pdf) -> None:
    """A link to a file of somebody's machine leads nobody anywhere, and tells of the machine."""
    address = _value(found, "/URI") if _name(found, "/S") == "/URI" else None
    if address is not None and not str(address).lower().startswith(_REACHED):
        del found["/URI"]


def _signature(found: DictionaryObject, made: Pdf) -> None:
    """A signature does not hold for a file that is written anew, and carries its signer's certificate."""
    if _name(found, "/FT") == "/Sig" and "/V" in found:
        del found["/V"]
        made.notes.append("有电子签名，公开的副本不再带有签名，请确认是否需要。")


def _pictures(found: DictionaryObject, made: Pdf) -> None:
    """A picture's own metadata. Raises Wrong for those that cannot be taken out."""
    if not isinstance(found, StreamObject) or _name(found, "/Subtype") != "/Image":
        return
    filters = [str(one.get_object()) for one in _array(found, "/Filter")] or [_name(found, "/Filter")]
    if filters[-1] == "/JPXDecode" and any(mark in found._data for mark in _JPX_METADATA):
        raise Wrong("E604", found="带有元数据的 JPEG 2000 图片")
    if filters[-1] != "/DCTDecode":
        return
    if filters not in (["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]):
        raise Wrong("E606", detail="图片的编码方式不受支持")
    packed = len(filters) > 1
    plain = jpeg.without_metadata(zlib.decompress(found._data) if packed else found._data)
    found._data = zlib.compress(plain) if packed else plain


_RULES: tuple[Callable[[DictionaryObject, Pdf], None], ...] = (_annotations, _addresses, _signature, _pictures)


def _read_pages(reader: PdfReader, made: Pdf) -> None:
    """The text of each page. What is a picture of a text must be read by the reviewer."""
    blank = 0
    for page in reader.pages:
        text = page.extract_text()
        made.texts.append(text)
        blank += not text.strip()
    if blank:
        made.notes.append(f"有 {blank} 页没有可以读取的文字（可能是扫描件），请逐页核对。")
