"""Every code of attachments is produced by a real folder, and says what to do."""

from __future__ import annotations

import re

import pytest

from gongshi.intake.attachments.attaching import Attachments
from gongshi.intake.attachments.folder import gather
from gongshi.intake.attachments.inside import Made, made_of
from gongshi.intake.attachments.looking import Clean
from gongshi.intake.catalogue.attachments import ATTACHMENTS
from gongshi.intake.problems import Place, Wrong, problem
from gongshi.records.attachment import LARGEST_FILE
from tests.intake.attachments.naming import all_attached

CHANGED = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
PERSON = "<w:p><w:r><w:t>22072419900101123X</w:t></w:r></w:p>"
FILES = {
    "E602": lambda make: b"MZ" + bytes(100),
    "E603": lambda make: bytes(LARGEST_FILE + 1),
    "E604": lambda make: make(parts={"word/vbaProject.bin": b"x"}),
    "E605": lambda make: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "E606": lambda make: make()[:200],
    "E607": lambda make: make(CHANGED),
    "E609": lambda make: make(PERSON),
}


def test_every_code_is_produced_here_or_where_records_name_files():
    assert {entry.code for entry in ATTACHMENTS} == {*FILES, "E601", "E608", "W601", "W602"}


def told(wrong):
    found = problem(wrong.code, Place("报送.yaml", row=3, column="附件"), **wrong.words)
    assert not re.search(r"[{}]", found.message + found.hint)
    assert found.hint.endswith("。")
    return found


@pytest.mark.parametrize("code", FILES)
def test_a_file_in_the_folder_is_refused_by_its_name_with_what_to_do(tmp_path, docx, code):
    (tmp_path / "表格.docx").write_bytes(FILES[code](docx))
    with pytest.raises(Wrong) as caught:
        all_attached(Attachments(gather(tmp_path)), "表格.docx")
    found = told(caught.value)
    assert found.code == code
    assert "表格.docx" in found.message


def test_what_is_not_there_and_what_cannot_be_called_so(tmp_path, docx):
    (tmp_path / "CON.docx").write_bytes(docx())
    for name, code in (("没有.docx", "E601"), ("CON.docx", "E608")):
        with pytest.raises(Wrong) as caught:
            all_attached(Attachments(gather(tmp_path)), name)
        found = told(caught.value)
        assert found.code == code
        assert name in found.message


def test_what_is_named_nowhere_is_a_warning(tmp_path, docx):
    (tmp_path / "多余.docx").write_bytes(docx())
    (name,) = Attachments(gather(tmp_path)).unused
    assert told(Wrong("W601", value=name)).message.startswith("附件文件夹里的“多余.docx”")


def test_a_right_file_comes_through_the_whole_way(tmp_path, docx):
    sent = docx()
    (tmp_path / "表格.docx").write_bytes(sent)
    (attached,) = all_attached(Attachments(gather(tmp_path)), "空白表格=表格.docx")
    made = made_of(sent)
    assert isinstance(made, Made)
    assert attached.clean == Clean(made.content, made.type, "表格.docx", ())
    assert attached.original.raw == sent
