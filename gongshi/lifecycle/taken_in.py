"""What one pass over the committed files did, and what was wrong with which of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from gongshi.intake.problems import Problem
from gongshi.lifecycle.acts.act import Act
from gongshi.lifecycle.cases.receipt import CaseReceipt
from gongshi.lifecycle.receipt import Receipt
from gongshi.lifecycle.registry.second import SecondReviewed
from gongshi.lifecycle.review import Reviewed


@dataclass(frozen=True, slots=True)
class FileFault:
    """A committed file that could not be taken in. `file` is its path under data/submissions;
    `problems` are the check's, where it was read at all."""

    file: str
    code: str
    message: str
    problems: tuple[Problem, ...] = ()

    def render_text(self) -> str:
        """For the department, in Chinese."""
        lines = [f"{self.file}：{self.message}"]
        for problem in self.problems:
            at = f"第 {problem.row} {problem.unit} " if problem.row else ""
            column = f"“{problem.column}”" if problem.column else ""
            lines.append(f"    {at}{column}{problem.message} {problem.hint}")
        return "\n".join(lines)


@dataclass(slots=True)
class TakenIn:
    """What one pass over the folder did. `known` counts batches that were there before, unchanged; `settled` are the
    states of the files that have nothing more to say (gongshi/lifecycle/settled.py)."""

    receipts: list[Receipt] = field(default_factory=list)
    cases: list[CaseReceipt] = field(default_factory=list)
    reviews: list[Reviewed] = field(default_factory=list)
    second_reviews: list[SecondReviewed] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    known: int = 0
    settled: set[str] = field(default_factory=set)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "receipts": [receipt.to_json() for receipt in self.receipts],
            "cases": [receipt.to_json() for receipt in self.cases],
            "reviews": [reviewed.to_json() for reviewed in self.reviews],
            "second_reviews": [reviewed.to_json() for reviewed in self.second_reviews],
            "acts": [act.to_json() for act in self.acts],
            "faults": [
                {**asdict(fault), "problems": [problem.to_json() for problem in fault.problems]}
                for fault in self.faults
            ],
            "known": self.known,
        }

    def render_text(self) -> str:
        """For the webmaster, in Chinese."""
        lines = [f"接收新批次 {len(self.receipts)} 个，记录审核 {len(self.reviews)} 个，此前已接收 {self.known} 个。"]
        if self.cases:
            lines.append(f"记录案卷 {len(self.cases)} 批。")
        if self.second_reviews:
            lines.append(f"记录其他部门的第二道审核 {len(self.second_reviews)} 个。")
        lines.extend(act.render_text() for act in self.acts)
        if self.faults:
            lines.append(f"有 {len(self.faults)} 个文件没有接收：")
            lines.extend(fault.render_text() for fault in self.faults)
        return "\n".join(lines)
