"""From an ended decision to the notice that stands in its place; where there is to be none, nothing.

No notice of what the law forbids today (sealed, withheld, a minor), of what was never public, of what
the end leaves nothing, nor after the day on which the original's retention would have ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongshi.instance import Instance
from gongshi.law.document_number import display
from gongshi.law.endings import Ending, Leaves, endings
from gongshi.law.facts import DecisionFacts
from gongshi.law.horizon import next_change
from gongshi.law.publishability import Standing, Verdict, judge
from gongshi.law.retention import publish_until
from gongshi.publish.composing.forms import names_of
from gongshi.publish.gate.checks import Refused
from gongshi.publish.gate.secrets import secrets_of
from gongshi.publish.notices.gate import NoticeCandidate, notice_failures
from gongshi.publish.notices.notice import PublicNotice, seal_notice
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.records.facts import decision_facts
from gongshi.store.queries import Approved, Ended

SITEMAP_DAYS = 30
"""So long the sitemap names a notice's address: search engines come back and forget the decision."""
_HARMLESS = frozenset(
    ("no_duty", "not_handled", "determination_missing", "legal_review_unverified", "legal_review_missing")
)
"""Why a decision may wait without its notice waiting too: nothing of it concerns a person or a secret."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What came of an ended decision: its notice, or why its gate kept that out, or neither. `wakes` are days on
    which that may be another."""

    notice: PublicNotice | None = None
    refused: tuple[Refused, ...] = ()
    wakes: tuple[dt.date, ...] = ()


def notice_of(
    one: Approved, published: Decision | None, versions: Iterable[Decision], instance: Instance, today: dt.date
) -> Noticed:
    """The notice of `one`, whose version `published` was last public (None where that was erased)."""
    ended = one.ended
    if ended is None or published is None or one.sort is None or one.first_published_on is None:
        return Noticed()
    facts = [_facts(one, decision, instance) for decision in (published, one.decision)]
    verdicts = [judge(each, instance.rules, instance.calendar, today, instance.city) for each in facts]
    wakes = tuple(_wakes(ended, facts, verdicts, instance, today))
    if not all(map(_may_be_told, verdicts)):
        return Noticed(wakes=wakes)
    ending = _ending(ended, facts[0], instance, today)
    until = publish_until(
        facts[0], one.first_published_on, instance.rules, instance.calendar, instance.city, today=today
    )
    if ending is not None and ending.leaves is Leaves.NOTHING:
        return Noticed()
    row = _decision_part(one, published, instance) | _ending_part(ended, ending)
    row |= {
        "notice_until": until.on.isoformat() if until.on else None,
        "in_sitemap": int((today - ended.on).days <= SITEMAP_DAYS),
    }
    notice = seal_notice(row)
    everything = (*versions, published, one.decision)
    failed = notice_failures(_candidate(notice, ending, one, everything, instance=instance, today=today))
    return Noticed(refused=failed, wakes=wakes) if failed else Noticed(notice=notice, wakes=wakes)


def _wakes(
    ended: Ended, facts: Iterable[DecisionFacts], verdicts: Iterable[Verdict], instance: Instance, today: dt.date
) -> Iterator[dt.date]:
    """When the sitemap names the notice no more, and when the law may say something else."""
    left_the_sitemap = ended.on + dt.timedelta(days=SITEMAP_DAYS + 1)
    if left_the_sitemap > today:
        yield left_the_sitemap
    for each, verdict in zip(facts, verdicts, strict=True):
        if day := next_change(each, verdict, instance.rules, instance.calendar, today, instance.city):
            yield day


def _ending(ended: Ended, facts: DecisionFacts, instance: Instance, today: dt.date) -> Ending | None:
    """By the law of the day of the end; by today's where persons have since put another end in its place."""
    of_then = endings(instance.rules, facts, ended.on).get(ended.ending)
    return of_then or endings(instance.rules, facts, today).get(ended.ending)


def _facts(one: Approved, decision: Decision, instance: Instance) -> DecisionFacts:
    department = instance.departments[decision.department]
    return decision_facts(
        decision, department, earlier=one.earlier, first_published_on=one.first_published_on, choice=one.choice
    )


def _may_be_told(verdict: Verdict) -> bool:
    """Whether the law of today would let it be known that there was such a decision: its time is not over either."""
    if verdict.standing is Standing.HELD:
        return all(reason.code in _HARMLESS for reason in verdict.reasons)
    return verdict.standing is Standing.PUBLISH


def _decision_part(one: Approved, published: Decision, instance: Instance) -> dict[str, str | int | None]:
    department = instance.departments[published.department]
    decided_on = published.values[DECISION_KINDS[published.kind].event] or ""
    number = published.values.get("document_number")
    return {
        "sort": one.sort,
        "id": one.id,
        "kind": published.kind,
        "department": department.key,
        "department_name": department.name_on(dt.date.fromisoformat(decided_on)),
        "region": department.region,
        "document_number": display(number) if number else None,
        "decided_on": decided_on,
        "first_published_on": one.first_published_on.isoformat() if one.first_published_on else "",
    }


def _ending_part(ended: Ended, ending: Ending | None) -> dict[str, str | None]:
    told = {name: (ended.fields.get(name) or "").strip() or None for name in _TOLD}
    told["instrument_number"] = display(number) if (number := told["instrument_number"]) else None
    return told | {
        "withdrawn_on": ended.on.isoformat(),
        "ending": ended.ending,
        "ending_label": ending.label if ending else "",
        "reason": (ended.fields.get("reason") or "").strip(),
        "rule": ending.rule_id if ending else None,
        "article": ending.article if ending else None,
    }


_TOLD = ("instrument_number", "instrument_agency", "instrument_date", "effective_on")


def _candidate(
    notice: PublicNotice,
    ending: Ending | None,
    one: Approved,
    everything: tuple[Decision, ...],
    *,
    instance: Instance,
    today: dt.date,
) -> NoticeCandidate:
    department = instance.departments[one.decision.department]
    names = names_of(one, everything, department, (), open_leaders=False)
    hidden = [party for decision in everything for party in decision.parties]
    return NoticeCandidate(
        notice=notice,
        ending=ending,
        versions=everything,
        secrets=secrets_of(everything, names, hidden),
        instance=instance,
        today=today,
    )
