"""Which file belongs to which record; each is looked at once, and what is named nowhere is not taken."""

from __future__ import annotations

import json
import os

import pytest

from gongshi.intake.attachments import folder as folder_module
from gongshi.intake.attachments.attaching import Attachments, Mention, mentions, value_of
from gongshi.intake.attachments.folder import gather
from gongshi.intake.attachments.looking import Clean
from gongshi.intake.problems import Wrong
from gongshi.records.decision import nested
from tests.intake.attachments.naming import all_attached

PDF = "application/pdf"


@pytest.fixture
def folder(tmp_path):
    for name in ("申请书.pdf", "样表（一）.docx", "没有用到.png"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


@pytest.fixture
def look():
    """Takes every file as it is, and counts."""

    def look(content, name, most_bytes):
        look.seen.append(name)
        if name.endswith(".exe"):
            raise Wrong("E602", found="可执行程序", advice="")
        return Clean(b"clean " + content, PDF, name)

    look.seen = []
    return look


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, []),
        ("", []),
        ("申请书.pdf", [("申请书", "申请书.pdf")]),
        ("空白表格=申请书.pdf、样表.docx", [("空白表格", "申请书.pdf"), ("样表", "样表.docx")]),
        ("申请书.pdf\n\n 样表 = 样表.docx ；", [("申请书", "申请书.pdf"), ("样表", "样表.docx")]),
        ("样表（一）.docx", [("样表(一)", "样表(一).docx")]),
        ([{"名称": "空白表格", "文件": "申请书.pdf"}], [("空白表格", "申请书.pdf")]),
        ([{"file": "申请书.pdf"}, "样表=a.docx"], [("申请书", "申请书.pdf"), ("样表", "a.docx")]),
        ("=a.pdf", [("a", "a.pdf")]),
    ],
)
def test_what_a_cell_or_a_list_names(value, found):
    assert mentions(value) == tuple(Mention(*one) for one in found)


@pytest.mark.parametrize(
    "value", [7, {"名称": "a"}, [7], [{"名称": "a"}], [{"文件": ""}], [{"文件": "a.pdf", "大小": "1"}], [[["a"]]]]
)
def test_another_shape_is_refused(value):
    with pytest.raises(Wrong) as caught:
        mentions(value)
    assert caught.value.code == "E504"


def test_the_folder_is_read_without_links_subfolders_and_leftovers(folder):
    (folder / "子文件夹").mkdir()
    (folder / "子文件夹" / "a.pdf").write_bytes(b"x")
    (folder / "链接.pdf").symlink_to("/etc/passwd")
    os.mkfifo(folder / "管道.pdf")
    for name in (".DS_Store", "~$申请书.docx", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    assert set(gather(folder)) == {"申请书.pdf", "样表(一).docx", "没有用到.png"}
    assert gather(None) == {}
    assert gather(folder / "没有") == {}


def test_two_names_that_only_their_width_tells_apart_are_refused(folder):
    (folder / "样表(一).docx").write_bytes(b"x")
    with pytest.raises(Wrong) as caught:
        gather(folder)
    assert caught.value.code == "E608"
    assert caught.value.words["value"] == "样表(一).docx"


@pytest.mark.parametrize("limit", [("MOST_FILES", 2), ("MOST_BYTES", 30)])
def test_too_many_or_too_large_together_is_refused(folder, monkeypatch, limit):
    monkeypatch.setattr(folder_module, *limit)
    with pytest.raises(Wrong) as caught:
        gather(folder)
    assert caught.value.code == "E603"


def test_a_file_is_looked_at_once_however_many_name_it(folder, look):
    batch = Attachments(gather(folder), look=look)
    one = all_attached(batch, "空白表格=申请书.pdf")
    other = all_attached(batch, [{"名称": "表", "文件": "申请书.pdf"}, {"文件": "样表（一）.docx"}])
    assert look.seen == ["申请书.pdf", "样表(一).docx"]
    assert [attached.label for attached in one + other] == ["空白表格", "表", "样表(一)"]
    assert one[0].clean is other[0].clean
    assert [(original.name, clean.content) for original, clean in batch.used] == [
        ("样表(一).docx", b"clean " + "样表（一）.docx".encode()),
        ("申请书.pdf", b"clean " + "申请书.pdf".encode()),
    ]
    assert batch.unused == ("没有用到.png",)


def test_the_value_holds_the_digest_of_what_may_be_published(folder, look):
    value = value_of(all_attached(Attachments(gather(folder), look=look), "空白表格=申请书.pdf"))
    content = b"clean " + "申请书.pdf".encode()
    (row,) = nested(value)
    assert row == {
        "label": "空白表格",
        "name": "申请书.pdf",
        "type": PDF,
        "size": str(len(content)),
        "sha256": Clean(content, PDF, "").sha256,
    }
    assert list(json.loads(value)[0]) == sorted(row), "canonical"
    assert value_of(()) is None


def test_a_file_that_is_not_there_is_named_with_the_nearest(folder, look):
    with pytest.raises(Wrong) as caught:
        all_attached(Attachments(gather(folder), look=look), "申请表.pdf")
    assert caught.value.code == "E601"
    assert caught.value.words == {"value": "申请表.pdf", "nearest": "最接近的是“申请书.pdf”。"}


def test_a_file_that_went_away_is_not_there(folder, look):
    batch = Attachments(gather(folder), look=look)
    (folder / "申请书.pdf").unlink()
    with pytest.raises(Wrong) as caught:
        all_attached(batch, "申请书.pdf")
    assert caught.value.code == "E601"


def test_a_refused_file_is_refused_for_every_record_and_never_kept(folder, look):
    (folder / "表格.exe").write_bytes(b"MZ")
    batch = Attachments(gather(folder), look=look)
    for _ in range(2):
        with pytest.raises(Wrong) as caught:
            all_attached(batch, "表格.exe")
        assert caught.value.code == "E602"
        assert caught.value.words["value"] == "表格.exe"
    assert look.seen == ["表格.exe"]
    assert batch.used == ()
    assert "表格.exe" not in batch.unused


def test_a_file_that_grows_is_read_no_further_than_one_byte_beyond_the_limit(folder, look):
    (attached,) = all_attached(Attachments(gather(folder), most_bytes=4, look=look), "申请书.pdf")
    assert attached.original.size == 5


def test_more_files_than_a_batch_may_have_are_refused_before_any_is_looked_at(look):
    with pytest.raises(Wrong) as caught:
        all_attached(Attachments({}, look=look), "、".join(f"{n}.pdf" for n in range(201)))
    assert caught.value.code == "E603"
    assert look.seen == []
