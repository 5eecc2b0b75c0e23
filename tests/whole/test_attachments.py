"""A file beside a text: from the department's folder to a page, and out of everything with its last record."""

from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from gongshi.store import Store, raw

DEPARTMENT = "11220700MB99000134"
AUTHOR = "示例作者戊己庚"
TEXT = {
    "类别": "文书样本",
    "适用范围": "本部门",
    "发文机关": "松原市市场监督管理局",
    "成文日期": "2026-01-01",
    "发布日期": "2026-01-05",
    "生效日期": "2026-01-05",
}


def text(title: str) -> dict[str, str]:
    return {**TEXT, "标题": title, "索引号": f"112207000135491313/2026-{title}", "附件": "示意图=图一.png"}


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Two texts that name one picture, which says in itself who drew it; it lies where the command looks for it."""
    noise = Random(5).randbytes(60 * 60 * 3)
    told, made = PngInfo(), io.BytesIO()
    told.add_text("Author", AUTHOR)
    Image.frombytes("RGB", (60, 60), noise).save(made, "PNG", pnginfo=told)
    (tmp_path / "texts.files").mkdir()
    (tmp_path / "texts.files" / "图一.png").write_bytes(made.getvalue())
    path = tmp_path / "texts.yaml"
    path.write_text(json.dumps({"制度文本": [text("样本甲"), text("样本乙")]}, ensure_ascii=False), encoding="utf-8")
    return path


def published(commands: Any) -> dict[str, bytes]:
    """The attachments that anybody can have."""
    return {name: content for name, content in commands.site().items() if name.startswith("files/")}


def anywhere(commands: Any, piece: bytes) -> list[str]:
    """Where the bytes stand: in a file of the site, or in public.db or what lies beside it."""
    beside = {path.name: path.read_bytes() for path in (commands.root / "build").glob("public.db*")}
    return [name for name, content in {**commands.site(), **beside}.items() if piece in content]


@pytest.mark.article("D15")
@pytest.mark.article("S5")
def test_a_file_is_published_without_its_author_and_leaves_with_its_last_record(commands: Any, sent: Path) -> None:
    commands("check", sent, "--department", DEPARTMENT)
    commands.publish(sent)
    commands("rebuild")
    ((name, content),) = published(commands).items()
    assert name.endswith("/图一.png")
    assert AUTHOR.encode() not in content
    assert Image.open(io.BytesIO(content)).size == (60, 60)
    piece = content[4000:4064]
    assert set(anywhere(commands, piece)) == {name, "public.db"}
    pages = [page for page, told in commands.site().items() if name.encode() in told or name[:22].encode() in told]
    assert len([page for page in pages if page.startswith("texts/")]) >= 2

    for title, left in (("样本甲", 1), ("样本乙", 0)):
        commands("suspend", number_of(commands, title), "--by", "周示礼", "--why", "示意图有误")
        commands("rebuild")
        assert len(published(commands)) == left
    assert anywhere(commands, piece) == []
    commands("audit")
    commands("verify")
    with Store.open(commands.root / "data" / "store.db") as store:
        kept = {row["sha256"] for row in store.db.execute("SELECT sha256 FROM raw")}
        assert any(piece in b"".join(raw.pieces(store.db, one)) for one in kept), "the record keeps it"


def number_of(commands: Any, title: str) -> str:
    """A record by its title, as `due` and receipts name it."""
    with Store.open(commands.root / "data" / "store.db") as store:
        return str(store.db.execute("SELECT id FROM disclosures WHERE key LIKE ?", (f"%/{title}%",)).fetchone()[0])


@pytest.mark.article("D15")
def test_a_program_that_calls_itself_a_form_is_refused(commands: Any, sent: Path) -> None:
    (sent.with_suffix(".files") / "图一.png").write_bytes(b"MZ\x90\x00" + bytes(200))
    found = commands.json("check", sent, "--department", DEPARTMENT, code=1)
    assert {problem["code"] for problem in found["problems"] if problem["severity"] == "error"} == {"E602"}
    commands("submit", sent, "--department", DEPARTMENT, "--by", "周示礼", code=1)


def test_the_files_may_lie_elsewhere(commands: Any, sent: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "附件"
    sent.with_suffix(".files").rename(elsewhere)
    commands("check", sent, "--department", DEPARTMENT, code=1)
    commands("check", sent, "--department", DEPARTMENT, "--files", elsewhere)
