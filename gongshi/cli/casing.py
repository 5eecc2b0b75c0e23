"""Case files: what a case's record lacks. What else is done with a case joins this group (gongshi case …)."""

from __future__ import annotations

import sys

import click

from gongshi.cli.base import Run, command, main
from gongshi.cli.helping import HelpfulGroup
from gongshi.instance import load
from gongshi.lifecycle.cases.checking import check_all, check_case, completeness
from gongshi.lifecycle.cases.errors import CaseNotFound
from gongshi.lifecycle.cases.lookup import find
from gongshi.store.cases import case_row


@main.group(cls=HelpfulGroup, context_settings={"help_option_names": ["-h", "--help"]})
def case() -> None:
    """案卷：执法全过程记录是否完整。案卷不公示。"""


@command(case)
@click.argument("case_", metavar="[CASE]", required=False, default="")
@click.option("--department", default="", metavar="KEY", help="只看一个部门；几个部门有同一案号时写明是哪个部门。")
def check(run: Run, *, case_: str, department: str) -> None:
    """逐条检查案卷：完整，还是缺什么、依据哪一条、晚了多久。有不完整的退出码为 1。

    CASE 是案号或者 16 位编号；不写时检查全部案件。案卷不完整不影响决定的公示，只计入评查。不读取当事人等内容。

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
            run.say(one.render_text(), one.to_json() if run.json else None)
            sys.exit(0 if one.complete else 1)
        key = instance.department(department).key if department else ""
        every = completeness(check_all(store, instance, run.now, key))
        run.say(every.render_text(), every.to_json() if run.json else None)
    sys.exit(0 if every.complete == every.cases else 1)
