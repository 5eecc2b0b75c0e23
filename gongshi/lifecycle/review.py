"""The second person: approves or returns a whole batch, and decides about possible names (D30).

Approval reaches only what is still the newest version of its decision: an older version approved late
never comes out over a newer one. Lists that another body must review too wait for that (gongshi/lifecycle/registry).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

import orjson

from gongshi.instance import Instance
from gongshi.lifecycle import naming
from gongshi.lifecycle.errors import (
    AlreadyReviewed,
    NameChosenTwice,
    NameNotInBatch,
    NotForReview,
    OpinionNeeded,
    ReviewAhead,
    ReviewStale,
    SamePerson,
    UnknownReceipt,
)
from gongshi.lifecycle.people import check_reviewer, normalised
from gongshi.lifecycle.receipt import RESULT_LABELS
from gongshi.lifecycle.registry.bodies import demanded
from gongshi.lifecycle.registry.second import told
from gongshi.lifecycle.similar import similar_to_down
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.journal import Draft
from gongshi.store.operations import APPROVED, RECORDED, RETURNED, REVIEWED, SUPERSEDED, Operation
from gongshi.store.queries import StoredBatch, batch, reviewed_after, reviewed_from
from gongshi.store.second_reviews import kinds_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a review did. `passed` is how many decisions it let through, `approved` their ids where they are listed.
    `superseded` are ids of decisions of which a newer version has arrived since: they
    await that version's review. `undecided` are possible names that nobody chose about: text with them
    is held back. `similar` are warnings of what may be a decision that came down. `changed` is false where
    all of it was on record before. `awaits` says, in Chinese, what other bodies review of it."""

    receipt: str
    result: str
    by: str
    on: date
    opinion: str
    passed: int
    approved: tuple[str, ...]
    superseded: tuple[str, ...]
    undecided: tuple[str, ...]
    similar: tuple[str, ...]
    changed: bool
    awaits: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {**asdict(self), "on": self.on.isoformat()}

    def render_text(self) -> str:
        """For the reviewer, in Chinese."""
        lines = [f"回执 {self.receipt}：{RESULT_LABELS[self.result]}（{self.by}，{self.on}）"]
        if not self.changed:
            lines.append("  此前已有相同的审核记录，没有改动任何内容。")
        if self.result == APPROVED:
            lines.append(f"  通过 {self.passed} 件。")
        lines.extend(f"  {line}" for line in self.awaits)
        lines.extend(f"  注意：{warning}" for warning in self.similar)
        if self.superseded:
            lines.append(f"  {len(self.superseded)} 件已有更新的版本，以新版本的审核为准，本次不予公示。")
        if self.undecided:
            lines.append(f"  尚未确认是否人名，含有这些词的文字暂不公示：{'、'.join(self.undecided)}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Version:
    seq: int
    id: str
    kind: str
    review: str
    open: frozenset[str]
    masked: frozenset[str]
    decision: Decision


def review(
    store: Store,
    instance: Instance,
    receipt: str,
    *,
    by: str,
    approve: bool,
    opinion: str,
    today: date,
    now: datetime,
    open_names: Collection[str] = (),
    mask_names: Collection[str] = (),
    on: date | None = None,
    source: str = "",
    listing: bool = True,
) -> Reviewed:
    """Record `by`'s review of a batch, dated `on` (today where nothing is said).

    `open_names` are words of its text that are no person's name or may be shown, `mask_names` names to
    be masked. The same result again changes nothing, save for further choices about names. `source` marks
    the committed file that the review came from: it answers for one batch only, so that a batch changed
    under it is not approved by it. Without `listing` nobody is told which passed, nor which names are
    left to be decided.
    Raises a LifecycleError for every rule of the two persons that is not kept.
    """
    dated = on or today
    result = APPROVED if approve else RETURNED
    with store.write():
        stored = _allowed(store, instance, receipt, by=by, result=result, opinion=opinion)
        if dated > today:
            raise ReviewAhead(f"审核日期 {dated} 晚于今天 {today}，请核对。")
        if source and reviewed_from(store, stored.department, source) not in (None, receipt):
            raise ReviewStale(
                "这份审核记录是对改动之前的批次作出的，不能用于改动后的内容：请审核人重新审核并更新审核日期或意见。"
            )
        if approve and not stored.result and reviewed_after(store, receipt, dated):
            raise ReviewStale(
                f"审核日期 {dated} 早于同一决定上一版本的审核日期：旧的审核记录不能使此前已更正或撤下的内容重新公示，"
                "请审核人重新审核并更新审核日期。"
            )
        who = Draft(by.strip(), stored.department, receipt, "batch", receipt, "", {})
        awaits = _awaits(store, instance, stored, dated) if approve else {}
        drafts = [] if stored.result else [_decided(who, approve, dated, opinion, source, awaits)]
        if approve and (open_names or mask_names):
            drafts += _chosen(store, who, frozenset(open_names), frozenset(mask_names))
        store.append(drafts, now)
        return _outcome(store, instance, receipt, changed=bool(drafts), listing=listing)


def _allowed(store: Store, instance: Instance, receipt: str, *, by: str, result: str, opinion: str) -> StoredBatch:
    """The batch, where this person may give it this result."""
    stored = batch(store, receipt)
    if stored is None:
        raise UnknownReceipt(f"没有编号为 {receipt} 的回执，请核对。")
    if stored.result == RECORDED:
        raise NotForReview(f"回执 {receipt} 是案卷：案卷直接记录，不需要审核，也不公示。")
    department = instance.department(stored.department)
    check_reviewer(by, department)
    if normalised(by) == normalised(stored.by):
        raise SamePerson(f"“{by}”是这一批的提交人，不能审核自己提交的内容，请由另一位审核人审核。")
    if stored.result and stored.result != result:
        raise AlreadyReviewed(
            f"回执 {receipt} 已由{stored.reviewed_by}于 {stored.reviewed_on} {RESULT_LABELS[stored.result]}，"
            "不能再改为相反的结果：请部门更正后重新提交，另行审核。"
        )
    if result == RETURNED and not opinion.strip():
        raise OpinionNeeded("退回时请写明意见，提交人才知道怎样修改。")
    return stored


_AT_ONCE = 500
_VERSIONS = """
SELECT v.seq, v.id, v.kind, v.review, v.open_names, v.masked_names, p.body FROM versions v
JOIN payloads p ON p.seq = v.seq WHERE v.batch = ? AND v.seq > ? ORDER BY v.seq LIMIT ?
"""


def _versions(store: Store, receipt: str) -> Iterator[_Version]:
    """The batch's versions that are not erased, read some at a time: a batch may hold a million."""
    after = 0
    while rows := store.db.execute(_VERSIONS, (receipt, after, _AT_ONCE)).fetchall():
        for row in rows:
            yield _Version(
                seq=row["seq"],
                id=row["id"],
                kind=row["kind"],
                review=row["review"],
                open=frozenset(orjson.loads(row["open_names"] or "[]")),
                masked=frozenset(orjson.loads(row["masked_names"] or "[]")),
                decision=Decision.from_payload(orjson.loads(row["body"])["decision"]),
            )
        after = rows[-1]["seq"]


def _awaits(store: Store, instance: Instance, stored: StoredBatch, on: date) -> Mapping[str, str]:
    """The kinds of the batch that another body must review too, each with that body (D22, D23)."""
    kinds = kinds_in(store, stored.receipt)
    rules = demanded(instance, kinds, instance.department(stored.department), on)
    return {kind: str(rule.value) for kind, rule in rules.items()}


def _decided(  # noqa: PLR0917 - what an entry of a review says
    who: Draft, approve: bool, on: date, opinion: str, source: str, awaits: Mapping[str, str]
) -> Draft:
    operation = Operation.APPROVE if approve else Operation.RETURN
    payload = {"on": on.isoformat(), "opinion": opinion.strip(), "source": source}
    return who._replace(operation=operation, payload=payload | ({"awaits": awaits} if awaits else {}))


def _chosen(store: Store, who: Draft, shown: frozenset[str], masked: frozenset[str]) -> list[Draft]:
    """One entry for each version in which a chosen name stands: an erasure then takes them along."""
    if both := sorted(shown & masked):
        raise NameChosenTwice(f"“{both[0]}”既选了显示又选了遮盖，请只选一种。")
    names = sorted(shown | masked)
    met: set[str] = set()
    drafts = []
    who = who._replace(operation=Operation.NAMES)
    for version in _versions(store, who.record):
        here = _standing_in(version, names)
        met |= here
        after_open, after_masked = (version.open - masked) | (here & shown), (version.masked - shown) | (here & masked)
        if (after_open, after_masked) != (version.open, version.masked):
            payload = {"version": version.seq, "open": sorted(after_open), "masked": sorted(after_masked)}
            drafts.append(
                who._replace(kind=version.kind, record=version.id, operation=Operation.NAMES, payload=payload)
            )
    if missing := [name for name in names if name not in met]:
        raise NameNotInBatch(f"“{missing[0]}”在这一批的公示文字中没有出现，请核对。")
    return drafts


def _standing_in(version: _Version, names: list[str]) -> frozenset[str]:
    """Those of `names` that stand in the version's public free text."""
    texts = tuple(naming.texts(version.decision))
    return frozenset(name for name in names if any(name in text for text in texts))


def _outcome(store: Store, instance: Instance, receipt: str, *, changed: bool, listing: bool) -> Reviewed:
    stored = batch(store, receipt)
    if stored is None or stored.reviewed_on is None:
        raise UnknownReceipt(f"没有编号为 {receipt} 的审核记录。")
    passed: int = store.db.execute(_PASSED, (receipt, APPROVED, REVIEWED)).fetchone()[0]
    return Reviewed(
        receipt=receipt,
        result=stored.result,
        by=stored.reviewed_by,
        on=stored.reviewed_on,
        opinion=stored.opinion,
        passed=passed,
        approved=_ids(store, receipt, APPROVED) if listing else (),
        superseded=_ids(store, receipt, SUPERSEDED),
        undecided=_undecided(store, instance, receipt) if listing else (),
        similar=similar_to_down(store, stored),
        changed=changed,
        awaits=tuple(told(store, instance, stored)),
    )


_VERSION = "FROM versions v JOIN payloads p USING (seq) WHERE v.batch = ?"
_PASSED = f"SELECT count(*) {_VERSION} AND v.review IN (?, ?)"
_OF_REVIEW = f"SELECT v.id {_VERSION} AND v.review = ? ORDER BY v.seq"


def _ids(store: Store, receipt: str, review: str) -> tuple[str, ...]:
    return tuple([row["id"] for row in store.db.execute(_OF_REVIEW, (receipt, review))])


def _undecided(store: Store, instance: Instance, receipt: str) -> tuple[str, ...]:
    """The possible names in what was approved that nobody chose about, in the order of the text."""
    waiting: dict[str, None] = {}
    for version in _versions(store, receipt):
        if version.review == APPROVED:
            decided = version.open | version.masked
            found = naming.undecided(version.decision, instance.not_names)
            waiting.update(dict.fromkeys(name for name in found if name not in decided))
    return tuple(waiting)
