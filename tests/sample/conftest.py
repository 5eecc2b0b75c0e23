"""The project's own instance, a small generated one, and the committed sample taken into a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongshi.instance import Instance, load
from gongshi.law.publishability import judge
from gongshi.lifecycle.submissions import TakenIn, take_in
from gongshi.records.decision import Decision
from gongshi.records.facts import decision_facts
from gongshi.sample.generate import PROJECT, Summary, generate
from gongshi.store import Store
from gongshi.store.queries import Approved, approved

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Judged:
    """One approved decision of the sample with the law's answer for TODAY."""

    decision: Decision
    standing: str
    reasons: tuple[str, ...]
    visible: tuple[int, ...]
    approved: Approved


@dataclass(frozen=True)
class Generated:
    """A generated instance and what its maker said about it."""

    root: Path
    summary: Summary


@pytest.fixture(scope="session")
def instance() -> Instance:
    """The project itself."""
    return load(PROJECT)


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the sample is looked at."""
    return TODAY


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """600 decisions, seed 7."""
    root = tmp_path_factory.mktemp("generated")
    return Generated(root, generate(600, 7, root, TODAY))


@pytest.fixture(scope="session")
def taken(instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, TakenIn]]:
    """The committed sample in a real store."""
    now = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    with Store.open(tmp_path_factory.mktemp("sample") / "store.db") as store:
        yield store, take_in(store, instance, today=TODAY, now=now)


@pytest.fixture(scope="session")
def judged(instance: Instance, taken: tuple[Store, TakenIn]) -> Mapping[str, list[Judged]]:
    """Every approved decision of the committed sample, judged, by the name of each of its parties."""
    found: dict[str, list[Judged]] = {}
    for one in approved(taken[0]):
        department = instance.departments[one.decision.department]
        facts = decision_facts(one.decision, department, earlier=one.earlier, first_published_on=None)
        verdict = judge(facts, instance.rules, instance.calendar, TODAY, instance.city)
        codes = tuple(reason.code for reason in verdict.reasons)
        case = Judged(one.decision, verdict.standing.value, codes, verdict.visible_parties, one)
        for party in one.decision.parties:
            found.setdefault(party["party_name"] or "", []).append(case)
    return found
