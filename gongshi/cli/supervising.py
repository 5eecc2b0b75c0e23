"""What one looks at: what is due, whether the record is whole."""

from __future__ import annotations

import sys

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.due import due as list_due
from gongshi.lifecycle.due import render_text as render_due
from gongshi.lifecycle.requests import render_text as render_requests
from gongshi.lifecycle.requests import requests_due
from gongshi.store import verify as verify_store


@command(main)
def verify(run: Run) -> None:
    """校验记录：日志链完整，当前各表与重放结果一致。不一致时退出码为 1。"""
    with run.store(read_only=True) as store:
        found = verify_store(store)
    run.say(found.render_text(), found)
    sys.exit(0 if found.ok else 1)


@command(main)
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
def due(run: Run, department: str) -> None:
    """列出即将到期、已超期、暂缓和等待审核的决定，等待答复的更正申请，写明依据的规则和条款。有超期的退出码为 1。"""
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store() as store:
        rows = [row for row in list_due(store, instance, run.today) if not key or row.department == key]
        asked = [row for row in requests_due(store, instance, run.today) if not key or row.department == key]
    told = [render_due(rows, run.today), *([render_requests(asked, run.today)] if asked else [])]
    run.say("\n".join(told), [*(row.to_json() for row in rows), *(row.to_json() for row in asked)])
    sys.exit(1 if any(row.overdue for row in rows) or any(row.overdue for row in asked) else 0)
