"""The other body's review of lists that their own department has reviewed: endorsed, or returned (D22, D23).

Three persons at least: who submitted, who reviewed for the department, who reviews for the body. Where the body
sends its own lists, all three are its own people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongshi.instance import Instance
from gongshi.lifecycle.errors import (
    AlreadyReviewed,
    OpinionNeeded,
    ReviewAhead,
    ReviewStale,
    SamePerson,
    UnknownReceipt,
)
from gongshi.lifecycle.people import is_one_of, normalised
from gongshi.lifecycle.registry.bodies import article_of, demanded, endorsers, named
from gongshi.lifecycle.registry.errors import EndorserUnknown, NothingToEndorse
from gongshi.records import REGISTRY_KINDS
from gongshi.records.department import Department
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import APPROVED, RETURNED, SUPERSEDED, Operation
from gongshi.store.queries import StoredBatch, batch
from gongshi.store.second_reviews import SecondReview, endorsed_from, kinds_in, second_reviews

_RESULTS = {APPROVED: "第二道审核通过", RETURNED: "第二道审核退回"}
_COUNT = "SELECT count(*) FROM versions WHERE batch = ? AND kind = ? AND review = ? AND erased_by IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReviewed:
    """What the other body's review did. `kinds` are those it is about, `department` the body's key; `passed` is how
    many records it let through, `superseded` of how many a newer version has arrived since. `changed` is false where
    all of it was on record before."""

    receipt: str
    kinds: tuple[str, ...]
    result: str
    department: str
    department_name: str
    by: str
    on: date
    opinion: str
    passed: int
    superseded: int
    changed: bool

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "on": self.on.isoformat()}

    def render_text(self) -> str:
        """For the reviewer, in Chinese."""
        of = "、".join(REGISTRY_KINDS[kind].label for kind in self.kinds)
        lines = [f"回执 {self.receipt}：{of}{_RESULTS[self.result]}（{self.department_name}{self.by}，{self.on}）"]
        if not self.changed:
            lines.append("  此前已有相同的审核记录，没有改动任何内容。")
        if self.result == APPROVED:
            lines.append(f"  通过 {self.passed} 件，下一次更新网站时公示；还没有生效的到生效日公示。")
        if self.superseded:
            lines.append(f"  {self.superseded} 件已有更新的版本，以新版本的审核为准，本次不予公示。")
        return "\n".join(lines)


def second_review(
    store: Store,
    instance: Instance,
    receipt: str,
    *,
    by: str,
    approve: bool,
    opinion: str,
    today: date,
    now: datetime,
    kinds: Collection[str] = (),
    on: date | None = None,
    source: str = "",
    department: str = "",
) -> SecondReviewed:
    """Record `by`'s review of what in a batch waits for the other body, dated `on` (today where nothing is said).

    `kinds` (names or labels) are those that it is about; without, all of the batch that `by` may review.
    `department` (key or name) is the body, where `by` reviews for several. `source` marks the committed file that the
    review came from. The same result again changes nothing. Raises UnknownReceipt, NothingToEndorse,
    EndorserUnknown, SamePerson, OpinionNeeded, ReviewAhead, ReviewStale, AlreadyReviewed, UnknownDepartment.
    """
    dated = on or today
    result = APPROVED if approve else RETURNED
    with store.write():
        stored, asked = _asked(store, receipt, kinds)
        only = instance.department(department) if department else None
        body, ours = _allowed(instance, stored, asked, by=by, only=only)
        if kinds and len(ours) < len(asked):
            raise EndorserUnknown(_who_may(instance, stored, asked, by, body))
        _check(store, stored, result=result, opinion=opinion, dated=dated, today=today, source=source)
        waiting = [one for one in ours if not one.result]
        ours = waiting or ours
        _not_opposed(ours, result, receipt)
        if waiting:
            payload = {
                "kinds": [one.kind for one in waiting],
                "department": body.key,
                "on": dated.isoformat(),
                "opinion": opinion.strip(),
                "source": source,
            }
            operation = Operation.ENDORSE if approve else Operation.RETURN
            who = by.strip()
            store.append([Draft(who, stored.department, receipt, "batch", receipt, operation, payload)], now)
        about = tuple(one.kind for one in ours)
        return _outcome(store, instance, receipt, about, changed=bool(waiting))


def _asked(store: Store, receipt: str, kinds: Collection[str]) -> tuple[StoredBatch, Sequence[SecondReview]]:
    """The batch, and those of its other reviews that are meant."""
    stored = batch(store, receipt)
    if stored is None:
        raise UnknownReceipt(f"没有编号为 {receipt} 的回执，请核对。")
    if not stored.result:
        raise NothingToEndorse(f"回执 {receipt} 还没有经本部门审核（第三十条），本部门审核通过以后再进行第二道审核。")
    awaited = second_reviews(store, receipt)
    if not awaited:
        raise NothingToEndorse(f"回执 {receipt} 里没有须由其他部门审核的清单。")
    wanted = [_kind(kind, awaited) for kind in kinds]
    return stored, [one for one in awaited if not wanted or one.kind in wanted]


def _kind(text: str, awaited: Sequence[SecondReview]) -> str:
    for one in awaited:
        if text.strip() in (one.kind, REGISTRY_KINDS[one.kind].label):
            return one.kind
    choice = "、".join(f"{one.kind}（{REGISTRY_KINDS[one.kind].label}）" for one in awaited)
    raise NothingToEndorse(f"这一批里“{text.strip()}”不需要第二道审核；需要的是 {choice}。")


def _allowed(
    instance: Instance, stored: StoredBatch, asked: Sequence[SecondReview], *, by: str, only: Department | None
) -> tuple[Department, list[SecondReview]]:
    """For which body this person reviews, and what of `asked` is that body's."""
    owner = instance.department(stored.department)
    found: dict[str, list[SecondReview]] = {}
    for one in asked:
        for body in endorsers(instance, one.body, owner):
            if is_one_of(by, body.reviewers) and only in (None, body):
                found.setdefault(body.key, []).append(one)
    if not found:
        raise EndorserUnknown(_who_may(instance, stored, asked, by, only))
    if normalised(by) in (normalised(stored.by), normalised(stored.reviewed_by)):
        raise SamePerson(f"“{by}”已经提交或者审核过这一批，第二道审核须由另一个人进行。")
    key = next(iter(found))
    return instance.departments[key], found[key]


def _who_may(
    instance: Instance, stored: StoredBatch, asked: Sequence[SecondReview], by: str, only: Department | None
) -> str:
    owner = instance.department(stored.department)
    told = "；".join(
        f"{REGISTRY_KINDS[one.kind].label}由{named(instance, one.body, owner, one.since)}审核"
        f"（{article_of(instance, one.kind, one.body)}）"
        for one in asked
    )
    where = f"以{only.name}的名义" if only else ""
    return f"“{by}”不能{where}进行第二道审核：{told}，须由该部门登记的审核人办理。"


def _check(
    store: Store, stored: StoredBatch, *, result: str, opinion: str, dated: date, today: date, source: str
) -> None:
    """Raise for what is wrong with the review whoever makes it."""
    if dated > today:
        raise ReviewAhead(f"审核日期 {dated} 晚于今天 {today}，请核对。")
    if stored.reviewed_on and dated < stored.reviewed_on:
        raise ReviewStale(
            f"第二道审核的日期 {dated} 早于本部门审核的日期 {stored.reviewed_on}：请在本部门审核以后重新审核。"
        )
    if source and endorsed_from(store, stored.department, source) not in (None, stored.receipt):
        raise ReviewStale(
            "这份第二道审核记录是对改动之前的批次作出的，不能用于改动后的内容：请重新审核并更新审核日期或意见。"
        )
    if result == RETURNED and not opinion.strip():
        raise OpinionNeeded("退回时请写明意见，提交人才知道怎样修改。")


def _not_opposed(reviews: Sequence[SecondReview], result: str, receipt: str) -> None:
    """Raise where the other result is recorded already."""
    if opposite := next((one for one in reviews if one.result and one.result != result), None):
        raise AlreadyReviewed(
            f"回执 {receipt} 的{REGISTRY_KINDS[opposite.kind].label}已由{opposite.by}于 {opposite.on} "
            f"{_RESULTS[opposite.result]}，不能再改为相反的结果：请部门更正后重新提交，另行审核。"
        )


def _outcome(
    store: Store, instance: Instance, receipt: str, kinds: tuple[str, ...], *, changed: bool
) -> SecondReviewed:
    about = [one for one in second_reviews(store, receipt) if one.kind in kinds]
    first = about[0]
    assert first.on is not None  # it was answered above
    body = instance.department(first.department)
    return SecondReviewed(
        receipt=receipt,
        kinds=kinds,
        result=first.result,
        department=first.department,
        department_name=body.name_on(first.on),
        by=first.by,
        on=first.on,
        opinion=first.opinion,
        passed=_count(store, receipt, kinds, APPROVED),
        superseded=_count(store, receipt, kinds, SUPERSEDED),
        changed=changed,
    )


def _count(store: Store, receipt: str, kinds: tuple[str, ...], review: str) -> int:
    return sum(store.db.execute(_COUNT, (receipt, kind, review)).fetchone()[0] for kind in kinds)


def told(store: Store, instance: Instance, stored: StoredBatch) -> Iterator[str]:
    """For a receipt, what other bodies have said of it or are still to say, in Chinese."""
    owner = instance.department(stored.department)
    for one in second_reviews(store, stored.receipt):
        label, article = REGISTRY_KINDS[one.kind].label, article_of(instance, one.kind, one.body)
        if one.result and one.on:
            opinion = f"：{one.opinion}" if one.opinion else ""
            name = instance.department(one.department).name_on(one.on)
            yield f"{label}{_RESULTS[one.result]}（{name}{one.by}，{one.on}）{opinion}"
        else:
            yield f"{label}还须由{named(instance, one.body, owner, one.since)}审核（{article}）"
    if not stored.result:
        for kind, rule in demanded(instance, kinds_in(store, stored.receipt), owner, stored.received_on).items():
            body = named(instance, str(rule.value), owner, stored.received_on)
            yield f"{REGISTRY_KINDS[kind].label}通过后还须由{body}审核（{rule.article}）"
