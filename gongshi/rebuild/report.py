"""What a rebuild did: one page of text for the webmaster, one JSON summary.

Both end in logs: of what departments sent they tell files, places, codes and counts, never a value
(`gongshi check` shows those to whoever sent them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongshi.intake.catalogue import CATALOGUE
from gongshi.intake.problems import Problem
from gongshi.lifecycle.cases.receipt import CaseReceipt
from gongshi.lifecycle.publication import Recorded
from gongshi.lifecycle.receipt import Receipt
from gongshi.lifecycle.requests.inbox import TakenRequests
from gongshi.lifecycle.submissions import TakenIn
from gongshi.publish.database.judged import Outstanding
from gongshi.release.site import SiteChange

_LISTED = 20
"""Faults of one file that the text lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did. `nothing` says that no input had changed since the last, which went well; `broken`
    what is wrong with templates or narrative pages, where the pages were made with those from before;
    `kept_down` are ids that only the ledger of takedowns knew to be down; `oldest_look` is the earliest day on which
    it was last looked whether somebody else overwrote a file of the site."""

    today: date
    nothing: bool = False
    taken_in: TakenIn | None = None
    outstanding: Outstanding | None = None
    registered: Outstanding | None = None
    recorded: Recorded | None = None
    site: SiteChange | None = None
    broken: str = ""
    kept_down: tuple[str, ...] = ()
    oldest_look: str = ""
    requests: TakenRequests | None = None

    @property
    def ok(self) -> bool:
        """Whether everything that should be in or out is: no file left aside, nothing refused by the gate."""
        faults = self.taken_in.faults if self.taken_in else []
        refused = [one for standing in (self.outstanding, self.registered) if standing for one in standing.refused]
        requests = self.requests is None or self.requests.ok
        refused_by_law = self.recorded.refused if self.recorded else {}
        return requests and not (faults or refused or self.broken or self.kept_down or refused_by_law)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types; ids, never names."""
        site, standing = self.site, self.outstanding
        return {
            "today": self.today.isoformat(),
            "ok": self.ok,
            "nothing_changed": self.nothing,
            "taken_in": _received(self.taken_in) if self.taken_in else None,
            "public": standing.public if standing else None,
            "recorded": self.recorded,
            "refused": standing.refused if standing else [],
            "records": _registered(self.registered) if self.registered else None,
            "undecided_names": standing.undecided if standing else {},
            "broken": self.broken,
            "kept_down_by_ledger": self.kept_down,
            "oldest_look": self.oldest_look,
            "requests": self.requests.to_json() if self.requests else None,
            "pages": {"written": site.written, "removed": len(site.gone), "kept": site.kept} if site else None,
        }

    def render_text(self) -> str:
        """One page for the webmaster, in Chinese."""
        if self.nothing:
            told = self.requests.render_text() if self.requests else ""
            return "\n".join(filter(None, [f"{self.today}：没有变化，网站不需要更新。", told]))
        return "\n".join([f"{self.today}：网站已更新。", *self._lines()])

    def _lines(self) -> Iterator[str]:
        if self.taken_in:
            yield from _received_in_words(self.taken_in)
        if self.recorded:
            done = self.recorded
            yield (
                f"新公示 {len(done.published)} 件，更正 {len(done.corrected)} 件，恢复公示 {len(done.restored)} 件，"
                f"停止或者暂缓公示 {len(done.stopped)} 件。"
            )
            yield from (f"  未能公示 {record}：{reason}" for record, reason in done.refused.items())
        if self.outstanding:
            yield f"公示中 {self.outstanding.public} 件；{len(self.outstanding.undecided)} 件有文字等待确认疑似姓名。"
            yield from (f"  发布前检查未通过 {one.id}：{one.check} {one.message}" for one in self.outstanding.refused)
        if self.registered:
            yield f"事前公开信息公示中 {self.registered.public} 条。"
            yield from (f"  发布前检查未通过 {one.id}：{one.check} {one.message}" for one in self.registered.refused)
        if self.kept_down:
            yield (
                f"R008 记录库里没有、撤下台账上有的撤下 {len(self.kept_down)} 件（恢复过较早的备份或者重建过记录库），"
                "已保持撤下并记入记录库；请逐件核对，补办撤下或者恢复："
            )
            yield from (f"  {record}" for record in self.kept_down)
        if self.broken:
            yield f"{self.broken}\n页面按上一次能用的模板和说明页面更新，没有耽误公示和撤下。"
        if self.requests and (told := self.requests.render_text()):
            yield told
        if self.site:
            yield f"页面：写入 {self.site.written}，撤去 {len(self.site.gone)}，未变 {self.site.kept}。"


def _registered(standing: Outstanding) -> dict[str, object]:
    """What is public of registers and lists, and what the gate keeps out."""
    return {"public": standing.public, "refused": standing.refused}


def _received(taken: TakenIn) -> dict[str, object]:
    """What was taken in, as JSON types and without a value."""
    return {
        "receipts": list(map(_counted, taken.receipts)),
        "cases": list(map(_counted, taken.cases)),
        "reviews": [{"receipt": one.receipt, "result": one.result, "approved": one.passed} for one in taken.reviews],
        "faults": [
            {"file": fault.file, "code": fault.code, "problems": [_place(one) for one in fault.problems]}
            for fault in taken.faults
        ],
        "known": taken.known,
    }


def _counted(one: Receipt | CaseReceipt) -> dict[str, object]:
    return {"id": one.id, "department": one.department, "rows": one.rows, "counts": one.counts}


def _place(problem: Problem) -> dict[str, str | int]:
    return {"code": problem.code, "sheet": problem.sheet, "row": problem.row, "column": problem.column}


def _received_in_words(taken: TakenIn) -> Iterator[str]:
    new, reviews, known = len(taken.receipts), len(taken.reviews), taken.known
    yield f"接收新批次 {new} 个，记录审核 {reviews} 个，此前已接收 {known} 个。"
    if taken.cases:
        yield f"记录案卷 {len(taken.cases)} 批。"
    if taken.faults:
        yield f"有 {len(taken.faults)} 个文件没有接收（单元格的内容用 gongshi check 查看）："
    for fault in taken.faults:
        yield f"{fault.file}：{fault.message}"
        yield from (_problem_in_words(problem) for problem in fault.problems[:_LISTED])
        if len(fault.problems) > _LISTED:
            yield f"    其余 {len(fault.problems) - _LISTED} 处用 gongshi check 查看。"


def _problem_in_words(problem: Problem) -> str:
    at = f"第 {problem.row} {problem.unit}" if problem.row else ""
    column = f"“{problem.column}”" if problem.column else ""
    entry = CATALOGUE.get(problem.code)
    return f"    {at}{column} {problem.code} {entry.title if entry else '整个文件读不出来'}"
