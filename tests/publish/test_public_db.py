"""public.db: both ways of writing leave the same rows, and a takedown leaves nothing (promises 4, 5, 8)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.publish import opening
from gongshi.publish.composing.public_decision import PublicDecision, seal
from gongshi.publish.database import changes, public_db, rows
from gongshi.publish.database.changes import Changes, diff
from gongshi.publish.database.public_db import apply, write_full
from gongshi.publish.database.shape import usable
from gongshi.publish.notices.notice import PublicNotice, seal_notice
from gongshi.publish.proving import proof
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.query.tokens import match_expression
from gongshi.store.sqlite import connect

HEAD = "0" * 64
Dump = Callable[[Path], dict[str, Any]]
WORDS = ("食品经营许可证", "无证运输", "占道经营", "超限运输", "虚假宣传", "消防通道", "计量器具", "水土保持")


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory, instance: Any) -> list[PublicDecision]:
    """Thirty public decisions of several kinds, each with words of its own."""
    draw = Random(3)
    made = []
    for number in range(30):
        kind = draw.choice(["penalty", "licence", "inspection"])
        made.append(decision(number, kind, f"独有事实{number * 7919:06d}，{draw.choice(WORDS)}"))
    return sorted(made, key=lambda one: one.sort)


def decision(number: int, kind: str, text: str) -> PublicDecision:
    from gongshi.publish.composing.schema import own_columns

    name = f"松原市第{number}号商贸有限公司"
    row = {
        "sort": (20_000 + number % 5 << 20) + number * 31,
        "id": f"{number * 2654435761 % 2**64:016x}",
        "kind": kind,
        "department": "11220700MB99000134",
        "department_name": "松原市市场监督管理局",
        "region": "220700",
        "title": f"松原市市场监督管理局对{name}作出决定",
        "parties": name,
        "document_number": f"松市监罚〔2026〕{number}号",
        "decided_on": "2026-03-02",
        "content": text + "，罚款5000元",
        "facts": text if kind != "licence" else None,
        "legal_basis": None,
        "agency_name": "松原市市场监督管理局",
        "served_on": None,
        "changed_on": None,
        "remedies": None,
        "first_published_on": "2026-03-05",
        "updated_on": "2026-03-05",
        "legal_due": "2026-03-11",
        "due_rule": "x",
        "duty_rule": "D16-publish",
        "duty_article": "D16",
        "due_article": "D27",
        "due_text": "7个工作日",
        "due_provisional": 0,
        "publish_until": None,
        "until_rule": None,
        "until_article": None,
        "earlier": 0,
        "corrected": 0,
        "held_fields": "[]",
        "history": "[]",
    }
    party = {"position": 1, "name": name, "type": "法人及非法人组织", "uscc": None, "fine": "5000"}
    party |= {"confiscated": None, "amount": None, "own": "{}"}
    return seal(row, dict.fromkeys(own_columns(kind)), (party,), 1)


def changed(public: PublicDecision, text: str) -> PublicDecision:
    row = {name: value for name, value in public.row.items() if name != "digest"} | {"content": text}
    return seal(row, public.own, public.parties, 2)


def test_two_full_writes_leave_the_same_bytes(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], dump: Dump
) -> None:
    one, other = tmp_path / "1" / "public.db", tmp_path / "2" / "public.db"
    assert write_full(one, instance, decisions, HEAD) == write_full(other, instance, decisions, HEAD) == 30
    assert dump(one) == dump(other)
    assert one.read_bytes() == other.read_bytes()
    assert [path.name for path in one.parent.iterdir()] == ["public.db"]


def test_what_is_read_back_is_what_was_written(tmp_path: Path, instance: Any, decisions: list[PublicDecision]) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    db = connect(path, read_only=True)
    read = list(rows.stored(db))
    assert [(one.row, one.own, one.parties) for one in read] == [(o.row, o.own, o.parties) for o in decisions]
    assert [one.indexed() for one in read] == [one.indexed() for one in decisions]
    db.close()


def notice(of: PublicDecision, reason: str) -> PublicNotice:
    """A notice in the decision's place."""
    kept = ("sort", "id", "kind", "department", "department_name", "region", "document_number", "decided_on")
    row = {name: of.row[name] for name in kept} | {
        "first_published_on": of.row["first_published_on"],
        "withdrawn_on": "2026-11-20",
        "ending": "revoked",
        "ending_label": "撤销",
        "reason": reason,
        "in_sitemap": 1,
        **dict.fromkeys(("instrument_number", "instrument_agency", "instrument_date", "effective_on")),
        **dict.fromkeys(("rule", "article", "notice_until")),
    }
    return seal_notice(row)


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
        assert public_db.intact(path)


def test_a_notice_that_goes_leaves_no_byte(tmp_path: Path, instance: Any, decisions: list[PublicDecision]) -> None:
    path = tmp_path / "public.db"
    ours = notice(decisions[3], "原决定所依据的检验报告已被依法撤回")
    write_full(path, instance, decisions[4:], HEAD, [ours])
    before = path.read_bytes()
    apply(path, diff(path, decisions[4:]), instance, HEAD)
    after = path.read_bytes()
    for value in (ours.id, "检验报告已被依法撤回", ours.digest):
        assert value.encode() in before
        assert value.encode() not in after


def test_a_notice_that_was_altered_in_the_file_is_noticed(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions[4:], HEAD, [notice(decisions[3], "适用程序错误")])
    assert public_db.intact(path)
    db = connect(path)
    db.execute("UPDATE notices SET reason = '张某某申诉成立'")
    db.close()
    assert not public_db.intact(path)


def test_a_full_write_that_replaces_and_removes_is_proven_too(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    wanted = [changed(one, f"改为{one.sort}另行处理") for one in decisions[2:]]
    assert public_db.bring_to(path, wanted, instance, HEAD, full=True) is None
    monkeypatch.setattr(opening, "switch", lambda new, path: None)
    with pytest.raises(TakedownUnproven) as caught:
        public_db.bring_to(path, wanted[1:], instance, HEAD, full=True)
    assert caught.value.record == wanted[0].id


@pytest.mark.article("D28")
def test_a_takedown_leaves_no_byte_no_match_and_no_token(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    gone = decisions[7]
    values = [gone.id, gone.row["document_number"], gone.row["parties"], gone.row["content"], gone.row["title"]]
    assert all(value.encode() in path.read_bytes() for value in values)
    apply(path, Changes((), (gone.id,)), instance, HEAD)
    data = path.read_bytes()
    assert not [value for value in values if value.encode() in data]
    db = connect(path)
    for value in ("独有事实" + gone.row["content"][4:10], gone.row["parties"]):
        assert not db.execute(
            "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ?", (match_expression(value),)
        ).fetchall()
    db.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'decisions_fts', 'instance')")
    assert db.execute("SELECT count(*) FROM temp.v WHERE doc = ?", (gone.sort,)).fetchone()[0] == 0
    db.execute("CREATE VIRTUAL TABLE temp.t USING fts5vocab('main', 'decisions_fts', 'row')")
    tokens = {token for text in gone.indexed().values() for token in text.split()}
    others = {
        token for one in decisions if one is not gone for text in one.indexed().values() for token in text.split()
    }
    left = {row["term"] for row in db.execute("SELECT term FROM temp.t")}
    assert tokens - others
    assert not (tokens - others) & left
    db.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('integrity-check')")
    db.close()
    assert [child.name for child in tmp_path.iterdir()] == ["public.db"]


@pytest.mark.article("D28")
def test_a_takedown_leaves_no_piece_of_a_word_in_the_index_s_own_bytes(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    """A deleted word stays in the index's blocks, cut short by what it shares with its neighbours (DOMAIN.md 20)."""
    path = tmp_path / "public.db"
    rare = changed(decisions[4], "当事人使用䶮㿟牌产品")
    write_full(path, instance, [*decisions[:4], rare, *decisions[5:]], HEAD)

    def in_the_index() -> bool:
        db = connect(path)
        blocks = b"".join(bytes(row["block"]) for row in db.execute("SELECT block FROM decisions_fts_data"))
        db.close()
        return "㿟".encode() in blocks

    assert in_the_index()
    apply(path, Changes((), (rare.id,)), instance, HEAD)
    assert not in_the_index()


@pytest.mark.parametrize("suffix", proof.SIDE_FILES)
def test_a_file_left_beside_the_database_is_no_proof(
    suffix: str, tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions[:3], HEAD)
    db = connect(path)
    path.with_name(path.name + suffix).write_bytes(b"")
    with pytest.raises(TakedownUnproven):
        proof.no_bytes(path, db, [])
    db.close()


def test_a_token_that_stays_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    before = path.read_bytes()
    monkeypatch.setattr(rows, "_FORGET", "SELECT " + ", ".join("?" * 8))
    with pytest.raises(TakedownUnproven) as caught:
        apply(path, Changes((), (decisions[3].id,)), instance, HEAD)
    assert decisions[3].row["parties"] not in str(caught.value)
    assert path.read_bytes() == before
    monkeypatch.undo()


def test_a_word_that_only_the_index_lists_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    gone = changed(decisions[3], "㿟鬯")
    write_full(path, instance, [*decisions[:3], gone, *decisions[4:]], HEAD)
    db = connect(path)
    db.execute("INSERT INTO decisions_fts (rowid, content) VALUES (7, '㿟鬯')")
    db.close()
    with pytest.raises(TakedownUnproven) as caught:
        apply(path, Changes((), (gone.id,)), instance, HEAD)
    assert "词表" in caught.value.place
    assert public_db.bring_to(path, [*decisions[:3], *decisions[4:]], instance, HEAD) is None
    assert not diff(path, [*decisions[:3], *decisions[4:]])


def test_a_byte_that_stays_is_found_by_the_proof(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    real = opening.connect

    def careless(*arguments: Any, **options: Any) -> Any:
        db = real(*arguments, **options)
        db.execute("PRAGMA secure_delete = OFF")
        return db

    monkeypatch.setattr(opening, "connect", careless)
    with pytest.raises(TakedownUnproven):
        apply(path, Changes((), (decisions[3].id,)), instance, HEAD)
    monkeypatch.undo()
    public_db.bring_to(path, decisions[:3] + decisions[4:], instance, HEAD, full=True)
    assert decisions[3].id.encode() not in path.read_bytes()


def test_what_another_decision_says_too_does_not_stop_a_takedown(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision]
) -> None:
    path = tmp_path / "public.db"
    twin = changed(decisions[1], str(decisions[0].row["content"]))
    write_full(path, instance, [decisions[0], twin], HEAD)
    apply(path, Changes((), (decisions[0].id,)), instance, HEAD)
    assert twin.row["content"].encode() in path.read_bytes()


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
        *("sample", "schema_version", "tokens_version", "head"),
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


def test_a_reader_that_does_not_let_go_does_not_hold_up_a_takedown(
    tmp_path: Path, instance: Any, decisions: list[PublicDecision], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "public.db"
    write_full(path, instance, decisions, HEAD)
    reader = connect(path, read_only=True)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM decisions").fetchone()
    monkeypatch.setattr(opening, "connect", lambda target, timeout=0.1: connect(target, timeout=0.1))
    assert public_db.bring_to(path, decisions[:5] + decisions[6:], instance, HEAD) is None
    assert decisions[5].id.encode() not in path.read_bytes()
    reader.close()


def test_the_pieces_looked_for_are_long_enough_to_tell() -> None:
    public = decision(3, "penalty", "短")
    assert all(len(piece) >= 4 for piece in proof.telling(public))
    assert public.id in set(proof.telling(public))
