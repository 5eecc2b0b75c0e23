"""From the form to the answer through the command line: what a citizen wrote stands in no public byte (D31)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshi.door.inbox import Inbox
from gongshi.door.receipt import Receipt, make_receipt
from gongshi.door.sealing import read_public_key, seal
from gongshi.door.states import read_state
from gongshi.records.request import QUESTIONS, Capacity, CorrectionRequest, Evidence
from tests.whole.conftest import DEPARTMENT, TODAY

NUMBER = "松市监罚〔2026〕15号"
CANARY = "申请人写下的只给部门看的话"
ATTENTION = 3
"""The status of a rebuild that went well where a person has to act."""
PDF = b"%PDF-1.7\n" + CANARY.encode() + b"\n%%EOF\n"


def ask(root: Path, decision: str, sign: bytes = b"a") -> Receipt:
    """What the door does."""
    from datetime import date

    receipt = make_receipt(sign * 32, b"said", date.fromisoformat(TODAY))
    asked = CorrectionRequest(
        number=receipt.number,
        status=receipt.status,
        at=f"{TODAY}T00:10:00+08:00",
        decision=decision,
        capacity=Capacity.OTHER,
        answers={one.name: CANARY for one in QUESTIONS},
        files=(Evidence("证据.pdf", "application/pdf", PDF),),
    )
    inbox = Inbox(root / "data" / "inbox")
    inbox.ready()
    inbox.drop(receipt.status, seal(asked, read_public_key(root / "data" / "reference" / "inbox.pub")))
    return receipt


def told(root: Path) -> list[str]:
    """The files of the instance in which what was written can be read."""
    files = (path for path in root.rglob("*") if path.is_file())
    return sorted(path.relative_to(root).as_posix() for path in files if CANARY.encode() in path.read_bytes())


@pytest.mark.article("D31")
def test_a_request_is_taken_in_answered_and_read_by_its_sender_alone(commands, row, sheet, tmp_path: Path) -> None:
    root = commands.root
    commands("inbox-key")
    assert "inbox_key_exists" in commands("inbox-key", code=1).output
    commands.publish(sheet("a.csv", [row("penalty", NUMBER)]))
    commands("rebuild")
    (page,) = commands.pages()
    receipt = ask(root, page.stem)
    assert told(root) == []
    before = commands.site()
    assert commands.json("rebuild")["requests"]["taken"] == [receipt.number]
    assert {name for name in commands.site() if commands.site()[name] != before[name]} <= {"dictionary/index.html"}
    assert [name for name in told(root) if not name.startswith("data/store.db")] == []
    assert read_state(root / "build" / "status", receipt.status).state == "handling"
    assert CANARY in commands("request", receipt.number, "--out", tmp_path / "out").output
    assert (tmp_path / "out" / f"{receipt.number}-1.pdf").read_bytes() == PDF
    assert receipt.number in commands("requests", "--department", DEPARTMENT).output
    assert commands.json("due", today="2026-12-02", code=1)[-1]["section"] == "更正申请超期"
    assert "request_unknown" in commands("request", "GZ20261120-XXXX-XXXX", code=1).output
    assert "answer_incomplete" in commands("answer", receipt.number, "--by", "周示礼", code=1).output
    answer = ("answer", receipt.number, "--by", "周示礼", "--refused", "--reason", "与决定书一致。")
    assert "与决定书一致" in commands(*answer).output
    state = read_state(root / "build" / "status", receipt.status)
    assert (state.state, state.reason) == ("refused", "与决定书一致。")
    assert commands.json("requests") == []
    assert len(commands.json("requests", "--all")) == 1
    commands("verify")


def test_a_rebuild_says_what_the_inbox_needs_and_goes_on(commands) -> None:
    commands("inbox-key")
    ask(commands.root, "f" * 16)
    key = commands.root / "data" / "keys" / "inbox.key"
    kept = key.read_bytes()
    key.unlink()
    assert "没有能读取的私钥" in commands("rebuild", code=1).output
    key.write_bytes(kept)
    found = commands.json("rebuild", code=ATTENTION)
    assert (len(found["requests"]["aside"]), found["requests"]["taken"]) == (1, [])
    (aside,) = (commands.root / "data" / "inbox" / "aside").iterdir()
    aside.unlink()
    (commands.root / "data" / "inbox" / "ALARM").write_text('{"at": "t", "code": "inbox_full", "message": "满"}')
    assert "inbox_full" in commands("rebuild", code=ATTENTION).output
    (commands.root / "data" / "inbox" / "ALARM").unlink()
    assert commands("rebuild").output.count("更正申请") == 0
