"""Who read a case, in what office, why: every reading and every refused one (R33)."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.dossier import spoken
from gongshi.dossier.reading import CaseFile, Payload
from gongshi.lifecycle.cases.access import OFFICES, Act
from gongshi.store.cases import Entered

ACTS = {
    Act.SHOW: "查看案卷",
    Act.DOSSIER: "导出卷宗",
    Act.PRINT: "查看或者打印法制审核文书",
    Act.EVIDENCE: "取出证据文件",
    Act.ACCESSES: "查看使用记录",
    Act.ERASE: "提出清除",
}

_TARGETS = {
    "timeline": "全过程",
    "evidence": "证据清单",
    "legal": "法制审核各轮",
    "submission": "送审表",
    "materials": "补正通知",
    "opinion": "法制审核意见书",
}
"""What of a case was read, where it is no line and no hash of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One reading: when, by whom, in what office (empty: none), what of the case, why; whether it was refused."""

    at: str
    by: str
    office: str
    act: str
    target: str
    purpose: str
    refused: bool
    hash: str

    def render_text(self) -> str:
        """One line in Chinese."""
        refused = "（已拒绝）" if self.refused else ""
        who = f"{self.by}（{self.office}）" if self.office else self.by
        return "　".join(filter(None, (self.at, who, self.act + refused, self.target, self.purpose)))


def readings(file: CaseFile) -> tuple[Read, ...] | None:
    """Every reading in its order; None where the reader's office does not see them."""
    return None if file.accesses is None else tuple(_reading(one, said) for one, said in file.accesses)


def _reading(one: Entered, said: Payload) -> Read:
    return Read(
        at=spoken.instant(one.at),
        by=one.actor,
        office=OFFICES.get(said["role"], ""),
        act=ACTS[Act(said["act"])],
        target=_TARGETS.get(target := str(said["target"]), target),
        purpose=said["purpose"],
        refused=bool(said["refused"]),
        hash=one.hash,
    )
