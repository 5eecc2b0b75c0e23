"""Case files: what a case's record lacks, whether it is a major one, its decision through the gate (L3, L4, L13)."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from importlib import import_module

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, found
from gongshi.cli.base import Run, Teaching, command, main
from gongshi.cli.instants import Moment
from gongshi.instance import load
from gongshi.law.review.major import JUDGED, JUDGED_TOLD
from gongshi.lifecycle.cases import majors
from gongshi.lifecycle.cases.checking import check_all, check_case, completeness
from gongshi.lifecycle.cases.errors import CaseNotFound
from gongshi.lifecycle.cases.files import article, files_of, told_of
from gongshi.lifecycle.cases.lookup import find
from gongshi.lifecycle.legal.decide import decide as make_decision
from gongshi.store.cases import CaseRow, case_row
from gongshi.store.evidence import not_kept

REASON = click.option("--reason", required=True, help="理由。")
TRIGGER = click.option(
    "--trigger",
    required=True,
    type=click.Choice(list(JUDGED)),
    help=f"由人判断的情形：{JUDGED_TOLD}。",
)


@main.group(cls=Teaching)
def case() -> None:
    """案卷：执法全过程记录是否完整，是否重大执法决定，作出决定。案卷不公示。"""


@command(case)
@click.argument("case_", metavar="[CASE]", required=False, default="")
@click.option("--department", default="", metavar="KEY", help="只看一个部门；几个部门有同一案号时写明是哪个部门。")
def check(run: Run, *, case_: str, department: str) -> None:
    """逐条检查案卷：完整，还是缺什么、依据哪一条、晚了多久。有不完整的退出码为 1。

    CASE 是案号或者 16 位编号；不写时检查全部案件。案卷不完整不影响决定的公示，只计入评查。不读取当事人等内容。
    过程记录登记了文件校验值的，还说明证据库里有没有这个文件；入库的是另一个文件的，退出码也为 1。

    \b
    例：gongshi case check 松市监案〔2026〕1号
        gongshi case check --department 松原市市场监督管理局
    """
    instance = load(run.root)
    with run.store(read_only=True) as store:
        if case_:
            row = case_row(store, find(store, instance, case_, department))
            if row is None:
                raise CaseNotFound(f"没有案号或者编号为“{case_}”的案件。")
            one = check_case(store, instance, row, run.now)
            files = list(not_kept(store, row.id))
            told = "\n".join([one.render_text(), *told_of(files, article(instance))])
            run.say(told, {**one.to_json(), "files": [asdict(file) for file in files]} if run.json else None)
            sys.exit(1 if any(file.other for file in files) or not one.complete else 0)
        key = instance.department(department).key if department else ""
        every = completeness(check_all(store, instance, run.now, key))
        held = files_of(store, instance, key)
        told = "\n".join([every.render_text(), *held.render_text()])
        run.say(told, {**every.to_json(), "files": held.to_json()} if run.json else None)
    sys.exit(1 if held.differing or every.complete != every.cases else 0)


@command(case)
@CASE
@click.option("--number", required=True, help="决定书文号。")
@BY
@click.option("--at", type=Moment(), help="作出决定的时间，例如 2026-03-02 09:30；默认现在。")
@DEPARTMENT
def decide(run: Run, *, asked: str, number: str, by: str, at: datetime | None, department: str) -> None:
    """作出决定。须经法制审核的，审核同意、集体讨论通过以后才能作出；不能作出的，逐项列出理由和条款。

    \b
    例：gongshi case decide 松市监案〔2026〕1号 --number 松市监罚〔2026〕15号 --by 刘示长
    """
    with found(run, asked, department) as (store, instance, case_):
        made = make_decision(store, instance, case_, number=number, by=by, now=run.now, at=at)
    run.say(f"已作出决定：{made.number}", made)


@command(case, "raise")
@CASE
@TRIGGER
@REASON
@BY
@DEPARTMENT
def raise_(run: Run, *, asked: str, trigger: str, reason: str, by: str, department: str) -> None:
    """认定为重大执法决定，须经法制审核。承办人、法制审核人员、负责人、监督人员都可以认定。

    \b
    例：gongshi case raise 松市监案〔2026〕1号 --trigger L3-2 --reason 涉及全部设备 --by 张示一
    """
    with found(run, asked, department) as (store, instance, case_):
        row = majors.raise_trigger(store, instance, case_, trigger, by=by, reason=reason, now=run.now)
    run.say(_told(row), row)


@command(case)
@CASE
@TRIGGER
@REASON
@BY
@DEPARTMENT
def lower(run: Run, *, asked: str, trigger: str, reason: str, by: str, department: str) -> None:
    """法制审核人员提出：由人认定的一种情形不成立。由负责人用 answer 批准。系统认定的情形不能降低。

    \b
    例：gongshi case lower 松市监案〔2026〕1号 --trigger L3-2 --reason 设备已经返还 --by 郑示法
    """
    with found(run, asked, department) as (store, instance, case_):
        row = majors.propose_lower(store, instance, case_, trigger, by=by, reason=reason, now=run.now)
    run.say(f"已提出，等待负责人批准。{_told(row)}", row)


@command(case)
@CASE
@click.option("--approve/--decline", required=True, help="批准，或者不批准。")
@REASON
@BY
@DEPARTMENT
def answer(run: Run, *, asked: str, approve: bool, reason: str, by: str, department: str) -> None:
    """负责人批准或者不批准法制审核人员提出的降低；须是另一人。

    \b
    例：gongshi case answer 松市监案〔2026〕1号 --approve --reason 同意 --by 刘示长
    """
    with found(run, asked, department) as (store, instance, case_):
        row = majors.answer_lower(store, instance, case_, approve=approve, by=by, reason=reason, now=run.now)
    run.say(_told(row), row)


def _told(row: CaseRow) -> str:
    return "本案须经法制审核。" if row.major else "本案不需要法制审核。"


for _more in ("dossiers", "erasing"):  # their commands are of this group, too
    import_module(f"gongshi.cli.{_more}")
