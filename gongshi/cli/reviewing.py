"""What the second person does: look at a batch, approve it or return it."""

from __future__ import annotations

import re
from functools import partial

import click

from gongshi.cli.base import BY, Run, command, main
from gongshi.instance import Instance, load
from gongshi.lifecycle.cases.receipt import case_receipt, is_case_receipt
from gongshi.lifecycle.receipt import receipt as show_receipt
from gongshi.lifecycle.registry.second import second_review
from gongshi.lifecycle.review import review as record_review
from gongshi.store import Store

_SEPARATED = re.compile(r"[,，、\s]+")


@command(main)
@click.argument("receipt")
@BY
@click.option("--approve", "result", flag_value="approve", help="审核通过。")
@click.option("--return", "result", flag_value="return", help="退回修改，须写明意见。")
@click.option("--opinion", default="", help="审核意见。")
@click.option(
    "--open", "open_names", multiple=True, metavar="NAME", help="确认不是个人姓名（或依法可公开），照原文公示。"
)
@click.option("--mask", "mask_names", multiple=True, metavar="NAME", help="确认是个人姓名，公示时隐去。")
@click.option("--second", is_flag=True, help="代表本级政府法制机构或者市场监督管理部门，对清单进行第二道审核。")
@click.option("--kinds", default="", metavar="KINDS", help="第二道审核只针对这些种类，用逗号隔开。")
def review(
    run: Run,
    *,
    receipt: str,
    by: str,
    result: str | None,
    opinion: str,
    open_names: tuple[str, ...],
    mask_names: tuple[str, ...],
    second: bool,
    kinds: str,
) -> None:
    """审核一个回执：通过或者退回。审核人须登记在部门名单中，且不是提交人（办法第三十条）。

    不加 --approve 或 --return 时只显示这一批的内容和需要确认的疑似姓名。

    行政执法事项清单、随机抽查事项清单经本部门审核以后，还须由司法局、市场监督管理局用 --second 审核。

    \b
    例：gongshi review 20260302-000134-5f101a --by 郑示正 --approve
        gongshi review 20260302-000134-5f101a --by 郑示正 --return --opinion 金额与决定书不一致
        gongshi review 20260302-000134-5f101a --second --by 司示审 --approve
    """
    if kinds and not second:
        raise click.UsageError("--kinds 只和 --second 一起用")
    if second and (open_names or mask_names):
        raise click.UsageError("--open、--mask 由本部门的审核人写，不和 --second 一起用")
    instance = load(run.root)
    with run.store() as store:
        if result is None:
            _show(run, store, instance, receipt)
            return
        record = (
            partial(second_review, kinds=tuple(filter(None, _SEPARATED.split(kinds))))
            if second
            else partial(record_review, open_names=open_names, mask_names=mask_names)
        )
        approve = result == "approve"
        done = record(store, instance, receipt, by=by, approve=approve, opinion=opinion, today=run.today, now=run.now)
    run.say(done.render_text(), done.to_json())


def _show(run: Run, store: Store, instance: Instance, receipt: str) -> None:
    """What is in a batch, and which possible names wait for a word."""
    if is_case_receipt(store, receipt):
        recorded = case_receipt(store, receipt)
        run.say(recorded.render_text(), recorded.to_json())
    else:
        shown = show_receipt(store, instance, receipt)
        run.say(shown.render_text(for_review=True), shown.to_json())
