"""What a decision was for the public before, worked out again from the store.

A run that died after public.db was changed has nobody left who knows what went; its proof still has to be
made. Every party is shown here: more is looked for than was published, never less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from gongshi.instance import Instance
from gongshi.law.publishability import Standing, Verdict
from gongshi.law.terms import Due
from gongshi.publish.composing.compose import Dates, compose
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.proving.departed import Departed
from gongshi.records.decision import Decision
from gongshi.store.queries import Approved, approved, decision_of
from gongshi.store.store import Store

_NO_TERM = Due(on=None, rule_id="", article="", text="")


def former(store: Store, instance: Instance, ids: Collection[str]) -> tuple[Departed, ...]:
    """What tells of the decisions `ids`, from every version that was ever public; nothing of one that was erased."""
    return tuple(Departed.of(public) for one in approved(store, ids) for public in _forms(store, instance, one))


def _forms(store: Store, instance: Instance, one: Approved) -> Iterator[PublicDecision]:
    if one.decision.department not in instance.departments:
        return
    versions = {publication.version for publication in one.history}
    decisions = {version: decision_of(store, version) for version in sorted(versions)}
    known = [decision for decision in decisions.values() if decision is not None]
    for version, decision in decisions.items():
        if decision is not None:
            yield _form(replace(one, decision=decision, version=version), known, instance)


def _form(one: Approved, known: list[Decision], instance: Instance) -> PublicDecision:
    first = one.first_published_on or dt.date.min
    dates = Dates(sort=one.sort or 0, first_published_on=first, updated_on=first, corrected=False)
    everybody = tuple(range(len(one.decision.parties)))
    verdict = Verdict(Standing.PUBLISH, (), _NO_TERM, None, everybody)
    return compose(one, known, verdict, dates, instance, first).public
