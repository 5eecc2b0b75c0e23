"""Cases for those who may read them: the list, the course of one, who read it."""

from __future__ import annotations

from pathlib import Path

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, STAGES_TOLD, WHY, found
from gongshi.cli.base import Run, command
from gongshi.cli.casing import case
from gongshi.dossier.articles import Articles
from gongshi.dossier.dossier import Made, dossier
from gongshi.dossier.listing import listed
from gongshi.dossier.press import printed
from gongshi.dossier.readers import readings
from gongshi.dossier.reading import read
from gongshi.dossier.rounds import rounds
from gongshi.dossier.timeline import timeline
from gongshi.instance import load
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.cases.checking import check_case
from gongshi.lifecycle.cases.going_out import new_file
from gongshi.lifecycle.legal.course import course
from gongshi.records.cases.vocabulary import STAGES
from gongshi.store.store import head
from gongshi.system.console import printable
from gongshi.system.files import write_safe

OUT = click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到这个新文件。")


@command(case, "list")
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
@click.option("--stage", type=click.Choice(list(STAGES)), help=f"只看一个阶段的案件：{STAGES_TOLD}。")
def list_(run: Run, *, department: str, stage: str | None) -> None:
    """列出案件：案号、编号、程序、阶段、启动时间、法制审核到了哪一步。不含当事人和承办人。"""
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store(read_only=True) as store:
        cases = listed(store, key, stage or "")
        if run.json:
            run.say_each(cases)
            return
        for one in cases:
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
    with found(run, asked, department) as (store, instance, case_):
        admitted = admit(store, instance, case_, Act.SHOW, by=by, why=why, now=run.now, target="timeline")
        check = check_case(store, instance, admitted.case, run.now)
        told = timeline(read(store, admitted), check, Articles(instance))
    run.say(told.render_text(), told)


@command(case, "dossier")
@CASE
@BY
@WHY
@OUT
@DEPARTMENT
def dossier_(run: Run, *, asked: str, by: str, why: str, out: Path, department: str) -> None:
    """把一件案件导出为可以打印的卷宗（HTML）：目录、全部记录、法制审核、证据清单、校验页、使用记录、还缺什么。

    文件只有本人可读，不能写到网站的目录里。先记录查阅，后写出。

    \b
    例：gongshi case dossier 松市监案〔2026〕1号 --by 刘示长 --why 行政复议答复 --out 案卷.html
    """
    target = new_file(run.root, out)
    with found(run, asked, department) as (store, instance, case_):
        admitted = admit(store, instance, case_, Act.DOSSIER, by=by, why=why, now=run.now)
        file, articles = read(store, admitted), Articles(instance)
        told = timeline(file, check_case(store, instance, admitted.case, run.now), articles)
        reviewed = rounds(file, course(store, admitted.case), instance, run.today)
        name = instance.departments[admitted.case.department].name
        made = Made(department=name, at=run.now.isoformat(), why=why.strip(), head=head(store))
    write_safe(target, printed("dossier", dossier(file, told, reviewed, made)), 0o600)
    run.say(f"已写入 {target}", {"file": target})


@command(case)
@CASE
@BY
@WHY
@DEPARTMENT
def accesses(run: Run, *, asked: str, by: str, why: str, department: str) -> None:
    """谁查阅过一件案件，以什么身份、为了什么，被拒绝的也在内。负责人、案卷保管人、监督人员可以查看，查看也记录在案。

    \b
    例：gongshi case accesses 松市监案〔2026〕1号 --by 何示档
    """
    with found(run, asked, department) as (store, instance, case_):
        admitted = admit(store, instance, case_, Act.ACCESSES, by=by, why=why, now=run.now)
        reads = readings(read(store, admitted)) or ()
    run.say("\n".join(one.render_text() for one in reads), reads)
