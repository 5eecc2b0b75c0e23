"""What crosses from a declared record to the law: dates and types, never a name or a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongshi.law.facts import PartyFacts
from gongshi.records.decision import Decision
from gongshi.records.department import DatedName, Department
from gongshi.records.facts import decision_facts

DEPARTMENT = Department(
    key="112207000135491313",
    names=(DatedName("示例局", date(2019, 1, 1)),),
    region="220700",
    sector="市场监管",
    channel_address="",
    channel_postcode="",
    channel_phone="",
    channel_email="",
    channel_procedure="",
)


def decision(
    kind: str = "penalty", parties: tuple[dict[str, str | None], ...] = ({},), **values: str | None
) -> Decision:
    return Decision(
        kind=kind,
        department=DEPARTMENT.key,
        key=f"{DEPARTMENT.key}/{kind}/示例",
        values={"decided_on": "2026-03-02", **values},
        parties=parties,
        kept={},
    )


def facts(made: Decision, **given: Any) -> Any:
    return decision_facts(made, DEPARTMENT, **{"earlier": False, "first_published_on": None, **given})


def test_dates_flags_and_the_departments_sector_cross_over() -> None:
    found = facts(
        decision(
            formed_on="2026-03-05",
            changed_on="2026-04-01",
            valid_until="2028-01-01",
            publish_until="2027-01-01",
            secrecy_checked="0",
            withhold_ground="妨害执法",
            legal_basis="《食品安全法》",
        )
    )
    assert (found.event_on, found.formed_on, found.changed_on) == (
        date(2026, 3, 2),
        date(2026, 3, 5),
        date(2026, 4, 1),
    )
    assert (found.valid_until, found.publish_until) == (date(2028, 1, 1), date(2027, 1, 1))
    assert (found.secrecy_checked, found.withhold_ground, found.sector) == (False, "妨害执法", "市场监管")
    assert found.legal_basis == ("《食品安全法》",)


def test_what_only_some_rules_ask_crosses_over() -> None:
    found = facts(
        decision(
            parties=({"fine": "3000.00"}, {"fine": "20000"}, {}),
            procedure="简易程序",
            severity="一般",
            social_effect="0",
        )
    )
    assert (found.procedure, found.severity, found.social_effect) == ("简易程序", "一般", False)
    assert found.fine == Decimal(20000)


def test_what_a_sheet_does_not_say_stays_unsaid() -> None:
    found = facts(decision())
    assert (found.procedure, found.severity, found.social_effect, found.fine) == ("", "", None, None)


@pytest.mark.article("D27")
def test_a_random_inspection_counts_from_its_end() -> None:
    made = decision("random_inspection", decided_on=None, ended_on="2026-03-09", handled_on="2026-03-20")
    found = facts(made)
    assert (found.event_on, found.handled_on) == (date(2026, 3, 9), date(2026, 3, 20))


def test_a_decision_without_its_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="decided_on"):
        facts(decision(decided_on=None))


def test_classes_and_bases_of_all_parties_are_seen() -> None:
    made = decision(
        parties=(
            {"penalty_class": "警告", "legal_basis": "《食品安全法》"},
            {"penalty_class": "罚款、警告", "legal_basis": "《治安管理处罚法》"},
        )
    )
    found = facts(made)
    assert found.penalty_classes == ("警告", "罚款")
    assert found.legal_basis == ("《食品安全法》", "《治安管理处罚法》")


@pytest.mark.parametrize(
    ("outcomes", "seen"),
    [(("正常", "正常"), "正常"), (("正常", "发现问题"), "发现问题"), ((None, None), "")],
)
def test_one_partys_problem_makes_the_inspection_one_with_a_problem(
    outcomes: tuple[str | None, ...], seen: str
) -> None:
    parties = tuple({"outcome": outcome} for outcome in outcomes)
    assert facts(decision("random_inspection", parties, ended_on="2026-03-09")).outcome == seen


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ({"party_document": "身份证", "party_document_number": "220702199001011234"}, {"born_on": date(1990, 1, 1)}),
        ({"party_document_number": "220702199001011234"}, {"born_on": date(1990, 1, 1)}),
        ({"party_document": "护照号", "party_document_number": "220702199001011234"}, {}),
        ({"party_document_number": "E12345678"}, {}),
        ({"party_adult_when_decided": "1", "party_adult_when_acted": "0"}, {"decided": True, "acted": False}),
        ({}, {}),
    ],
)
def test_age_comes_from_the_identity_number_or_the_ticks(party: dict[str, str], expected: dict[str, Any]) -> None:
    found = facts(decision(parties=({"party_type": "自然人", **party},))).parties
    assert found == (
        PartyFacts(
            type="自然人",
            born_on=expected.get("born_on"),
            adult_when_decided=expected.get("decided"),
            adult_when_acted=expected.get("acted"),
        ),
    )


@pytest.mark.parametrize(
    ("earlier", "stored", "first"),
    [
        (True, None, date(2021, 5, 6)),
        (False, None, None),
        (True, date(2021, 5, 1), date(2021, 5, 1)),
        (False, date(2026, 3, 9), date(2026, 3, 9)),
    ],
)
def test_the_old_platforms_date_counts_only_for_a_backfill(
    earlier: bool, stored: date | None, first: date | None
) -> None:
    made = decision(earlier_published_on="2021-05-06")
    assert facts(made, earlier=earlier, first_published_on=stored).first_published_on == first


def test_no_name_or_number_crosses_over() -> None:
    party = {"party_name": "周秘密", "party_document_number": "220702199001011234", "party_type": "自然人"}
    assert "周秘密" not in repr(facts(decision(parties=(party,))))
    assert "220702" not in repr(facts(decision(parties=(party,))).parties)
