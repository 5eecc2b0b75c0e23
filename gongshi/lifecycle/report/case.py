"""What the supervisor's report says of one decision: in time or not, and what became of it (D27, D32, D33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongshi.instance import Instance
from gongshi.law.facts import DecisionFacts
from gongshi.law.publishability import HOLDS, Reason, Standing, judge
from gongshi.law.terms import changed_after_publication, publication_due
from gongshi.law.withdrawal import withdrawal_due
from gongshi.lifecycle.acts.act import ending_label
from gongshi.lifecycle.due import DueRow
from gongshi.lifecycle.report.tally import Because, Tally
from gongshi.lifecycle.transitions import LABELS, Event, State
from gongshi.store import Pending

_GATE = "gate_"
_FORBIDDEN = (Standing.WITHHELD, Standing.SEALED)


def formed_on(facts: DecisionFacts) -> date:
    """The day on which the information was formed: the decision's own, or a later formed_on (DOMAIN.md, Clocks)."""
    return max(facts.event_on, facts.formed_on or facts.event_on)


class Case:
    """One decision on one day. `row` is what gongshi due lists of it, None where it has nothing to do."""

    def __init__(
        self, pending: Pending, facts: DecisionFacts, row: DueRow | None, instance: Instance, today: date
    ) -> None:
        self._pending, self._facts, self._row = pending, facts, row
        self._instance, self._today = instance, today

    def tally(self) -> Tally:
        """Its numbers: each column counts it once at most."""
        found = Tally()
        found.counts.update(self._columns())
        found.held.update(self._held())
        found.withheld.update(self._withheld())
        if ended := self._pending.ended:
            found.withdrawn[Because(ended.ending, ending_label(self._instance, ended.ending))] += 1
        found.counts["held"] += bool(found.held)
        found.counts["withheld"] += bool(found.withheld)
        found.counts["chosen"] += bool(found.withheld) and bool(self._facts.withhold_ground or self._facts.choice)
        found.counts["withdrawn"] += bool(found.withdrawn)
        return found

    def timeliness(self) -> str:
        """The one column of report_tally.PARTS in which it belongs: was it first public in time, or is it late?"""
        first = self._pending.first_published_on
        if first is not None:
            due = publication_due(replace(self._facts, changed_on=None), self._instance.rules, self._instance.calendar)
            if due.on is None:
                return "undetermined"
            if first <= due.on:
                return "in_time"
            return "undetermined" if due.provisional else "late"
        row = self._row
        if row is None:
            return "excused"
        if row.overdue:
            return "overdue"
        past = row.legal_due is None or row.legal_due < self._today
        return "undetermined" if past else "waiting"

    def _columns(self) -> Iterator[str]:
        pending, row = self._pending, self._row
        applies = {
            "in_review": row is not None and row.state is State.RECEIVED,
            "returned": row is not None and row.state is State.RETURNED,
            "corrected": pending.corrected,
            "changed": pending.published_version == pending.version and changed_after_publication(self._facts),
            "change_overdue": row is not None and row.overdue and pending.first_published_on is not None,
            "withdrawn_late": self._withdrawn_late(),
            "suspended": pending.suspended,
            "expired": pending.ended is None and pending.standing == Standing.EXPIRED,
            "restored": any(one.manner == Event.RESTORE for one in pending.history),
            "earlier": pending.earlier,
            "formed": not pending.earlier,
        }
        yield from (column for column, true in applies.items() if true)
        if not pending.earlier:
            yield self.timeliness()

    def _held(self) -> Iterator[Because]:
        """Why it waits: what the law of today says, or what the gate said when the site was last built."""
        if self._row is None:
            return
        yield from (Because(reason.code, reason.text) for reason in self._row.reasons)
        if not self._row.reasons and self._pending.standing == Standing.HELD:
            yield from (because_held(code) for code in self._pending.reasons if code.startswith(_GATE))

    def _withheld(self) -> Iterator[Because]:
        """The grounds on which nobody may or must publish it, confirmed by a reviewer; each once."""
        pending = self._pending
        public = pending.first_published_on is not None and not pending.standing
        if self._row is not None or public or pending.ended or pending.suspended:
            return iter(())
        verdict = judge(self._facts, self._instance.rules, self._instance.calendar, self._today, self._instance.city)
        if verdict.standing in _FORBIDDEN:
            return iter({_ground(reason) for reason in verdict.reasons})
        if pending.stays_down in _FORBIDDEN:
            return iter([Because(pending.stays_down, "曾经不予公开，未经恢复")])
        return iter(())

    def _withdrawn_late(self) -> bool:
        """Whether it came down after the term for it (行政处罚法 48, 85), which a provisional date never says."""
        ended = self._pending.ended
        effective = ended.fields.get("effective_on") if ended else None
        if ended is None or not effective or self._pending.first_published_on is None:
            return False
        received = ended.fields.get("received_on")
        due = withdrawal_due(
            self._facts,
            date.fromisoformat(effective),
            date.fromisoformat(received) if received else None,
            self._instance.rules,
            self._instance.calendar,
        )
        return due.overdue(ended.on)


def because_held(code: str) -> Because:
    """A stored reason for which something waits, in words."""
    if code.startswith(_GATE):
        return Because(code, f"发布前检查未通过（{code.removeprefix(_GATE)}）")
    return Because(code, HOLDS.get(code, LABELS[State.HELD]))


def _ground(reason: Reason) -> Because:
    """A ground by its rule; a reviewer's choice by its own code."""
    return Because(
        reason.rule_id or reason.code, f"{reason.text}（{reason.article}）" if reason.article else reason.text
    )
