"""Cases for those who may read them: the list, the course of one, who read it."""

from __future__ import annotations

import click

from gongshi.cli.base import BY, Run, command
from gongshi.cli.casing import CASE, DEPARTMENT, case
from gongshi.dossier.articles import Articles
from gongshi.dossier.listing import listed
from gongshi.dossier.readers import readings
from gongshi.dossier.reading import read
from gongshi.dossier.timeline import timeline
from gongshi.instance import load
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.cases.checking import check_case
from gongshi.lifecycle.cases.lookup import find
from gongshi.records.cases.vocabulary import STAGES
from gongshi.system.console import printable

WHY = click.option("--why", default="", help="查阅事由；承办人查阅自己的案件可以不写。")


@command(case, "list")
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
@click.option("--stage", type=click.Choice(list(STAGES)), help="只看一个阶段的案件。")
def list_(run: Run, *, department: str, stage: str | None) -> None:
    """列出案件：案号、编号、程序、阶段、启动时间、法制审核到了哪一步。不含当事人和承办人。"""
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store(read_only=True) as store:
        found = listed(store, key, stage or "")
        if run.json:
            run.say_each(found)
            return
        for one in found:
            click.echo(printable(one.render_text()))


@command(case)
@CASE
@BY
@WHY
@DEPARTMENT
def show(run: Run, *, asked: str, by: str, why: str, department: str) -> None:
    """一件案件的全过程：每一步何时发生、何时记录、由谁办理、依据哪一条、记录的校验值，然后是还缺什么。查阅记录在案。

    \b
    例：gongshi case show 松市监案〔2026〕1号 --by 张示一
    """
    instance = load(run.root)
    with run.store() as store:
        found = find(store, instance, asked, department)
        admitted = admit(store, instance, found, Act.SHOW, by=by, why=why, now=run.now, target="timeline")
        check = check_case(store, instance, admitted.case, run.now)
        told = timeline(read(store, admitted), check, Articles(instance.requirements))
    run.say(told.render_text(), told)


@command(case)
@CASE
@BY
@WHY
@DEPARTMENT
def accesses(run: Run, *, asked: str, by: str, why: str, department: str) -> None:
    """谁查阅过一件案件，以什么身份、为了什么，被拒绝的也在内。负责人、案卷保管人、监督人员可以查看，查看也记录在案。"""
    instance = load(run.root)
    with run.store() as store:
        found = find(store, instance, asked, department)
        admitted = admit(store, instance, found, Act.ACCESSES, by=by, why=why, now=run.now)
        reads = readings(read(store, admitted)) or ()
    run.say("\n".join(one.render_text() for one in reads), reads)
