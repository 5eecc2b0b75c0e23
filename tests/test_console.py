"""What the command line prints: nothing that citizens, departments or file names hold may command the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongshi.cli.base import Run, fail
from gongshi.system.console import as_json, json_pieces, printable

COMMANDS = {
    "a colour": "\x1b[31m红",
    "the window's title": "\x1b]0;题\x07",
    "a line written over": "已撤下\r未撤下",
    "a control of eight bits": "\x9b31m",
    "text turned around": "\u202e文",
    "an isolate": "\u2066文\u2069",
    "a line end that is none": "一\u2028二",
}


@pytest.mark.parametrize("text", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_sign_commands_the_terminal(text: str) -> None:
    shown = printable(text)
    assert shown == "".join(sign for sign in text if sign.isprintable())
    assert printable("第一行\n\t第二行 𬭩 — 松市监罚〔2026〕15号") == "第一行\n\t第二行 𬭩 — 松市监罚〔2026〕15号"


def test_what_is_said_and_what_is_wrong_command_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    run = Run(tmp_path, now.date(), now, json=False)
    run.say("附件1：\x1b[2J证据.pdf", {})
    run.hint(["\x1b[2J"])
    with pytest.raises(SystemExit):
        fail(FileNotFoundError("\x1b]0;x\x07.xlsx"))
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "证据.pdf" in told.out


@pytest.mark.parametrize("items", [[], [{"a": "一\n二", "b": [1, {"c": []}]}], [{"a": 1}, {}, {"a": None}]])
def test_a_list_printed_piece_by_piece_is_the_same_list(items: list[object]) -> None:
    assert "".join(json_pieces(items)) == as_json(items)
