"""Requests for correction: the public door, its key, and what a department does with a request (D31)."""

from __future__ import annotations

from datetime import datetime

import click

from gongshi.cli.base import Run, command, main
from gongshi.lifecycle.inbox_keys import make_pair
from gongshi.store.journal import CITY_CLOCK


def city_time() -> datetime:
    """Now, on the city's clock."""
    return datetime.now(CITY_CLOCK)


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
