"""Requests for correction: the public door, its key, and what a department does with a request (D31)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongshi.cli.base import BY, Run, city_time, command, main
from gongshi.instance import load
from gongshi.lifecycle.requests.answer import answer_request
from gongshi.lifecycle.requests.errors import AnswerIncomplete
from gongshi.lifecycle.requests.files import show_request, write_files
from gongshi.lifecycle.requests.inbox import alarm
from gongshi.lifecycle.requests.keys import make_pair
from gongshi.lifecycle.requests.rows import all_requests, find_request, render_text, requests_due
from gongshi.records.request import RequestState


@command(main)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", default=8002, show_default=True, help="端口，0 表示任选一个空闲端口。")
@click.option(
    "--per-address", default=10, show_default=True, type=click.IntRange(1), help="同一地址 24 小时内最多几份申请。"
)
@click.option("--per-day", default=500, show_default=True, type=click.IntRange(1), help="24 小时内最多收几份申请。")
@click.option(
    "--tries", default=60, show_default=True, type=click.IntRange(1), help="同一地址一小时内最多提交和查询几次。"
)
def door(run: Run, *, host: str, port: int, per_address: int, per_day: int, tries: int) -> None:
    """受理更正申请：/correct/ 的独立进程，只能投递，不能打开记录库，也读不出已收的申请。

    在公众一侧用单独的系统用户运行；gongshi serve 已经包含它，两者不必同时运行。
    """
    from gongshi.door.limits import Settings
    from gongshi.door.server import serve

    def ready(url: str) -> None:
        run.say(f"更正申请受理：{url}correct/status（按 Ctrl-C 停止）", {"url": url})

    settings = Settings(per_address=per_address, per_day=per_day, tries=tries)
    serve(run.root, host, port, clock=city_time, settings=settings, ready=ready)


@command(main, "inbox-key")
@click.option("--replace", is_flag=True, help="更换：旧私钥改名保留，仍能打开此前的申请。")
def inbox_key(run: Run, replace: bool) -> None:
    """生成收件密钥：公钥 data/reference/inbox.pub，私钥 data/keys/inbox.key。

    公众一侧只需要公钥；私钥只放在部门一侧，请离线备份。已经有密钥时不会覆盖。
    """
    made = make_pair(run.root, today=run.today, replace=replace)
    run.say(made.render_text(), made)


@command(main)
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
@click.option("--all", "every", is_flag=True, help="已经答复的也列出。")
def requests(run: Run, department: str, every: bool) -> None:
    """列出更正申请和应答复日期，写明依据的规则和条款。有超期的退出码为 1。

    申请由 gongshi rebuild 从收件箱接收。

    \b
    例：gongshi requests --department 松原市市场监督管理局
    """
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store() as store:
        listed = (all_requests if every else requests_due)(store, instance, run.today)
    rows = [row for row in listed if not key or row.department == key]
    run.say(render_text(rows, run.today), [row.to_json() for row in rows])
    if told := alarm(run.root):
        click.echo(f"受理警报：{told}", err=True)
    sys.exit(1 if any(row.overdue for row in rows) else 0)


@command(main)
@click.argument("number", metavar="NUMBER")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="把附件写到这个目录。")
def request(run: Run, number: str, out: Path | None) -> None:
    """显示一份更正申请的全部内容。NUMBER 是回执编号。

    附件按回执编号命名，扩展名由内容决定，只有本用户可读。

    \b
    例：gongshi request GZ20260302-AB2C-D3EF --out 证据
    """
    with run.store() as store:
        one = find_request(store, number)
        shown = show_request(store, one)
        written = write_files(store, run.root, one, out) if out else []
    lines = [shown.render_text(), *(f"已写入 {path}" for path in written)]
    run.say("\n".join(lines), {**shown.to_json(), "written": [str(path) for path in written]})


@command(main)
@click.argument("number", metavar="NUMBER")
@BY
@click.option("--corrected", "result", flag_value=RequestState.CORRECTED.value, help="已更正。")
@click.option("--refused", "result", flag_value=RequestState.REFUSED.value, help="不予更正。")
@click.option("--referred", "result", flag_value=RequestState.REFERRED.value, help="转办，须用 --to 写明转给谁。")
@click.option("--reason", default="", help="办理结果和理由，申请人会看到。")
@click.option("--to", default="", metavar="WHOM", help="转办到的平台或者部门。")
def answer(run: Run, *, number: str, by: str, result: str | None, reason: str, to: str) -> None:
    """答复一份更正申请：由作出决定的部门登记的人员办理（办法第三十一条）。

    \b
    例：gongshi answer GZ20260302-AB2C-D3EF --by 周示礼 --corrected --reason 已按决定书更正罚款金额。
    """
    if result is None:
        raise AnswerIncomplete("请写明办理结果：--corrected 已更正，--refused 不予更正，--referred 转办。")
    instance = load(run.root)
    with run.store() as store:
        done = answer_request(
            store,
            instance,
            number,
            by=by,
            result=RequestState(result),
            reason=reason,
            to=to,
            today=run.today,
            now=run.now,
        )
    run.say(done.render_text(), done.to_json())
