"""What an address asks, and the address of what is asked: each says the other, whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.query.errors import Refused
from gongshi.query.filters import FILTERS, OF_RECORDS, TYPES
from gongshi.query.question import DECISIONS, NAMES, SEARCH, Order, Question, lenient, parse
from gongshi.records.places import first_of, last_of

VALUES = {
    "kind": "penalty", "department": "112207000135491313", "region": "220702", "class": "ab12", "band": "5",
    "party": "o", "item": "0123456789abcdef", "law": "0123456789ab", "year": "2026", "state": "1", "from": "2026-03-02",
    "to": "2026-11-22",
}  # fmt: skip
"""A value of each that a search of decisions knows."""


def pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


narrowings = st.dictionaries(st.sampled_from(sorted(VALUES)), st.none()).map(lambda d: {n: VALUES[n] for n in d})


@given(
    words=st.sampled_from(["", "食品 罚款", "松市监罚〔2026〕15号", "a&b=c#d"]),
    type_=st.sampled_from(["", "decision"]),
    narrowed=narrowings,
    order=st.sampled_from([None, *Order]),
    page=st.integers(1, 500),
    base=st.sampled_from([SEARCH, DECISIONS, "/search.csv"]),
)
def test_an_address_says_the_whole_question_and_nothing_else(  # noqa: PLR0917
    words: str, type_: str, narrowed: dict[str, str], order: Order | None, page: int, base: str
) -> None:
    asked = {"q": words, "type": type_, **narrowed, "order": order or "", "page": str(page)}
    question = parse(((name, value) for name, value in asked.items() if value), base=base)
    address = question.address(base, page=page)
    again = parse(pairs(address), strict=True, base=base)
    assert replace(again, order=None) == replace(question, order=None)
    assert again.sorting is question.sorting
    assert again.address(base, page=page) == address
    said = [name for name, _ in pairs(address)]
    assert said == [name for name in NAMES if name in said], "in the order of the parameters, each once"


@pytest.mark.parametrize("type_", [name for name in TYPES if name not in ("", "decision")])
def test_of_other_things_only_what_means_something_is_said(type_: str) -> None:
    everything = {"q": "食品", "type": type_, **VALUES, "act": "行政处罚", "order": "amount"}
    said = dict(pairs(parse(everything.items()).address()))
    of_records = {"department": VALUES["department"], "act": "行政处罚"} if type_ in OF_RECORDS else {}
    assert said == {"q": "食品", "type": type_, **of_records}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in=records", "type=records"),
        ("in=records&kind=officer&q=2207", "q=2207&type=officer"),
        ("in=records&department=x&act=y", "type=records&department=x&act=y"),
        ("q=a&page=1&order=best", "q=a"),
        ("order=newest", ""),
        ("utm_source=x&kind=penalty", "kind=penalty"),
    ],
)
def test_an_older_address_is_understood_and_written_as_today(old: str, new: str) -> None:
    assert parse(parse_qsl(old)).address() == (f"{SEARCH}?{new}" if new else SEARCH).replace("&act=y", "&act=y")


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"type": "officers"}, "type"),
        ({"in": "records", "kind": "penalty"}, "kind"),
        ({"band": "7"}, "band"),
        ({"party": "x"}, "party"),
        ({"state": "2"}, "state"),
        ({"law": "' OR 1=1"}, "law"),
        ({"item": "0123"}, "item"),
        ({"year": "26"}, "year"),
        ({"from": "2026-02-30"}, "from"),
        ({"to": "昨天"}, "to"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "from"),
        ({"order": "oldest"}, "order"),
        ({"page": "0"}, "page"),
    ],
)
def test_what_can_not_be_asked_is_refused_and_the_rest_of_it_kept(asked: dict[str, str], parameter: str) -> None:
    whole = {"q": "食品", "region": "220702", **asked}
    with pytest.raises(Refused) as refused:
        parse(whole.items())
    assert refused.value.parameter == parameter
    assert refused.value.message
    kept = lenient(whole.items())
    assert (kept.q, kept.region if "in" not in asked else "220702") == ("食品", "220702")


def test_days_are_places() -> None:
    question = Question(since="2026-03-02", until="2026-03-03")
    low, high = question.range
    assert (low, high) == (first_of(date(2026, 3, 2)), last_of(date(2026, 3, 3)))
    assert first_of(date(2026, 3, 3)) == last_of(date(2026, 3, 2)) + 1
    assert Question().range[0] == 0


def test_words_are_answered_the_best_first_and_nothing_typed_the_newest() -> None:
    assert Question(q="食品").sorting is Order.BEST
    assert Question(kind="penalty").sorting is Order.NEWEST
    assert Question(kind="penalty", order=Order.BEST).sorting is Order.NEWEST
    assert parse([("q", "食品")], base=DECISIONS).sorting is Order.NEWEST, "programs that ask as they always did"


def test_every_filter_is_a_key_of_the_index_and_a_parameter() -> None:
    question = parse(VALUES.items())
    assert list(question.facets) == list(FILTERS)
    for name, value in question.facets.items():
        assert f'facet:"{name}={value}"' in question.match()
        assert f"{name}=" not in question.match(**{name: ""})
    assert 'facet:"no=2026:15"' in Question(number="2026:15").match()
