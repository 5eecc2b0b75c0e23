"""The one traversal of what was approved: judged, composed, gated. What comes out is all that the public gets."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.publish.by_hand import by_hand
from gongshi.publish.compose import Composed, Dates, compose
from gongshi.publish.dates import Draw, dates_of
from gongshi.publish.gate import Candidate, Refused, failures
from gongshi.publish.history import with_history
from gongshi.publish.notice import PublicNotice
from gongshi.publish.notices import notice_of
from gongshi.publish.public_decision import PublicDecision
from gongshi.publish.secrets import secrets_of
from gongshi.publish.siblings import Reviewers, places, reviewers, versions
from gongshi.records.decision import Decision
from gongshi.records.facts import decision_facts
from gongshi.store.queries import Approved, approved, decision_of
from gongshi.store.store import Store

FAILED = "failed"
"""The check's name where a record could not be worked out at all."""


@dataclass(slots=True)
class Prepared:
    """What is to be public as of one day.

    `rows` and `notices` by place; `stopped`: id, the law's standing, reason codes; `refused`: what the gate kept out,
    which the law would let out; `undecided`: by id the possible names for which fields are held back:
    for the department's eyes only.
    """

    rows: list[PublicDecision] = field(default_factory=list)
    notices: list[PublicNotice] = field(default_factory=list)
    stopped: list[tuple[str, Standing, tuple[str, ...]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    undecided: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def published(self) -> list[tuple[str, int, int, dt.date]]:
        """Id, version, place and day of first publication of each row, as lifecycle journals them."""
        return [
            (row.id, row.version, row.sort, dt.date.fromisoformat(row.row["first_published_on"])) for row in self.rows
        ]

    @property
    def stops(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Everything that is not public, what the gate refused as held by the gate."""
        down = {record for record, _, _ in self.stopped}
        kept_out: dict[str, list[str]] = {}
        for one in self.refused:
            if one.id not in down:
                kept_out.setdefault(one.id, []).append(f"gate_{one.check}")
        held = [(record, Standing.HELD.value, tuple(checks)) for record, checks in kept_out.items()]
        return [(record, standing.value, codes) for record, standing, codes in self.stopped] + held


def prepare(
    store: Store,
    instance: Instance,
    today: dt.date,
    draw: Draw = secrets.randbits,
    *,
    ledger: Mapping[str, str] = MappingProxyType({}),
    unchanged: Sequence[PublicDecision] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Prepared:
    """Every approved decision, as the law of `today` and the gate let it out.

    `draw` gives random bits for the places of decisions that are public for the first time. `ledger` says of
    ids that the store does not know to be down which standing took them down: an older backup brings nothing
    back. `unchanged` are rows that are known to come out as they are (gongshi.publish.memory). A record that
    fails, in whatever way, is reported and stops no other (DESIGN.md promise 7). `progress` hears how many of
    how many have been looked at.
    """
    with store.snapshot() as db:
        ids = _all_but(store, unchanged) if unchanged else None
        wall = _Wall(store, instance, today, draw, ledger)
        wall.know(ids)
        total = db.execute("SELECT count(*) FROM disclosures").fetchone()[0] if ids is None else len(ids)
        for done, one in enumerate(approved(store, ids), start=1):
            wall.take(one)
            progress(done, total)
    wall.prepared.rows += unchanged
    wall.prepared.rows.sort(key=lambda row: row.sort)
    wall.prepared.notices.sort(key=lambda notice: notice.sort)
    return wall.prepared


def _all_but(store: Store, unchanged: Iterable[PublicDecision]) -> set[str]:
    known = {row["id"] for row in store.db.execute("SELECT id FROM disclosures WHERE approved IS NOT NULL")}
    return known.difference(one.id for one in unchanged)


class _Wall:
    """One run over the store."""

    def __init__(self, store: Store, instance: Instance, today: dt.date, draw: Draw, ledger: Mapping[str, str]) -> None:
        self.prepared = Prepared()
        self._ledger = ledger
        self._store, self._instance, self._today, self._draw = store, instance, today, draw
        self._versions: Mapping[str, tuple[Decision, ...]] = {}
        self._reviewers: Mapping[str, Reviewers] = reviewers(store)
        self._taken = places(store)

    def know(self, ids: Collection[str] | None) -> None:
        """Read the other versions of the decisions that will be taken; `ids` are theirs, None means all."""
        self._versions = versions(self._store, ids)

    def take(self, one: Approved) -> None:
        """Let one decision out, or say why not."""
        try:
            self._judge(one)
        except Exception as error:
            message = f"处理时出错（{type(error).__name__}），请联系管理员"
            self.prepared.refused.append(Refused(one.id, FAILED, message))

    def _judge(self, one: Approved) -> None:
        if down := by_hand(one, self._ledger):
            self.prepared.stopped.append((one.id, *down))
            self._notice(one)
            return
        if one.decision.department not in self._instance.departments:
            self.prepared.refused.append(Refused(one.id, "department", "公示部门未登记"))
            return
        facts, verdict = self._law(one)
        if verdict.standing is Standing.PUBLISH:
            self._publish(one, facts, verdict)
        else:
            codes = tuple(reason.code for reason in verdict.reasons)
            self.prepared.stopped.append((one.id, verdict.standing, codes))

    def _law(self, one: Approved) -> tuple[DecisionFacts, Verdict]:
        """What the law of today says of `one`."""
        instance = self._instance
        facts = decision_facts(
            one.decision,
            instance.departments[one.decision.department],
            earlier=one.earlier,
            first_published_on=one.first_published_on,
            choice=one.choice,
        )
        return facts, judge(facts, instance.rules, instance.calendar, self._today, instance.city)

    def _notice(self, one: Approved) -> None:
        """The notice that stands in the place of an ended decision, if any: not while one person took that down."""
        if one.ended is None or one.suspended or one.published_version is None:
            return
        published = decision_of(self._store, one.published_version)
        noticed = notice_of(one, published, self._versions.get(one.id, ()), self._instance, self._today)
        self.prepared.refused += noticed.refused
        if noticed.notice:
            self.prepared.notices.append(noticed.notice)

    def _publish(self, one: Approved, facts: DecisionFacts, verdict: Verdict) -> None:
        all_versions = self._versions.get(one.id, (one.decision,))
        dates = dates_of(
            one,
            self._last_public(one),
            self._today,
            self._taken,
            first=facts.first_published_on or self._today,
            draw=self._draw,
        )
        composed = compose(one, all_versions, verdict, dates, self._instance)
        formerly = partial(self._formerly, one, all_versions, dates)
        composed = replace(composed, public=with_history(composed.public, one, self._today, formerly))
        failed = failures(self._candidate(one, facts, verdict, composed, all_versions))
        self.prepared.refused += failed
        if not failed:
            self.prepared.rows.append(composed.public)
            if composed.undecided:
                self.prepared.undecided[one.id] = composed.undecided

    def _formerly(
        self, one: Approved, all_versions: tuple[Decision, ...], dates: Dates, version: int
    ) -> PublicDecision | None:
        """What the public would have today of another version of `one`; None where that is nothing."""
        decision = decision_of(self._store, version)
        if decision is None:
            return None
        former = replace(one, decision=decision, version=version)
        _, verdict = self._law(former)
        if verdict.standing is not Standing.PUBLISH:
            return None
        return compose(former, all_versions, verdict, dates, self._instance).public

    def _last_public(self, one: Approved) -> Decision | None:
        """The version that was last public, where it is not the one at hand."""
        if one.published_version in (None, one.version):
            return None
        return decision_of(self._store, one.published_version)

    def _candidate(
        self,
        one: Approved,
        facts: DecisionFacts,
        verdict: Verdict,
        composed: Composed,
        all_versions: tuple[Decision, ...],
    ) -> Candidate:
        hidden = [p for at, p in enumerate(one.decision.parties) if at not in verdict.visible_parties]
        return Candidate(
            public=composed.public,
            approved=one,
            reviewers=self._reviewers.get(one.batch),
            verdict=verdict,
            facts=facts,
            names=composed.names,
            secrets=secrets_of(all_versions, composed.names, hidden),
            instance=self._instance,
            today=self._today,
        )
