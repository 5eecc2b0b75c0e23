"""A mistyped command is answered in Chinese, with what is wrong and where its help is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongshi.cli import main

MISTYPED = [
    (["check", "{file}"], "缺少 --department ：部门的统一社会信用代码，或者名称"),
    (["check"], "缺少文件"),
    (["check", "没有.xlsx", "--department", "x"], "“没有.xlsx”不对：找不到这个文件"),
    (["submit", "{file}", "--dept", "x"], "没有选项 --dept，是不是 --department"),
    (["check", "{file}", "--department"], "选项 --department 后面没有写值"),
    (["template", "罚款"], "没有“罚款”这一类，可以写 licence（行政许可）、penalty（行政处罚）"),
    (["due", "--today", "2026年"], "“2026年”不对：日期要写成 2026-03-02 的形式"),
    (["serve", "--port", "八"], "要写整数"),
    (["sample", "x", "--decisions", "0"], "要写不小于 1 的整数"),
    (["chek"], "没有命令“chek”"),
    (["verify", "x"], "多写了“x”"),
    (["review"], "缺少回执编号"),
    (["withdraw", "--by", "甲", "--ending", "撤销"], "缺少文号或者决定的编号"),
    (["suspend", "松市监罚〔2026〕1号", "--by", "甲"], "缺少 --why ：为什么要立即下架"),
    (["choose", "松市监罚〔2026〕1号", "--by", "甲", "--why", "x"], "--publish 或者 --withhold"),
]


@pytest.mark.parametrize(("line", "words"), MISTYPED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_mistyped_command_says_in_chinese_what_is_wrong(line: list[str], words: str, tmp_path: Path) -> None:
    file = tmp_path / "处罚.csv"
    file.write_text("x", encoding="utf-8")
    done = CliRunner().invoke(main, [part.format(file=file) for part in line])
    assert done.exit_code == 2
    assert words in done.stderr
    assert "--help" in done.stderr
    assert not re.search("Usage|Error|Try|Missing|Invalid|No such", done.stderr)


@pytest.mark.parametrize("kind", ["penalty", "行政处罚", "处罚"])
def test_a_template_is_asked_for_by_either_name(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "模板.xlsx"
    assert CliRunner().invoke(main, ["template", kind, "--out", str(out)]).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
