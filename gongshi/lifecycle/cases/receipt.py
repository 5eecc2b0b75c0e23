"""What a submitter gets back for case files: they are the record, and nobody has to approve them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import orjson

from gongshi.lifecycle.errors import UnknownReceipt
from gongshi.store import Store
from gongshi.store.operations import RECORDED
from gongshi.store.queries import batch
from gongshi.store.sqlite import Row

COUNTED: Mapping[str, str] = {
    "cases_added": "新增案件",
    "cases_changed": "变化的案件",
    "cases_unchanged": "无变化的案件",
    "lines_added": "新增记录",
    "lines_changed": "变化的记录",
    "lines_unchanged": "无变化的记录",
}
"""What is counted of a batch, in a receipt's words."""
_MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """One case of the batch that said something new: its id, its number, whether legal review is needed, and why."""

    id: str
    number: str
    major: tuple[str, ...]

    def render_text(self) -> str:
        """A line in Chinese."""
        why = f"　须经法制审核（{'、'.join(self.major)}）" if self.major else ""
        return f"  {self.number}　编号 {self.id}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReceipt:
    """The receipt of one batch of case files. `again` says that these very files had been received before."""

    id: str
    department: str
    by: str
    received_on: date
    files: tuple[str, ...]
    rows: int
    counts: Mapping[str, int]
    warnings: tuple[str, ...]
    cases: tuple[Taken, ...]
    again: bool = False

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "received_on": self.received_on.isoformat()}

    def render_text(self) -> str:
        """For the submitter, in Chinese."""
        counted = "，".join(f"{label} {self.counts[word]}" for word, label in COUNTED.items() if self.counts[word])
        lines = [
            f"回执 {self.id}" + ("（这些文件此前已接收，没有改动任何内容）" if self.again else ""),
            f"  提交人：{self.by}　接收日期：{self.received_on}",
            f"  文件：{'、'.join(self.files)}（{self.rows} 行）",
            f"  {counted or '没有内容'}",
            *(f"  注意：{warning}" for warning in self.warnings),
            *(case.render_text() for case in self.cases[:_MOST_LISTED]),
        ]
        if more := len(self.cases[_MOST_LISTED:]):
            lines.append(f"  其余 {more} 件用 --json 查看。")
        lines.append("  案卷已经记录，不需要审核，也不公示。")
        return "\n".join(lines)


_CASES = """
SELECT c.id, c.triggers, c.raised, c.lowered, c.major, p.body
FROM (SELECT DISTINCT record FROM journal WHERE seq BETWEEN ?1 AND ?2 AND batch = ?3) b
JOIN cases c ON c.id = b.record JOIN payloads p ON p.seq = c.seq ORDER BY c.id
"""
_ENTRIES_A_ROW = 2
"""A row is a version of the case, with a trigger raised by hand perhaps, or a line; they follow the batch's entry."""


def is_case_receipt(store: Store, receipt: str) -> bool:
    """Whether that receipt is one of case files."""
    stored = batch(store, receipt)
    return stored is not None and stored.result == RECORDED


def case_receipt(store: Store, receipt: str, *, again: bool = False) -> CaseReceipt:
    """The receipt of a batch of case files, from what the store holds. Raises UnknownReceipt."""
    stored = batch(store, receipt)
    if stored is None or stored.result != RECORDED:
        raise UnknownReceipt(f"没有编号为 {receipt} 的案卷回执，请核对。")
    body = store.db.execute("SELECT body FROM payloads WHERE seq = ?", (stored.seq,)).fetchone()["body"]
    span = (stored.seq, stored.seq + _ENTRIES_A_ROW * stored.rows, receipt)
    return CaseReceipt(
        id=stored.receipt,
        department=stored.department,
        by=stored.by,
        received_on=stored.received_on,
        files=tuple(str(file["name"]) for file in stored.files),
        rows=stored.rows,
        counts=stored.counts,
        warnings=tuple(orjson.loads(body)["warnings"]),
        cases=tuple(map(_taken, store.db.execute(_CASES, span))),
        again=again,
    )


def _taken(row: Row) -> Taken:
    held, raised, lowered = (orjson.loads(row[name] or "[]") for name in ("triggers", "raised", "lowered"))
    why = sorted({*held, *(set(raised) - set(lowered))}) if row["major"] else []
    return Taken(row["id"], str(orjson.loads(row["body"])["values"]["number"]), tuple(why))
