"""An act of two persons as people see it: what was proposed, what became of it, what is to be done next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from gongshi.instance import Instance
from gongshi.law.rule import Question
from gongshi.lifecycle.case import Case
from gongshi.lifecycle.transitions import LABELS, State
from gongshi.store.acts import StoredAct
from gongshi.store.operations import CONFIRMED, DECLINED, ERASE, RESTORE, SUSPEND, WITHDRAW

ACT_LABELS = {WITHDRAW: "撤下", SUSPEND: "紧急下架", RESTORE: "恢复公示", ERASE: "依法清除"}
RESULT_LABELS = {CONFIRMED: "已确认", DECLINED: "未予确认", "": "等待确认"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `number` names it for `confirm` and `decline`; `document_number` is the decision's;
    `result` is confirmed, declined or empty; `state` where the decision stands now, None where it was
    erased; `changed` is false where all of it was on record before. `reviewers` are those who may answer."""

    number: int
    id: str
    document_number: str
    department: str
    department_name: str
    act: str
    ending: str
    by: str
    on: date
    result: str
    decided_by: str
    decided_on: date | None
    opinion: str
    state: State | None
    reviewers: tuple[str, ...]
    changed: bool

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        decided = self.decided_on.isoformat() if self.decided_on else None
        return {
            **asdict(self),
            "on": self.on.isoformat(),
            "decided_on": decided,
            "state": self.state and self.state.value,
        }

    def render_text(self) -> str:
        """For whoever acted, in Chinese, with what comes next."""
        what = ACT_LABELS[self.act] + (f"（{self.ending}）" if self.ending else "")
        lines = [f"{self.document_number}　{what}：{RESULT_LABELS[self.result]}　事项 {self.number}　编号 {self.id}"]
        if not self.changed:
            lines.append("  此前已有相同的记录，没有改动任何内容。")
        if not self.result:
            lines.append(f"  由{self.department_name}的审核人（{'、'.join(self.reviewers) or '尚未登记'}）确认：")
            why = " --ending 撤下情形" if self.act == SUSPEND and not self.ending else ""
            lines.append(f"  gongshi confirm {self.number} --by 审核人姓名{why}")
            lines.append(f"  不予确认的：gongshi decline {self.number} --by 审核人姓名 --opinion 意见")
        lines.append(
            f"  当前状态：{LABELS[self.state]}" if self.state else "  内容已从记录库清除，编号保留，不再接收。"
        )
        return "\n".join(lines)


def ending_label(instance: Instance, kind: str) -> str:
    """The Chinese name of a kind of end, whether or not it may be chosen today; empty for none."""
    return next((rule.title for rule in instance.rules.asking(Question.ENDING) if rule.value == kind), kind)


def act_of(case: Case, stored: StoredAct, label: str, *, changed: bool) -> Act:
    """The act `stored` about the decision of `case`; `label` names its kind of end, where it has one."""
    others = [person for person in case.department.reviewers if person != stored.by]
    return Act(
        number=stored.number,
        id=stored.id,
        document_number=case.number,
        department=stored.department,
        department_name=case.department.name,
        act=stored.act,
        ending=label,
        by=stored.by,
        on=stored.on,
        result=stored.result,
        decided_by=stored.decided_by,
        decided_on=stored.decided_on,
        opinion=stored.opinion,
        state=case.state,
        reviewers=tuple(others),
        changed=changed,
    )
