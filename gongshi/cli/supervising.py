"""What one looks at: what is due, whether the record is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Protocol

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.law.calendar import calendar_warnings
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.lifecycle.acts.waiting import render_text as render_acts
from gongshi.lifecycle.attention import attention
from gongshi.lifecycle.attention import render_text as render_attention
from gongshi.lifecycle.cases.evidence_read import verify_vault
from gongshi.lifecycle.cases.late import records_late
from gongshi.lifecycle.cases.late import render_text as render_late
from gongshi.lifecycle.due import due as list_due
from gongshi.lifecycle.due import render_text as render_due
from gongshi.lifecycle.legal.due import render_text as render_reviews
from gongshi.lifecycle.legal.due import reviews_due
from gongshi.lifecycle.registry.due import record_rows
from gongshi.lifecycle.registry.due import render_text as render_records
from gongshi.lifecycle.requests.rows import render_text as render_requests
from gongshi.lifecycle.requests.rows import requests_due
from gongshi.store import verify as verify_store
from gongshi.system.console import Progress
from gongshi.vault import Vault


class Listed(Protocol):
    """Something that waits for somebody."""

    @property
    def overdue(self) -> bool:
        """Whether its day has passed."""

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""


@command(main)
@click.option("--quick", is_flag=True, help="证据文件只看是否齐全、大小和权限，不重新计算校验值。")
def verify(run: Run, quick: bool) -> None:
    """校验记录和证据库：日志链完整，当前各表与重放结果一致；登记的证据文件都在，没有改动、调换。不一致时退出码为 1。

    从备份恢复以后，先运行一次：备份不完整（缺文件，或者数据库比证据库旧）会逐项列出。

    \b
    例：gongshi verify
        gongshi verify --quick
    """
    with run.store(read_only=True) as store:
        found = verify_store(store)
        flaws = verify_vault(store, Vault(run.place.vault), quick=quick, progress=Progress("核验证据"))
    broken = [flaw for flaw in flaws if not flaw.notice]
    told = [found.render_text()]
    if flaws:
        told.append(f"证据库：发现 {len(broken)} 处问题。" if broken else "证据库：没有问题，有需要留意的：")
        told += [f"  {flaw.message}" for flaw in flaws]
    run.say("\n".join(told), {**asdict(found), "evidence": [asdict(flaw) for flaw in flaws]})
    sys.exit(0 if found.ok and not broken else 1)


@command(main)
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
def due(run: Run, department: str) -> None:
    """列出即将到期、已超期、暂缓和等待审核的决定，等待答复的更正申请，写明依据的规则和条款。有超期的退出码为 1。

    也列出等待第二人确认的撤下、紧急下架和恢复，复核日期已过的不予公开，撤下以后又报送的决定；事前公开信息
    等待审核（包括第二道）、待生效和因法律、机构变化须更新的；即将到期、已超期的法制审核，逾期没有补正的材料；
    逾期没有补报的紧急启动、没有储存的音像记录、没有归档的案卷。

    \b
    例：gongshi due --department 松原市水利局
    """
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store() as store:
        rows = list_due(store, instance, run.today, department=key)
        records = record_rows(store, instance, run.today, key)
        asked = [row for row in requests_due(store, instance, run.today) if not key or row.department == key]
        reviews = [row for row in reviews_due(store, instance, run.today) if not key or row.department == key]
        late = [row for row in records_late(store, instance, run.now) if not key or row.department == key]
        acts = [act for act in open_acts(store, instance, run.today) if not key or act.department == key]
        looks = [one for one in attention(store, instance, run.today) if not key or one.department == key]

    def listed() -> Iterator[Listed]:
        yield from chain(rows, records, asked, reviews, late, acts, looks)

    if run.json:
        run.say_each(one.to_json() for one in listed())
    else:
        told = [
            render_due(rows, run.today),
            *render_records(records),
            *([render_requests(asked, run.today)] if asked else []),
            *([render_reviews(reviews, run.today)] if reviews else []),
            *([render_late(late)] if late else []),
        ]
        run.say("\n".join([*told, *render_acts(acts), *render_attention(looks)]), None)
    run.hint(calendar_warnings(instance.calendar, run.today))
    sys.exit(1 if any(one.overdue for one in listed()) else 0)
