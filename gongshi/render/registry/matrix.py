"""“12345+” (S5) as a table: what every department has of the fifteen, from the counted rows of public.db.

1 scheme, 2 registers, 3 measures, 4 lists, 5 texts. A text for the whole city stands in for every department's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gongshi.records.registry import text
from gongshi.render.contexts import Channel
from gongshi.render.registry.contexts import Cell, MatrixRow, Region

THERE, MISSING, STALE = "有", "缺", "过期"
COUNTED = """
SELECT department, region, kind, standing = ? AND coalesce(validity, 'valid') = 'valid' AS holds,
  coalesce(json_extract(content, '$.category'), '') AS category,
  coalesce(json_extract(content, '$.applies_to'), '') AS applies_to,
  json_extract(content, '$.steps[0]') IS NOT NULL AS drawn,
  count(*) AS found, min(outdated_since) AS since, min(outdated_why) AS why, min(id) AS id,
  max(updated_on) AS updated_on
FROM records GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
"""What the matrix is made of; its parameter is the standing that counts, in_force."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One of the fifteen: which records answer it, and where a department's are."""

    label: str
    kind: str
    href: str
    category: str = ""
    drawn: bool = False
    unit: str = "件"

    def answers(self, row: Row) -> bool:
        """Whether these records are of it."""
        fits = row["kind"] == self.kind and (not self.category or row["category"] == self.category)
        return fits and (not self.drawn or bool(row["drawn"]))


def _text(label: str, category: str) -> Asked:
    return Asked(label=label, kind="normative_text", category=category, href="/texts/")


_LISTS = "/departments/{key}/lists.html"
GROUPS: tuple[tuple[str, tuple[Asked, ...]], ...] = (
    ("1 个方案", (_text("实施方案", text.SCHEME),)),
    (
        "2 个名录",
        (
            Asked(label="执法主体", kind="subject", href="/departments/{key}/#about", unit="条"),
            Asked(label="执法人员", kind="officer", href="/officers/departments/{key}/", unit="人"),
        ),
    ),
    (
        "3 项办法",
        (_text("公示", text.DISCLOSURE), _text("全过程记录", text.RECORDING), _text("法制审核", text.REVIEW)),
    ),
    (
        "4 张清单",
        (
            Asked(label="执法事项", kind="enforcement_item", href="/items/departments/{key}/", unit="项"),
            Asked(label="随机抽查", kind="random_inspection_item", href=f"{_LISTS}#random_inspection_item", unit="项"),
            Asked(label="音像记录", kind="recording_item", href=f"{_LISTS}#recording_item", unit="项"),
            Asked(label="审核目录", kind="review_catalogue", href=f"{_LISTS}#review_catalogue", unit="项"),
        ),
    ),
    (
        "5 类文本",
        (
            Asked(label="流程图", kind="enforcement_item", drawn=True, href="/items/departments/{key}/", unit="幅"),
            Asked(label="服务指南", kind="service_guide", href="/guides/#{key}", unit="份"),
            _text("规范用语", text.PHRASES),
            _text("文书样本", text.TEMPLATES),
            _text("审核流程图", text.REVIEW_CHART),
        ),
    ),
)


def matrix(found: Sequence[Row], channels: Mapping[str, Channel], regions: Mapping[str, str]) -> tuple[Region, ...]:
    """The departments of `channels` by region, from the rows of COUNTED; `regions` are names by code.

    A text for the whole city holds for a county, one for a whole county for its own departments.
    """
    by_department: dict[str, list[Row]] = {}
    for row in found:
        by_department.setdefault(row["department"], []).append(row)
    shared = [row for row in found if row["applies_to"] == text.WHOLE_CITY and row["holds"]]
    lines = []
    for name, group in groupby(channels.values(), key=lambda channel: channel.region):
        here = [row for row in shared if row["region"].endswith("00") or regions[row["region"]] == name]
        lines.append(Region(name, tuple(_row(one, by_department.get(one.key, ()), here) for one in group)))
    return tuple(lines)


def _row(channel: Channel, own: Sequence[Row], shared: Sequence[Row]) -> MatrixRow:
    cells = tuple(_cell(asked, channel.key, own, shared) for _, group in GROUPS for asked in group)
    states = [cell.state for cell in cells]
    return MatrixRow(channel.key, channel.name, cells, states.count(MISSING), states.count(STALE))


def _cell(asked: Asked, key: str, own: Sequence[Row], shared: Sequence[Row]) -> Cell:
    """What a department has of one of the fifteen: its own, or else what the city has for all."""
    answering = [row for row in own if asked.answers(row)]
    holding = [row for row in answering if row["holds"]]
    count, href = sum(row["found"] for row in holding), asked.href.format(key=key)
    stale = min((row for row in holding if row["since"]), key=lambda row: str(row["since"]), default=None)
    if stale:
        return Cell(asked.label, STALE, STALE, href, count, stale["since"], stale["why"] or "")
    if holding:
        return Cell(asked.label, THERE, _amount(asked, count, own), href, count, "", "")
    if found := [row for row in shared if asked.answers(row)]:
        return Cell(asked.label, THERE, "全市", f"/texts/{found[0]['id']}.html", 1, "", "")
    if answering:
        return Cell(asked.label, STALE, STALE, href, 0, "", "公布过的都已经失效")
    return Cell(asked.label, MISSING, MISSING, "", 0, "", "")


def _amount(asked: Asked, count: int, own: Sequence[Row]) -> str:
    """How many there are; of flowcharts, of how many items."""
    if not asked.drawn:
        return f"{count:,} {asked.unit}"
    items = sum(row["found"] for row in own if row["kind"] == asked.kind and row["holds"])
    return f"{count:,}/{items:,} {asked.unit}"
