"""What follows an act of two persons at the command line: the site is brought along at once, and what came of both
is said.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import click

from gongshi.cli.base import Run
from gongshi.instance import load
from gongshi.lifecycle.acts.act import Act
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.transitions import LABELS, State
from gongshi.rebuild import run as rebuilding
from gongshi.rebuild.run import RebuildRunning
from gongshi.store.operations import DECLINED, SUSPEND
from gongshi.system.console import Progress, printable

_DOWN = (State.SUSPENDED, State.WITHDRAWN, None)
_PATIENCE = 300
"""Seconds that an act waits for a rebuild that runs already: a takedown has to be in the next one."""


def tell(run: Run, act: Act, *, build: bool) -> None:
    """Bring the site to what was decided, and say what came of both; the act stands whatever the site says."""
    if not run.json:
        click.echo(printable(act.render_text()))
    built = brought_along(run) if build else ""
    if built:
        act = replace(act, state=_state(run, act))
    if run.json:
        run.say("", {**act.to_json(), "built": bool(built)})
    elif built:
        now = f"现在的状态是{LABELS[act.state]}" if act.state else ""
        gone = act.state in _DOWN and act.result != DECLINED
        proven = "已从页面、列表、检索和公开数据库中清除，并逐项查验" if gone else now
        click.echo(f"  {built}：{proven}。")
    elif (not act.result or act.changed) and (act.act == SUSPEND or act.result != DECLINED):
        click.echo("  网站没有更新：运行 gongshi rebuild 后生效。", err=True)
    sys.exit(0)


def _state(run: Run, act: Act) -> State | None:
    """Where the decision stands after the rebuild; None where it was erased."""
    if act.state is None:
        return None
    with run.store(read_only=True) as store:
        return case_of(store, load(run.root), act.id, run.today).state


def brought_along(run: Run) -> str:
    """What one rebuild without the folder did; empty where there is no site to bring along.

    A rebuild that leaves something of what was taken down raises, and so does one that can not run.
    """
    if not run.place.public_db.exists():
        return ""
    for left in range(_PATIENCE, -1, -1):
        try:
            done = rebuilding.rebuild(run.root, today=run.today, now=run.now, submissions=False, progress=Progress)
            if not done.ok:
                click.echo("另有需要处理的问题，与本事项无关：运行 gongshi rebuild 查看。", err=True)
            break
        except RebuildRunning as error:  # it may have read the record before this act
            if not left:
                raise
            if left == _PATIENCE:
                click.echo(f"{error}\n正在等待，最多 {_PATIENCE} 秒…", err=True)
            time.sleep(1)
    return "网站已更新"
