"""The result of a check: what is right, what is wrong and where, and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongshi.intake.batch import Attachment, Batch, SourceFile
from gongshi.intake.collected import Change, Decisions, RowRef, WrongRows
from gongshi.intake.problems import Problem

__all__ = ["Change", "NotAcceptable", "Report", "RowRef"]


class NotAcceptable(Exception):
    """The batch cannot be taken: it has errors, or nothing is left of it. The message is for the submitter."""

    code = "batch_not_acceptable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What checking one batch found.

    `decisions` are those of which every row is right; `wrong_rows` are all rows of the others and the
    rows that belong to no decision; `rows` counts data rows, without headers, notes and blank ones.
    `counts` says how often each code occurs, `error_count` how many of the `problems` are errors.
    """

    department: str
    files: tuple[SourceFile, ...]
    decisions: Decisions
    problems: Sequence[Problem]
    counts: Counter[str]
    error_count: int
    wrong_rows: WrongRows
    rows: int
    earlier: bool = False
    evidence: str = ""
    registry: bool = False
    """Whether the batch holds records of registers, whose tables take rows."""
    attachments: tuple[Attachment, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the whole batch may be taken."""
        return bool(self.decisions) and not self.error_count

    @property
    def nested(self) -> bool:
        """Whether a field may be a table of its own."""
        return self.registry

    def refused(self, file: str) -> str:
        """What of a file can not be taken, for the copy that goes back."""
        return f"有 {self.wrong_rows.in_file(file)} 行不能接收"

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep rows out."""
        return tuple(p for p in self.problems if p.is_error)

    @property
    def warning_count(self) -> int:
        """How many problems keep nothing out."""
        return len(self.problems) - self.error_count

    @property
    def changes(self) -> Mapping[str, Change]:
        """What each right decision would be to the store, by its key."""
        return {checked.found.key: checked.change for checked in self.decisions.checked}

    @property
    def partly_acceptable(self) -> bool:
        """Whether the right rows may be taken alone: every error lies in a data row, and some rows are right."""
        wrong = self.wrong_rows
        return bool(self.decisions) and all(
            RowRef(p.file, p.sheet, p.row) in wrong for p in self.problems if p.is_error
        )

    def batch(self, *, partial: bool = False) -> Batch:
        """What may be journaled: everything, or with `partial` the right part. Raises NotAcceptable."""
        if not self.ok and not (partial and self.partly_acceptable):
            raise NotAcceptable(self._why_not(partial))
        return Batch(
            department=self.department,
            files=self.files,
            decisions=self.decisions,
            problems=self.problems,
            rows=self.rows,
            left_out=len(self.wrong_rows),
            earlier=self.earlier,
            evidence=self.evidence,
            attachments=self.attachments,
        )

    def _why_not(self, partial: bool) -> str:
        if not self.decisions:
            what = "没有一条信息" if self.registry else "没有一个决定"
            return f"{what}可以接收，请按检查报告改正后重新提交。"
        if partial:
            return "文件或表头有错误，不能只接收一部分，请先改正表头。"
        return "有错误的批次整批不接收；请改正后重新提交，或者用 --partial 先提交正确的行。"
