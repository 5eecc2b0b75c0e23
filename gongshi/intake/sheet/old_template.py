"""Columns that only the older 双公示 templates have, and what they become.

They count only where the sheet has no column of the new name. 项目名称, 地方编码 and 数据更新时间戳
have no counterpart and are kept as they are.
"""

from __future__ import annotations

OLD_COLUMNS: dict[str, dict[str, str]] = {
    "penalty": {
        "处罚名称": "violation_type",
        "案件名称": "violation_type",
        "处罚类别2": "penalty_class",
        "处罚事由": "facts",
        "处罚结果": "content",
        "处罚生效期": "decided_on",
        "处罚截止期": "valid_until",
    },
}
"""By kind: the old header's plain words to the field's name."""

ADDED_TO = frozenset(("penalty_class",))
"""Fields whose old second column adds to the first (处罚类别1 and 处罚类别2)."""

FILLED = {
    "agency_name": "提交部门在决定日期的名称",
    "agency_uscc": "提交部门的代码",
    "source_name": "提交部门在决定日期的名称",
    "source_uscc": "提交部门的代码",
}
"""Required columns that the old template lacks and that the submitting department answers, with the source's words."""

DERIVED = "party_type"
"""The required column that the old template lacks and that the codes answer, row by row."""

WITHOUT_MEANING = frozenset(("序号", "当前状态", "地方编码", "数据更新时间戳", "项目名称"))
"""Columns that templates have and that say nothing about a decision: kept without a word."""

STATE = "当前状态"
"""A penalty's state in the old template."""
REVOKED = frozenset(("1", "撤销", "已撤销"))
"""0 正常, 1 撤销, 2 异议, 3 其他."""
