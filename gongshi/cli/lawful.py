"""Legal review (重大行政执法决定法制审核): one command for each step of its course, made from one table."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import NamedTuple

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, WHY, found
from gongshi.cli.base import Run, Teaching, command, main
from gongshi.cli.instants import Moment
from gongshi.law.review.conditions import NEEDED
from gongshi.law.review.words import Event, Opinion, Outcome, Ruling
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.legal.acts import due_of, step
from gongshi.lifecycle.legal.course import course
from gongshi.store.cases import case_row


@main.group(cls=Teaching)
def legal() -> None:
    """法制审核：送审、接收、出具意见、采纳或者提出异议、集体讨论。每一步由谁办理、依据哪一条，系统逐步核对。

    \b
    通常的过程：submit 送审 → receive 接收 → opine 出具意见（同意）→ discuss 集体讨论 → gongshi case decide 作出决定
    意见不是同意的：adopt 采纳后重新送审；object 异议 → consult 协商 → refer 报负责人 → rule 处理
    """


class _Step(NamedTuple):
    """A step on the command line: what it is for, and whose it is in the example."""

    help: str
    by: str = "张示一"


_CODES = "代码=说明，几项用；隔开，例如 1=有；5=na:没有听证"
_FIELDS: dict[str, str] = {
    "materials": f"送审材料（办法第六条六项）：{_CODES}",
    "statement": f"情况说明（第七条五项）：{_CODES}",
    "to": "送哪个法制机构，或者人才库",
    "new_evidence": "与上一轮相比补充的证据",
    "items": "要求提交的材料（项号，用、隔开）",
    "until": "提交期限，例如 2026-03-09",
    "supplied": "已补交的材料（项号，用、隔开）",
    "what": "调阅、调查了什么",
    "reason": "理由",
    "opinion": f"意见：{'、'.join(f'{one} {one.label}' for one in Opinion)}",
    "aspects": "审核的八个方面（第八条）：项号=ok 或者 项号=problem:问题，几项用；隔开；第8项可以写 na:没有",
    "text": "书面意见的内容",
    "measures": "采纳的措施",
    "note": "协商的情况",
    "handler_opinion": "承办机构的意见",
    "legal_opinion": "法制机构的意见",
    "ruling": f"处理：{'、'.join(f'{one} {one.label}' for one in Ruling)}",
    "outcome": f"结果：{'、'.join(f'{one} {one.label}' for one in Outcome)}",
    "participants": "参加集体讨论的负责人，用、隔开，至少两人",
    "minutes_line": "会议记录在案卷中的序号",
}
_CHOICES = {
    "opinion": [one.value for one in Opinion],
    "ruling": [one.value for one in Ruling],
    "outcome": [one.value for one in Outcome],
}
_OPTIONAL: dict[Event, tuple[str, ...]] = {Event.SUBMIT: ("to", "new_evidence")}
_COMPUTED = ("substance", "number")
"""What the system says of a step, never the person."""
STEPS: dict[Event, _Step] = {
    Event.SUBMIT: _Step("承办人在调查终结以后送审（第五、六、七条）。"),
    Event.RECEIVE: _Step("法制审核人员接收送审；审核期限从送审之日起算（第十一条）。", "郑示法"),
    Event.REQUEST_MATERIALS: _Step("材料不齐全的，要求在指定时间提交（第六条第二款）；不停止计算期限。", "郑示法"),
    Event.SUPPLEMENT: _Step("承办人补交材料。"),
    Event.INQUIRE: _Step("记录调阅材料、向当事人调查的情况（第九条）。", "郑示法"),
    Event.EXTEND: _Step("案件复杂的，负责人批准延长五个工作日，一轮一次（第十一条）。", "刘示长"),
    Event.OPINE: _Step("出具书面审核意见（第八、十条）：有方面存在问题的，不能同意。", "郑示法"),
    Event.ADOPT: _Step("承办人采纳意见（第十二条）：按意见重新送审、终止或者移送。"),
    Event.OBJECT: _Step("承办人对意见提出异议（第十二条）。"),
    Event.CONSULT: _Step("记录与法制机构的协商（第十二条）。"),
    Event.YIELD: _Step("协商以后采纳意见。"),
    Event.REVISE: _Step("协商以后，同一审核人员重新出具意见。", "郑示法"),
    Event.REFER: _Step("协商不成的，把双方意见报负责人（第十二条）。"),
    Event.RULE: _Step("负责人处理分歧：重新审核、按意见办理，或者不作决定；处理不等于审核通过。", "刘示长"),
    Event.DISCUSS: _Step("记录负责人集体讨论（第十三条），在审核同意以后。", "刘示长"),
    Event.STOP: _Step("负责人终止：不作出决定。", "刘示长"),
    Event.CHANGE_DRAFT: _Step("承办人修改了草稿（先重新报送案件）：审核作废，重新送审（第五条）。"),
}


def _make(event: Event, told: _Step) -> None:
    """The command of one step, with an option for each of its fields."""

    def take(run: Run, *, asked: str, by: str, at: datetime | None, department: str, **fields: str | None) -> None:
        said = {name: text for name, text in fields.items() if text}
        with found(run, asked, department) as (store, instance, case):
            done = step(store, instance, case, event, by=by, fields=said, now=run.now, at=at)
            row = case_row(store, case)
            due = due_of(instance, row) if row else None
        until = f"　审核期限 {due}" if due and done.state in ("submitted", "incomplete", "reviewing") else ""
        run.say(f"已{event.label}（第 {done.round} 轮）：{done.state.label}{until}", done)

    example = f"例：gongshi legal {_name(event)} 松市监案〔2026〕1号 --by {told.by} …"
    take.__doc__ = f"{told.help}\n\n    \b\n    {example}\n    "
    take.__name__ = event.value
    wanted = [name for name in NEEDED.get(event, ()) if name not in _COMPUTED]
    for name in (*_OPTIONAL.get(event, ()), *reversed(wanted)):
        kind = click.Choice(_CHOICES[name]) if name in _CHOICES else None
        option = f"--{name.replace('_', '-')}"
        take = click.option(option, name, type=kind, required=name in wanted, help=_FIELDS[name])(take)
    for decorate in (
        DEPARTMENT,
        click.option("--at", type=Moment(), help="办理的时间，例如 2026-03-02 09:30；默认现在。"),
        BY,
        CASE,
    ):
        take = decorate(take)
    command(legal, _name(event))(take)


def _name(event: Event) -> str:
    return event.value.replace("_", "-")


for _event, _told in STEPS.items():
    _make(_event, _told)


@command(legal)
@CASE
@BY
@WHY
@DEPARTMENT
def show(run: Run, *, asked: str, by: str, why: str, department: str) -> None:
    """列出一件案件法制审核的各轮：何时送审、由谁审核、什么意见、集体讨论的结果。查阅记录在案。"""
    with found(run, asked, department) as (store, instance, case):
        admitted = admit(store, instance, case, Act.PRINT, by=by, why=why, now=run.now, target="legal")
        review = course(store, admitted.case)
        due = due_of(instance, admitted.case)
    told = [f"目前：{review.state.label}" + (f"　审核期限 {due}" if due else "")]
    for one in review.rounds:
        opinion = f"{one.opinion.label}（{one.opinion_at}）" if one.opinion else "尚未出具意见"
        who = f"承办人 {one.handler}；审核 {one.reviewer or '未接收'}"
        told.append(f"第 {one.number} 轮：{one.submitted_at} 送审，{who}；{opinion}")
        if one.outcome:
            told.append(f"  集体讨论（{one.discussed_at}）：{one.outcome.label}")
    run.say("\n".join(told), {"state": review.state, "due": due, "rounds": review.rounds})


import_module("gongshi.cli.printing")  # its commands are of this group, too
