"""The whole course of a case: every entry in the order in which it was recorded, then what its record lacks.

Each step has two times: when it is said to have happened, and when it was recorded. What was recorded more than a day
after is marked 补录; nothing here is read from a state that somebody set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongshi.dossier.articles import Articles
from gongshi.dossier.lacks import Lack, lacks
from gongshi.dossier.moments import Moment, moment
from gongshi.dossier.reading import CaseFile
from gongshi.law.review.words import State
from gongshi.lifecycle.cases.checking import CaseCheck
from gongshi.records.cases.vocabulary import STAGES
from gongshi.store.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A case from its first entry to what is still missing. Who read it is told apart (R33)."""

    id: str
    number: str
    stage: str
    review: str
    complete: bool
    moments: tuple[Moment, ...]
    lacking: tuple[Lack, ...]

    def render_text(self) -> str:
        """All of it in Chinese, two lines for each entry."""
        review = f"法制审核：{self.review}" if self.review else ""
        head = "　".join(filter(None, (self.number, self.id, self.stage, review)))
        told = [head, "", "经过（按记录的先后）", *(line for one in self.moments for line in _in_words(one))]
        state = "案卷完整。" if self.complete else "案卷不完整。"
        return "\n".join([*told, "", state, *map(_lack_in_words, self.lacking)])


def timeline(file: CaseFile, check: CaseCheck, articles: Articles) -> Timeline:
    """The course of a case with what its check found."""
    case = file.case
    return Timeline(
        id=case.id,
        number=file.number,
        stage=STAGES.get(case.stage, ""),
        review=State(case.review).label if case.review else "",
        complete=check.complete,
        moments=tuple(moment(one, articles) for one in file.entries if one.operation != Operation.ACCESS),
        lacking=lacks(check),
    )


def _in_words(one: Moment) -> Iterator[str]:
    late = "（补录）" if one.late else ""
    who = f"　{one.who}" if one.who else ""
    yield f"  {one.claimed or one.recorded}　{one.what}{who}"
    told = (f"记录 {one.recorded}{late} {one.recorded_by}", one.article, f"第 {one.seq} 条 {one.hash}")
    yield "    " + "　".join(filter(None, told))
    if one.file:
        yield f"    文件 {one.file}"


def _lack_in_words(one: Lack) -> str:
    at = f"（序号 {one.lines}）" if one.lines else ""
    told = f"：{one.told}" if one.told else ""
    return f"  [{one.status}] {one.id} {one.title}{at}{told}（{one.article}）"
