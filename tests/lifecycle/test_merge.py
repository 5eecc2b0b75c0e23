"""Who is whom among the parties of one decision's versions (DOMAIN.md 5, 16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gongshi.lifecycle.diff import changes, is_correction
from gongshi.lifecycle.merge import merge, same
from gongshi.records.decision import Decision

ID = "220702199001011234"
OTHER_ID = "220702199001015678"

CASES: dict[str, tuple[list[dict[str, str]], list[dict[str, str]], list[str]]] = {
    "the same name and type": ([{"n": "张大山"}], [{"n": "张 大山"}], ["张 大山"]),
    "the same code, another name": (
        [{"n": "旧名公司", "party_uscc": "91"}],
        [{"n": "新名公司", "party_uscc": "91"}],
        ["新名公司"],
    ),
    "the same identity number, another name": (
        [{"n": "张大山", "party_document_number": ID}],
        [{"n": "张大珊", "party_document_number": ID}],
        ["张大珊"],
    ),
    "one name, two identity numbers": (
        [{"n": "张伟", "party_document_number": ID}],
        [{"n": "张伟", "party_document_number": OTHER_ID}],
        ["张伟", "张伟"],
    ),
    "one name, a number that was missing": (
        [{"n": "张伟"}],
        [{"n": "张伟", "party_document_number": ID}],
        ["张伟"],
    ),
    "one name, another type": ([{"n": "兴隆", "party_type": "个体工商户"}], [{"n": "兴隆"}], ["兴隆", "兴隆"]),
    "two masked persons of one name stay two": (
        [{"n": "张某某"}, {"n": "张某某"}],
        [{"n": "张某某"}, {"n": "张某某"}],
        ["张某某", "张某某"],
    ),
    "the code is surer than the name": (
        [{"n": "甲公司", "party_uscc": "91"}, {"n": "乙公司", "party_uscc": "92"}],
        [{"n": "甲公司", "party_uscc": "92"}],
        ["甲公司", "甲公司"],
    ),
    "a replaced party": ([{"n": "甲"}, {"n": "乙"}], [{"n": "丙", "replaces_party": "甲"}], ["丙", "乙"]),
    "nothing in common": ([{"n": "甲"}], [{"n": "乙"}], ["甲", "乙"]),
}


@pytest.mark.parametrize("case", CASES)
def test_parties_meet(case: str, decision: Callable, party: Callable) -> None:
    stored, incoming, expected = CASES[case]

    def made(parties: list[dict[str, str]]) -> Decision:
        return decision(1, *(party(one["n"], **{k: v for k, v in one.items() if k != "n"}) for one in parties))

    merged = merge(made(stored), made(incoming))
    assert [one["party_name"] for one in merged.decision.parties] == expected


def test_merging_the_same_again_changes_nothing(decision: Callable) -> None:
    made = decision(1, "甲公司", "张大山")
    assert merge(made, made).decision == made


def test_a_value_in_which_the_parties_differ_becomes_each_one_s_own(decision: Callable) -> None:
    stored, incoming = decision(1, "甲公司", content="罚款1元"), decision(1, "乙公司", content="罚款2元")
    merged = merge(stored, incoming).decision
    assert merged.values["content"] is None
    assert [one["content"] for one in merged.parties] == ["罚款1元", "罚款2元"]
    back = merge(merged, decision(1, "甲公司", content="罚款2元")).decision
    assert back.values["content"] == "罚款2元"
    assert all("content" not in one for one in back.parties)


def test_the_decision_s_own_fields_are_the_new_version_s(decision: Callable) -> None:
    merged = merge(decision(1, remarks="旧", served_on="2026-03-01"), decision(1, remarks="新")).decision
    assert (merged.values["remarks"], merged.values["served_on"]) == ("新", None)


def test_a_difference_names_field_and_party(decision: Callable, party: Callable) -> None:
    before = decision(1, party("甲公司", fine="1"), party("乙公司", fine="2"))
    after = decision(1, party("甲公司", fine="1"), party("乙公司", fine="3"), served_on="2026-03-01")
    assert [(c.label, c.party, c.before, c.after) for c in changes(before, after)] == [
        ("送达日期", "", None, "2026-03-01"),
        ("罚款金额（元）", "乙公司", "2", "3"),
    ]


@pytest.mark.parametrize(("field", "differs"), [("remarks", False), ("withhold_reason", False), ("facts", True)])
def test_only_some_differences_are_the_public_s(field: str, differs: bool, decision: Callable) -> None:
    before, after = decision(1), decision(1, **{field: "另一个"})
    assert not same(before, after)
    assert is_correction(before, after) is differs


def test_undeclared_columns_do_not_count(decision: Callable) -> None:
    assert same(decision(1), replace(decision(1), kept={"序号": "1"}))
