"""Which decision or record a person means: by its id (the end of its page's address), its 文号, its number."""

from __future__ import annotations

from collections.abc import Sequence

from gongshi.instance import Instance
from gongshi.law.document_number import match_key
from gongshi.lifecycle.errors import DecisionAmbiguous, DecisionNotFound
from gongshi.records import DECISION_KINDS, SUBMITTED_KINDS
from gongshi.records.registry.key import identity
from gongshi.store import Pending, Store, latest
from gongshi.store.sqlite import Row

_BY_ID = "SELECT id, department, kind FROM disclosures WHERE id = ?"
_BY_KEY = "SELECT id, department, kind FROM disclosures WHERE key = ?"
_RECORDS = (
    "SELECT id, department, kind, number FROM disclosures INDEXED BY disclosures_registry "
    "WHERE registry AND number IS NOT NULL ORDER BY rowid"
)


def find(store: Store, instance: Instance, text: str, department: str = "") -> Pending:
    """The newest version of the decision that `text` names, in any spelling of its 文号, or of the record of that
    number (执法证号, 事项编码 …).

    `department` (key or name) tells apart departments that use the same number. Raises DecisionNotFound,
    or DecisionAmbiguous, which lists what to type; UnknownDepartment.
    """
    asked = text.strip()
    only = instance.department(department).key if department else ""
    rows = _rows(store, instance, asked, only)
    if not rows:
        where = f"在{instance.department(only).name}报送的内容中" if only else ""
        raise DecisionNotFound(
            f"{where}没有找到“{asked}”：请核对文号或者编号，或者用页面地址最后一段的编号（例如 8f3a61c09b2d4e57）。"
        )
    if len(rows) > 1:
        raise DecisionAmbiguous(f"“{asked}”有 {len(rows)} 条，请改用编号：{_listed(instance, rows)}")
    found = next(latest(store, [rows[0]["id"]], registry=None), None)
    if found is None:
        raise DecisionNotFound(f"“{asked}”的内容已经依法清除，没有可以办理的内容。")
    return found


def _rows(store: Store, instance: Instance, asked: str, only: str) -> list[Row]:
    """An id is nobody's number; a 文号 is asked for in each department and kind, where the key's index finds it;
    records are few and looked through."""
    rows = store.db.execute(_BY_ID, (asked.lower(),)).fetchall()
    number = match_key(asked)
    if not rows and number:
        owners = [only] if only else sorted(instance.departments)
        keys = (f"{owner}/{kind}/{number}" for owner in owners for kind in DECISION_KINDS)
        rows = [row for key in keys for row in store.db.execute(_BY_KEY, (key,))]
    if not rows and identity(asked):
        rows = [row for row in store.db.execute(_RECORDS) if identity(row["number"]) == identity(asked)]
    return [row for row in rows if not only or row["department"] == only]


def _listed(instance: Instance, rows: Sequence[Row]) -> str:
    return "；".join(
        f"{row['id']}（{_department(instance, row)}，{SUBMITTED_KINDS[row['kind']].label}）" for row in rows
    )


def _department(instance: Instance, row: Row) -> str:
    known = instance.departments.get(row["department"])
    return known.name if known else str(row["department"])
