"""public.db: both ways of writing leave the same rows, whatever happened to the file before (promises 4, 5)."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.database import changes, public_db, rows, shape, standing
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.leftovers import swept
from gongshi.publish.database.public_db import apply, write_full
from gongshi.publish.database.shape import usable
from gongshi.publish.opening import reading
from gongshi.store.sqlite import connect
from tests.publish.thirty import HEAD, WORDS, Dump, changed, notice, thirty


@pytest.fixture(scope="module")
def decisions() -> list[PublicDecision]:
    return thirty()


def test_two_full_writes_leave_the_same_bytes(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump
) -> None:
    one, other = tmp_path / "1" / "public.db", tmp_path / "2" / "public.db"
    assert write_full(one, instance, decisions, HEAD) == write_full(other, instance, decisions, HEAD) == 30
    assert dump(one) == dump(other)
    assert one.read_bytes() == other.read_bytes()
    assert [path.name for path in one.parent.iterdir()] == ["public.db"]


@pytest.mark.article("D28")
def test_no_page_keeps_what_was_moved_out_of_it(tmp_path: Path, instance: Any, decisions: list[PublicDecision]) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    assert _swept(path) == 0
    replaced = tuple(changed(one, "、".join(WORDS)) for one in decisions[:5])
    apply(path, Changes(replaced, tuple(one.id for one in decisions[5:9])), instance, HEAD)
    assert _swept(path) == 0


def _swept(path: Path) -> int:
    with reading(path) as db:
        return swept(db, path)


def test_an_index_laid_down_in_many_pieces_is_the_same_one(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    write_full(one, instance, decisions, HEAD)
    for most in (3, 1500):  # merged on the way as well, or in the end alone
        monkeypatch.setattr(shape, "_WHILE_FILLING", {"hashsize": 2000, "automerge": 0, "crisismerge": most})
        write_full(other, instance, decisions, HEAD)
        assert dump(one) == dump(other)
        db = connect(other, read_only=True)
        assert db.execute("SELECT count(DISTINCT segid) FROM decisions_fts_idx").fetchone()[0] == 1
        assert {row["k"] for row in db.execute("SELECT k FROM decisions_fts_config")} == {"version", "secure-delete"}
        db.close()


def test_what_is_read_back_is_what_was_written(tmp_path: Path, instance: Any, decisions: list[PublicDecision]) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    db = connect(path, read_only=True)
    read = list(rows.stored(db))
    assert [(one.row, one.own, one.parties) for one in read] == [(o.row, o.own, o.parties) for o in decisions]
    assert [one.indexed() for one in read] == [one.indexed() for one in decisions]
    db.close()


Acts = st.sampled_from(["add", "remove", "change", "withdraw", "withdraw otherwise", "lift"])

Plan = st.lists(st.tuples(Acts, st.integers(0, 29)), max_size=25)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=Plan)
def test_any_sequence_of_changes_in_place_equals_a_full_write(
    plan: list[tuple[str, int]],
    tmp_path_factory: pytest.TempPathFactory,
    instance: Any,
    decisions: list[PublicDecision],
    dump: Dump,
) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    path, fresh = folder / "public.db", folder / "fresh.db"
    now, notices = {one.id: one for one in decisions[:10]}, {}
    write_full(path, instance, decisions[:10], HEAD)
    for start in range(0, len(plan), 5):
        for act, at in plan[start : start + 5]:
            one = decisions[at]
            now.pop(one.id, None)
            notices.pop(one.id, None)
            if act.startswith("withdraw"):
                notices[one.id] = notice(one, "适用程序错误" if act == "withdraw" else f"主要证据不足{start}")
            elif act in ("add", "change"):
                now[one.id] = one if act == "add" else changed(one, f"改为{start}{WORDS[start % 8]}")
        wanted = sorted(now.values(), key=lambda one: one.sort)
        noticed = sorted(notices.values(), key=lambda one: one.sort)
        apply(path, diff(path, wanted, noticed), instance, HEAD)
        write_full(fresh, instance, wanted, HEAD, noticed)
        assert dump(path) == dump(fresh)
        assert not diff(path, wanted, noticed)
        assert standing.intact(path)


def test_a_notice_that_was_altered_in_the_file_is_noticed(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions[4:], HEAD, [notice(decisions[3], "适用程序错误")])
    assert standing.intact(path)
    db = connect(path)
    db.execute("UPDATE notices SET reason = '张某某申诉成立'")
    db.close()
    assert not standing.intact(path)


def test_the_slow_way_leaves_the_same_rows(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = tmp_path / "quick.db", tmp_path / "slow.db"
    changes = Changes((changed(decisions[5], "改"), decisions[25]), (decisions[2].id,))
    for path in (quick, slow):
        write_full(path, instance, decisions[:20], HEAD)
    apply(quick, changes, instance, "1" * 64)
    monkeypatch.setattr(public_db, "can_secure_delete", lambda: False)
    apply(slow, changes, instance, "1" * 64)
    assert dump(quick) == dump(slow)
    assert decisions[2].id.encode() not in slow.read_bytes()


def test_reference_data_follows(tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump) -> None:
    one, other = tmp_path / "1.db", tmp_path / "2.db"
    write_full(one, instance, decisions, HEAD)
    keys = iter(instance.departments)
    next(keys)
    renamed = replace(instance.departments[next(keys)], channel_phone="0438-7654321")
    after = replace(
        instance,
        departments={**instance.departments, renamed.key: renamed},
        city=replace(instance.city, site_name="新名称"),
    )
    apply(one, Changes((), ()), after, "2" * 64)
    write_full(other, after, decisions, "2" * 64)
    assert dump(one) == dump(other)
    assert ("site_name", "新名称") in dump(one)["meta"]


def test_no_internal_setting_is_in_meta(tmp_path: Path, instance: Any, dump: Dump) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, [], HEAD)
    people = {p for d in instance.departments.values() for p in (*d.submitters, *d.reviewers)}
    assert people
    assert not [person for person in people if person.encode() in path.read_bytes()]
    assert {key for key, _ in dump(path)["meta"]} == {
        *("name", "site_name", "region", "url", "domain", "website_id", "organiser"),
        *("request_disclosure", "complaint", "site_errors"),
        *("sample", "schema_version", "tokens_version", "keys_version", "head"),
    }


@pytest.mark.parametrize("fault", ["missing", "garbage", "another tokeniser", "another shape"])
def test_a_file_that_can_not_be_changed_in_place_is_written_from_nothing(
    fault: str, tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump
) -> None:
    path, fresh = tmp_path / "public.db", tmp_path / "fresh.db"
    if fault == "garbage":
        path.write_bytes(b"not a database" * 1000)
    elif fault != "missing":
        write_full(path, instance, decisions[:5], HEAD)
        assert usable(path)
        db = connect(path)
        if fault == "another tokeniser":
            db.execute("UPDATE meta SET value = '0' WHERE key = 'tokens_version'")
        else:
            db.execute("ALTER TABLE parties ADD COLUMN secret TEXT")
        db.close()
    assert not usable(path)
    assert public_db.bring_to(path, decisions, instance, HEAD) is None
    write_full(fresh, instance, decisions, HEAD)
    assert dump(path) == dump(fresh)


KILLED = """
import os, sys
sys.path.insert(0, {tests!r})
import pickle
from pathlib import Path
from gongshi.instance import load
from gongshi.publish.database.changes import Changes
from gongshi.publish.database.public_db import apply
def step(name):
    if name == {at!r}:
        os.kill(os.getpid(), 9)
changes = pickle.load(open({changes!r}, "rb"))
apply(Path({path!r}), changes, load(Path({root!r})), "0" * 64, step)
"""


@pytest.mark.parametrize("at", ["delete", "insert", "commit"])
def test_killed_in_the_middle_of_a_change_the_next_run_finishes_it(
    at: str, tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump
) -> None:
    import pickle

    path, changes = tmp_path / "public.db", tmp_path / "changes"
    write_full(path, instance, decisions[:20], HEAD)
    before = dump(path)
    wanted = Changes((decisions[25],), (decisions[2].id,))
    changes.write_bytes(pickle.dumps(wanted))
    code = KILLED.format(
        tests=str(Path(__file__).parent), at=at, changes=str(changes), path=str(path), root=str(instance.root)
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ})
    assert done.returncode == -9
    assert dump(path) == before
    apply(path, wanted, instance, HEAD)
    assert decisions[2].id.encode() not in path.read_bytes()


CUT_OFF = """
import os
from gongshi.publish.opening import reading
from gongshi.store.sqlite import connect
db = connect({path!r})
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("UPDATE decisions SET content = content || hex(randomblob(9000))")
os.kill(os.getpid(), 9)
"""


def test_a_full_write_over_a_change_that_was_cut_off_is_not_spoilt_by_its_journal(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump
) -> None:
    path, fresh, journal = tmp_path / "public.db", tmp_path / "fresh.db", tmp_path / "public.db-journal"
    write_full(path, instance, decisions[:20], HEAD)
    subprocess.run([sys.executable, "-c", CUT_OFF.format(path=str(path))], check=False)
    assert journal.stat().st_size > 1000
    write_full(path, instance, decisions, HEAD)
    write_full(fresh, instance, decisions, HEAD)
    assert dump(path) == dump(fresh)
    assert not journal.exists()


def test_a_large_change_is_a_fresh_file_and_a_small_one_is_not(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    monkeypatch.setattr(changes, "_FEW", 5)
    write_full(path, instance, decisions[:20], HEAD)
    inode = path.stat().st_ino
    assert public_db.bring_to(path, decisions[:21], instance, HEAD) is not None
    assert path.stat().st_ino == inode
    assert public_db.bring_to(path, decisions[10:], instance, HEAD) is None
    assert path.stat().st_ino != inode
