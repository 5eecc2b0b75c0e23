"""Attachments of committed batches: kept as they were sent and as they may be published, found again, erased."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gongshi.instance import Instance
from gongshi.lifecycle import TakenIn, take_in
from gongshi.store import Store, raw, verify
from gongshi.store.erase import erase
from gongshi.store.registered import current_values
from tests.lifecycle.conftest import DEPARTMENT, NOW

SUBJECT = {
    "类别": "文书样本",
    "适用范围": "本部门",
    "发文机关": "松原市试验管理局",
    "成文日期": "2026-01-01",
    "发布日期": "2026-01-05",
    "生效日期": "2026-01-05",
}


def text(title: str, files: str) -> dict[str, Any]:
    return {**SUBJECT, "标题": title, "索引号": f"112207000135491313/2026-{title}", "附件": files}


def picture(colour: str) -> bytes:
    """With words about its author in it, which nobody may see."""
    from PIL.PngImagePlugin import PngInfo

    told, made = PngInfo(), io.BytesIO()
    told.add_text("Author", "示例作者")
    Image.new("RGB", (8, 8), colour).save(made, "PNG", pnginfo=told)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "submissions" / DEPARTMENT
    (place / "texts.files").mkdir(parents=True)
    for name, colour in (("甲.png", "red"), ("乙.png", "blue")):
        (place / "texts.files" / name).write_bytes(picture(colour))
    held = {"制度文本": [text("1", "甲.png、乙.png"), text("2", "乙.png")]}
    (place / "texts.yaml").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return place


@pytest.fixture
def take(store: Store, instance: Instance, folder: Path) -> Callable[[], TakenIn]:
    return lambda: take_in(store, instance, today=date(2026, 3, 2), now=NOW, folder=folder.parent)


def kept(store: Store) -> set[str]:
    return {row["sha256"] for row in store.db.execute("SELECT sha256 FROM raw")}


def published(store: Store, title: str) -> set[str]:
    (one,) = [one for one in current_values(store, "normative_text") if one.values["title"] == title]
    return {row["sha256"] for row in one.rows("files")}


def test_both_are_kept_and_what_is_published_is_without_its_author(store: Store, take: Callable, folder: Path) -> None:
    found = take()
    assert found.faults == []
    assert [receipt.files for receipt in found.receipts] == [("texts.yaml", "乙.png", "甲.png")]
    sent = {sha256(path.read_bytes()).hexdigest() for path in (folder / "texts.files").iterdir()}
    assert sent | published(store, "1") < kept(store)
    assert not sent & published(store, "1")
    for name in published(store, "1"):
        assert "示例作者".encode() not in b"".join(raw.pieces(store.db, name))
    assert verify(store).ok


def test_the_same_files_again_are_known_and_another_attachment_is_another_batch(take: Callable, folder: Path) -> None:
    take()
    again = take()
    assert (again.receipts, again.known) == ([], 1)
    (folder / "texts.files" / "甲.png").write_bytes(picture("green"))
    (receipt,) = take().receipts
    assert receipt.counts["changed"] == 1


def test_a_wrong_attachment_keeps_the_batch_out_and_is_told(take: Callable, folder: Path) -> None:
    (folder / "texts.files" / "甲.png").write_bytes(b"MZ\x90\x00" + bytes(200))
    (fault,) = take().faults
    assert [problem.code for problem in fault.problems] == ["E602"]


def test_a_folder_of_attachments_without_its_file_is_a_stranger(take: Callable, folder: Path) -> None:
    (folder / "texts.files").rename(folder / "text.files")
    codes = {fault.code: fault.file for fault in take().faults}
    assert codes["no_file"].endswith("text.files")


def test_an_erasure_takes_what_no_other_record_names(store: Store, take: Callable) -> None:
    take()
    first, second = published(store, "1"), published(store, "2")
    (one,) = store.db.execute("SELECT id FROM disclosures WHERE key LIKE '%2026-1'")
    erase(store, [one["id"]], reason="示例", by="孙审核", department=DEPARTMENT, now=NOW)
    assert not (first - second) & kept(store)
    assert second <= kept(store)
    assert verify(store).ok
