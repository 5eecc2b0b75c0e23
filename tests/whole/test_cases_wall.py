"""The wall around cases: nothing of a case file, its evidence, its review or its papers is in any byte of build/.

Every free field of every sheet is a canary of its own, and so are the names of people, the bytes and the name of a
file of the vault, and what reviewers wrote; the numbers of reviews are public here, however few.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.records import review_figures
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.field import FieldType
from gongshi.records.kind import RecordKind
from tests.intake.cases.files import NUMBER, sheets
from tests.lifecycle.legal.casework import ASPECTS, MATERIALS, STATEMENT
from tests.whole.test_canary import found, hash_of

D = "11220700MB99000134"
FREE = (FieldType.TEXT, FieldType.LONG_TEXT)
HANDLER, REVIEWER = "张示一", "郑示法"
MORE = {
    "履行执行": {"序号": "20", "事项": "履行", "时间": "2026-03-22 10:00"},
    "归档": {"序号": "21", "归档时间": "2026-03-24 10:00"},
    "复制": {"序号": "22", "申请时间": "2026-03-23 10:00"},
}
DOCUMENTS = ("调查终结报告", "处理建议及情况说明", "决定书代拟稿")


def canaries(kind: RecordKind) -> dict[str, str]:
    """A text of its own for every free field of a sheet, by label; people have a canary for a name."""
    made = {}
    for field in kind.fields:
        mark = f"QX{hash_of(kind.name + field.name):07d}"
        if field.type in FREE and not field.choices:
            made[field.label] = f"金丝雀{mark}密文"
        elif field.type is FieldType.PERSONS and field.name != "handlers":
            made[field.label] = f"雀示{chr(0x4E00 + hash_of(mark) % 20000)}（{mark}）"
    return made


def told() -> tuple[dict[str, list[dict[str, str]]], set[str]]:
    """A case that fills everything, and every canary in it."""
    made = sheets(case={"调查终结时间": "2026-03-10 09:00", "属于重大执法决定的情形": "L3-1"})
    made |= {sheet: [{"案号": NUMBER, **cells}] for sheet, cells in MORE.items()}
    values: set[str] = set()
    for kind in CASE_KINDS.values():
        sheet = next(name for name in kind.sheets if name in made)
        cells = canaries(kind)
        values |= {part for text in cells.values() for part in text.removesuffix("）").split("（")}
        made[sheet][0] |= cells
    written = {"案号": NUMBER, "阶段": "调查取证", "载体": "文字", "制作时间": "2026-03-10"}
    made["过程记录"] += [
        {**written, "序号": str(at), "文书或者记录": what} for at, what in enumerate(DOCUMENTS, start=30)
    ]
    return made, values - {""}


def run(commands, *words: str | Path) -> None:
    """A command of a group: its options come last."""
    given = [*map(str, words), "--root", str(commands.root), "--today", commands.today]
    ran = CliRunner().invoke(main, given)
    assert ran.exit_code == 0, ran.output + str(ran.exception)


@pytest.mark.article("R33", "R35")
def test_nothing_of_a_case_is_in_any_byte_of_the_build(commands, row, sheet, tmp_path: Path, monkeypatch) -> None:
    made, values = told()
    file = tmp_path / "案卷.json"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    commands("submit", file, "--department", D, "--by", "周示礼")

    picture = tmp_path / "金丝雀QXFILENAME.mp4"
    picture.write_bytes(b"QXBYTES-" * 4096)
    said = ("--custodian", "雀示库", "--description", "金丝雀QXSAID")
    run(commands, "evidence", "add", NUMBER, picture, "--by", HANDLER, *said)
    values |= {"QXFILENAME", "雀示库", "QXSAID"}

    handed = ("--materials", MATERIALS.replace("1=有", "1=QXMATERIAL"), "--statement", STATEMENT)
    run(commands, "legal", "submit", NUMBER, "--by", HANDLER, *handed)
    run(commands, "legal", "receive", NUMBER, "--by", REVIEWER)
    opinion = ("--opinion", "agree", "--aspects", ASPECTS, "--text", "金丝雀QXOPINION")
    run(commands, "legal", "opine", NUMBER, "--by", REVIEWER, *opinion)
    run(commands, "case", "show", NUMBER, "--by", "刘示长", "--why", "金丝雀QXWHY")
    dossier = tmp_path / "案卷.html"
    run(commands, "case", "dossier", NUMBER, "--by", "刘示长", "--why", "应诉", "--out", dossier)
    values |= {"QXMATERIAL", "QXOPINION", "QXWHY"}

    commands.publish(sheet("1.csv", [row("penalty", "松市监罚〔2026〕1号")]))
    monkeypatch.setattr(review_figures, "LEAST", 1)
    city = commands.root / "data" / "reference" / "city.yml"
    shown = city.read_text(encoding="utf-8").replace("show_review_figures: false", "show_review_figures: true")
    city.write_text(shown, encoding="utf-8")
    commands("rebuild", "--full", today="2027-01-06", code=3)  # the holidays of 2027 are not out
    build = commands.root / "build"
    counted = (build / "site" / "figures" / "reviews.csv").read_text(encoding="utf-8-sig").splitlines()
    assert counted[1:] == ["2026年,1,1,0,1,0,0,0,0,0"], "the numbers of a year that is over, and nothing else"
    assert len(commands.pages()) == 1, "what may be public is public"
    assert found(build, {"松市监罚〔2026〕1号"}), "the search can find"
    whole = html.unescape(dossier.read_text(encoding="utf-8"))
    assert sorted(value for value in values if value not in whole) == [], "the dossier has them all"
    assert found(build, values | {"QXBYTES"}) == []
