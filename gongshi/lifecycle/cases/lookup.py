"""A case as people name it: by its number, or by its id."""

from __future__ import annotations

import re

from gongshi.instance import Instance
from gongshi.lifecycle.cases.errors import CaseAmbiguous, CaseNotFound
from gongshi.records.cases.key import case_key
from gongshi.store import Store
from gongshi.store.cases import case_id, case_row

_ID = re.compile(r"[0-9a-f]{16}")


def find(store: Store, instance: Instance, asked: str, department: str = "") -> str:
    """The id of the case that is meant: by id, or by number, with the department where several have it.

    Raises CaseNotFound, CaseAmbiguous, UnknownDepartment.
    """
    text = asked.strip()
    if _ID.fullmatch(text) and case_row(store, text):
        return text
    keys = [instance.department(department).key] if department else list(instance.departments)
    found = {key: id for key in keys if (id := case_id(store, case_key(key, text)))}
    if not found:
        raise CaseNotFound(f"没有案号或者编号为“{text}”的案件：请核对案号，或者用 gongshi case list 查看。")
    if len(found) > 1:
        names = "、".join(instance.departments[key].name for key in found)
        raise CaseAmbiguous(f"{names}都有案号“{text}”：请加上 --department。")
    return next(iter(found.values()))
