"""The ledger of a department's legal reviews in a year (法制审核台账), a page or a table: no person, no party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gongshi.dossier import spoken
from gongshi.lifecycle.legal.ledger import Kept, RoundRow
from gongshi.records.spreadsheet import csv_bytes

HEAD = (
    "案号",
    "轮次",
    "送审",
    "接收",
    "审核期限",
    "延长",
    "意见",
    "出具",
    "是否按期",
    "分歧的处理",
    "集体讨论",
    "采纳后改动",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The page: whose, of which year, its rows by time, and what they come to."""

    number: str
    department: str
    year: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]


def register(department: str, year: str, rounds: Iterable[RoundRow]) -> Register:
    """The ledger of those rounds, the earliest submitted first."""
    rows = sorted(rounds, key=lambda one: (one.submitted_at, one.number, one.round))
    kept = Counter(one.kept for one in rows)
    opinions = Counter(one.opinion.label for one in rows if one.opinion)
    totals = (
        ("案件", f"{len({one.case for one in rows})} 件"),
        ("轮次", f"{len(rows)} 轮"),
        *((word.label, f"{kept[word]} 轮") for word in Kept),
        *((f"意见：{label}", f"{count} 轮") for label, count in sorted(opinions.items())),
    )
    return Register(
        number=f"{department} {year}",
        department=department,
        year=year,
        head=HEAD,
        rows=tuple(_cells(one) for one in rows),
        totals=totals,
    )


def table(page: Register) -> bytes:
    """The same rows as CSV."""
    return csv_bytes([page.head, *page.rows])


def _cells(one: RoundRow) -> tuple[str, ...]:
    return (
        one.number,
        str(one.round),
        spoken.instant(one.submitted_at),
        spoken.instant(one.received_at),
        str(one.due or ""),
        spoken.instant(one.extended_at),
        one.opinion.label if one.opinion else "",
        spoken.instant(one.opinion_at),
        one.kept.label,
        one.ruling.label if one.ruling else "提出异议" if one.disagreed else "",
        one.outcome.label if one.outcome else "",
        "、".join(one.changed),
    )
