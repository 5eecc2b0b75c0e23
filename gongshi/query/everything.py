"""One search over everything: what the words name, decisions, registers and lists, departments, laws, notices, pages.

Three things are asked: the index of decisions, that of records, and what is small enough to be looked through. What was
typed is first taken as it stands, then as it may have been meant (understanding.py); where nothing was found at all,
the answer says what to try instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from gongshi.query import facets, things
from gongshi.query.database import Reading
from gongshi.query.errors import TooSlow
from gongshi.query.facets import Count
from gongshi.query.filters import DECISION, FILTERS, OF_DECISIONS, OF_RECORDS, RECORDS, TYPES
from gongshi.query.known import known as decisions_known
from gongshi.query.near import Near, near
from gongshi.query.question import DAYS, Question
from gongshi.query.registered.items import OFFICER, RecordItem, load
from gongshi.query.registered.known import known
from gongshi.query.registered.question import RecordQuestion
from gongshi.query.registered.search import RecordAnswer, scored, search_records
from gongshi.query.search import Answer, search
from gongshi.query.understanding import Understood, understood
from gongshi.query.vocabulary import names

OTHERS = 5
"""So many other things are shown beside the decisions."""
LOOKED_THROUGH = 20
"""Records of which these are chosen, each name once."""
TELLING = 10
"""What has the words in its text alone scores less, and stands below the decisions."""
SUBJECT = "subject"
"""The record that says of a department what the department's own page says."""
_CHANNEL = "SELECT name, channel_phone FROM departments WHERE key = ?"
AMONG = 300
"""The newest records among which the most telling are looked for."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One sort of things, and how many of it have the words; None where nobody counted."""

    type: str
    label: str
    question: Question
    count: Count | None
    is_current: bool


class Channel(NamedTuple):
    """How a department is reached."""

    department: str
    phone: str


class Other(NamedTuple):
    """What is no decision but was found by the same words, with how much the words tell of it."""

    score: float
    found: RecordItem | things.Hit
    elsewhere: bool = False
    """Whether other departments have one of the same name."""


@dataclass(frozen=True, slots=True)
class Try:
    """Another question that finds something, and why it is another."""

    why: str
    question: Question
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was found. `question` is what was typed and stays in every address, `understood` what was looked
    for in its place. Of `decisions`, `records` and `things` that one is there whose type was asked for;
    `others` stand above the decisions of a search that nothing narrows. `tries` are there where nothing was found."""

    question: Question
    understood: Understood
    decisions: Answer | None = None
    records: RecordAnswer | None = None
    things: tuple[things.Hit, ...] = ()
    others: tuple[Other, ...] = ()
    tabs: tuple[Tab, ...] = ()
    near: tuple[Near, ...] = ()
    """What may have been meant where no decision was found; where one is surely meant, `decisions` are its."""
    tries: tuple[Try, ...] = ()
    whom: Channel | None = None
    """Where to ask, where nothing of one department was found."""

    @property
    def addressed(self) -> Question:
        """The question of every address that goes on from here: what was typed, or what was shown in its place because
        it was nearly so."""
        return self.decisions.question if self.near and self.decisions and self.decisions.items else self.question

    @property
    def total(self) -> Count | None:
        """How many there are of what was asked for; None where counting took too long."""
        if self.decisions:
            return self.decisions.total
        return self.records.total if self.records else Count(len(self.things))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What beside decisions has the words: things, the best first; records by place, the best first with their scores,
    and how many there are."""

    things: Sequence[tuple[float, things.Thing]]
    records: dict[int, float]
    count: Count


def everything(db: Reading, question: Question) -> Found:
    """Answer a question. Raises UnknownValue for what there is not, TooSlow, Unavailable."""
    meant = understood(db, question)
    bare = Question(q=meant.question.q, number=meant.question.number)
    beside = _beside(db, bare)
    found = _found(db, question, meant, beside)
    tabs = tuple(_tabs(db, found, bare, beside))
    found = replace(found, tabs=tabs)
    return found if found.total != Count(0) else _otherwise(db, found)


def _otherwise(db: Reading, found: Found) -> Found:
    """The same where nothing was found, with what to try instead."""
    if found.decisions or found.records:
        found = replace(found, near=close_to(db, found.understood))
        if nearly := surely(found.near):
            return replace(found, decisions=search(db, replace(nearly, page=found.question.page)))
    return replace(found, tries=tuple(_tries(db, found)), whom=_whom(db, found.question.department))


def _whom(db: Reading, department: str) -> Channel | None:
    rows = db.rows(_CHANNEL, [department]) if department else []
    return Channel(rows[0]["name"], rows[0]["channel_phone"]) if rows and rows[0]["channel_phone"] else None


def close_to(db: Reading, meant: Understood) -> tuple[Near, ...]:
    """What is nearly what was understood, where that finds nothing."""
    taken = meant.question
    return near(db, taken, names) if taken.words and not taken.number and not meant.direct else ()


def surely(close: Sequence[Near]) -> Question | None:
    """What is shown without asking: the only one, where it is one character away and surely no other's name."""
    return close[0].question if len(close) == 1 and close[0].sure and close[0].distance == 1 else None


def _beside(db: Reading, bare: Question) -> _Beside:
    if bare.number:
        return _Beside((), {}, Count(0))
    if not bare.words:
        everything_there_is = [(0.0, thing) for type_ in things.TYPES for thing in things.listed(db, type_)]
        return _Beside(everything_there_is, {}, Count(sum(known(db).cells.values())))
    ranked, found = scored(db, RecordQuestion(q=bare.q), AMONG, SUBJECT)
    return _Beside(things.ranked(db, bare.words), ranked, found.total)


def _found(db: Reading, typed: Question, meant: Understood, beside: _Beside) -> Found:
    question = meant.question
    if question.type in OF_RECORDS:
        records = search_records(db, RecordQuestion.of(question))
        return Found(question=typed, understood=meant, records=records)
    if question.type not in OF_DECISIONS:
        return Found(question=typed, understood=meant, things=tuple(_things(question, beside)))
    answer = search(db, question)
    bare = bool(question.words) and not (question.type or question.is_narrowed or question.page > 1)
    others = _others(db, question, beside) if bare else ()
    return Found(question=typed, understood=meant, decisions=answer, others=others)


def _things(question: Question, beside: _Beside) -> Iterator[things.Hit]:
    for score, thing in beside.things:
        if thing.type == question.type:
            yield things.hit(thing, score, question.words)


def _others(db: Reading, question: Question, beside: _Beside) -> tuple[Other, ...]:
    """The most telling of what is no decision."""
    words = question.words
    best = dict(islice(beside.records.items(), LOOKED_THROUGH))
    items = load(db, list(best), words)
    ranked = [Other(score, things.hit(thing, score, words)) for score, thing in beside.things[:OTHERS]]
    ranked += [Other(score, item) for score, item in zip(best.values(), items, strict=True)]
    each = _each_name_once(sorted(ranked, key=lambda other: -other.score))
    return tuple(islice(each, OTHERS))


def _each_name_once(ranked: Sequence[Other]) -> Iterator[Other]:
    """The first of those of one kind and name, which several departments may have; of persons everyone."""
    departments: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: list[tuple[Other, tuple[str, str]]] = []
    for other in ranked:
        found = other.found
        if isinstance(found, things.Hit) or found.record.kind == OFFICER:
            first.append((other, ("", "")))
            continue
        name = found.record.kind, found.record.title
        if name not in departments:
            first.append((other, name))
        departments[name].add(found.record.department)
    for other, name in first:
        yield other._replace(elsewhere=len(departments.get(name, ())) > 1)


def _tabs(db: Reading, found: Found, bare: Question, beside: _Beside) -> Iterator[Tab]:
    """The sorts of things that have the words, whatever else was asked for."""
    answer, asked = found.decisions, found.question
    kinds = Counter(thing.type for _, thing in beside.things)
    counts = {
        "": None,
        DECISION: answer.total if answer and not asked.is_narrowed else _count(db, bare),
        RECORDS: beside.count,
        **{type_: Count(kinds[type_]) for type_ in things.TYPES},
    }
    current = RECORDS if asked.type in OF_RECORDS else asked.type
    if not any(count is None or count.value for type_, count in counts.items() if type_):
        return
    for type_, count in counts.items():
        if count != Count(0) or type_ == current:
            yield Tab(type_, TYPES[type_], Question(q=asked.q, type=type_), count, type_ == current)


def _tries(db: Reading, found: Found) -> Iterator[Try]:
    """What finds something: fewer conditions, or one word of several."""
    typed, taken = found.question, found.understood.question
    for name in typed.narrowing:
        label = FILTERS[name].label if name in FILTERS else DAYS[name]
        yield from _if_any(db, f"不限“{label}”", typed.without(name), taken.without(name))
    for word in taken.words if len(taken.words) > 1 else ():
        alone = Question(q=word)
        yield from _if_any(db, f"只查“{word}”", alone, alone)


def _if_any(db: Reading, why: str, typed: Question, taken: Question) -> Iterator[Try]:
    count = _count(db, taken)
    if count and count.value:
        yield Try(why, typed, count)


def _count(db: Reading, question: Question) -> Count | None:
    """How many decisions there are; None where counting takes too long."""
    try:
        return facets.tally(db, question, decisions_known(db)).total
    except TooSlow:
        return None
