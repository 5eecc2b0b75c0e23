"""How many hits each department, kind and year would leave: counts that match what a click gives.

Every count is a MATCH of its own inside the index, stopped at BOUND, so a facet of a word that a
million rows have costs no more than one of a rare word.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from datasette.database import Database

from gongshi.query import tokens
from gongshi.query.database import Row, rows
from gongshi.query.question import FACETS, Question

BOUND = 1_000
"""Hits of one facet value that are counted; past it a page says 超过."""
LIMIT_MS = 500
YEARS = 40
"""How many years back the year facet looks."""

_COUNTS = """
SELECT asked.key AS place, (
  SELECT count(*) FROM (SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH asked.value LIMIT :bound)
) AS hits FROM json_each(:matches) AS asked
"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of hits; not `exact` where counting stopped at the bound."""

    value: int
    exact: bool = True

    @classmethod
    def of(cls, found: int, bound: int) -> Count:
        """What was found by a count that stops at bound + 1."""
        return cls(min(found, bound), found <= bound)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a reader can choose it."""

    value: str
    label: str
    count: Count | None
    """None where counting took too long, and for the chosen value of a search without hits."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What there is to narrow a search by: labels by value, in the order of the pages."""

    kind: dict[str, str]
    department: dict[str, str]
    year: dict[str, str]

    def of(self, facet: str) -> dict[str, str]:
        """Labels by value of one facet."""
        labels: dict[str, str] = getattr(self, facet)
        return labels


async def vocabulary(db: Database) -> Vocabulary:
    """The kinds, departments and years of the public database."""
    kinds = await rows(db, "SELECT name AS value, label FROM kinds ORDER BY position")
    departments = await rows(db, "SELECT key AS value, name AS label FROM departments ORDER BY region, name")
    return Vocabulary(_labels(kinds), _labels(departments), {year: f"{year} 年" for year in await _years(db)})


async def _years(db: Database) -> list[str]:
    """The years that have decisions, the newest first."""
    newest = await rows(db, "SELECT max(first_published_on) AS day FROM decisions")
    last = int((newest[0]["day"] or "0000")[:4])
    years = [f"{year:04}" for year in range(last, max(last - YEARS, 0), -1)]
    matches = [tokens.match_expression("", {"year": year}) for year in years]
    counted = await rows(db, _COUNTS, {"matches": orjson.dumps(matches).decode(), "bound": 1})
    return [years[row["place"]] for row in counted if row["hits"]]


def _labels(found: list[Row]) -> dict[str, str]:
    return {row["value"]: row["label"] for row in found}


async def choices(db: Database, question: Question, known: Vocabulary) -> dict[str, tuple[Choice, ...]]:
    """For each facet its values with their counts, those without hits left out (the chosen one stays).

    Raises TooSlow.
    """
    asked = [(facet, value) for facet in FACETS for value in known.of(facet)]
    matches = [question.match(**{facet: value}) for facet, value in asked]
    parameters = {"matches": orjson.dumps(matches).decode(), "bound": BOUND + 1}
    counted = await rows(db, _COUNTS, parameters, limit_ms=LIMIT_MS)
    hits = {asked[row["place"]]: row["hits"] for row in counted}
    return {facet: _ordered(facet, question, known, hits) for facet in FACETS}


def uncounted(known: Vocabulary) -> dict[str, tuple[Choice, ...]]:
    """The values alone, where counting took too long."""
    return {facet: tuple(Choice(value, label, None) for value, label in known.of(facet).items()) for facet in FACETS}


def _ordered(facet: str, question: Question, known: Vocabulary, hits: dict[tuple[str, str], int]) -> tuple[Choice, ...]:
    """In the vocabulary's order; departments with the most hits first."""
    found = [
        Choice(value, label, Count.of(hits[facet, value], BOUND))
        for value, label in known.of(facet).items()
        if hits[facet, value] or question.facets.get(facet) == value
    ]
    if facet == "department":
        found.sort(key=lambda choice: -hits[facet, choice.value])
    return tuple(found)
