"""A PDF keeps its pages, form and links; what tells of its author goes, what runs or hides is refused."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from gongshi.intake.attachments.inside import made_of

AUTHOR = "AUTHORSNAME"
"""Letters alone: of a text with other signs a PDF writes the codes, and who looks for its bytes finds nothing."""


def name(text):
    return NameObject(text)


def entries(**values):
    """A dictionary object; texts that begin with / are names."""
    return DictionaryObject({name(f"/{key}"): of(value) for key, value in values.items()})


def of(value):
    if isinstance(value, str):
        return name(value) if value.startswith("/") else TextStringObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    return ArrayObject(map(of, value)) if isinstance(value, list) else value


def root(**values):
    """Puts entries into the catalogue."""
    return lambda writer, page: writer._root_object.update(entries(**values))


def annotated(**values):
    """Puts one annotation on the page."""

    def change(writer, page):
        found = entries(**{"Type": "/Annot", "Rect": [0, 0, 10, 10], **values})
        page[name("/Annots")] = ArrayObject([writer._add_object(found)])

    return change


def opened(content):
    return PdfReader(io.BytesIO(content))


def test_author_program_and_dates_are_gone(pdf):
    def change(writer, page):
        writer.add_metadata({"/Author": AUTHOR, "/Producer": AUTHOR, "/CreationDate": "D:20260101"})
        page[name("/PieceInfo")] = entries(Private=AUTHOR)
        page[name("/LastModified")] = TextStringObject("D:20260101")
        xmp = DecodedStreamObject()
        xmp.set_data(b"<x:xmpmeta>" + AUTHOR.encode() + b"</x:xmpmeta>")
        writer._root_object[name("/Metadata")] = writer._add_object(xmp)

    sent = pdf(change=change)
    assert AUTHOR.encode() in sent
    made = made_of(sent).content
    assert AUTHOR.encode() not in made
    assert b"/Info" not in made
    assert b"/Producer" not in made
    assert b"/Metadata" not in made
    assert opened(made).pages[0].extract_text() == "Form"


def test_what_an_earlier_revision_held_is_gone(pdf):
    first = pdf("SECRET-OF-THE-FIRST-REVISION")
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 10 100 Td (Second) Tj ET")
    writer.pages[0][name("/Contents")] = writer._add_object(stream)
    target = io.BytesIO()
    writer.write(target)
    sent = target.getvalue()
    assert b"SECRET" in sent
    made = made_of(sent).content
    assert b"SECRET" not in made
    assert opened(made).pages[0].extract_text() == "Second"


SCRIPT = entries(S="/JavaScript", JS="app.alert(1)")
RUNS = {
    "opens with a script": root(OpenAction=SCRIPT),
    "named script": root(Names=entries(JavaScript=entries(Names=["a", SCRIPT]))),
    "script of a page": lambda writer, page: page.update({name("/AA"): entries(O=SCRIPT)}),
    "script of a field": annotated(Subtype="/Widget", FT="/Tx", AA=entries(K=SCRIPT)),
    "script of a link": annotated(Subtype="/Link", A=SCRIPT),
    "script after a link": annotated(Subtype="/Link", A=entries(S="/URI", URI="https://example.invalid", Next=SCRIPT)),
    "launch": annotated(Subtype="/Link", A=entries(S="/Launch", F="cmd.exe")),
    "sends a form": annotated(Subtype="/Widget", A=entries(S="/SubmitForm", F="https://example.invalid")),
    "other file": annotated(Subtype="/Link", A=entries(S="/GoToR", F="C:\\a.pdf")),
    "embedded": root(Names=entries(EmbeddedFiles=entries(Names=[]))),
    "attached": annotated(Subtype="/FileAttachment", FS=entries(EF=entries())),
    "associated": root(AF=[entries(Type="/Filespec", EF=entries())]),
    "rich media": annotated(Subtype="/RichMedia"),
    "dynamic form": root(AcroForm=entries(XFA="<xdp/>", Fields=[])),
}


@pytest.mark.parametrize("change", RUNS.values(), ids=RUNS)
def test_what_runs_or_brings_other_files_is_refused(pdf, refused, change):
    assert refused(pdf(change=change))[0] == "E604"


def test_a_script_behind_a_reference_is_found(pdf, refused):
    """The kind of an action may lie elsewhere, too."""

    def change(writer, page):
        action = DictionaryObject({name("/S"): writer._add_object(name("/Launch")), name("/F"): TextStringObject("a")})
        annotated(Subtype="/Link", A=writer._add_object(action))(writer, page)

    assert refused(pdf(change=change))[0] == "E604"


def test_opening_at_a_page_goes_without_a_word(pdf):
    made = made_of(pdf(change=root(OpenAction=entries(S="/GoTo", D=[0, "/Fit"]))))
    assert b"/OpenAction" not in made.content
    assert made.notes == ()


@pytest.mark.parametrize("kind", ["/Text", "/FreeText", "/Highlight", "/Stamp", "/Ink"])
def test_comments_are_told(pdf, refused, kind):
    assert refused(pdf(change=annotated(Subtype=kind, Contents="x", T=AUTHOR)))[0] == "E607"


def test_hidden_layers_are_told_and_shown_ones_stay(pdf, refused):
    def layers(off):
        def change(writer, page):
            group = writer._add_object(entries(Type="/OCG", Name="layer"))
            default = DictionaryObject({name("/OFF"): ArrayObject([group] if off else [])})
            writer._root_object[name("/OCProperties")] = DictionaryObject(
                {name("/OCGs"): ArrayObject([group]), name("/D"): writer._add_object(default)}
            )

        return change

    assert refused(pdf(change=layers(off=True)))[0] == "E607"
    assert b"/OCProperties" in made_of(pdf(change=layers(off=False))).content


def test_form_fields_and_links_to_the_web_stay(pdf):
    made = made_of(pdf(change=annotated(Subtype="/Widget", FT="/Tx", T="name", M="D:20260101", NM=AUTHOR))).content
    field = opened(made).pages[0]["/Annots"][0].get_object()
    assert field["/T"] == "name"
    assert "/M" not in field
    assert AUTHOR.encode() not in made
    made = made_of(pdf(change=annotated(Subtype="/Link", A=entries(S="/URI", URI="https://example.invalid/")))).content
    assert opened(made).pages[0]["/Annots"][0]["/A"]["/URI"] == "https://example.invalid/"


def test_a_link_to_a_file_of_somebodys_machine_leads_nowhere(pdf):
    made = made_of(pdf(change=annotated(Subtype="/Link", A=entries(S="/URI", URI=f"file:///C:/{AUTHOR}")))).content
    assert AUTHOR.encode() not in made
    assert "/URI" not in opened(made).pages[0]["/Annots"][0]["/A"]


def test_a_signature_goes_and_the_reviewer_is_told(pdf):
    signature = entries(Type="/Sig", Name=AUTHOR)
    made = made_of(pdf(change=annotated(Subtype="/Widget", FT="/Sig", T="seal", V=signature)))
    assert AUTHOR.encode() not in made.content
    assert any("电子签名" in note for note in made.notes)


def embedded(data, filters):
    def change(writer, page):
        image = DecodedStreamObject()
        image.set_data(data)
        image.update(entries(Type="/XObject", Subtype="/Image", Width=30, Height=20, Filter=filters))
        image.update(entries(ColorSpace="/DeviceRGB", BitsPerComponent=8))
        page["/Resources"][name("/XObject")] = DictionaryObject({name("/I"): writer._add_object(image)})

    return change


def test_the_pictures_of_a_page_lose_their_metadata_and_nothing_else(pdf, picture):
    sent = picture(comment=AUTHOR.encode(), xmp=AUTHOR.encode())
    for filters in ("/DCTDecode", ["/DCTDecode"]):
        made = made_of(pdf(change=embedded(sent, filters))).content
        assert AUTHOR.encode() not in made
        image = opened(made).pages[0]["/Resources"]["/XObject"]["/I"]
        assert image._data.startswith(b"\xff\xd8")
        assert len(image._data) < len(sent)
        assert sent.endswith(image._data[-200:])


def test_pictures_whose_metadata_cannot_be_taken_out_are_refused(pdf, refused):
    assert refused(pdf(change=embedded(b"\0\0\0\x0cjP  \r\n\x87\nuuid", "/JPXDecode")))[0] == "E604"
    assert refused(pdf(change=embedded(b"xxxx", "/DCTDecode")))[0] == "E606"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("ID 22072419900101123X", lambda writer, page: None),
        ("Form", annotated(Subtype="/Widget", FT="/Tx", T="id", V="22072419900101123X")),
        ("Form", root(Outlines=entries(Title="22072419900101123X"))),
    ],
)
def test_numbers_of_persons_are_found_on_pages_in_fields_and_in_bookmarks(pdf, refused, text, change):
    code, message = refused(pdf(text, change))
    assert code == "E609"
    assert "220724" not in message


def test_the_reviewer_is_told_of_pages_that_nobody_could_read(pdf):
    assert made_of(pdf()).notes == ()
    assert any("1 页没有可以读取的文字" in note for note in made_of(pdf(" ")).notes)


def test_a_password_is_told(pdf, refused):
    writer = PdfWriter(io.BytesIO(pdf()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    assert refused(target.getvalue())[0] == "E605"


def test_a_cipher_that_cannot_be_read_here_is_a_password_too(refused):
    cipher = (
        "/Filter /Standard /V 5 /R 6 /Length 256 /P -1 /StmF /StdCF /StrF /StdCF /CF << /StdCF << /CFM /AESV3 >> >>"
    )
    keys = f"/O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> /UE <{'00' * 32}> /Perms <{'00' * 16}>"
    sent = (
        "%PDF-2.0\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\n"
        f"endobj\ntrailer\n<< /Size 3 /Root 1 0 R /ID [<00> <00>] /Encrypt << {cipher} {keys} >> >>\n"
        "startxref\n0\n%%EOF"
    )
    assert refused(sent.encode())[0] == "E605"


def test_a_picture_behind_the_picture_is_gone(pdf, picture):
    sent = picture() + picture(comment=AUTHOR.encode())
    made = made_of(pdf(change=embedded(sent, "/DCTDecode"))).content
    assert AUTHOR.encode() not in made


def test_comments_are_told_on_a_page_that_does_not_say_that_it_is_one(pdf, refused):
    def change(writer, page):
        annotated(Subtype="/FreeText", Contents="x")(writer, page)
        del page["/Type"]

    assert refused(pdf(change=change))[0] == "E607"


def test_a_stream_that_lies_in_another_file_is_refused(pdf, refused):
    def change(writer, page):
        stream = DecodedStreamObject()
        stream.update(entries(F="https://example.invalid/a"))
        page["/Resources"][name("/XObject")] = DictionaryObject({name("/I"): writer._add_object(stream)})

    assert refused(pdf(change=change))[0] == "E604"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n%%EOF\n",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 100_000 + b"\n%%EOF",
        b"%PDF-1.7\nstartxref\n99999999999\n%%EOF",
    ],
)
def test_what_is_no_pdf_inside_is_damaged(refused, content):
    assert refused(content)[0] == "E606"
