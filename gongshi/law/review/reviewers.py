"""Who may review: registered and filed, with a valid certificate on the day, and without a part in the case.

Legal reviewers belong to the department whose decision it is (L2: the entrusting one), or to the city's pool (S3.1:
lawyers and legal advisers). Two people of one name or one certificate count as one: with a namesake, the pool.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from gongshi.law.shapes import folded

ARTICLE_ENTRUSTED, ARTICLE_QUALIFIED = "第二条", "责任分工方案一（三）1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A legal reviewer as registered. `departments` are those for which they may review; `filed_on` the day on which
    the register was filed with the government's legal body, None where it was not."""

    name: str
    certificate: str
    departments: frozenset[str]
    since: date
    until: date | None = None
    confirmed_by: str = ""
    filed_on: date | None = None
    pool: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the registration is in force on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why somebody may not review: a stable code, the article, and what to do."""

    code: str
    article: str
    message: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in a case, by name and, where it is written, certificate."""

    name: str
    certificate: str = ""


def faults(
    register: Iterable[Reviewer], who: Person, department: str, participants: Collection[Person], day: date
) -> tuple[Fault, ...]:
    """Everything that keeps `who` from reviewing a case of `department` on `day`; empty where they may."""
    found = [one for one in register if same(Person(one.name, one.certificate), who)]
    mine = [one for one in found if department in one.departments]
    if not mine:
        said = f"{who.name}没有登记为本部门（受委托组织的案件为委托部门）或者人才库的法制审核人员"
        return (Fault("reviewer_unqualified", ARTICLE_QUALIFIED, said), *_took_part(who, participants))
    wrong = [fault for one in mine if (fault := _unfit(one, day))]
    unfit = (wrong[0],) if len(wrong) == len(mine) else ()
    whole = next((Person(who.name, one.certificate) for one in mine if one.certificate), who)
    return (*unfit, *_took_part(whole, participants))


def _unfit(one: Reviewer, day: date) -> Fault | None:
    if not one.holds_on(day):
        return Fault("reviewer_unqualified", ARTICLE_QUALIFIED, f"{one.name}的法制审核资格在 {day} 不在有效期内")
    if not one.confirmed_by or one.filed_on is None or one.filed_on > day:
        return Fault("reviewer_unqualified", ARTICLE_QUALIFIED, f"{one.name}在 {day} 尚未确认并备案")
    return None


def _took_part(who: Person, participants: Collection[Person]) -> tuple[Fault, ...]:
    if not any(same(who, one) for one in participants):
        return ()
    return (
        Fault(
            "took_part",
            ARTICLE_ENTRUSTED,
            f"{who.name}参与过本案的承办、审批或者送达，不能审核；与参与人同名的，请由人才库的人员审核",
        ),
    )


def same(one: Person, other: Person) -> bool:
    """Whether these count as one person: an equal name, or an equal certificate."""
    return _plain(one.name) == _plain(other.name) or (
        bool(one.certificate) and _plain(one.certificate) == _plain(other.certificate)
    )


def _plain(text: str) -> str:
    """Without blanks and widths; old characters as today's: 張三 is 张三."""
    return "".join(folded(unicodedata.normalize("NFKC", text)).split()).casefold()
