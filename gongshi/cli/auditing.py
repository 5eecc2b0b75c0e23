"""What proves each night that nothing is public which must not be."""

from __future__ import annotations

import functools
import sys

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.tombstones import Ledger
from gongshi.publish.audit import Patterns, Report, audit_build
from gongshi.publish.audit import audit as audited
from gongshi.publish.audit.crawl import audit_server
from gongshi.release.errors import NothingBuilt
from gongshi.system.console import Progress
from gongshi.watch.audited import Audited

_MOST = 200_000
"""Addresses of a running server that are asked for, unless told otherwise."""


@command(main)
@click.option("--show", is_flag=True, help="显示找到的值本身：只在部门一侧使用，输出不要外传。")
@click.option("--url", default="", metavar="URL", help="核验正在运行的网站，例如 http://127.0.0.1:8001/。")
@click.option("--most", type=click.IntRange(1), default=_MOST, show_default=True, help="最多跟随多少个网址。")
def audit(run: Run, show: bool, url: str, most: int) -> None:
    """核验已发布的每一个字节：不予公开、已撤下、公示期满和内部的内容一处也不能有。

    查看页面、数据库（含空闲页和全文索引）、压缩包和表格；有发现或者有文件无法查看时退出码为 1。
    结果写入 build/audit.json，下一次更新时写进状态页，需要处理的报警。

    \b
    例：gongshi audit
        gongshi audit --url http://127.0.0.1:8001/
    """
    place = run.place
    if not url and not place.public_db.exists():
        raise NothingBuilt("R004 还没有生成网站：请先运行 gongshi rebuild。")

    def look(patterns: Patterns) -> Report:
        if url:
            return audit_server(url, patterns, show=show, most=most, progress=Progress("核验网站"))
        return audit_build(place.build, patterns, show=show, progress=Progress("核验"))

    opened = functools.partial(run.store, read_only=True)
    report = audited(
        *(opened, load(run.root), run.today, run.root / "site_src", look),
        ledger=lambda store: Ledger.open(place.tombstones).keeps_down(store),
        progress=Progress("整理"),
    )
    if not url:
        _write_down(report, run)
    run.say(report.render_text(), report.to_json())
    sys.exit(0 if report.ok else 1)


def _write_down(report: Report, run: Run) -> None:
    """For the next rebuild's status; an audit that can not be written down is still told."""
    try:
        Audited.of(report, run.today).save(run.place.build)
    except OSError as error:
        run.hint([f"核验结果没有写入 build/audit.json（{error.strerror}），状态页看不到：请检查磁盘空间和目录权限。"])
