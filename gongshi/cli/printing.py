"""The papers of a legal review and its ledger: of the group `legal`."""

from __future__ import annotations

from pathlib import Path

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, WHY, found
from gongshi.cli.base import Run, command
from gongshi.cli.dossiers import OUT
from gongshi.cli.lawful import legal
from gongshi.cli.reporting import YEAR
from gongshi.dossier.forms import FormKind, form
from gongshi.dossier.press import printed
from gongshi.dossier.reading import read
from gongshi.dossier.register import register, table
from gongshi.dossier.rounds import rounds
from gongshi.instance import load
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.cases.going_out import new_file
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.legal.course import course
from gongshi.lifecycle.legal.ledger import ledger as rounds_of
from gongshi.system.files import write_safe


@command(legal, "print")
@CASE
@click.option(
    "--form",
    "kind",
    required=True,
    type=click.Choice([one.value for one in FormKind]),
    help="submission 送审表、materials 补正通知、opinion 法制审核意见书。",
)
@click.option("--round", "number", type=click.IntRange(1), default=None, help="第几轮；不写的，最后一轮。")
@BY
@WHY
@OUT
@DEPARTMENT
def print_(
    run: Run, *, asked: str, kind: str, number: int | None, by: str, why: str, out: Path, department: str
) -> None:
    """打印法制审核文书（HTML）：送审表、补正通知、法制审核意见书。草稿按送审时的内容。查阅记录在案。

    \b
    例：gongshi legal print 松市监案〔2026〕1号 --form opinion --by 张示一 --out 意见书.html
    """
    target = new_file(run.root, out)
    with found(run, asked, department) as (store, loaded, case_):
        instance = determined(store, loaded)
        admitted = admit(store, instance, case_, Act.PRINT, by=by, why=why, now=run.now, target=kind)
        file, review = read(store, admitted), course(store, admitted.case)
    reviewed = rounds(file, review, instance, run.today)
    paper = form(FormKind(kind), file, review, reviewed, instance, number=number or 0)
    write_safe(target, printed(kind, paper), 0o600)
    run.say(f"已写入 {target}", {"file": target})


@command(legal)
@click.option("--department", required=True, metavar="KEY", help="哪个部门：统一社会信用代码，或者名称。")
@click.option("--year", required=True, type=YEAR, metavar="YYYY", help="哪一年送审的。")
@OUT
def ledger(run: Run, *, department: str, year: str, out: Path) -> None:
    """一个部门一年的法制审核台账：每一轮何时送审、期限、意见、是否按期、集体讨论；不含当事人和经办人。

    文件名以 .csv 结尾的写成表格，其他的写成可以打印的网页（HTML）。

    \b
    例：gongshi legal ledger --department 松原市市场监督管理局 --year 2026 --out 台账.html
    """
    instance = load(run.root)
    whose = instance.department(department)
    target = new_file(run.root, out)
    with run.store(read_only=True) as store:
        page = register(whose.name, year, rounds_of(store, instance, run.today, whose.key, year))
    write_safe(target, table(page) if target.suffix == ".csv" else printed("ledger", page), 0o600)
    run.say(f"已写入 {target}（{len(page.rows)} 轮）", {"file": target, "rounds": len(page.rows)})
