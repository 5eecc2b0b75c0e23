"""The matrix of 12345+ (S5) for the API: what every department has, lacks, or has out of date, as its page tells it."""

from __future__ import annotations

from typing import Any

from gongshi.law.registry import Standing
from gongshi.query.database import Reading
from gongshi.render.departments import channels
from gongshi.render.registry.contexts import Cell, MatrixRow
from gongshi.render.registry.matrix import COUNTED, GROUPS, matrix

_STATES = {"有": "there", "缺": "missing", "过期": "stale"}


def registers(db: Reading) -> dict[str, Any]:
    """The whole matrix, worked out again only after the file has changed."""
    return db.once("registers", _read)


def _read(db: Reading) -> dict[str, Any]:
    names = {row["code"]: row["name"] for row in db.rows("SELECT code, name FROM regions")}
    found = matrix(db.rows(COUNTED, [Standing.IN_FORCE]), channels(db), names)
    return {
        "groups": [{"label": name, "items": [asked.label for asked in group]} for name, group in GROUPS],
        "regions": [{"name": region.name, "departments": list(map(_department, region.rows))} for region in found],
    }


def _department(row: MatrixRow) -> dict[str, Any]:
    cells = [_cell(cell) for cell in row.cells]
    return {"key": row.key, "name": row.name, "missing": row.missing, "stale": row.stale, "items": cells}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "label": cell.label,
        "state": _STATES[cell.state],
        "state_label": cell.state,
        "count": cell.count,
        "since": cell.since or None,
        "why": cell.why or None,
        "url": cell.href or None,
    }
