"""Why a decision is public, or why not: the law's answer, as one would argue it."""

from __future__ import annotations

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.explained import explain as explain_case
from gongshi.lifecycle.finding import find
from gongshi.lifecycle.registry.explained import explain_record
from gongshi.records import REGISTRY_KINDS


@command(main)
@click.argument("key")
@click.option("--department", default="", metavar="KEY", help="同一文号有几个部门时，写明是哪个部门。")
def explain(run: Run, key: str, department: str) -> None:
    """说明一条决定为什么公示或者不公示：看了哪些规则，哪一条优先、为什么，各个日期怎么来的。

    KEY 是文号，或者决定页面地址最后一段的编号。不显示行政相对人的任何内容。也可以是事前公开信息的编号（执法证号、
    事项编码等）：说明它现在的状态、各版的有效期和还要办理的。

    \b
    例：gongshi explain 松市监罚〔2026〕15号
    """
    instance = load(run.root)
    with run.store(read_only=True) as store:
        found = find(store, instance, key, department)
        case = case_of(store, instance, found.id, run.today)
        is_record = case.newest.decision.kind in REGISTRY_KINDS
        explained = explain_record(case) if is_record else explain_case(case)
    run.say(explained.render_text(), explained)
