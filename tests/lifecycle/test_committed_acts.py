"""Takedowns and returns that a department commits as a file: the same two persons, once, and never out of date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from gongshi.instance import Instance
from gongshi.lifecycle import State, TakenIn, state_of, take_in
from gongshi.store import Store, head, latest, verify

DEPARTMENT = "112207000135491313"
NUMBER = "松试罚〔2026〕1号"
FIELDS = {
    "instrument_number": "松政复决〔2026〕3号",
    "instrument_agency": "松原市人民政府",
    "instrument_date": date(2026, 3, 1),
    "effective_on": date(2026, 3, 1),
    "received_on": "2026-03-02",
}
WITHDRAW = {
    "kind": "撤销",
    "decisions": [NUMBER],
    "fields": FIELDS,
    "reason": "经复议认定程序违法，原决定已被撤销。",
    "by": "赵提交",
    "confirmed_by": "孙审核",
    "date": date(2026, 3, 2),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submissions" / DEPARTMENT
    made.mkdir(parents=True)
    return made


@pytest.fixture
def commit(folder: Path, store: Store, instance: Instance, clock: Mapping) -> Callable[..., TakenIn]:
    """Commit one file (None takes nothing new) and take the folder in on a day."""

    def do(name: str = "", today: date = date(2026, 3, 2), extra: str = "", **changes: object) -> TakenIn:
        if name:
            told = {key: value for key, value in {**WITHDRAW, **changes}.items() if value is not None}
            text = yaml.safe_dump(told, allow_unicode=True)
            (folder / f"{name}.withdraw.yml").write_text(text + extra, encoding="utf-8")
        return take_in(store, instance, folder=folder.parent, today=today, now=clock["now"])

    return do


def state(store: Store) -> State:
    (pending,) = latest(store)
    return state_of(pending)


@pytest.mark.article("D28")
def test_a_file_of_two_persons_withdraws_once(public, commit, store, folder) -> None:
    public()
    done = commit("三月")
    assert (done.faults, [act.state for act in done.acts]) == ([], [State.WITHDRAWN])
    assert "撤下（撤销）：已确认" in done.render_text()
    before = head(store)
    assert (commit().acts, commit().faults) == ([], [])
    (folder / "copy.withdraw.yml").write_bytes((folder / "三月.withdraw.yml").read_bytes())
    assert (commit().acts, commit().faults) == ([], [])
    again = commit("三月", extra="# a comment more\n")
    assert (again.acts, again.faults, head(store)) == ([], [], before)
    (pending,) = latest(store)
    assert pending.ended.fields["instrument_date"] == "2026-03-01"
    assert verify(store).ok


def test_without_its_second_person_it_waits_and_a_later_line_confirms_it(public, commit, store) -> None:
    public()
    done = commit("a", confirmed_by=None)
    assert (len(done.acts), state(store)) == (1, State.PUBLIC)
    done = commit("a", today=date(2026, 3, 4))
    assert (len(done.acts), state(store)) == (1, State.WITHDRAWN)


def test_a_suspension_and_a_return_come_the_same_way(public, commit, store) -> None:
    public()
    shared = {"fields": None, "reason": "泄露个人信息"}
    commit("a", kind="紧急下架", confirmed_by=None, **shared)
    assert state(store) is State.SUSPENDED
    done = commit("a", kind="紧急下架", confirmed_by="孙审核", **shared)
    assert ([fault.code for fault in done.faults], state(store)) == (["ending_needed"], State.SUSPENDED)
    commit("a", kind="紧急下架", confirmed_by=None, **shared)
    done = commit("b", kind="误公示", reason="重复报送", fields=None)
    assert (done.faults, state(store)) == ([], State.WITHDRAWN)


@pytest.mark.parametrize(
    ("written", "after"), [(date(2026, 3, 2), State.WITHDRAWN), (date(2026, 3, 3), State.SUSPENDED)]
)
def test_a_file_written_after_the_end_suspends_the_notice(written: date, after: State, public, commit, store) -> None:
    public()
    commit("a")
    told = {"kind": "紧急下架", "fields": None, "reason": "说明写得不妥", "confirmed_by": None}
    done = commit("b", today=date(2026, 3, 4), date=written, **told)
    assert (done.faults, state(store)) == ([], after)
    commit("c", kind="误公示", reason="说明写错", fields=None, today=date(2026, 3, 4), date=date(2026, 3, 4))
    assert state(store) is State.WITHDRAWN
    (pending,) = latest(store)
    assert (pending.ended.ending, pending.suspended) == ("mistake", False)


@pytest.mark.parametrize("way", ["恢复公示", "restore"])
def test_a_return_is_done_once(  # noqa: PLR0917
    way, public, commit, store, acts, rebuild
) -> None:
    record = public()
    acts.confirm(acts.withdraw(record).number)
    back = {"kind": way, "fields": None, "reason": "法院判决", "date": date(2026, 3, 2)}
    assert len(commit("back", **back).acts) == 1
    rebuild()
    assert state(store) is State.RESTORED
    assert (commit("back", extra="# again\n", **back).acts, commit().faults) == ([], [])


def test_a_file_older_than_the_last_turn_is_refused(public, commit, store, clock) -> None:
    public()
    commit("a")
    back = {"kind": "恢复公示", "fields": None, "reason": "法院判决", "date": date(2026, 3, 1)}
    done = commit("back", **back)
    assert [fault.code for fault in done.faults] == ["review_stale"]
    assert state(store) is State.WITHDRAWN


WRONG = {
    "no kind": ({"kind": None}, "sidecar_invalid", "缺少 kind"),
    "no decisions": ({"decisions": []}, "sidecar_invalid", "列表"),
    "a number as number": ({"decisions": [15]}, "sidecar_invalid", "decisions"),
    "fields no mapping": ({"fields": ["a"]}, "sidecar_invalid", "fields"),
    "a field of another type": ({"fields": {**FIELDS, "instrument_number": 3}}, "sidecar_invalid", "加引号"),
    "unknown line": ({"reasons": "x"}, "sidecar_invalid", "reason"),
    "tomorrow": ({"date": date(2026, 3, 3)}, "review_ahead", "晚于今天"),
    "unknown end": ({"kind": "没有"}, "ending_not_allowed", "现在可以选"),
    "a field missing": ({"fields": {}}, "ending_fields_wrong", "缺少"),
    "unknown decision": ({"decisions": ["松试罚〔2026〕99号"]}, "decision_not_found", "99"),
    "one person": ({"by": "钱兼任", "confirmed_by": "钱 兼任"}, "same_person", "另一位"),
    "no reviewer": ({"confirmed_by": "赵提交"}, "reviewer_unknown", "审核人"),
    "a telling reason": ({"reason": "松原示例公司已整改"}, "notice_repeats", "改写"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_taken_down(case, public, commit, store) -> None:
    changes, code, said = WRONG[case]
    public()
    done = commit("a", **changes)
    assert [fault.code for fault in done.faults] == [code]
    assert said in done.faults[0].message
    assert done.faults[0].file == f"{DEPARTMENT}/a.withdraw.yml"
    assert state(store) is State.PUBLIC
    assert [fault.code for fault in commit().faults] == [code], "it is said until it is mended"


def test_one_wrong_decision_does_not_stop_the_others_of_its_file(public, commit, store) -> None:
    public()
    done = commit("a", decisions=["松试罚〔2026〕99号", NUMBER])
    assert (len(done.faults), len(done.acts), state(store)) == (1, 1, State.WITHDRAWN)
    done = commit("a", decisions=[NUMBER])
    assert (done.faults, done.acts) == ([], [])
