"""Which records of registers are public on a day, and what the public has of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongshi.store import verify


def days(registers: Any, *days: str) -> list[tuple[str, ...]]:
    """What is public on each of these days, title and standing."""
    found = []
    for day in days:
        registers.today = date.fromisoformat(day)
        found.append(tuple(f"{one.row['title']} {one.row['standing']}" for one in registers.shown()))
    return found


def test_an_officer_becomes_public_with_what_d7_asks_for_and_nothing_else(registers: Any) -> None:
    (record,) = registers.send(registers.record("officer", remarks="内部备注不公示的内容", state_on="2026-02-03"))
    prepared = registers.prepare()
    (public,) = prepared.rows
    assert prepared.refused == [] and public.id == record
    assert public.row["title"] == "示例员" and public.row["number"] == "22070100001"
    assert (public.row["validity"], public.row["valid_to"]) == ("valid", "2028-06-30")
    assert set(public.content) == {
        *("name", "certificate_number", "department_name", "body", "acts", "area", "issuer", "valid_from", "valid_to")
    }
    assert "内部备注" not in "\n".join(public.texts())


def test_the_same_before_and_after_it_is_journaled_and_nothing_is_journaled_twice(registers: Any) -> None:
    registers.send(registers.record("officer"), registers.record("post_board"))
    before = registers.prepare()
    assert len(registers.record_publication(before).published) == 2
    after = registers.prepare()
    assert [one.row for one in after.rows] == [one.row for one in before.rows]
    again = registers.record_publication(after)
    assert (again.published, again.stopped, again.refused) == ((), (), {})
    verify(registers.store)


@pytest.mark.article("D7")
def test_a_certificate_ends_by_date_and_its_officer_leaves_months_later(registers: Any) -> None:
    registers.send(registers.record("officer", valid_to="2026-12-31"))
    registers.record_publication(registers.prepare())
    assert registers.prepare().wakes[0][1] == date(2027, 1, 1)
    seen = {}
    for day in ("2026-12-31", "2027-01-01", "2027-06-30", "2027-07-01"):
        registers.today = date.fromisoformat(day)
        seen[day] = [one.row["validity"] for one in registers.shown()]
    assert seen == {"2026-12-31": ["valid"], "2027-01-01": ["expired"], "2027-06-30": ["expired"], "2027-07-01": []}
    assert registers.prepare().stopped[0][2] == ("ended",)


@pytest.mark.article("D7")
def test_why_and_since_when_a_certificate_does_not_hold_is_told_only_where_the_city_says_so(registers: Any) -> None:
    registers.send(registers.record("officer"))
    registers.record_publication(registers.prepare())
    again = registers.record(
        "officer", state="暂扣", state_on="2026-10-08", effective_from="2026-10-08", change_note="因故暂扣执法证件"
    )
    registers.send(again)
    (public,) = registers.shown()
    said = "\n".join(public.texts())
    assert public.row["validity"] == "invalid"
    assert not [word for word in ("暂扣", "2026-10-08", "change") if word in said], said
    open_city = replace(registers.instance.city, show_officer_state=True)
    registers.instance = replace(registers.instance, city=open_city)
    (public,) = registers.shown()
    assert public.row["validity"] == "suspended" and public.content["state"] == "暂扣"


@pytest.mark.article("D5")
def test_a_future_version_comes_by_date_and_what_was_in_force_can_be_read_again(registers: Any) -> None:
    registers.send(registers.record("recording_item"))
    registers.record_publication(registers.prepare())
    later = registers.record("recording_item", manner="关键环节音像记录", effective_from="2027-01-01")
    registers.send(later)
    (now,) = registers.shown()
    assert now.content["manner"] == "全程音像记录" and now.row["history"].count('"event"') == 1
    assert dict(registers.prepare().wakes) == {now.id: date(2027, 1, 1)}
    registers.today = date(2027, 1, 1)
    (then,) = registers.shown()
    registers.record_publication(registers.prepare())
    assert then.content["manner"] == "关键环节音像记录" and not then.row["corrected"]
    assert '"event":"change"' in then.row["history"] and '"to":"2026-12-31"' in then.row["history"]
    assert "全程音像记录" in then.row["history"]
    assert [one.row for one in registers.shown()] == [then.row]


def test_a_mistake_is_corrected_with_labels_alone(registers: Any) -> None:
    registers.send(registers.record("recording_item", place="写错的地点名称"))
    registers.record_publication(registers.prepare())
    registers.send(registers.record("recording_item", place="改正后的地点"))
    (public,) = registers.shown()
    assert public.row["corrected"] == 1 and '"event":"correct"' in public.row["history"]
    assert "写错的地点名称" not in "\n".join(public.texts())


def test_what_has_not_begun_waits_and_what_is_over_stays_for_a_while(registers: Any) -> None:
    registers.send(registers.record("recording_item", effective_from="2026-12-01", effective_to="2026-12-31"))
    assert registers.prepare().stopped[0][2] == ("upcoming",)
    name = registers.record("recording_item").values["name"]
    assert days(registers, "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", "2028-12-31", "2029-01-01") == [
        (),
        (f"{name} in_force",),
        (f"{name} in_force",),
        (f"{name} ended",),
        (f"{name} ended",),
        (),
    ]


def test_every_day_on_which_something_changes_is_named_before(registers: Any) -> None:
    registers.send(registers.record("officer", valid_to="2026-12-31"))
    registers.send(registers.record("recording_item", effective_from="2026-12-01", effective_to="2027-01-31"))
    named = []
    while wakes := [day for _, day in registers.prepare().wakes]:
        registers.record_publication(registers.prepare())
        rows = [one.row for one in registers.shown()]
        registers.today = date.fromordinal(min(wakes).toordinal() - 1)
        assert [one.row for one in registers.shown()] == rows
        registers.today = min(wakes)
        named.append(str(registers.today))
        assert [one.row for one in registers.shown()] != rows
    assert named == ["2026-12-01", "2027-01-01", "2027-02-01", "2027-07-01", "2029-02-01"]


def test_what_one_person_suspended_is_not_public_and_comes_back_by_no_new_version(registers: Any) -> None:
    (record,) = registers.send(registers.record("officer"))
    registers.record_publication(registers.prepare())
    registers.suspend(record)
    registers.send(registers.record("officer", area="松原市宁江区"))
    assert registers.shown() == []


def test_two_officers_of_one_certificate_are_never_public_together(registers: Any) -> None:
    (first,) = registers.send(registers.record("officer", valid_to="2026-12-31"))
    (second,) = registers.send(registers.record("officer", department=OTHER, name="另一员", valid_to="2028-12-31"))
    prepared = registers.prepare()
    registers.record_publication(prepared)
    assert [one.id for one in prepared.rows] == [first]
    assert [(one.id, one.check) for one in prepared.refused] == [(second, "certificate")]
    assert [one.id for one in registers.prepare([second]).rows] == [first], "both are looked at where one is"
    registers.suspend(first)
    assert [one.id for one in registers.prepare([first]).rows] == [second]


@pytest.mark.article("D7")
@pytest.mark.parametrize("left", [{"effective_to": "2026-11-20"}, {"state": "注销"}, {"state": "吊销"}])
def test_a_certificate_that_one_department_has_let_go_is_public_with_the_next(
    left: dict[str, str], registers: Any
) -> None:
    """While what it was in the first department may still be asked about."""
    (first,) = registers.send(registers.record("officer", effective_from="2026-11-20", **left))
    registers.record_publication(registers.prepare())
    (second,) = registers.send(registers.record("officer", department=OTHER, effective_from="2026-11-21"))
    registers.today = date(2026, 11, 21)
    for ids in (None, [first], [second]):
        prepared = registers.prepare(ids)
        shown = {one.id: (one.row["standing"], one.row["validity"]) for one in prepared.rows}
        assert prepared.refused == [] and shown[second] == ("in_force", "valid")
        assert shown[first] != ("in_force", "valid")


@pytest.mark.article("D18")
@pytest.mark.parametrize("checked", ["0", "1"])
def test_what_was_in_force_between_two_rebuilds_is_former_content_only_if_checked_for_secrecy(
    checked: str, registers: Any
) -> None:
    registers.send(registers.record("normative_text"))
    registers.record_publication(registers.prepare())
    registers.send(
        registers.record(
            "normative_text", effective_from="2026-11-25", body="只在两次更新之间有效的正文", secrecy_checked=checked
        )
    )
    registers.send(registers.record("normative_text", effective_from="2026-11-28", body="后来的正文"))
    registers.today = date(2026, 11, 28)
    (public,) = registers.prepare().rows
    assert ("只在两次更新之间有效的正文" in public.row["history"]) is (checked == "1")


@pytest.mark.article("D7")
def test_a_board_names_no_number_of_an_officer_who_is_not_public(registers: Any) -> None:
    second = registers.record("officer", name="另一员", certificate_number="22070100002")
    one, other = registers.send(registers.record("officer"), second)
    (board,) = registers.send(registers.record("post_board", officers="22070100001、22070100002、22070100009"))

    def numbers(ids: list[str] | None) -> str | None:
        (public,) = [row for row in registers.prepare(ids).rows if row.id == board]
        return public.content.get("officers")

    assert numbers(None) == numbers([board]) == numbers([one]) == "22070100001、22070100002"
    registers.record_publication(registers.prepare())
    registers.suspend(one)
    assert numbers(None) == numbers([board]) == numbers([one]) == "22070100002"
    registers.suspend(other)
    assert numbers(None) is numbers([other]) is None


OTHER = "11220700MB9900048N"
