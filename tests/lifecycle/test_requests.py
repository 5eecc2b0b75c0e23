"""From the inbox to the answer: taken in once, answered by the department in its term, shown to whoever asked (D31)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gongshi.door.inbox import Inbox
from gongshi.door.receipt import make_receipt
from gongshi.door.sealing import new_pair, read_public_key, seal
from gongshi.door.states import PublishedState, read_state
from gongshi.instance import Instance
from gongshi.lifecycle.requests.answer import Answered, answer_request
from gongshi.lifecycle.requests.errors import (
    AnswererUnknown,
    AnswerIncomplete,
    RequestAnswered,
    RequestErased,
    RequestFileThere,
    RequestSealed,
    RequestUnknown,
)
from gongshi.lifecycle.requests.figures import request_figures
from gongshi.lifecycle.requests.files import show_request, write_files
from gongshi.lifecycle.requests.inbox import TakenRequests, look_after_requests, take_in_requests
from gongshi.lifecycle.requests.keys import make_pair, pair_if_none
from gongshi.lifecycle.requests.rows import find_request, render_text, requests_due
from gongshi.records.decision import Decision
from gongshi.records.request import QUESTIONS, Capacity, CorrectionRequest, Evidence, RequestState
from gongshi.store import Store, verify

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF\n"
SECRET = "只有部门知道的话"
FILES = (Evidence("../../../tmp/x.sh", "application/pdf", PDF), Evidence("a\x1b[2J.pdf", "image/png", b"not a picture"))


@pytest.fixture
def here(instance: Instance, tmp_path: Path) -> Instance:
    """The instance in a folder of the test's own, with keys."""
    (tmp_path / "data" / "reference").mkdir(parents=True, exist_ok=True)
    make_pair(tmp_path, today=TODAY)
    return replace(instance, root=tmp_path)


@pytest.fixture
def decided(store: Store, send: Callable, judge_batch: Callable, decision: Callable) -> str:
    """The id of a decision."""
    judge_batch(send(decision(1)))
    return str(store.db.execute("SELECT id FROM disclosures").fetchone()[0])


def drop(here: Instance, decision: str, chance: bytes = b"a" * 32, **changed: object) -> CorrectionRequest:
    """What the door does with a request."""
    made = make_receipt(chance, b"said", TODAY)
    answers = {one.name: SECRET for one in QUESTIONS}
    asked = CorrectionRequest(
        number=made.number,
        status=made.status,
        at="2026-03-02T11:00:00+08:00",
        decision=decision,
        capacity=Capacity.OTHER,
        answers=answers,
        files=FILES[:1],
    )
    asked = replace(asked, **changed)
    inbox = Inbox(here.root / "data" / "inbox")
    inbox.ready()
    inbox.drop(asked.status, seal(asked, read_public_key(here.root / "data" / "reference" / "inbox.pub")))
    return asked


def take(store: Store, here: Instance, now: datetime = NOW) -> TakenRequests:
    return take_in_requests(store, here.root, lambda: here, now=now)


def answer(store: Store, here: Instance, number: str, today: date = TODAY, **changed: object) -> Answered:
    given = {"by": "赵提交", "result": RequestState.REFUSED, "reason": "证据不足", **changed}
    return answer_request(store, here, number, today=today, now=NOW + (today - TODAY), **given)


def state(here: Instance, asked: CorrectionRequest) -> PublishedState | None:
    return read_state(here.root / "build" / "status", asked.status)


def files_of(here: Instance, folder: str) -> list[str]:
    return sorted(path.name for path in (here.root / folder).iterdir())


@pytest.mark.article("D31")
def test_a_request_reaches_the_department_and_its_answer_the_one_who_asked(
    store: Store, here: Instance, decided: str
) -> None:
    asked = drop(here, decided)
    assert take(store, here).taken == [asked.number]
    assert files_of(here, "data/inbox") == []
    told = state(here, asked)
    assert (told.state, told.department, told.due_on) == ("handling", "松原市试验管理局", "2026-03-11")
    (row,) = requests_due(store, here, TODAY)
    assert (row.number, row.rule_id, row.overdue) == (asked.number, "D31-answer", False)
    assert "默认值" in render_text([row], TODAY)
    answer(store, here, asked.number.lower())
    told = state(here, asked)
    assert (told.state, told.reason, told.answered_on) == ("refused", "证据不足", "2026-03-02")
    assert requests_due(store, here, TODAY) == []
    assert verify(store).ok


def test_taking_in_twice_changes_nothing_and_a_crash_in_between_is_mended(
    store: Store, here: Instance, decided: str
) -> None:
    asked = drop(here, decided)
    sealed = (here.root / "data" / "inbox" / f"{asked.status}.sealed").read_bytes()
    take(store, here)
    (here.root / "data" / "inbox" / f"{asked.status}.sealed").write_bytes(sealed)
    (here.root / "build" / "status" / f"{asked.status}.json").unlink()
    again = take(store, here)
    assert (again.taken, again.aside, again.ok) == ([], [], True)
    assert (files_of(here, "data/inbox"), state(here, asked).state) == ([], "handling")
    assert len(requests_due(store, here, TODAY)) == 1


def test_without_the_private_key_everything_stays_where_it_is(store: Store, here: Instance, decided: str) -> None:
    asked = drop(here, decided)
    key = here.root / "data" / "keys" / "inbox.key"
    kept = key.read_bytes()
    key.unlink()
    found = take(store, here)
    assert (found.waiting, found.ok, files_of(here, "data/inbox")) == (1, False, [f"{asked.status}.sealed"])
    key.write_bytes(kept[:-9] + b"00000000\n")
    assert "从备份恢复" in take(store, here).render_text()
    key.write_bytes(kept)
    (key.parent / "inbox-20200101-1.key").write_bytes(b"broken")
    found = take(store, here)
    assert (found.taken, found.ok) == ([asked.number], False)


def test_what_can_not_be_taken_in_is_put_aside_and_stops_no_other(store: Store, here: Instance, decided: str) -> None:
    inbox = here.root / "data" / "inbox"
    known = drop(here, decided)
    take(store, here)
    unknown = drop(here, "f" * 16, b"b" * 32)
    clash = drop(here, decided, b"c" * 32, number=known.number)
    renamed = drop(here, decided, b"d" * 32)
    (inbox / f"{renamed.status}.sealed").rename(inbox / f"{'d' * 64}.sealed")
    (inbox / f"{'e' * 64}.sealed").write_bytes(b"not ours")
    good = drop(here, decided, b"g" * 32)
    found = take(store, here)
    assert (found.taken, found.ok) == ([good.number], False)
    wrong = ("d" * 64, "e" * 64, unknown.status, clash.status)
    assert files_of(here, "data/inbox/aside") == sorted(f"{name}.sealed" for name in wrong)
    assert SECRET not in found.render_text() + json.dumps(found.to_json())
    assert not take(store, here).ok
    for path in (inbox / "aside").iterdir():
        path.unlink()
    assert take(store, here).ok


def test_the_door_is_for_decisions_and_no_record_of_a_register(store: Store, here: Instance, send: Callable) -> None:
    values = {"name": "示例员", "certificate_number": "22070100001", "effective_from": "2026-01-01"}
    key = "112207000135491313/officer/22070100001"
    officer = Decision(kind="officer", department="112207000135491313", key=key, values=values, parties=(), kept={})
    drop(here, send(officer).entries[0].id)
    found = take(store, here)
    assert (found.taken, len(found.aside)) == ([], 1)


def test_a_clock_of_the_door_that_runs_ahead_does_not_prolong_the_term(
    store: Store, here: Instance, decided: str
) -> None:
    drop(here, decided, at="2027-01-01T00:00:00+08:00")
    take(store, here)
    assert requests_due(store, here, TODAY)[0].received_on == TODAY


@pytest.mark.parametrize(
    ("today", "overdue"), [(date(2026, 3, 11), False), (date(2026, 3, 12), True)], ids=["last day", "day after"]
)
@pytest.mark.article("D31")
def test_a_request_is_overdue_after_seven_working_days(
    store: Store, here: Instance, decided: str, today: date, overdue: bool
) -> None:
    drop(here, decided)
    take(store, here)
    (row,) = requests_due(store, here, today)
    assert row.overdue is overdue
    assert ("已超期 1 天" in render_text([row], today)) is overdue


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"by": "无名"}, AnswererUnknown),
        ({"by": ""}, AnswererUnknown),
        ({"reason": " "}, AnswerIncomplete),
        ({"reason": "长" * 2001}, AnswerIncomplete),
        ({"result": RequestState.REFERRED}, AnswerIncomplete),
        ({"to": "省平台"}, AnswerIncomplete),
    ],
)
def test_an_answer_that_lacks_something_is_none(
    store: Store, here: Instance, decided: str, change: dict[str, object], error: type[Exception]
) -> None:
    asked = drop(here, decided)
    take(store, here)
    with pytest.raises(error):
        answer(store, here, asked.number, **change)
    assert len(requests_due(store, here, TODAY)) == 1


def test_the_same_answer_twice_is_one_and_another_is_refused(store: Store, here: Instance, decided: str) -> None:
    asked = drop(here, decided)
    take(store, here)
    referred = {"result": RequestState.REFERRED, "to": "省公示平台"}
    assert answer(store, here, asked.number, **referred).changed
    assert not answer(store, here, asked.number, **referred).changed
    with pytest.raises(RequestAnswered):
        answer(store, here, asked.number)
    assert (state(here, asked).state, state(here, asked).referred_to) == ("referred", "省公示平台")
    with pytest.raises(RequestUnknown):
        answer(store, here, "GZ20260302-XXXX-XXXX")


def test_corrected_asks_for_a_corrected_version(
    store: Store, here: Instance, decided: str, send: Callable, decision: Callable
) -> None:
    asked = drop(here, decided)
    take(store, here)
    corrected = {"result": RequestState.CORRECTED, "reason": "已更正"}
    assert "还没有报送" in answer(store, here, asked.number, **corrected).warning
    send(decision(1, content="罚款人民币500元"))
    assert answer(store, here, asked.number, **corrected).warning == ""


def test_files_come_out_under_our_names_for_their_owner_only(store: Store, here: Instance, decided: str) -> None:
    asked = drop(here, decided, files=FILES)
    take(store, here)
    one = find_request(store, asked.number)
    shown = show_request(store, one)
    (listed,) = requests_due(store, here, TODAY)
    assert listed.document_number == shown.document_number != ""
    assert f"决定：{shown.document_number}（编号 {decided}）" in shown.render_text()
    assert SECRET in shown.render_text()
    assert "\x1b" not in shown.render_text()
    out = here.root / "out"
    written = write_files(store, here.root, one, out)
    assert [path.name for path in written] == [f"{asked.number}-1.pdf", f"{asked.number}-2.bin"]
    assert [path.read_bytes() for path in written] == [PDF, b"not a picture"]
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert write_files(store, here.root, one, out) == written
    written[0].unlink()
    written[0].symlink_to(here.root / "elsewhere")
    with pytest.raises(RequestFileThere):
        write_files(store, here.root, one, out)
    assert not (here.root / "elsewhere").exists()
    (here.root / "data" / "keys" / "inbox.key").write_text(new_pair().private, encoding="ascii")
    with pytest.raises(RequestSealed):
        write_files(store, here.root, one, out)


def test_what_was_written_goes_two_years_after_the_answer_and_the_figures_stay(
    store: Store, here: Instance, decided: str
) -> None:
    asked, still_open = drop(here, decided), drop(here, decided, b"b" * 32)
    take(store, here)
    answer(store, here, asked.number)
    for today, gone in ((date(2028, 3, 1), False), (date(2028, 3, 2), True)):
        found = TakenRequests()
        look_after_requests(store, here, found, today=today, now=NOW + (today - TODAY))
        assert (found.erased, find_request(store, asked.number).erased) == (int(gone), gone)
    assert state(here, asked) is None
    assert state(here, still_open) is not None
    with pytest.raises(RequestErased):
        show_request(store, find_request(store, asked.number))
    with pytest.raises(RequestErased):
        answer(store, here, asked.number, result=RequestState.CORRECTED)
    assert [(one.received, one.refused) for one in request_figures(store, here, TODAY)] == [(2, 1)]
    found = verify(store)
    assert found.ok, found.render_text()


def test_figures_count_by_department_and_month_and_how_fast(store: Store, here: Instance, decided: str) -> None:
    arrivals = {b"a": "2026-02-27T10:00:00+08:00", b"b": "2026-03-02T10:00:00+08:00", b"c": "2026-03-02T11:00:00+08:00"}
    asked = [drop(here, decided, sign * 32, at=at) for sign, at in arrivals.items()]
    take(store, here)
    answer(store, here, asked[0].number, TODAY + timedelta(days=30))
    answer(store, here, asked[1].number, TODAY + timedelta(days=1))
    february, march = request_figures(store, here, date(2026, 4, 2))
    assert (february.month, february.answered, february.late, february.days) == ("2026-02", 1, 1, [33])
    assert (march.received, march.answered, march.in_time, march.overdue, march.days) == (2, 1, 1, 1, [1])


def test_a_state_folder_that_was_cleared_is_made_again_and_holds_nothing_else(
    store: Store, here: Instance, decided: str
) -> None:
    asked = drop(here, decided)
    take(store, here)
    folder = here.root / "build" / "status"
    (folder / f"{asked.status}.json").unlink()
    (folder / "stray.json").write_text("", encoding="utf-8")
    look_after_requests(store, here, TakenRequests(), today=TODAY, now=NOW)
    assert files_of(here, "build/status") == [f"{asked.status}.json"]
    assert folder.stat().st_mode & 0o777 == 0o711
    assert SECRET not in (folder / f"{asked.status}.json").read_text(encoding="utf-8")


def test_a_half_written_file_of_a_dead_door_is_cleared_after_a_day(store: Store, here: Instance) -> None:
    part = here.root / "data" / "inbox" / f"{'a' * 64}.part"
    part.parent.mkdir()
    part.write_bytes(b"half")
    take(store, here, datetime.now(UTC))
    assert part.exists()
    take(store, here, datetime.now(UTC) + timedelta(days=2))
    assert not part.exists()


def test_an_alarm_of_the_door_is_told(store: Store, here: Instance) -> None:
    inbox = here.root / "data" / "inbox"
    inbox.mkdir()
    (inbox / "ALARM").write_text('{"at": "t", "code": "inbox_full", "message": "磁盘已满"}', encoding="utf-8")
    assert "磁盘已满" in take(store, here).render_text()
    (inbox / "ALARM").write_bytes(b"\xff")
    assert not take(store, here).ok


def test_a_pair_for_trying_is_made_only_where_there_is_none(here: Instance, tmp_path: Path) -> None:
    assert pair_if_none(here.root, today=TODAY) is None
    (here.root / "data" / "keys" / "inbox.key").unlink()
    assert pair_if_none(here.root, today=TODAY) is None
    (here.root / "data" / "reference" / "inbox.pub").unlink()
    assert pair_if_none(here.root, today=TODAY) is not None
