"""What records name as attachments is looked at, kept with the batch, and told where it is wrong."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from PIL import Image
from pypdf import PdfWriter

from tests.intake.registry.conftest import record

ITEM, GUIDE = "enforcement_item", "service_guide"


@pytest.fixture
def folder(tmp_path):
    """The folder beside a batch."""
    folder = tmp_path / "批次.files"
    folder.mkdir()
    for name, colour in (("窗口.png", "red"), ("样表.png", "blue")):
        made = io.BytesIO()
        Image.new("RGB", (8, 8), colour).save(made, "PNG", pnginfo=None)
        (folder / name).write_bytes(made.getvalue())
    return folder


def guide(files, form=None):
    material = {"材料名称": "申请书", "示范文本": "×××", "常见错误": "漏填", **({"空白表格": form} if form else {})}
    return {ITEM: [record(ITEM)], GUIDE: [record(GUIDE, {"附件": files, "申请材料": [material]})]}


def others(report):
    """What is told beside that a person must look at pictures."""
    return [problem for problem in report.problems if problem.code != "W602"]


WAYS = ["申请书样表=样表.png、窗口.png", [{"名称": "申请书样表", "文件": "样表.png"}, {"文件": "窗口.png"}]]


@pytest.mark.article("D15")
@pytest.mark.parametrize("files", WAYS)
def test_a_record_carries_what_may_be_published_and_the_batch_what_was_sent_too(files, checked, folder):
    report = checked(guide(files, form="申请书样表"), attachments=folder)
    assert others(report) == []
    sent, published = zip(*report.batch().attachments, strict=True)
    assert {file.name for file in sent} == {"窗口.png", "样表.png"}
    assert {file.sha256 for file in sent} == {sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    (item, held) = report.decisions
    assert item.kind == ITEM
    assert [(row["label"], row["name"], row["type"]) for row in held.rows("files")] == [
        ("申请书样表", "样表.png", "image/png"),
        ("窗口", "窗口.png", "image/png"),
    ]
    assert {row["sha256"] for row in held.rows("files")} == {file.sha256 for file in published}


def test_a_wrong_file_keeps_its_record_out_and_no_other(checked, folder):
    (folder / "样表.png").write_bytes(b"MZ\x90\x00" + bytes(200))
    report = checked(guide("样表.png"), attachments=folder)
    assert [(p.code, p.column, p.sheet) for p in report.problems if p.is_error] == [("E602", "附件", "服务指南")]
    assert [one.kind for one in report.decisions] == [ITEM]
    assert report.attachments == ()


def test_each_wrong_file_is_told_and_no_other_said_to_be_left_over(checked, folder):
    for name in ("样表.png", "窗口.png"):
        (folder / name).write_bytes(b"MZ\x90\x00" + bytes(200))
    report = checked(guide("没有.png、样表.png、窗口.png"), attachments=folder)
    told = [(problem.code, problem.value) for problem in others(report)]
    assert told == [("E601", "没有.png"), ("E602", "样表.png"), ("E602", "窗口.png")]


def test_what_only_a_wrong_record_names_is_not_kept(checked, folder):
    batch = guide("样表.png、窗口.png")
    board = record("post_board", {"附件": "窗口.png", "值岗人员执法证号": ""})
    batch[GUIDE][0]["办公电话"] = ""
    report = checked({**batch, "post_board": [board]}, attachments=folder)
    assert [problem.code for problem in others(report)] == ["E201"]
    assert [sent.name for sent, _ in report.batch(partial=True).attachments] == ["窗口.png"]


def test_a_folder_that_cannot_be_used_is_one_error(checked, folder):
    (folder / "样表．png").write_bytes((folder / "样表.png").read_bytes())
    report = checked(guide("样表.png"), attachments=folder)
    assert [problem.code for problem in others(report)] == ["E608"]
    assert not report.partly_acceptable


def test_what_is_named_nowhere_is_told_and_not_taken(checked, folder):
    report = checked(guide("样表.png"), attachments=folder)
    assert [(problem.code, problem.value) for problem in others(report)] == [("W601", "窗口.png")]
    assert len(report.attachments) == 1


def test_an_empty_form_is_one_of_the_attachments(checked, folder):
    report = checked(guide("申请书样表=样表.png、窗口.png", form="申请表样表"), attachments=folder)
    (found,) = others(report)
    assert (found.code, found.column) == ("E532", "申请材料·空白表格（第 1 项）")
    assert "最接近的是“申请书样表”" in found.hint


def test_what_the_software_cannot_see_a_person_is_told_to_look_at(checked, folder):
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(made)
    (folder / "扫描.pdf").write_bytes(made.getvalue())
    report = checked(guide("扫描.pdf、样表.png、窗口.png"), attachments=folder)
    assert report.ok
    assert {problem.code for problem in report.problems} == {"W602"}
    assert {problem.value for problem in report.problems} == {"扫描.pdf", "样表.png", "窗口.png"}
    scanned = next(problem for problem in report.problems if problem.value == "扫描.pdf")
    assert scanned.message.endswith("请逐页核对。")
    assert scanned.row == 1


@pytest.mark.parametrize("files", [[["样表.png"]], [{"名称": "样表"}], {"文件": {"a": "b"}}])
def test_another_way_of_writing_is_an_error(files, checked, folder):
    assert not checked(guide(files), attachments=folder).ok
