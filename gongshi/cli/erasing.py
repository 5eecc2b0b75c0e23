"""A case file is erased by law, by two persons: of the group `case`."""

from __future__ import annotations

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, found
from gongshi.cli.base import Run, command
from gongshi.cli.casing import case
from gongshi.lifecycle.cases import erasing
from gongshi.vault import Vault


@command(case)
@CASE
@click.option("--why", required=True, metavar="TEXT", help="依据和理由，留在日志里，不要写个人信息。")
@BY
@DEPARTMENT
def erase(run: Run, *, asked: str, why: str, by: str, department: str) -> None:
    """依法清除一件案卷：一人提出，另一人以同样的命令确认，立即清除，不能恢复。

    负责人、案卷保管人、监督人员可以办理。清除全部记录、报送它的原始文件（同一文件里其他案件的记录保留）和只属于本案的
    证据文件；日志只留下谁、何时、为什么清除。备份里的副本按备份的保存期限另行清除。

    \b
    例：gongshi case erase 松市监案〔2026〕1号 --by 何示档 --why 保存期限届满，依档案鉴定意见销毁
    """
    with found(run, asked, department) as (store, instance, case_):
        vault = Vault(run.place.vault)
        done = erasing.erase(store, instance, vault, case_, by=by, reason=why, now=run.now)
    if done.done:
        told = f"已清除：全部记录，{len(done.files)} 个证据文件。备份里的副本请按备份的保存期限清除。"
    else:
        told = "已提出，等待另一人（负责人、案卷保管人或者监督人员）以同样的命令确认。"
    run.say(told, done)
