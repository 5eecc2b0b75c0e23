"""Names and codes of persons and parties, compared as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gongshi.law.shapes import folded
from gongshi.lifecycle.errors import ReviewerUnknown, SubmitterUnknown
from gongshi.records.department import Department

_BLANK = re.compile(r"\s+")


def normalised(name: str) -> str:
    """A name without spaces, widths, invisible and old characters: 张 三, 張三 and 张三 are one person."""
    return _BLANK.sub("", folded(unicodedata.normalize("NFKC", name))).casefold()


def is_one_of(name: str, people: Iterable[str]) -> bool:
    """Whether `name` is among `people`; an empty name never is."""
    wanted = normalised(name)
    return bool(wanted) and wanted in {normalised(person) for person in people}


def check_submitter(by: str, department: Department, *, or_reviewer: bool = False) -> None:
    """Raise SubmitterUnknown where `by` is not registered to submit for the department (D29)."""
    people = (*department.submitters, *(department.reviewers if or_reviewer else ()))
    if not by.strip() or (department.submitters and not is_one_of(by, people)):
        registered = "、".join(dict.fromkeys(people))
        role = "提交人或者审核人" if or_reviewer else "提交人"
        raise SubmitterUnknown(f"“{by}”不是{department.name}登记的{role}（{registered}），请核对姓名或联系管理员登记。")


def check_reviewer(by: str, department: Department) -> None:
    """Raise ReviewerUnknown where `by` is not registered to review for the department (D30)."""
    if not is_one_of(by, department.reviewers):
        registered = "、".join(department.reviewers) or "尚未登记"
        raise ReviewerUnknown(
            f"“{by}”不是{department.name}登记的审核人（{registered}），请由登记的审核人办理，或联系管理员登记。"
        )
