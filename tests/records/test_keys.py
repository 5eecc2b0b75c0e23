"""What a decision is filtered and counted by: worked out from public rows, and frozen.

`python tests/records/test_keys.py > tests/records/keys.json` writes the frozen results anew, after KEYS_VERSION was
raised.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.law.document_number import match_key
from gongshi.records import DECISION_KINDS
from gongshi.records.keys import (
    BANDS,
    KEYS_VERSION,
    OTHER,
    PARTIES,
    Keys,
    class_mark,
    ends_on,
    in_force,
    keys_of,
    organisations_of,
)
from gongshi.records.licence import LICENCE_STATES
from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, PARTY_TYPES, SOLE_TRADER
from gongshi.records.penalty import PENALTY_CLASSES
from gongshi.records.registry.key import item_mark

FROZEN = Path(__file__).with_name("keys.json")
USCC = "91220700MA0000000X"
BASIS = "《中华人民共和国食品安全法》第一百二十六条；《食品经营许可和备案管理办法》第四条"


def party(type: str = LEGAL_PERSON, **values: Any) -> dict[str, Any]:
    own = json.dumps(values.pop("own", {}), ensure_ascii=False)
    row = {"name": "甲", "uscc": None, "fine": None, "confiscated": None, "amount": None}
    return row | {"type": type, "own": own} | values


def keys(kind: str = "penalty", parties: Any = None, **values: Any) -> Keys:
    """The keys of a decision; `values` are columns of `decisions` or of its kind's own table."""
    own = {field.name: None for field in DECISION_KINDS[kind].own_public_fields}
    row = {"kind": kind, "department": "11220700MB99000134", "region": "220700", "decided_on": "2026-03-02"}
    row |= {"document_number": "松市监罚〔2026〕15号", "legal_basis": None, "in_force": None}
    row |= {"item_code": None, "item": None}
    own |= {name: values.pop(name) for name in list(values) if name in own}
    return keys_of(row | values, own, [party()] if parties is None else parties)


def varied() -> Iterator[Keys]:
    """Decisions of every kind, of which something else differs each time."""
    bases = (None, BASIS, "《行政许可法》第三十八条\n《中华人民共和国行政许可法（2019修正）》")
    parties = (
        [party(fine="5000")],
        [party(NATURAL_PERSON, fine="200.50", confiscated="0.5"), party(SOLE_TRADER, fine="99999.99")],
        [party(amount="1000000", own={"content": "别的"}), party(own={"penalty_class": "警告、其他-责令具结悔过"})],
    )
    numbers = ("松市监罚〔2026〕15号", "松市监许[2025]第0003号", "无字号")
    for (at, kind), basis, some in product(enumerate(DECISION_KINDS), bases, parties):
        subject = {"penalty": "violation_type", "licence": "certificate_name"}.get(kind, "item_name")
        more = {subject: f"食品经营许可 (第{at}类)"} if subject in _own(kind) else {}
        if kind == "penalty":
            more["penalty_class"] = "罚款、没收违法所得"
        in_effect = (0, 1)[at % 2] if kind == "licence" else None
        number = numbers[(at + len(some)) % len(numbers)]
        if basis is None and at % 3 == 0:
            more |= {"item_code": "2207-cf-００1", "item": item_mark("11220700MB99000134", "2207-CF-001")}
        yield keys(kind, some, legal_basis=basis, document_number=number, in_force=in_effect, **more)


def _own(kind: str) -> set[str]:
    return {field.name for field in DECISION_KINDS[kind].own_public_fields}


def frozen() -> dict[str, Any]:
    made = [[*one, one.cell, list(one.pairs())] for one in varied()]
    return {"version": KEYS_VERSION, "keys": json.loads(json.dumps(made))}


def test_keys_are_frozen_with_their_version() -> None:
    """Other keys than were written leave ghosts when they are erased: raise KEYS_VERSION, then write keys.json anew."""
    assert len(frozen()["keys"]) >= 60
    assert frozen() == json.loads(FROZEN.read_text("utf-8"))


def test_a_decision_in_several_ways() -> None:
    found = keys(
        parties=[party(fine="5000", confiscated="120.5"), party(NATURAL_PERSON, fine="300")],
        violation_type=" 经营超过保质期的食品 ",
        penalty_class="罚款、没收违法所得",
        legal_basis=BASIS,
    )
    assert (found.amount, found.band, found.party) == (542_050, "2", ("n", "o"))
    assert set(found.classes) == {class_mark("罚款"), class_mark("没收违法所得")}
    assert found.item_name == "经营超过保质期的食品" and len(found.item) == 16
    assert [name for _, name in found.laws] == ["食品安全法", "食品经营许可和备案管理办法"]
    assert (found.number, found.year, found.state) == ("2026:15", "2026", "")


def test_the_item_it_names_is_what_it_is_about_however_the_code_was_typed() -> None:
    mark = item_mark("11220700MB99000134", "2207-CF-001")
    ways = [
        keys(item_code=code, item=mark, violation_type=text)
        for code, text in (("2207-CF-001", "甲"), (" 2207－cf－001", None))
    ]
    assert {(one.item, one.item_name) for one in ways} == {(mark, "2207-CF-001")}


def test_where_parties_differ_each_ones_own_counts() -> None:
    others = [
        party(own={"penalty_class": "警告"}),
        party(own={"penalty_class": "罚款", "legal_basis": "《药品管理法》"}),
    ]
    found = keys(parties=others)
    assert set(found.classes) == {class_mark("警告"), class_mark("罚款")}
    assert [name for _, name in found.laws] == ["药品管理法"]


def test_what_is_held_back_gives_no_key() -> None:
    """A held field is in no row, neither in the decision's nor in a party's."""
    found = keys(held_fields='["violation_type", "penalty_class", "legal_basis"]')
    assert (found.classes, found.item, found.item_name, found.laws) == ((), "", "", ())
    assert {name for name, _ in found.pairs()} == {"kind", "department", "region", "year", "band", "party", "no"}


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("松市监罚〔2026〕15号", "2026:15"),
        ("松市监罚〔2026〕0015号", "2026:15"),
        ("松市监罚[2026]第15号", "2026:15"),
        ("松市监罚（2026）15 号", "2026:15"),
        ("松市监罚〔2026〕15", "2026:15"),
        ("松市监罚〔2026〕0号", "2026:0"),
        ("松市监罚〔2026〕15-1号", ""),
        ("松市监罚〔26〕15号", ""),
        ("15号", ""),
        (None, ""),
    ],
)
def test_the_number_is_known_by_year_and_serial(number: str | None, found: str) -> None:
    assert keys(document_number=number).number == found


@given(st.text(st.sampled_from("〔〕[]第0123号 松２"), max_size=14))
def test_a_number_is_found_by_either_way(text: str) -> None:
    """The quick way for nearly every number, the form in which numbers are matched for the others."""
    plain = match_key(text)
    assert keys(document_number=text).number == keys(document_number=plain).number


@pytest.mark.parametrize("at", range(len(BANDS)))
def test_a_band_begins_with_its_least_amount(at: int) -> None:
    least = BANDS[at].least
    assert keys(parties=[party(fine=str(least))]).band == BANDS[at].value
    if at:
        assert keys(parties=[party(fine=str(least - Decimal("0.01")))]).band == BANDS[at - 1].value


@pytest.mark.parametrize("text", ["", "五千", "5000元"])
def test_what_is_no_amount_in_a_damaged_file_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="an amount is no number") if text else nullcontext():
        assert keys(parties=[party(fine=text)]).amount == 0


def test_classes_and_parties_have_marks_of_their_own() -> None:
    assert len({class_mark(name) for name in PENALTY_CLASSES}) == len(PENALTY_CLASSES)
    assert class_mark("其他-责令具结悔过") == class_mark(OTHER)
    assert set(PARTIES) == set(PARTY_TYPES)


def test_a_long_text_is_no_subject() -> None:
    assert keys(violation_type="长" * 100).item_name == "长" * 100
    assert keys(violation_type="长" * 101).item == keys(violation_type="长" * 101).item_name == ""


def test_only_legal_persons_with_a_code_are_organisations() -> None:
    others = [party(uscc=USCC, name="甲公司"), party(), party(SOLE_TRADER, uscc=USCC), party(NATURAL_PERSON, uscc=USCC)]
    assert list(organisations_of(others)) == [(USCC, "甲公司")]


@pytest.mark.parametrize("state", [None, *LICENCE_STATES])
@pytest.mark.parametrize(("until", "over"), [(None, 0), ("2099-12-31", 0), ("2026-03-02", 0), ("2026-03-01", 1)])
def test_a_licence_is_in_force_until_its_end_or_its_state(state: str | None, until: str | None, over: int) -> None:
    own, today = {"licence_state": state, "valid_until": until}, dt.date(2026, 3, 2)
    ended = state in ("注销", "吊销", "撤销", "撤回", "到期") or over
    assert in_force("licence", own, today) == (0 if ended else 1)
    assert in_force("penalty", {}, today) is None
    assert ends_on(own) == (None if until in (None, "2099-12-31") else dt.date.fromisoformat(until or ""))


if __name__ == "__main__":
    now = frozen()
    lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in now["keys"])
    print(f'{{"version": "{now["version"]}", "keys": [\n{lines}\n]}}')
