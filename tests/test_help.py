"""What the command line says of itself, and of a file that it can not use, is Chinese throughout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongshi.cli import main

ENGLISH = re.compile(r"Usage|Options:|Commands:|Show |\[default|required\]|RANGE|OPTIONS|%Y")


@pytest.mark.parametrize("name", ["", *sorted(main.commands)])
def test_help_is_chinese(name: str) -> None:
    shown = CliRunner().invoke(main, [*filter(None, [name]), "--help"])
    assert shown.exit_code == 0
    assert shown.output.startswith("用法：")
    assert not ENGLISH.search(shown.output)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_what_needs_more_than_its_name_comes_with_an_example(name: str) -> None:
    if any(param.required for param in main.commands[name].params):
        assert f"gongshi {name} " in CliRunner().invoke(main, [name, "--help"]).output


def test_what_must_be_given_is_marked() -> None:
    shown = CliRunner().invoke(main, ["submit", "--help"]).output
    assert re.search(r"--by NAME .*（必填）", shown)
    assert "（默认 8001）" in CliRunner().invoke(main, ["serve", "--help"]).output


@pytest.mark.parametrize(
    ("place", "why"), [("missing/x.xlsx", "没有这个文件或者目录"), ("file/x.xlsx", "路径中间有一段不是目录")]
)
def test_a_file_that_can_not_be_written_is_told_in_chinese(tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").write_text("x")
    told = CliRunner().invoke(main, ["template", "penalty", "--out", str(tmp_path / place)])
    assert told.exit_code == 1
    assert told.stderr.startswith(f"file_unusable “{tmp_path / place}”不能读写：{why}")
