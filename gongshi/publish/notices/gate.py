"""The notice's own gate: a table of checks like the decision's, read by the wall and by the tests alike.

A notice that fails one stays out and is reported; its decision is down all the same (DESIGN.md promise 7).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gongshi.instance import Instance
from gongshi.law.endings import Ending, Leaves
from gongshi.law.shapes import holds
from gongshi.law.spelling import Read
from gongshi.lifecycle.acts.notice_words import betrayals
from gongshi.publish.gate.checks import Refused
from gongshi.publish.gate.secrets import Secrets, plain, plain_number, without_words
from gongshi.publish.notices.notice import NOTICE_COLUMNS, PublicNotice
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision

_ID = re.compile(r"[0-9a-z]{8,64}")
_LARGEST_PLACE = 2**53
_DAYS = ("decided_on", "first_published_on", "withdrawn_on", "instrument_date", "effective_on", "notice_until")
_WORDS = ("instrument_number", "instrument_agency", "reason")
"""What a person wrote for the notice."""


@dataclass(frozen=True, kw_only=True)
class NoticeCandidate:
    """A notice before its gate. `versions` are all of the decision's, `secrets` theirs with every party
    hidden; `ending` is None where the rules know no such end of this decision."""

    notice: PublicNotice
    ending: Ending | None
    versions: tuple[Decision, ...]
    secrets: Secrets
    instance: Instance
    today: dt.date

    def by_right(self, name: str) -> tuple[str, ...]:
        """Words that stand in a notice anyway, as far as `name` may repeat them: nothing vouches for itself."""
        row = self.notice.row
        departments = (dated.name for one in self.instance.departments.values() for dated in one.names)
        numbers = (row[other] for other in ("document_number", "instrument_number") if other != name)
        return tuple(filter(None, (*departments, *numbers)))

    @property
    def told(self) -> Iterator[tuple[str, str]]:
        """What a person wrote for the notice, by column."""
        return ((name, value) for name in _WORDS if (value := self.notice.row[name]))

    @cached_property
    def shown(self) -> str:
        """Everything in it that is no word of our own, as names are compared."""
        told = (text for _, text in self.told)
        text = "\x1f".join((*told, self.notice.row["document_number"] or ""))
        return without_words(plain(text), [name for one in self.instance.departments.values() for name in (one.name,)])


@dataclass(frozen=True, slots=True)
class NoticeCheck:
    """One row of the table: a stable name, what must hold, and what is said where it does not."""

    name: str
    holds: Callable[[NoticeCandidate], bool]
    message: str


def notice_failures(candidate: NoticeCandidate) -> tuple[Refused, ...]:
    """Everything for which the notice stays out, in the table's order; empty where it may become public."""
    failed = [(check.name, check.message) for check in NOTICE_CHECKS if not check.holds(candidate)]
    told = [
        (betrayal.code, betrayal.message)
        for name, text in candidate.told
        for betrayal in betrayals(text, candidate.versions, candidate.by_right(name), candidate.instance.not_names)
    ]
    return tuple(
        Refused(candidate.notice.id, name, f"撤下说明没有公开：{message}")
        for name, message in dict.fromkeys((*failed, *told))
    )


def _known_places(candidate: NoticeCandidate) -> bool:
    row, instance = candidate.notice.row, candidate.instance
    return (
        row["kind"] in DECISION_KINDS
        and row["department"] in instance.departments
        and row["region"] in instance.regions
    )


def _leaves_a_notice(candidate: NoticeCandidate) -> bool:
    ending, row = candidate.ending, candidate.notice.row
    return ending is not None and ending.leaves is Leaves.NOTICE and ending.kind == row["ending"]


def _days(candidate: NoticeCandidate) -> bool:
    row = candidate.notice.row
    try:
        days = {name: dt.date.fromisoformat(row[name]) for name in _DAYS if row[name]}
    except (TypeError, ValueError):
        return False
    if not {"decided_on", "first_published_on", "withdrawn_on"} <= days.keys():
        return False
    in_order = days["first_published_on"] <= days["withdrawn_on"] <= candidate.today
    return in_order and candidate.today <= days.get("notice_until", dt.date.max)


def _number(candidate: NoticeCandidate) -> bool:
    """The decision's 文号, checked as where the decision itself is shown."""
    return not holds(candidate.notice.row["document_number"] or "", ("identity",))


def _persons(candidate: NoticeCandidate) -> bool:
    numbers = plain_number(candidate.shown)
    names = candidate.secrets.names
    return not (
        any(name in candidate.shown for name in names)
        or Read(candidate.shown).tells_any(names)
        or any(number in numbers for number in candidate.secrets.numbers)
    )


NOTICE_CHECKS = (
    NoticeCheck(
        "notice_white_list", lambda c: frozenset(c.notice.row) == frozenset(NOTICE_COLUMNS), "含有清单以外的列"
    ),
    NoticeCheck("notice_address", lambda c: _ID.fullmatch(c.notice.id) is not None, "没有可用的公示编号"),
    NoticeCheck("notice_place", lambda c: 0 < c.notice.sort < _LARGEST_PLACE, "没有可用的排序号"),
    NoticeCheck("notice_department", _known_places, "类别、公示部门或者区划未登记"),
    NoticeCheck("notice_ending", _leaves_a_notice, "这种撤下情形不留撤下说明，或者没有对应的规则"),
    NoticeCheck("notice_days", _days, "日期不完整、次序不对，或者原公示期已满"),
    NoticeCheck("notice_reason", lambda c: bool(c.notice.row["reason"].strip()), "没有填写撤下理由"),
    NoticeCheck("notice_document", _number, "文号含有个人证件号码"),
    NoticeCheck("notice_persons", _persons, "含有相对人名称、应当遮盖的姓名或者个人号码"),
)
"""Every row must hold; so must the table of lifecycle/acts/notice_words.py for each text that a person wrote."""
