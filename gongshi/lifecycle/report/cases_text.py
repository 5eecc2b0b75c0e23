"""Case files and legal reviews of the supervisor's report: on a terminal, and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gongshi.law.review.attestation import ReviewStanding
from gongshi.law.review.words import Opinion, Ruling
from gongshi.lifecycle.legal.ledger import Kept
from gongshi.lifecycle.report.cases import EXCUSED, MISSING, RECORDED, CasesReport, stages_of
from gongshi.records.cases.vocabulary import STAGES
from gongshi.records.spreadsheet import csv_bytes

_COMMONEST = 5
_NONE = "-"
Read = Callable[[CasesReport], int]


def _of(word: str, read: Callable[[CasesReport], Mapping[str, int]]) -> Read:
    return lambda one: read(one)[word]


_REVIEW: Mapping[str, Read] = {
    "审核案件": lambda one: one.reviewed,
    "轮次": lambda one: one.rounds,
    **{opinion.label: _of(opinion, lambda one: one.opinions) for opinion in Opinion},
    **{kept.label: _of(kept, lambda one: one.kept) for kept in Kept},
    "延长": lambda one: one.extended,
    "异议": lambda one: one.disagreed,
    **{f"处理：{ruling.label}": _of(ruling, lambda one: one.rulings) for ruling in Ruling},
    "集体讨论": lambda one: one.meetings,
    "重大决定": lambda one: one.decided,
}
"""The columns of a review, by heading."""
_ANSWERED: Mapping[str, Read] = {one.label: _of(one, lambda report: report.answered) for one in ReviewStanding}
"""The columns of what answers for the review of major decisions, by heading."""
_CHANGED = ("当事人", "事实", "依据", "结果", "金额")


def lines(found: Sequence[CasesReport], table: Callable[..., Iterator[str]]) -> Iterator[str]:
    """The tables, and what is lacked most; `table` lines columns up."""
    if with_files := [one for one in found if one.cases]:
        yield ""
        yield "案卷（完整/应查；音像记录按应当记录的计，已说明理由的算在内）："
        head = ("部门", "案件", "完整", *STAGES.values(), "逾期", "音像记录")
        yield from table(head, [_files(one) for one in with_files], text=(0,))
    for one in with_files:
        if one.lacked:
            most = sorted(one.lacked.items(), key=lambda item: (-item[1], item[0]))[:_COMMONEST]
            yield f"  {one.name}缺得最多的：" + "；".join(f"{id} {title} {n} 件" for (id, title), n in most)
    yield from _numbers("法制审核（按送审的轮次）：", _REVIEW, [one for one in found if one.rounds], table)
    for one in found:
        if one.changed:
            told = "、".join(f"{label} {one.changed[label]} 次" for label in _CHANGED if one.changed[label])
            yield f"  {one.name}经审核改动草稿：{told}"
    heading = "重大执法决定的法制审核（报送的决定，按件）："
    yield from _numbers(heading, _ANSWERED, [one for one in found if one.answered], table)


def _numbers(
    heading: str, columns: Mapping[str, Read], found: Sequence[CasesReport], table: Callable[..., Iterator[str]]
) -> Iterator[str]:
    """A table of those columns in which any department has a number."""
    if found:
        told = {label: read for label, read in columns.items() if any(map(read, found))}
        yield ""
        yield heading
        rows = [(one.name, *(str(read(one) or _NONE) for read in told.values())) for one in found]
        yield from table(("部门", *told), rows, text=(0,))


def cases_csv(found: Sequence[CasesReport]) -> bytes:
    """Every number by department, for a spreadsheet."""
    stages = [f"{label}{word}" for label in STAGES.values() for word in ("应查", "完整", "逾期")]
    recorded = {"音像记录已有": RECORDED, "音像记录已说明理由": EXCUSED, "音像记录缺少": MISSING}
    changed, staff = [f"改动{label}" for label in _CHANGED], ["执法人员", "法制审核人员", "法制审核人员占比"]
    head = ["部门代码", "部门", "案件", "完整", *stages, *recorded, *_REVIEW, *changed, *_ANSWERED, *staff]
    rows = (
        [
            *(one.key, one.name, one.cases, one.complete),
            *(n for tally in stages_of(one).values() for n in (tally.files, tally.complete, tally.late)),
            *(one.recordings[word] for word in recorded.values()),
            *(read(one) for read in _REVIEW.values()),
            *(one.changed[label] for label in _CHANGED),
            *(read(one) for read in _ANSWERED.values()),
            *(one.officers, one.reviewers, _percent(one.reviewers_share, "")),
        ]
        for one in found
    )
    return csv_bytes([head, *rows])


def _files(one: CasesReport) -> tuple[str, ...]:
    stages = (f"{tally.complete}/{tally.files}" if tally.files else _NONE for tally in one.stages.values())
    late = sum(tally.late for tally in one.stages.values())
    share = _percent(one.recording_rate)
    return (one.name, str(one.cases), str(one.complete), *stages, str(late or _NONE), share)


def _percent(share: float | None, none: str = _NONE) -> str:
    return none if share is None else f"{share:.1%}"
