"""A case told on the command line: its course with both times and hashes, who read it, and the list without persons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.dossier.articles import NONE, Articles
from gongshi.instance import load
from gongshi.store import Store
from gongshi.store.cases import case_id, entered
from gongshi.store.operations import Operation
from tests.dossier.story import PICTURE, ROOT, D
from tests.intake.cases.files import NUMBER

Gongshi = Callable[..., Result]
HEAD = ("--by", "刘示长", "--why", "督办")


def show(gongshi: Gongshi) -> dict:
    return json.loads(gongshi("case", "show", NUMBER, *HEAD, "--json").output)


@pytest.mark.article("S2", "R3")
def test_every_entry_of_a_case_stands_in_its_course_in_the_order_in_which_it_was_recorded(
    told: Path, gongshi: Gongshi
) -> None:
    shown = show(gongshi)
    with Store.open(told / "data" / "store.db", read_only=True) as store:
        entries = entered(store, shown["id"])
    expected = [(one.seq, one.hash) for one in entries if one.operation != Operation.ACCESS]
    assert [(one["seq"], one["hash"]) for one in shown["moments"]] == expected


def test_a_step_has_both_times_who_acted_who_recorded_it_and_its_article(gongshi: Gongshi) -> None:
    moments = show(gongshi)["moments"]
    record = next(one for one in moments if "现场检查（勘验）笔录" in one["what"])
    assert (record["claimed"], record["recorded"]) == ("2026-03-02 10:00", "2026-03-21 10:00")
    assert record["who"] == "张示一（吉A示例001）、李示二（吉A示例002）"
    assert record["recorded_by"] == "周示礼"
    assert "全过程记录实施办法》第" in record["article"]
    opinion = next(one for one in moments if "出具审核意见" in one["what"])
    assert opinion["what"] == "法制审核第 1 轮，出具审核意见：同意"
    assert opinion["article"] == "《松原市重大行政执法决定法制审核办法》第十条"
    assert next(one["file"] for one in moments if one["file"]) == hashlib.sha256(PICTURE).hexdigest()


def test_every_line_has_an_article_or_says_that_none_asks_for_it(gongshi: Gongshi) -> None:
    articles = {one["what"].partition("（")[0]: one["article"] for one in show(gongshi)["moments"]}
    assert "" not in articles.values()
    assert articles["音像记录"] == "《松原市行政执法全过程记录实施办法》第三十二条第三款"
    assert articles["决定书代拟稿"] == articles["调查终结报告"] == "《松原市重大行政执法决定法制审核办法》第六条"
    assert Articles(load(ROOT)).of_line("catalogue", {"medium": "text"}, "") == NONE


def test_what_was_recorded_more_than_a_day_after_it_happened_is_marked(gongshi: Gongshi) -> None:
    late = {one["what"]: one["late"] for one in show(gongshi)["moments"]}
    assert late["现场检查（勘验）笔录（序号 1）"]
    assert not late["法制审核第 1 轮，送审"]
    text = gongshi("case", "show", NUMBER, *HEAD).output
    assert text.count("（补录）") == sum(late.values())


def test_what_is_missing_comes_last_with_its_article(gongshi: Gongshi) -> None:
    text = gongshi("case", "show", NUMBER, *HEAD).output
    assert text.index("案卷不完整。") > text.index("经过")
    assert "[缺少] R8-approval" in text.partition("案卷不完整。")[2]


@pytest.mark.article("R33")
def test_who_read_a_case_is_told_to_those_who_may_know_and_refusals_are_told_too(gongshi: Gongshi) -> None:
    assert "access_refused" in gongshi("case", "show", NUMBER, "--by", "钱示闲", "--why", "好奇").output
    reads = json.loads(gongshi("case", "accesses", NUMBER, *HEAD, "--json").output)
    assert ("钱示闲", "好奇", True) in {(one["by"], one["purpose"], one["refused"]) for one in reads}
    assert "全过程" in {one["target"] for one in reads}
    assert (reads[-1]["by"], reads[-1]["office"], reads[-1]["act"]) == ("刘示长", "负责人", "查看使用记录")
    assert "access_refused" in gongshi("case", "accesses", NUMBER, "--by", "张示一").output


@pytest.mark.article("R35")
def test_the_list_names_no_person_and_is_no_reading(told: Path, gongshi: Gongshi) -> None:
    with Store.open(told / "data" / "store.db", read_only=True) as store:
        id = case_id(store, f"{D}/case/松市监案〔2026〕1")
        before = len(entered(store, id, Operation.ACCESS))
        text = gongshi("case", "list").output
        assert len(entered(store, id, Operation.ACCESS)) == before
    assert text == f"松市监案〔2026〕1号（{id}）　普通程序　送达执行　2026-03-02 09:30　法制审核：已作出决定\n"
    assert gongshi("case", "list", "--stage", "decision").output == "", "it was decided here, whatever its sheet says"
    assert [one["id"] for one in json.loads(gongshi("case", "list", "--department", D, "--json").output)] == [id]
