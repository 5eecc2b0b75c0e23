"""Every filter alone and with others finds what has its value, and every number beside it is what a click gives."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Any, NamedTuple, TypeVar

import pytest
from datasette.app import Datasette

from gongshi.publish.composing.public_decision import PublicDecision, seal
from gongshi.publish.database.public_db import write_full
from gongshi.query import facets, largest
from gongshi.query.database import Reading, follow
from gongshi.query.filters import FILTERS, TOGETHER, meant
from gongshi.query.known import items, known
from gongshi.query.metadata import SETTINGS
from gongshi.query.question import PAGE_SIZE, Order, Question, parse
from gongshi.query.search import places, search
from gongshi.query.tokens import normalise
from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER
from gongshi.records.places import first_of
from tests.query.conftest import DEPARTMENTS, INSTANCE, Decision

T = TypeVar("T")
Look = Callable[[Callable[[Reading], T]], T]
MANY = 150
FIRST = date(2026, 3, 2)
REGIONS = ("220700", "220702", "220721")
CLASSES = ("罚款", "警告、罚款", "没收违法所得、罚款", "其他-责令改正")
BASES = ("《中华人民共和国食品安全法》第一百二十四条", "《中华人民共和国行政处罚法》第九条、《食品安全法》第一条", "")
ITEMS = ("销售超过保质期的食品", "占道经营", "未按规定公示许可证")
PARTIES = (LEGAL_PERSON, SOLE_TRADER, NATURAL_PERSON)


def made(draw: random.Random, at: int) -> PublicDecision:
    """One decision that has something of each filter."""
    kind = draw.choice(("penalty", "penalty", "licence", "inspection"))
    day = FIRST + timedelta(days=draw.randrange(20))
    own = {
        "penalty": {"penalty_class": draw.choice(CLASSES), "violation_type": draw.choice(ITEMS)},
        "licence": {"certificate_name": draw.choice(ITEMS), "licence_state": "有效"},
        "inspection": {"item_name": draw.choice(ITEMS)},
    }[kind]
    plain = Decision(
        sort=first_of(day) + at,
        kind=kind,
        department=draw.choice(list(DEPARTMENTS)),
        decided_on=f"{draw.choice((2024, 2025, 2026))}-02-03",
        number=f"松示罚〔2026〕{at}号",
        party=f"松原{draw.choice('甲乙丙')}{draw.choice('丁戊')}商贸有限公司",
        own=own,
    ).public
    row = plain.row | {
        "first_published_on": day.isoformat(),
        "region": draw.choice(REGIONS),
        "legal_basis": draw.choice(BASES),
        "in_force": draw.choice((0, 1)) if kind == "licence" else None,
    }
    fine = draw.choice(("", "500", "20000", "150000.50")) if kind == "penalty" else ""
    party = {**plain.parties[0], "type": draw.choice(PARTIES), "fine": fine or None}
    return seal(row, plain.own, (party, *plain.parties[1:]), 1)


@pytest.fixture(scope="module")
def written() -> list[PublicDecision]:
    draw = random.Random(6)
    return sorted((made(draw, at) for at in range(MANY)), key=lambda one: one.sort)


@pytest.fixture(scope="module")
def all_of_them(written: list[PublicDecision]) -> list[Told]:
    return [Told.of(one) for one in written]


@pytest.fixture(scope="module")
def look(written: list[PublicDecision], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look[Any]]:
    path = tmp_path_factory.mktemp("filters") / "public.db"
    write_full(path, INSTANCE, written, "0" * 64)
    with asyncio.Runner() as runner:
        datasette = Datasette([str(path)], settings=dict(SETTINGS))

        async def ask(read: Callable[[Reading], Any]) -> Any:
            return await follow(datasette).look(read)

        yield lambda read: runner.run(ask(read))


class Told(NamedTuple):
    """What a decision is found by, worked out once."""

    sort: int
    day: str
    amount: int
    keys: frozenset[tuple[str, str]]
    text: str

    @classmethod
    def of(cls, one: PublicDecision) -> Told:
        text = "\n".join(map(normalise, one.search().values()))
        keyed = one.keyed()
        return cls(one.sort, one.row["first_published_on"], keyed.amount, frozenset(keyed.pairs()), text)


def expected(decisions: Sequence[Told], question: Question) -> list[int]:
    """By the decisions' own keys and texts, without any index; the newest first."""
    words, since, until = question.words, question.since, question.until
    keys = [{(name, one) for one in meant(name, value)} for name, value in question.facets.items()]
    return [
        one.sort
        for one in reversed(decisions)
        if all(one.keys & any_of for any_of in keys)
        and all(word in one.text for word in words)
        and since <= one.day <= (until or "9")
    ]


def asked(decisions: Sequence[Told]) -> Iterator[Question]:
    """Each filter alone and two by two, with words, with days, with both; values are those of a decision."""
    draw = random.Random(7)
    for names in [(name,) for name in FILTERS] + list(combinations(FILTERS, 2)):
        keys = dict(sorted(draw.choice(decisions).keys))
        narrowed = {name: keys[name] for name in names if name in keys}
        more = draw.choice(
            ({}, {}, {"q": "商贸"}, {"q": "甲"}, {"from": "2026-03-05"}, {"to": "2026-03-09", "q": "罚"})
        )
        yield parse((narrowed | more).items())
    yield from (
        parse([("band", value), *more])
        for value in TOGETHER["band"]
        for more in ([], [("q", "商贸"), ("from", "2026-03-05")])
    )
    yield from (parse(pairs) for pairs in ([], [("q", "商贸")], [("from", "2026-03-10")], [("q", "无此词")]))


def test_each_filter_alone_and_two_by_two_finds_what_has_it(look: Look[Any], all_of_them: list[Told]) -> None:
    found_something = 0
    for question in asked(all_of_them):
        wanted = expected(all_of_them, question)
        by_day = parse([*_pairs(question), ("order", "newest")])
        answer = look(lambda db, q=by_day: search(db, q))
        assert answer.total == facets.Count(len(wanted)), question
        assert [item.row["sort"] for item in answer.items] == wanted[:PAGE_SIZE], question
        assert look(lambda db, q=by_day: places(db, q)) == wanted
        assert sorted(look(lambda db, q=question: places(db, q))) == sorted(wanted), "in another order, the same"
        found_something += bool(wanted)
    assert found_something > 40


@pytest.mark.parametrize("bound", [1_000, 40, 5])
def test_every_number_is_what_a_click_gives(
    look: Look[Any], all_of_them: list[Told], bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "COUNT_BOUND", bound)
    numbers = 0
    for question in islice(asked(all_of_them), 0, None, 1 if bound == 1_000 else 3):
        answer = look(lambda db, q=question: search(db, q))
        wanted = len(expected(all_of_them, question))
        assert answer.total == facets.Count(wanted) or answer.total == facets.Count(bound, exact=False), question
        for name, choices in answer.facets.items():
            for choice in choices:
                if choice.count is not None:
                    clicked = parse([*_pairs(question.without(name)), (name, choice.value)])
                    assert choice.count == facets.Count(len(expected(all_of_them, clicked))), (question, name, choice)
                    numbers += 1
    assert numbers > 100


def test_what_has_a_value_is_offered_with_its_label(look: Look[Any], all_of_them: list[Told]) -> None:
    answer = look(lambda db: search(db, Question()))
    for name, choices in answer.facets.items():
        there = {value for one in all_of_them for key, value in one.keys if key == name}
        assert {choice.value for choice in choices} - set(TOGETHER.get(name, ())) == there, name
        assert all(choice.label and choice.label != choice.value for choice in choices), name


def test_ways_of_counting_agree(look: Look[Any], all_of_them: list[Told]) -> None:
    for question in asked(all_of_them):
        kept = look(lambda db, q=question: facets.tally(db, q, known(db)))
        _, counted = look(lambda db, q=question: facets.hits(db, q, 0, 0))
        assert kept.total == counted.total, question
        for name in FILTERS:
            assert {v: n for v, n in kept.by(name)[0].items() if n} == counted.by(name)[0], (question, name)


def test_the_largest_amounts_come_first(look: Look[Any], all_of_them: list[Told]) -> None:
    amounts = {one.sort: one.amount for one in all_of_them}
    for question in (Question(order=Order.AMOUNT), Question(q="商贸", kind="penalty", order=Order.AMOUNT)):
        found = look(lambda db, q=question: places(db, q))
        assert found == sorted(expected(all_of_them, question), key=lambda place: (-amounts[place], -place))


@pytest.mark.parametrize(("compared", "is_exact"), [(10_000, True), (3, False)])
def test_amounts_are_compared_within_a_band_and_where_not_all_were_the_answer_says_so(
    look: Look[Any], all_of_them: list[Told], monkeypatch: pytest.MonkeyPatch, compared: int, is_exact: bool
) -> None:
    monkeypatch.setattr(largest, "COMPARED", compared)
    amounts = {one.sort: one.amount for one in all_of_them}
    pages = [look(lambda db, n=n: search(db, Question(order=Order.AMOUNT, page=n))) for n in (1, 2)]
    found = [item.row["sort"] for page in pages for item in page.items]
    right = sorted(expected(all_of_them, Question()), key=lambda place: (-amounts[place], -place))
    assert (found == right[: len(found)]) is is_exact
    assert [page.compared for page in pages] == [is_exact, is_exact]
    assert len(set(found)) == len(found) == 40
    none = look(lambda db: search(db, Question(order=Order.AMOUNT, band="0")))
    assert none.compared, "what has no amount is equal, however many there are"


def test_an_item_or_a_law_that_is_gone_finds_nothing(look: Look[Any]) -> None:
    for question in (Question(law="0" * 12), Question(item="0" * 16), Question(q="商贸", law="0" * 12)):
        answer = look(lambda db, q=question: search(db, q))
        assert answer.total == facets.Count(0)
        assert answer.items == ()


def _pairs(question: Question) -> list[tuple[str, str]]:
    return [("q", question.q), *question.narrowing.items()]


def test_items_of_one_name_are_told_apart_by_their_departments() -> None:
    acts = [
        {"id": "1", "name": "2207-01", "title": "对超期的处罚", "department": "甲局"},
        {"id": "2", "name": "2207-02", "title": "对超期的处罚", "department": "乙局"},
        {"id": "3", "name": "2207-03", "title": "对占道的处罚", "department": "乙局"},
        {"id": "4", "name": "占道经营", "title": None, "department": None},
        {"id": "5", "name": "超限运输", "title": None, "department": None},
    ]
    named = ["对超期的处罚（甲局）", "对超期的处罚（乙局）", "对占道的处罚", "占道经营", "超限运输"]
    assert list(dict(items(acts)).values()) == named
