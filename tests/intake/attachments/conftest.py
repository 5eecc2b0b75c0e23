"""Real files of every type that may be attached, and what people and programs hide in them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from gongshi.intake.attachments.inside import made_of
from gongshi.intake.problems import Place, Wrong, problem
from tests.intake.attachments.office import HEAD, PACKAGE, R, W, relations, zipped

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
SETTINGS = (
    '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="编号" w:val="内部流水"/></w:docVars>'
    '<w:zoom w:percent="100"/>'
)


@pytest.fixture
def pdf():
    """A PDF of one page with a text; `change` may put anything into the writer before it is saved."""

    def pdf(text="Form", change=lambda writer, page: None):
        writer = PdfWriter()
        page = writer.add_blank_page(200, 200)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
        change(writer, page)
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    return pdf


@pytest.fixture
def picture():
    """A picture of a colour; `saved` are the encoder's settings."""

    def picture(form="JPEG", size=(30, 20), mode="RGB", **saved):
        target = io.BytesIO()
        Image.new(mode, size, 90 if mode in ("L", "P", "1") else (200, 30, 30, 255)[: len(mode)]).save(
            target, form, **saved
        )
        return target.getvalue()

    return picture


@pytest.fixture
def docx():
    """A document as Word saves it; `body` is its paragraphs' XML, `parts` replace and add parts, `relates` adds
    relations of the document."""

    def docx(body="<w:p><w:r><w:t>申请书</w:t></w:r></w:p>", parts=None, relates=(), main="document.main+xml"):
        types = (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="jpeg" ContentType="image/jpeg"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.{main}"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.'
            'core-properties+xml"/></Types>'
        )
        return zipped(
            {
                "[Content_Types].xml": types,
                "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
                "docProps/core.xml": f"{HEAD}<core><creator>周示礼</creator></core>",
                "docProps/app.xml": f"{HEAD}<app><Company>示例公司内部</Company></app>",
                "customXml/item1.xml": "<secret>内部流水</secret>",
                "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
                "word/settings.xml": f"{HEAD}<w:settings {NAMESPACES}>{SETTINGS}</w:settings>",
                "word/_rels/document.xml.rels": relations(("settings", "settings.xml"), *relates),
                **(parts or {}),
            }
        )

    return docx


@pytest.fixture
def xlsx():
    """A workbook as openpyxl saves it, `fill`ed and with `parts` added."""

    def xlsx(fill=lambda book, sheet: None, parts=None):
        book = openpyxl.Workbook()
        book.active["A1"] = "申请人"
        book.properties.creator = "周示礼"
        fill(book, book.active)
        target = io.BytesIO()
        book.save(target)
        if not parts:
            return target.getvalue()
        with zipfile.ZipFile(target) as packed:
            return zipped({name: packed.read(name) for name in packed.namelist()} | parts)

    return xlsx


@pytest.fixture
def inside():
    """The parts of an office file."""

    def inside(content):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}

    return inside


@pytest.fixture
def refused():
    """The code and the message with which a file is refused, in this process."""

    def refused(content, make=made_of):
        with pytest.raises(Wrong) as caught:
            make(content)
        words = {"value": "表格.pdf", "advice": "", "found": "", "detail": "", "part": ""} | caught.value.words
        found = problem(caught.value.code, Place("报送.yaml"), **words)
        assert not {"{", "}"} & set(found.message + found.hint)
        return found.code, found.message

    return refused
