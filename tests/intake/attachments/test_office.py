"""A document or a workbook keeps what a reader sees; what tells of its author goes, what runs or fetches is refused."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawing
from openpyxl.worksheet.datavalidation import DataValidation

from gongshi.intake.attachments.inside import made_of
from tests.intake.attachments.office import HEAD, PACKAGE, W, relations, zipped


def test_author_company_custom_data_and_sessions_are_gone(docx, inside):
    sent = inside(docx())
    made = inside(made_of(docx()).content)
    for secret in ("周示礼", "示例公司内部", "内部流水", "00AB12CD"):
        assert any(secret in part for part in sent.values())
        assert not any(secret in part for part in made.values())
    assert set(made) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/settings.xml",
        "word/_rels/document.xml.rels",
    }
    assert "docProps" not in made["[Content_Types].xml"] + made["_rels/.rels"]
    assert "申请书" in made["word/document.xml"]
    assert '<w:zoom w:percent="100"/>' in made["word/settings.xml"]


def test_the_archive_tells_no_time_and_no_system(docx):
    with zipfile.ZipFile(io.BytesIO(made_of(docx()).content)) as packed:
        for part in packed.infolist():
            assert part.date_time == (1980, 1, 1, 0, 0, 0)
            assert not part.comment
            assert not part.extra
        assert packed.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_the_author_of_a_workbook_is_gone_and_its_cells_stay(xlsx, inside):
    def fill(book, sheet):
        sheet["B2"] = "=1+1"
        book.create_sheet("说明")["A1"] = "填写说明"

    sent = xlsx(fill)
    assert any("周示礼" in part for part in inside(sent).values())
    made = made_of(sent).content
    assert not any("周示礼" in part for part in inside(made).values())
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Sheet", "说明"]
    assert book.active["B2"].value == "=1+1"


def test_a_picture_in_a_workbook_is_cleaned_and_stays_in_its_place(xlsx, picture):
    said = b"PLACE-OF-THE-CAMERA"
    sent = xlsx(lambda book, sheet: sheet.add_image(Drawing(io.BytesIO(picture(comment=said))), "C3"))
    made = made_of(sent).content
    assert said in b"".join(contents(sent))
    assert said not in b"".join(contents(made))
    assert len(openpyxl.load_workbook(io.BytesIO(made)).active._images) == 1


def contents(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def test_where_a_picture_lay_on_its_authors_machine_is_gone(docx, inside):
    body = '<w:p><w:r><wp:docPr id="1" descr="C:\\Users\\周示礼\\1.png" xmlns:wp="wp"/><w:t>甲</w:t></w:r></w:p>'
    assert "周示礼" not in "".join(inside(made_of(docx(body)).content).values())


def test_printers_and_the_authors_folder_are_gone_from_a_workbook(xlsx, inside):
    parts = inside(xlsx())
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        "</worksheet>", '<pageSetup paperSize="9" r:id="rId9" xmlns:r="r"/></worksheet>'
    )
    book = parts["xl/workbook.xml"].replace(
        "<sheets>", '<fileSharing userName="周示礼"/><x:absPath xmlns:x="x" url="C:\\Users\\周示礼\\"/><sheets>'
    )
    assert book != parts["xl/workbook.xml"]
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    made = inside(
        made_of(
            xlsx(
                parts={
                    "xl/worksheets/sheet1.xml": sheet,
                    "xl/workbook.xml": book,
                    "xl/printerSettings/printerSettings1.bin": b"\\\\SERVER\\PRINTER",
                }
            )
        ).content
    )
    assert "周示礼" not in "".join(made.values())
    assert "PRINTER" not in "".join(made.values())
    assert "rId9" not in made["xl/worksheets/sheet1.xml"]
    assert 'paperSize="9"' in made["xl/worksheets/sheet1.xml"]


MACRO = {"word/vbaProject.bin": b"\xd0\xcf"}
REFUSED = {
    "macro": ({"parts": MACRO}, "宏"),
    "macro type": ({"main": "document.macroEnabled.main+xml"}, "宏"),
    "activex": ({"parts": {"word/activeX/activeX1.xml": "<a/>"}}, "ActiveX"),
    "ole": ({"parts": {"word/embeddings/oleObject1.bin": b"MZ"}}, "嵌入的文件"),
    "chunk": ({"parts": {"word/afchunk1.htm": "<html/>"}}, "网页"),
    "addin": ({"parts": {"word/webextensions/taskpanes.xml": "<a/>"}}, "加载项"),
    "vml": ({"parts": {"word/drawings/vmlDrawing1.vml": "<a/>"}}, "VML"),
    "unknown": ({"parts": {"word/unheard.xml": "<a/>"}}, "word/unheard.xml"),
    "vector picture": ({"parts": {"word/media/image1.emf": b"\x01\0\0\0" + bytes(100)}}, "图形"),
    "exe as picture": ({"parts": {"word/media/image1.png": b"MZ\x90\0" + bytes(100)}}, "可执行程序"),
    "template": ({"relates": [("attachedTemplate", "http://192.0.2.1/a.dotm", "External")]}, "模板"),
    "remote picture": ({"relates": [("image", "https://example.invalid/a.png", "External")]}, "外部"),
    "machine link": ({"relates": [("hyperlink", "file:///C:/Users/a.docx", "External")]}, "本机"),
    "mail merge": ({"parts": {"word/settings.xml": f'<s xmlns:w="{W}"><w:mailMerge/></s>'}}, "邮件合并"),
    "dde": ({"body": '<w:p><w:fldSimple w:instr=" DDEAUTO cmd.exe &quot;/c calc&quot;"/></w:p>'}, "DDEAUTO"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_runs_fetches_or_is_not_known_is_refused_and_named(docx, refused, changes, words):
    changes = dict(changes)
    body = changes.pop("body", None)
    code, message = refused(docx(body, **changes) if body else docx(**changes))
    assert code == "E604"
    assert words in message


def field(*instructions, kinds=("begin", "separate", "end")):
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    said = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    return f"<w:p>{begin}{said}{separate}<w:r><w:t>1</w:t></w:r>{end}</w:p>"


@pytest.mark.parametrize(
    "body",
    [
        field("DDE", "AUTO c:\\\\windows\\\\cmd.exe"),
        field(" INCLUDEPICTURE https://example.invalid/a.png "),
        field(' HYPERLINK "file:///C:/a.docx" '),
        field(" UNHEARD "),
        field(field("QUOTE 68 68 69")),
        "<w:p><w:r><w:instrText>DDE a b</w:instrText></w:r></w:p>",
        field("PAGE", kinds=("end", "separate", "end")),
    ],
)
def test_fields_that_fetch_or_hide_what_they_do_are_refused(docx, refused, body):
    assert refused(docx(body))[0] == "E604"


@pytest.mark.parametrize(
    "body",
    [
        field(" PAGE  \\* MERGEFORMAT "),
        field(" FORM", "TEXT "),
        field(' HYPERLINK "https://example.invalid/" '),
        field(' HYPERLINK \\l "_Toc118123456" '),
        field(" = 1 + 1 "),
        '<w:p><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>',
    ],
)
def test_fields_of_a_form_stay(docx, inside, body):
    assert "fld" in inside(made_of(docx(body)).content)["word/document.xml"]


def test_links_to_the_web_stay(docx, inside):
    made = inside(made_of(docx(relates=[("hyperlink", "https://example.invalid/?a=1&amp;b=2", "External")])).content)
    assert 'Target="https://example.invalid/?a=1&amp;b=2" TargetMode="External"' in made["word/_rels/document.xml.rels"]
    assert "settings.xml" in made["word/_rels/document.xml.rels"]


WORKBOOK_REFUSED = {
    "xl/vbaProject.bin": "宏",
    "xl/externalLinks/externalLink1.xml": "其他工作簿",
    "xl/connections.xml": "数据连接",
    "xl/pivotCache/pivotCacheRecords1.xml": "数据透视表",
    "xl/ctrlProps/ctrlProp1.xml": "控件",
    "xl/embeddings/Microsoft_Word.docx": "嵌入",
}


@pytest.mark.parametrize(("part", "words"), WORKBOOK_REFUSED.items())
def test_what_runs_or_fetches_in_a_workbook_is_refused(xlsx, refused, part, words):
    code, message = refused(xlsx(parts={part: b"<a/>"}))
    assert code == "E604"
    assert words in message


@pytest.mark.parametrize("formula", ['=WEBSERVICE("https://example.invalid/")', "=cmd|'/c calc'!A0", "=rtd ( 1)"])
def test_a_formula_that_fetches_is_refused(xlsx, refused, formula):
    assert refused(xlsx(lambda book, sheet: sheet.cell(2, 1, formula)))[0] == "E604"


def test_formulas_of_a_form_stay(xlsx):
    assert made_of(xlsx(lambda book, sheet: sheet.cell(2, 1, '=IF(A1="甲|乙",SUM(B1:B9),0)'))).notes == ()


def test_embedded_fonts_are_left_out_with_what_asks_for_them(docx, inside):
    fonts = f'<w:fonts xmlns:w="{W}"><w:font w:name="甲"><w:embedRegular r:id="rId1" xmlns:r="r"/></w:font></w:fonts>'
    parts = {"word/fontTable.xml": fonts, "word/fonts/font1.odttf": b"FONT" * 9}
    made = inside(
        made_of(docx(parts=parts | {"word/_rels/fontTable.xml.rels": relations(("font", "fonts/font1.odttf"))})).content
    )
    assert made["word/fontTable.xml"] == f'<w:fonts xmlns:w="{W}"><w:font w:name="甲"></w:font></w:fonts>'
    assert "FONT" not in "".join(made.values())
    assert "font1" not in made["word/_rels/fontTable.xml.rels"]


REVISIONS = {
    "inserted": '<w:p><w:ins w:author="周示礼"><w:r><w:t>新</w:t></w:r></w:ins></w:p>',
    "deleted": '<w:p><w:del w:author="周示礼"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>',
    "moved": "<w:p><w:moveFrom><w:r/></w:moveFrom></w:p>",
    "format": "<w:p><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>",
}


@pytest.mark.parametrize("body", REVISIONS.values(), ids=REVISIONS)
def test_tracked_changes_are_told_and_not_silently_accepted(docx, refused, body):
    code, message = refused(docx(body))
    assert code == "E607"
    assert "修订" in message


def test_comments_are_told_and_empty_parts_for_them_dropped(docx, xlsx, refused, inside):
    with_comment = {"word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="周示礼"/></w:comments>'}
    assert refused(docx(parts=with_comment))[0] == "E607"
    without = docx(parts={"word/comments.xml": f'<w:comments xmlns:w="{W}"/>'}, relates=[("comments", "comments.xml")])
    assert "comments" not in "".join(inside(made_of(without).content).values())
    noted = xlsx(lambda book, sheet: setattr(sheet["A1"], "comment", Comment("批注内容", "周示礼")))
    assert refused(noted)[0] == "E607", "and not for the drawing that comes with it"


PERSONS = {
    "identity": "<w:p><w:r><w:t>22072419900101123X</w:t></w:r></w:p>",
    "two runs": "<w:p><w:r><w:t>220724199</w:t></w:r><w:r><w:t>00101123X</w:t></w:r></w:p>",
    "boxes": "".join(f"<w:p><w:r><w:t>{digit}</w:t></w:r></w:p>" for digit in "22072419900101123X"),
    "account": "<w:p><w:r><w:t>账号 6222 0202 0001 2345 678</w:t></w:r></w:p>",
    "in a picture's words": '<w:p><w:r><wp:docPr descr="22072419900101123X" xmlns:wp="wp"/></w:r></w:p>',
}


@pytest.mark.parametrize("body", PERSONS.values(), ids=PERSONS)
def test_numbers_of_persons_are_found_however_they_are_written(docx, refused, body):
    code, message = refused(docx(body))
    assert code == "E609"
    assert "220724" not in message


def test_numbers_one_below_the_other_are_no_persons(xlsx):
    def fill(book, sheet):
        for row, number in enumerate((2207, 2419, 9001, 0, 1, 11, 234, 5678), start=2):
            sheet.cell(row, 1, number)

    assert made_of(xlsx(fill)).notes == ()


def test_hidden_sheets_and_hidden_text_are_told_to_the_reviewer(docx, xlsx):
    hidden = made_of(xlsx(lambda book, sheet: setattr(book.create_sheet("名单"), "sheet_state", "hidden")))
    assert any("隐藏的工作表" in note for note in hidden.notes)
    hidden = made_of(docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r></w:p>"))
    assert any("隐藏的文字" in note for note in hidden.notes)
    shown = made_of(docx('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r></w:p>'))
    assert shown.notes == ()


HOSTILE = {
    "entities": {"word/document.xml": f'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{W}">&b;</w:document>'},
    "no xml": {"word/document.xml": "<w:document"},
    "utf-16": {"word/document.xml": f'<a xmlns:w="{W}"/>'.encode("utf-16")},
    "way out": {"../../etc/passwd": "x"},
    "from the root": {"/word/document2.xml": "<a/>"},
    "no relations": {"word/_rels/document.xml.rels": "<a"},
}


@pytest.mark.parametrize("parts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_insides_are_refused(docx, refused, parts):
    assert refused(docx(parts=parts))[0] == "E606"


def test_a_bomb_is_refused_before_it_unpacks(docx, refused):
    assert refused(docx(parts={"word/media/image1.png": bytes(200 << 20)}))[0] == "E603"


def test_a_part_that_is_there_twice_is_refused(docx, refused):
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr("WORD/document.xml", "<other/>")
    assert refused(target.getvalue())[0] == "E606"


def test_a_part_with_a_password_is_told_so(docx, refused):
    sent = bytearray(docx())
    at = sent.find(b"PK\x01\x02")
    sent[at + 8] |= 1
    assert refused(bytes(sent))[0] == "E605"


def settings(inside):
    """The settings of a document, written by hand."""
    return {"word/settings.xml": f'<w:settings xmlns:w="{W}">{inside}</w:settings>'}


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": f'<w:document xmlns:w="{W}"><w:rsids/></w:document>'},
        settings("<w:docVars><w:docVars/>甲</w:docVars>乙</w:docVars>"),
        settings("<w:docVars><!-- </w:docVars> -->甲</w:docVars>"),
        settings("<w:docVars><![CDATA[</w:docVars>]]>甲</w:docVars>"),
    ],
)
def test_what_the_scissors_miss_is_not_let_through(docx, refused, parts):
    """An element where it does not belong, or written so that the cutting misses its end: the looking finds it."""
    assert refused(docx(parts=parts))[0] == "E606"


@pytest.mark.parametrize(
    "written", ['a="/>" b="甲甲甲"/>', "a='>' b='甲甲甲'></w:docVars>", "><w:docVar/>甲甲甲</w:docVars >"]
)
def test_the_scissors_cut_whole_elements(docx, inside, written):
    made = inside(made_of(docx(parts=settings(f"<w:docVars {written}<w:zoom/>"))).content)
    assert made["word/settings.xml"] == settings("<w:zoom/>")["word/settings.xml"]


def test_the_relations_of_the_file_lead_to_its_main_part_alone(docx, inside):
    sent = docx(parts={"_rels/.rels": relations(("officeDocument", "word/document.xml"), ("thumbnail", "evil.exe"))})
    assert "evil" not in inside(made_of(sent).content)["_rels/.rels"]


def test_an_archive_without_types_is_no_office_file(refused):
    assert refused(zipped({"word/document.xml": f'<a xmlns="{PACKAGE}"/>', "x": HEAD}))[0] == "E602"


@pytest.mark.parametrize(
    "body",
    [
        '<w:p><w:ffData><w:textInput><w:default w:val="22072419900101123X"/></w:textInput></w:ffData></w:p>',
        '<w:p><w:sdt><w:listItem w:displayText="22072419900101123X" w:value="1"/></w:sdt></w:p>',
    ],
)
def test_what_a_field_is_filled_with_is_looked_at(docx, refused, body):
    assert refused(docx(body))[0] == "E609"


def test_computed_numbers_are_nobodys_and_lists_to_choose_from_are_looked_at(xlsx, refused):
    assert made_of(xlsx(lambda book, sheet: sheet.cell(2, 1, 10 / 3))).notes == ()

    def fill(book, sheet):
        choice = DataValidation(type="list", formula1='"22072419900101123X,乙"')
        sheet.add_data_validation(choice)
        choice.add("A1")

    assert refused(xlsx(fill))[0] == "E609"


def test_the_strict_form_of_office_files_is_told(docx, refused):
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    code, message = refused(docx(parts={"word/document.xml": f'<w:document xmlns:w="{strict}"/>'}))
    assert code == "E602"
    assert "Strict" in message
