"""What the webmaster runs: rebuild the site and serve it."""

from __future__ import annotations

import functools
import sys
from contextlib import ExitStack

import click

from gongshi.cli.base import Run, city_time, command, main
from gongshi.lifecycle.requests.keys import pair_if_none
from gongshi.query.answers import MOST_MIB
from gongshi.rebuild import run as rebuilding
from gongshi.rebuild.run import NothingBuilt
from gongshi.system.console import Progress
from gongshi.watch.watched import watched

_FULL = click.option("--full", is_flag=True, help="从头生成公开数据库和全部页面。")


@command(main)
@_FULL
def rebuild(run: Run, full: bool) -> None:
    """更新网站：接收 data/submissions，按当天适用法律，生成公开数据库和页面。

    可以反复运行，没有变化时什么也不做；中途被打断，再运行一次即可。结果写在 build/status.html。
    有文件没有接收、有记录未通过发布前检查或者更新失败，退出码为 1；有超期、暂缓过久等需要处理的事项为 3；
    另一个更新正在进行为 4。
    """
    _rebuild(run, full=full, submissions=True)


@command(main)
@_FULL
def build(run: Run, full: bool) -> None:
    """只生成输出，不接收 data/submissions 中的新文件。"""
    _rebuild(run, full=full, submissions=False)


def _rebuild(run: Run, *, full: bool, submissions: bool) -> None:
    command = " ".join(["gongshi", "rebuild" if submissions else "build", *(["--full"] if full else [])])
    work = functools.partial(
        rebuilding.rebuild,
        run.root,
        today=run.today,
        now=run.now,
        full=full,
        submissions=submissions,
        progress=Progress,
        command=command,
    )
    found = watched(work, run.root, run.today, run.now)
    run.say(found.render_text(), found.to_json())
    sys.exit(found.status.exit_status)


@command(main)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", default=8001, show_default=True, help="端口，0 表示任选一个空闲端口。")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="几个进程同时答复，一般与处理器核数相同。",
)
@click.option(
    "--answers",
    default=MOST_MIB,
    show_default=True,
    type=click.IntRange(0, 1024),
    help="每个进程用多少 MiB 内存留最近的检索答复，0 表示不留。",
)
def serve(run: Run, host: str, port: int, processes: int, answers: int) -> None:
    """提供网站、检索和更正申请。按 Ctrl-C 停止。

    网站更新后不必重启：rebuild 的结果在每个进程里立即可见。没有收件密钥时会生成一对。
    """
    place = run.place
    if not place.public_db.exists():
        raise NothingBuilt("R004 还没有生成网站：请先运行 gongshi rebuild。")

    from gongshi.door.app import DoorPlace, beside, door_app
    from gongshi.query import server, together  # Datasette takes half a second to import: only where it serves

    if made := pair_if_none(run.root, today=run.today):
        click.echo(f"受理更正申请要用收件密钥，已生成一对。\n{made.render_text()}", err=True)

    def ready(url: str) -> None:
        run.say(f"网站和检索：{url}（按 Ctrl-C 停止）", {"url": url})

    with ExitStack() as shared:
        seen = shared.enter_context(together.memory()).dict if processes > 1 else dict
        door = door_app(DoorPlace.of(run.root), city_time, seen=seen)
        plugins = run.root / "plugins" / "query"
        server.serve(place.site, place.public_db, plugins, host, port, ready, beside(door), processes, answers)
