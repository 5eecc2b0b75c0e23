"""What the citizen sees and the webmaster hears when the door can not receive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongshi.door.errors import InboxFull
from gongshi.door.inbox import Inbox
from tests.door.visitor import ANSWERS, DECISION, PDF, door, inbox, receipt, send, token

FILE_LIMIT = 20_000
"""Bytes: less than the smallest sealed request."""


def break_key(root: Path) -> None:
    path = root / "data" / "reference" / "inbox.pub"
    path.write_text(path.read_text(encoding="ascii").replace("a", "b").replace("1", "2"), encoding="ascii")


def put_a_file_in_the_way(root: Path) -> None:
    shutil.rmtree(root / "data" / "inbox", ignore_errors=True)
    (root / "data" / "inbox").write_text("", encoding="utf-8")


TROUBLES: dict[str, Callable[[Path], None]] = {
    "inbox_key_missing": lambda root: (root / "data" / "reference" / "inbox.pub").unlink(),
    "inbox_key_broken": break_key,
    "inbox_unwritable": put_a_file_in_the_way,
}


@pytest.mark.parametrize("code", TROUBLES)
def test_a_door_that_can_not_receive_says_so_before_anything_is_typed(place: Path, code: str) -> None:
    TROUBLES[code](place)
    with door(place) as web:
        page = web.get(f"/correct/{DECISION}")
    assert page.status_code == 503
    assert "0438-1234567" in page.text
    assert "retry-after" in page.headers
    assert str(place) not in page.text
    if code != "inbox_unwritable":
        assert code in (place / "data" / "inbox" / "ALARM").read_text(encoding="utf-8")


def test_a_full_disk_keeps_what_was_typed_and_raises_an_alarm_until_there_is_room(place: Path) -> None:
    (place / "data" / "inbox").mkdir()

    with door(place, largest_file=FILE_LIMIT) as web:
        page = send(web, [("a.pdf", PDF)])
    assert page.status_code == 503
    assert "没有提交" in page.text
    assert "0438-1234567" in page.text
    assert all(value in page.text for value in ANSWERS.values())
    assert [path.name for path in (place / "data" / "inbox").iterdir()] == ["ALARM"]
    told = (place / "data" / "inbox" / "ALARM").read_text(encoding="utf-8")
    assert "inbox_full" in told
    assert [value for value in ANSWERS.values() if value in told] == []
    with door(place) as web:
        receipt(send(web))
    assert [path.suffix for path in (place / "data" / "inbox").iterdir()] == [".sealed"]


def test_a_flood_leaves_room_for_the_rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.statvfs(tmp_path)
    free = 600 * 1024 * 1024 // real.f_frsize
    told = os.statvfs_result((*real[:4], free, *real[5:10]))
    monkeypatch.setattr("gongshi.door.inbox.os.statvfs", lambda folder: told)
    inbox = Inbox(tmp_path)
    assert inbox.drop("a" * 64, b"x" * 1024)
    with pytest.raises(InboxFull):
        inbox.drop("b" * 64, b"x" * 128 * 1024 * 1024)
    assert [path.name for path in tmp_path.iterdir()] == ["a" * 64 + ".sealed"]


def test_a_key_that_goes_missing_while_one_types_loses_nothing_of_it(place: Path) -> None:
    with door(place) as web:
        page = web.get(f"/correct/{DECISION}")
        (place / "data" / "reference" / "inbox.pub").unlink()
        data = {"token": token(page), "capacity": "other", **ANSWERS}
        page = web.post(f"/correct/{DECISION}", data=data, files=[("files", ("a.pdf", PDF))])
    assert page.status_code == 503
    assert all(value in page.text for value in ANSWERS.values())
    assert "inbox_key_missing" in (place / "data" / "inbox" / "ALARM").read_text(encoding="utf-8")


def test_a_key_put_back_takes_the_alarm_away(place: Path) -> None:
    public = place / "data" / "reference" / "inbox.pub"
    kept = public.read_text(encoding="ascii")
    public.unlink()
    with door(place) as web:
        assert web.get(f"/correct/{DECISION}").status_code == 503
        public.write_text(kept, encoding="ascii")
        assert web.get(f"/correct/{DECISION}").status_code == 200
    assert not (place / "data" / "inbox" / "ALARM").exists()


@pytest.mark.parametrize(
    ("option", "code", "words"),
    [("--per-address", 429, "同一网络"), ("--tries", 429, "尝试次数"), ("--per-day", 503, "")],
)
def test_limits_hold_and_say_what_to_do(place: Path, option: str, code: int, words: str) -> None:
    with door(place, option, "1") as web:
        receipt(send(web))
        page = send(web, item="第二份")
    assert page.status_code == code
    assert words in page.text
    assert "0438-1234567" in page.text
    assert (ANSWERS["wrong"] in page.text) is (option != "--tries")
    assert len(inbox(place)) == 1
    alarmed = (place / "data" / "inbox" / "ALARM").exists()
    assert alarmed is (option == "--per-day")


def test_questions_about_a_state_are_limited(place: Path) -> None:
    with door(place, "--tries", "2") as web:
        asked = [web.post("/correct/status", data={"number": "a", "secret": "b"}).status_code for _ in range(3)]
    assert asked == [404, 404, 429]


def test_the_door_works_without_a_record_and_with_one_that_it_may_not_read(place: Path) -> None:
    store = place / "data" / "store.db"
    assert not store.exists()
    with door(place) as web:
        receipt(send(web))
        store.write_bytes(b"")
        store.chmod(0)
        receipt(send(web, item="另一份"))
    assert store.stat().st_size == 0
    assert sorted(path.name for path in (place / "data").iterdir()) == ["inbox", "keys", "reference", "store.db"]


def test_nothing_that_the_door_loads_can_open_a_database() -> None:
    code = "import sys, gongshi.door.app, gongshi.door.server; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "gongshi.door.sealing" in loaded
    forbidden = (
        "sqlite3",
        "_sqlite3",
        "pysqlite3",
        "datasette",
        "gongshi.store",
        "gongshi.lifecycle",
        "gongshi.instance",
    )
    assert [name for name in loaded if name.startswith(forbidden)] == []


def test_a_door_that_may_only_write_and_enter_drops_whole_files_and_can_not_list_them(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    folder.chmod(0o300)
    child = os.fork()
    if child == 0:  # the door's own user: without root's rights, in a folder of mode 0300
        try:
            os._exit(_drop_as_a_stranger(folder))
        finally:
            os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    folder.chmod(0o700)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a" * 64 + ".sealed", b"sealed")]


def _drop_as_a_stranger(folder: Path) -> int:
    """0 where it could drop and not list. The fork keeps the way to the folder open: it works inside it."""
    os.chdir(folder)
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    inbox = Inbox(Path())
    inbox.ready()
    if not inbox.drop("a" * 64, b"sealed") or inbox.drop("a" * 64, b"sealed") or not inbox.holds("a" * 64):
        return 1
    try:
        list(Path().iterdir())
    except PermissionError:
        return 0
    return 2
