"""An officer's row goes through submission, review and takedown as a decision does, and into no decision's lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.law.endings import EndingNotAllowed
from gongshi.lifecycle.acts.choosing import choose
from gongshi.lifecycle.acts.proposing import erase as propose_erasure
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.lifecycle.attention import Sort, attention
from gongshi.lifecycle.case import case_of
from gongshi.lifecycle.due import due_rows
from gongshi.lifecycle.errors import ChoiceNotAsked, DecisionAmbiguous, DecisionNotFound, SamePerson, TransitionRefused
from gongshi.lifecycle.finding import find
from gongshi.lifecycle.publication import record_publication
from gongshi.lifecycle.report.counting import report
from gongshi.lifecycle.submit import submit
from gongshi.lifecycle.tombstones import Ledger
from gongshi.lifecycle.transitions import State
from gongshi.store import Store, verify
from gongshi.store.known import has_any
from gongshi.store.registered import registered
from gongshi.store.sqlite import Row

DEPARTMENT = "112207000135491313"
TODAY = date(2026, 3, 2)
MISTAKE = {"ending": "mistake", "fields": {"note": "不是本部门人员"}}


@pytest.fixture
def shown(store: Store, clock: Mapping[str, Any]) -> Callable[..., None]:
    """What a rebuild journals of a record that is public."""

    def do(record: str, version: int | None = None, today: date = TODAY) -> None:
        (one,) = registered(store, [record])
        done = record_publication(
            store, [(record, version or one.version, one.sort or 7, today)], [], today, clock["now"]
        )
        assert done.refused == {}

    return do


def test_a_receipt_tells_what_a_record_says(send: Callable, officer: Callable, item: Callable) -> None:
    (entry,) = send(officer(legal_reviewer="1", state_on="2026-02-01")).entries
    told = "\n".join(entry.render_text(for_review=True))
    assert entry.number == "22070100001"
    assert list(entry.render_text()) == ["  [新增] 执法人员　22070100001"]
    assert entry.digest[0] == "执法人员　示例员"
    assert "有效期至：2026-12-31" in told
    assert "法制审核人员：是" in told
    assert "状态日期" not in told, "nor does anybody need it to review what is public"
    assert "依据：1 行" in send(item()).entries[0].digest


def test_of_a_table_the_rows_that_changed_are_told(send: Callable, item: Callable, judge_batch: Callable) -> None:
    law = {"law": "《中华人民共和国食品安全法》", "article": "第一百二十四条", "text": "违反本法规定……"}
    judge_batch(send(item(basis=(law,))))
    (entry,) = send(item(basis=(law, {**law, "article": "第一百二十五条"}))).entries
    assert [(one.field, one.label, one.before) for one in entry.changes] == [("basis", "依据第 2 行", None)]
    assert "第一百二十五条" in (entry.changes[0].after or "")


def test_who_submits_does_not_review(send: Callable, judge_batch: Callable, officer: Callable) -> None:
    with pytest.raises(SamePerson):
        judge_batch(send(officer(), by="钱兼任"), by="钱兼任")


def test_the_same_sheet_again_changes_nothing(send: Callable, approved: Callable, officer: Callable) -> None:
    (record,) = approved(officer())
    again = send(officer(), officer("22070100002"))
    assert (again.counts["unchanged"], again.counts["added"]) == (1, 1)
    changed = send(officer(state="暂扣"))
    assert (changed.entries[0].id, changed.counts["changed"]) == (record, 1)


def test_a_record_is_found_by_its_number_in_any_spelling(
    *, store: Store, instance: Instance, approved: Callable, officer: Callable, item: Callable, record: Callable
) -> None:
    person, one, board, other = approved(
        officer(),
        item(),
        record("post_board", window="3号窗口", post="食品许可", phone="0438-1"),
        record("post_board", window="4号窗口", post="食品许可", phone="0438-2"),
    )
    assert find(store, instance, person).id == person
    assert find(store, instance, " ２２０７０１０００ ０１").id == person
    assert find(store, instance, "2207-cf-001", "松原市试验管理局").id == one
    with pytest.raises(DecisionAmbiguous, match=f"{board}.*岗位信息公示牌.*{other}"):
        find(store, instance, "食品许可")
    with pytest.raises(DecisionNotFound):
        find(store, instance, "22070100001", "松原市司法局")


def test_the_case_of_a_record(store: Store, instance: Instance, approved: Callable, officer: Callable) -> None:
    (record,) = approved(officer())
    case = case_of(store, instance, record, TODAY)
    assert (case.number, case.state) == ("22070100001", State.SCHEDULED)


def test_no_list_of_decisions_has_it(
    store: Store, instance: Instance, approved: Callable, officer: Callable, send: Callable
) -> None:
    approved(officer())
    send(officer("22070100002"))
    assert list(due_rows(store, instance, TODAY)) == []
    assert attention(store, instance, TODAY) == []
    assert not +report(store, instance, TODAY).total.counts


def test_a_department_that_sent_only_records_is_new_to_its_decisions(
    store: Store, send: Callable, officer: Callable
) -> None:
    send(officer())
    assert has_any(store, DEPARTMENT, ["officer"])
    assert not has_any(store, DEPARTMENT, ["penalty", "licence"]), "a first large batch looks none of them up"


def test_suspended_and_ended_it_stays_down(
    *,
    store: Store,
    instance: Instance,
    approved: Callable,
    officer: Callable,
    shown: Callable,
    acts: Any,
    send: Callable,
) -> None:
    (record,) = approved(officer())
    shown(record)
    suspended = acts.suspend(record)
    assert suspended.state is State.SUSPENDED
    (waits,) = open_acts(store, instance, TODAY)
    assert waits.document_number == "22070100001"
    acts.confirm(suspended.number, **MISTAKE)
    (one,) = registered(store, [record])
    assert (one.stays_down, one.ended is not None) == ("withdrawn", True)
    again = send(officer(area="吉林省"))
    assert "由两人办理恢复公示" in again.warnings[0]
    assert verify(store).ok


@pytest.mark.parametrize("ending", ["revoked", "early_stop", "repaired"])
def test_no_notice_takes_the_place_of_a_record(
    ending: str, approved: Callable, officer: Callable, shown: Callable, acts: Any
) -> None:
    (record,) = approved(officer())
    shown(record)
    with pytest.raises(EndingNotAllowed):
        acts.withdraw(record, ending=ending, fields={})


def test_what_came_down_is_sent_again_and_asks_for_two_persons(
    *, store: Store, instance: Instance, approved: Callable, officer: Callable, shown: Callable, acts: Any
) -> None:
    (record,) = approved(officer())
    shown(record)
    acts.confirm(acts.withdraw(record, **MISTAKE).number)
    approved(officer(area="吉林省"))
    (one,) = attention(store, instance, TODAY)
    assert (one.id, one.sort, one.document_number) == (record, Sort.SENT_AGAIN, "22070100001")
    acts.confirm(acts.restore(record).number)
    (one,) = registered(store, [record])
    assert (one.stays_down, one.ended, one.standing) == ("", None, "")
    shown(record)
    assert verify(store).ok


@pytest.mark.article("D18")
def test_a_ground_found_later_takes_it_down_and_is_looked_at_again(
    *, store: Store, instance: Instance, approved: Callable, officer: Callable, acts: Any, shown: Callable
) -> None:
    (record,) = approved(officer())
    shown(record)
    fields = {"ground": "危及安全稳定", "note": "内部研判", "review_on": "2026-03-20"}
    acts.confirm(acts.withdraw(record, ending="ground", fields=fields).number)
    assert attention(store, instance, date(2026, 3, 20)) == []
    (one,) = attention(store, instance, date(2026, 3, 21))
    assert (one.id, one.sort, str(one.since), one.overdue) == (record, Sort.REVIEW, "2026-03-20", True)


def test_declined_it_comes_back(
    store: Store, approved: Callable, officer: Callable, shown: Callable, acts: Any
) -> None:
    (record,) = approved(officer())
    shown(record)
    acts.decline(acts.suspend(record).number)
    (one,) = registered(store, [record])
    assert (one.suspended, one.stopped, one.standing) == (False, True, "")
    shown(record)
    (one,) = registered(store, [record])
    assert (one.stopped, [how.manner for how in one.history]) == (False, ["publish", "restore"])


def test_erased_nothing_of_it_is_left(
    *, store: Store, instance: Instance, approved: Callable, officer: Callable, acts: Any, send: Callable
) -> None:
    (record,) = approved(officer())
    act = propose_erasure(store, instance, record, reason="误报", **acts.first)
    acts.confirm(act.number)
    assert list(registered(store)) == []
    bodies = [bytes(row[0]) for row in store.db.execute("SELECT body FROM payloads")]
    assert not any("示例员".encode() in body for body in bodies)
    assert send(officer(), officer("22070100009")).counts["barred"] == 1
    assert verify(store).ok


def test_nothing_is_left_to_a_choice(
    store: Store, instance: Instance, approved: Callable, officer: Callable, clock: Mapping[str, Any]
) -> None:
    (record,) = approved(officer())
    with pytest.raises(ChoiceNotAsked):
        choose(store, instance, record, choice="publish", reason="x", by="孙审核", **clock)


def test_an_older_version_of_a_record_may_be_in_force_again(
    store: Store, approved: Callable, officer: Callable, shown: Callable
) -> None:
    (record,) = approved(officer())
    approved(officer(effective_from="2026-05-01", effective_to="2026-06-30", area="吉林省"))
    (one,) = registered(store, [record])
    older, newer = (version.seq for version in one.versions)
    shown(record, newer, date(2026, 5, 1))
    shown(record, older, date(2026, 7, 1))
    (one,) = registered(store, [record])
    assert ([how.manner for how in one.history], one.corrected) == (["publish", "publish"], False)
    assert verify(store).ok


def test_an_older_version_of_a_decision_may_not(
    store: Store, decision: Callable, approved: Callable, clock: Mapping[str, Any]
) -> None:
    (record,) = approved(decision())
    approved(decision(content="罚款人民币6000元"))
    seqs = [row["seq"] for row in _versions(store, record)]
    for seq in reversed(seqs):
        done = record_publication(store, [(record, seq, 7, TODAY)], [], TODAY, clock["now"])
    assert "不能再公示旧版本" in done.refused[record]


def _versions(store: Store, record: str) -> list[Row]:
    return store.db.execute("SELECT seq FROM versions WHERE id = ? ORDER BY seq", (record,)).fetchall()


@pytest.mark.parametrize(("since", "corrected"), [("2026-01-01", True), ("2026-04-01", False)])
def test_what_takes_effect_on_another_day_is_no_correction(
    *, since: str, corrected: bool, store: Store, approved: Callable, officer: Callable, shown: Callable
) -> None:
    (record,) = approved(officer())
    shown(record)
    approved(officer(effective_from=since, area="吉林省"))
    shown(record, today=date(2026, 4, 1))
    (one,) = registered(store, [record])
    assert one.corrected is corrected


def test_a_record_without_a_version_that_passed_has_nothing_to_take_down(
    send: Callable, officer: Callable, acts: Any
) -> None:
    (entry,) = send(officer()).entries
    with pytest.raises(TransitionRefused):
        acts.suspend(entry.id)


def test_the_ledger_keeps_a_record_down_in_a_store_made_anew(
    *, store: Store, instance: Instance, approved: Callable, officer: Callable, batch: Callable, shown: Callable,
    acts: Any, tmp_path: Path,
) -> None:  # fmt: skip
    (record,) = approved(officer())
    shown(record)
    acts.confirm(acts.withdraw(record, **MISTAKE).number)
    ledger = tmp_path / "tombstones.jsonl"
    assert Ledger.open(ledger).record(store) == 1
    with Store.open(tmp_path / "anew.db") as anew:
        sent = submit(anew, instance, batch(officer()), **acts.first)
        assert Ledger.open(ledger).keeps_down(anew) == {sent.entries[0].id: "withdrawn"}
