"""The papers of a legal review and its ledger: from the record alone, with what was submitted, without persons where
nobody is asked who reads."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.store import Store
from gongshi.store.cases import case_id, entered
from gongshi.store.operations import Operation
from tests.dossier.story import D
from tests.intake.cases.files import NUMBER

Gongshi = Callable[..., Result]
DRAFT = ("松原示例商贸有限公司", "经营超过保质期的食品")
PAPERS = {
    "submission": (*DRAFT, "送审表", "调查终结报告", "基本事实", "可能造成重大社会影响", "政策法规科"),
    "materials": ("补正通知书", "第六条第二款", "第4项　相关证据资料", "2026-12-31"),
    "opinion": (*DRAFT, "同意", "第十条第（一）项", "主要事实是否清楚", "没有问题", "郑示法", "2026-03-31", "按期"),
}


def paper(gongshi: Gongshi, out: Path, kind: str, *more: str) -> Result:
    return gongshi("legal", "print", NUMBER, "--form", kind, "--by", "张示一", "--out", str(out), *more)


@pytest.mark.article("L6", "L7", "L8", "L10")
@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_says_what_the_round_had(told: Path, gongshi: Gongshi, tmp_path: Path, kind: str) -> None:
    assert paper(gongshi, tmp_path / "a.html", kind).exit_code == 0
    text = html.unescape((tmp_path / "a.html").read_text(encoding="utf-8"))
    for word in (*PAPERS[kind], "松原市市场监督管理局", NUMBER):
        assert word in text, word
    with Store.open(told / "data" / "store.db", read_only=True) as store:
        last = entered(store, case_id(store, f"{D}/case/松市监案〔2026〕1"), Operation.ACCESS)[-1]
    assert last.payload is not None
    assert (last.actor, last.payload["act"], last.payload["target"]) == ("张示一", "print", kind)


def test_what_there_was_not_is_not_printed(gongshi: Gongshi, tmp_path: Path) -> None:
    refused = paper(gongshi, tmp_path / "a.html", "opinion", "--round", "2")
    assert (refused.exit_code, "nothing_to_print" in refused.output, "没有第 2 轮" in refused.output) == (1, True, True)
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_counts_rounds_and_names_nobody(gongshi: Gongshi, tmp_path: Path) -> None:
    for name in ("台账.html", "台账.csv"):
        ran = gongshi("legal", "ledger", "--department", D, "--year", "2026", "--out", str(tmp_path / name))
        assert ran.exit_code == 0, ran.output
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert [who for who in ("张示一", "郑示法", "刘示长", "松原示例商贸") if who in text] == []
    (row,) = csv.DictReader(io.StringIO((tmp_path / "台账.csv").read_text(encoding="utf-8-sig")))
    assert (row["案号"], row["轮次"], row["送审"]) == ("松市监案〔2026〕1号", "1", "2026-03-21 11:00")
    assert (row["审核期限"], row["意见"], row["是否按期"], row["集体讨论"]) == ("2026-03-31", "同意", "按期", "通过")
    ran = gongshi("legal", "ledger", "--department", D, "--year", "2025", "--out", str(tmp_path / "b.html"), "--json")
    assert '"rounds": 0' in ran.output
