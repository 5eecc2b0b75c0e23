"""What two persons do about a decision that is public: withdraw it, take it down at once, let it come back.

Each act that changes what is public is followed by a rebuild at once, so that a takedown is proven where it
was ordered; --no-build leaves that to the next scheduled one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import click

from gongshi.cli.aftermath import brought_along, tell
from gongshi.cli.base import Run, command, main
from gongshi.instance import Instance, load
from gongshi.law.endings import FIELDS, TICKED, Form
from gongshi.law.publishability import Choice
from gongshi.lifecycle.acts import answering, choosing, proposing
from gongshi.lifecycle.errors import UnknownAct
from gongshi.lifecycle.finding import find
from gongshi.rebuild.rescue import at_hand
from gongshi.store import Store
from gongshi.store.acts import act as find_act
from gongshi.store.acts import acts
from gongshi.store.operations import SUSPEND

_ACT_NUMBER = re.compile(r"\d{1,12}")
KEY = click.argument("key")
DEPARTMENT = click.option("--department", default="", metavar="KEY", help="同一文号有几个部门时，写明是哪个部门。")
WHY = click.option("--why", required=True, metavar="TEXT", help="为什么这样选择（不公开）。")
NO_BUILD = click.option("--no-build", is_flag=True, help="不立即更新网站，留给下一次 rebuild。")
OPINION = click.option("--opinion", default="", help="意见。")
ENDING = click.option("--ending", default="", metavar="KIND", help="撤下情形，如 撤销、确认违法、误公示。")


def _by(help_: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--by", required=True, metavar="NAME", help=help_)


def end_fields(function: Callable[..., None]) -> Callable[..., None]:
    """One option for each field that a kind of end can ask for; the function gets them as `fields`."""

    @functools.wraps(function)
    def wrapper(*args: Any, **given: Any) -> None:
        values = {name: given.pop(f"field_{name}") for name in FIELDS}
        fields = {name: TICKED if value is True else value for name, value in values.items() if value}
        function(*args, fields=fields, **given)

    for name, field in reversed(FIELDS.items()):
        words = f"{field.label}。"
        option = f"--{name.replace('_', '-')}"
        if field.form is Form.TICK:
            wrapper = click.option(option, f"field_{name}", is_flag=True, help=words)(wrapper)
        else:
            metavar = "YYYY-MM-DD" if field.form is Form.DAY else "TEXT"
            wrapper = click.option(option, f"field_{name}", default="", metavar=metavar, help=words)(wrapper)
    return wrapper


@command(main)
@KEY
@click.option("--ending", required=True, metavar="KIND", help="撤下情形，如 撤销、确认违法、误公示。")
@end_fields
@_by("提出人，须是部门登记的提交人。")
@DEPARTMENT
def withdraw(run: Run, *, key: str, ending: str, fields: Mapping[str, str], by: str, department: str) -> None:
    """提出撤下一个已公示的决定，由审核人 confirm 后生效。KEY 是文号或者决定的编号。

    撤下情形写错或者内容不全时，会列出可以选的情形和要填的内容。“撤下理由”会公开，不能重复原决定的内容。

    \b
    例：gongshi withdraw 松市监罚〔2026〕15号 --by 周示礼 --ending 撤销 \\
          --instrument-number 松政复决〔2026〕3号 --instrument-agency 松原市人民政府 \\
          --instrument-date 2026-03-20 --effective-on 2026-03-20 --received-on 2026-03-23 \\
          --reason 经行政复议认定程序违法，原决定被撤销。
    """
    instance = load(run.root)
    with run.store() as store:
        record = find(store, instance, key, department).id
        act = proposing.withdraw(
            store, instance, record, ending=ending, fields=fields, by=by, today=run.today, now=run.now
        )
    run.say(act.render_text(), act.to_json())


@command(main)
@KEY
@ENDING
@click.option("--why", required=True, metavar="TEXT", help="为什么要立即下架（不公开）。")
@end_fields
@_by("经办人，部门登记的提交人或者审核人。")
@DEPARTMENT
@NO_BUILD
def suspend(  # noqa: PLR0917 - one option each
    run: Run, key: str, ending: str, why: str, fields: Mapping[str, str], by: str, department: str, no_build: bool
) -> None:
    """紧急下架：一人办理，立即从网站撤去；另一人须在下一个工作日以前 confirm 或者 decline。

    撤下情形可以现在写明，也可以在确认时写明。已经撤下的，下架的是撤下说明。

    \b
    例：gongshi suspend 松市监罚〔2026〕15号 --by 周示礼 --why 正文含有未遮盖的身份证号码
    """
    instance, _ = at_hand(run.place)  # what must come down at once waits for nobody's spelling
    with run.store() as store:
        record = find(store, instance, key, department).id
        act = proposing.suspend(
            store, instance, record, reason=why, by=by, today=run.today, now=run.now, ending=ending, fields=fields
        )
    tell(run, act, build=not no_build)


@command(main)
@KEY
@click.option("--why", required=True, metavar="TEXT", help="为什么恢复（不公开）。")
@_by("提出人，须是部门登记的提交人。")
@DEPARTMENT
def restore(run: Run, *, key: str, why: str, by: str, department: str) -> None:
    """提出恢复公示一个已撤下的决定，由审核人 confirm 后生效；法律仍不允许公示的，会说明依据并拒绝。

    首次公示日期和公示期不因恢复而重新计算。

    \b
    例：gongshi restore 松市监罚〔2026〕15号 --by 周示礼 --why 撤销决定已被法院撤销，原处罚有效
    """
    instance = load(run.root)
    with run.store() as store:
        record = find(store, instance, key, department).id
        act = proposing.restore(store, instance, record, reason=why, by=by, today=run.today, now=run.now)
    run.say(act.render_text(), act.to_json())


@command(main)
@KEY
@click.option("--why", required=True, metavar="TEXT", help="依据和理由，留在日志里，不要写个人信息。")
@_by("提出人，须是部门登记的提交人。")
@DEPARTMENT
def erase(run: Run, *, key: str, why: str, by: str, department: str) -> None:
    """提出依法清除一个决定，由审核人 confirm 后从记录库清除，不能恢复。

    清除它的所有版本、对它的处理意见和报送它的原始文件；同一文件里的其他决定保留。日志只留下谁、何时、
    为什么清除；同一文号不再接收。只用于法律要求不得再保存的内容，一般的撤下用 withdraw。

    \b
    例：gongshi erase 松市监罚〔2026〕15号 --by 周示礼 --why 误报其他单位的文件，依个人信息保护法第四十七条清除
    """
    instance = load(run.root)
    with run.store() as store:
        record = find(store, instance, key, department).id
        act = proposing.erase(store, instance, record, reason=why, by=by, today=run.today, now=run.now)
    run.say(act.render_text(), act.to_json())


@command(main)
@KEY
@_by("确认人，须是部门登记的审核人，且不是提出人。")
@OPINION
@ENDING
@end_fields
@DEPARTMENT
@NO_BUILD
def confirm(  # noqa: PLR0917 - one option each
    run: Run, key: str, by: str, opinion: str, ending: str, fields: Mapping[str, str], department: str, no_build: bool
) -> None:
    """确认一个等待第二人的事项（撤下、紧急下架、恢复公示、依法清除），立即生效并更新网站。

    KEY 是事项编号（gongshi due 列出），也可以是文号或者决定的编号。紧急下架时没有写明撤下情形的，确认时写明。

    \b
    例：gongshi confirm 128 --by 郑示正 --opinion 已核对复议决定书
    """
    instance = load(run.root)
    with run.store() as store:
        number = _number(store, instance, key, department)
        act = answering.confirm(
            store,
            instance,
            number,
            by=by,
            opinion=opinion,
            today=run.today,
            now=run.now,
            ending=ending,
            fields=fields,
        )
    tell(run, act, build=not no_build)


@command(main)
@KEY
@_by("审核人，须在部门登记，且不是提出人。")
@OPINION
@DEPARTMENT
@NO_BUILD
def decline(run: Run, *, key: str, by: str, opinion: str, department: str, no_build: bool) -> None:
    """不予确认一个等待第二人的事项，须写明意见。紧急下架的决定随即恢复公示。

    \b
    例：gongshi decline 128 --by 郑示正 --opinion 页面内容与决定书一致，没有泄露个人信息
    """
    instance = load(run.root)
    with run.store() as store:
        number = _number(store, instance, key, department)
        act = answering.decline(store, instance, number, by=by, opinion=opinion, today=run.today, now=run.now)
    tell(run, act, build=act.act == SUSPEND and not no_build)


@command(main)
@KEY
@click.option("--publish", "choice", flag_value=Choice.PUBLISH.value, help="公示（未成年的行政相对人仍不显示）。")
@click.option("--withhold", "choice", flag_value=Choice.WITHHOLD.value, help="不予公示。")
@WHY
@_by("审核人，须在部门登记，且不是这一版的提交人。")
@DEPARTMENT
@NO_BUILD
def choose(  # noqa: PLR0917 - one option each
    run: Run, key: str, choice: str | None, why: str, by: str, department: str, no_build: bool
) -> None:
    """审核人对涉及未成年人而暂缓的决定作出选择：公示或者不予公示，写明理由并留痕。

    行为时未成年、作出决定时已成年的，或者几个行政相对人中有未成年人的，才需要选择。

    \b
    例：gongshi choose 松市监罚〔2026〕15号 --publish --by 郑示正 --why 隐去未成年人后公示，依据单位会议记录
    """
    if choice is None:
        raise click.UsageError("请写明 --publish 或者 --withhold")
    instance = load(run.root)
    with run.store() as store:
        record = find(store, instance, key, department).id
        chosen = choosing.choose(
            store, instance, record, choice=choice, reason=why, by=by, today=run.today, now=run.now
        )
    built = brought_along(run) if not no_build else ""
    run.say(chosen.render_text() + (f"{built}。" if built else ""), {**chosen.to_json(), "built": bool(built)})


def _number(store: Store, instance: Instance, key: str, department: str) -> int:
    """The act that `key` names: its number, or the decision whose act waits (or was the last)."""
    if _ACT_NUMBER.fullmatch(key.strip()) and find_act(store, int(key)) is not None:
        return int(key)
    record = find(store, instance, key, department).id
    known = acts(store, record)
    if not known:
        raise UnknownAct(f"“{key}”没有等待确认的事项：用 gongshi due 查看。")
    return known[-1].number
