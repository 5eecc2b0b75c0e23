"""Decisions before the wall: judged, composed, gated, each with the day on which it has to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.horizon import next_change
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.lifecycle.stored_facts import facts_of
from gongshi.publish.composing.compose import Dates, compose
from gongshi.publish.composing.dates import Draw, dates_of, drawn
from gongshi.publish.composing.forms import Names
from gongshi.publish.composing.history import with_history
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.composing.siblings import Places, Reviews, versions
from gongshi.publish.gate.checks import Candidate, Refused, failures
from gongshi.publish.gate.secrets import secrets_of
from gongshi.publish.notices.making import notice_of
from gongshi.publish.notices.notice import PublicNotice
from gongshi.publish.preparing.by_hand import by_hand
from gongshi.records.decision import Decision
from gongshi.records.keys import ends_on
from gongshi.store.queries import Approved, decision_of
from gongshi.store.store import Store

FAILED = "failed"
"""The check's name where a record could not be worked out at all."""


@dataclass(slots=True)
class Looked:
    """What came of the decisions that were looked at, in their order, but for the rows.

    `stopped`: id, the law's standing, reason codes; `undecided`: by id the possible names for which fields are held
    back: for the department's eyes only; `wakes`: id and the first day on which its row, notice or standing may be
    another although nothing touched it.
    """

    notices: list[PublicNotice] = field(default_factory=list)
    stopped: list[tuple[str, Standing, tuple[str, ...]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    undecided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wakes: list[tuple[str, dt.date]] = field(default_factory=list)


class Wall:
    """One process's look at a store as of one day. `share` is its number and how many there are: what two of them
    draw at the same time never meets."""

    def __init__(  # noqa: PLR0917
        self,
        store: Store,
        instance: Instance,
        today: dt.date,
        draw: Draw = drawn,
        ledger: Mapping[str, str] = MappingProxyType({}),
        share: tuple[int, int] = (0, 1),
    ) -> None:
        self._store, self._instance, self._today, self._draw, self._ledger = store, instance, today, draw, ledger
        self._places = Places(store, share)
        self._reviews = Reviews(store)
        self._versions: Mapping[str, tuple[Decision, ...]] = {}
        self._found = Looked()
        self._days: set[dt.date] = set()
        self._put: Callable[[PublicDecision], object] = lambda public: None

    def look(self, found: Sequence[Approved], put: Callable[[PublicDecision], object]) -> Looked:
        """Look at these, in their order; each row that may be public is `put`."""
        self._found, self._put = Looked(), put
        self._versions = versions(self._store, [one.id for one in found])
        for one in found:
            self._take(one)
        return self._found

    def _take(self, one: Approved) -> None:
        """Let one decision out, or say why not."""
        self._days = set()
        try:
            self._judge(one)
        except Exception as error:
            message = f"处理时出错（{type(error).__name__}），请联系管理员"
            self._found.refused.append(Refused(one.id, FAILED, message))
        if self._days:
            self._found.wakes.append((one.id, min(self._days)))

    def _judge(self, one: Approved) -> None:
        if down := by_hand(one, self._ledger):
            self._found.stopped.append((one.id, *down))
            self._notice(one)
            return
        if one.decision.department not in self._instance.departments:
            self._found.refused.append(Refused(one.id, "department", "公示部门未登记"))
            return
        facts, verdict = self._law(one)
        if verdict.standing is Standing.PUBLISH:
            self._publish(one, facts, verdict)
        else:
            codes = tuple(reason.code for reason in verdict.reasons)
            self._found.stopped.append((one.id, verdict.standing, codes))

    def _law(self, one: Approved) -> tuple[DecisionFacts, Verdict]:
        """What the law of today says of `one`; when it may say something else is noted."""
        instance = self._instance
        facts = facts_of(one, instance.departments[one.decision.department], self._store, instance.rules)
        verdict = judge(facts, instance.rules, instance.calendar, self._today, instance.city)
        self._wakes(facts, verdict)
        return facts, verdict

    def _wakes(self, facts: DecisionFacts, verdict: Verdict) -> None:
        """Note the day on which the law may say something else; what becomes public today runs from today."""
        if verdict.standing is Standing.PUBLISH and facts.first_published_on is None:
            facts = replace(facts, first_published_on=self._today)
        law = self._instance
        if day := next_change(facts, verdict, law.rules, law.calendar, self._today, law.city):
            self._days.add(day)

    def _notice(self, one: Approved) -> None:
        """The notice that stands in the place of an ended decision, if any: not while one person took that down."""
        if one.ended is None or one.suspended or one.published_version is None:
            return
        published = decision_of(self._store, one.published_version)
        noticed = notice_of(one, published, self._versions.get(one.id, ()), self._instance, self._today)
        self._days.update(noticed.wakes)
        self._found.refused += noticed.refused
        if noticed.notice:
            self._found.notices.append(noticed.notice)

    def _publish(self, one: Approved, facts: DecisionFacts, verdict: Verdict) -> None:
        all_versions = self._versions.get(one.id, (one.decision,))
        dates = dates_of(
            one,
            self._last_public(one),
            self._today,
            self._places,
            first=facts.first_published_on or self._today,
            draw=self._draw,
        )
        composed = compose(one, all_versions, verdict, dates, self._instance, self._today)
        self._ends(composed.public)
        formerly = partial(self._formerly, one, all_versions, dates)
        public = with_history(composed.public, one, self._today, formerly)
        failed = failures(self._candidate(one, facts, verdict, public, composed.names, all_versions))
        self._found.refused += failed
        if not failed:
            self._put(public)
            if composed.undecided:
                self._found.undecided[one.id] = composed.undecided

    def _ends(self, public: PublicDecision) -> None:
        """Note the day on which a licence is no longer in force."""
        if public.row["in_force"] and (last := ends_on(public.own)):
            self._days.add(last + dt.timedelta(days=1))

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
        return compose(former, all_versions, verdict, dates, self._instance, self._today).public

    def _last_public(self, one: Approved) -> Decision | None:
        """The version that was last public, where it is not the one at hand."""
        if one.published_version in (None, one.version):
            return None
        return decision_of(self._store, one.published_version)

    def _candidate(  # noqa: PLR0917
        self,
        one: Approved,
        facts: DecisionFacts,
        verdict: Verdict,
        public: PublicDecision,
        names: Names,
        all_versions: Iterable[Decision],
    ) -> Candidate:
        hidden = [p for at, p in enumerate(one.decision.parties) if at not in verdict.visible_parties]
        return Candidate(
            public=public,
            approved=one,
            reviewers=self._reviews.of(one.batch),
            verdict=verdict,
            facts=facts,
            names=names,
            secrets=secrets_of(all_versions, names, hidden),
            instance=self._instance,
            today=self._today,
        )
