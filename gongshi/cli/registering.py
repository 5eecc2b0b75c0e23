"""What a department does about records of registers and lists, beside sending and reviewing them."""

from __future__ import annotations

from typing import Any

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.finding import find
from gongshi.lifecycle.registry.updates import Upheld
from gongshi.lifecycle.registry.updates import uphold as record_upheld


@command(main)
@click.argument("keys", nargs=-1, required=True, metavar="KEY…")
@click.option("--change", required=True, metavar="ID", help="哪一项变化：data/reference/changes.yml 里的 id。")
@click.option("--by", required=True, metavar="NAME", help="审核人姓名，须登记在部门名单中，且不是提交人。")
@click.option("--opinion", default="", help="意见。")
@click.option("--department", default="", metavar="KEY", help="同一编号有几个部门时，写明是哪个部门。")
def uphold(run: Run, *, keys: tuple[str, ...], change: str, by: str, opinion: str, department: str) -> None:
    """法律、机构变化以后，由审核人确认一条或者几条事前公开信息内容不变（办法第二十五条）。

    KEY 是执法证号、事项编码等编号，或者页面地址最后一段。须更新的用 gongshi due 查看；内容有变的，改好后重新报送。

    \b
    例：gongshi uphold 2207-CF-001 --change food-2026 --by 郑示正
    """
    instance = load(run.root)
    with run.store() as store:
        records = [find(store, instance, key, department).id for key in keys]
        who: dict[str, Any] = {"by": by, "opinion": opinion, "today": run.today, "now": run.now}
        done: list[Upheld] = []
        try:
            for record in records:
                done.append(record_upheld(store, instance, record, change=change, **who))
        finally:  # what was recorded before one was refused stays recorded
            if done:
                run.say("\n".join(one.render_text() for one in done), [one.to_json() for one in done])
