"""Evidence of a case: put in by those who may, named by the journal, taken out on record, proven and never public."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main
from gongshi.lifecycle.cases.evidence import _own_line
from gongshi.store import Store, verify
from gongshi.store.cases import entered, lines
from gongshi.store.erase_cases import erase_case
from gongshi.store.evidence import kept
from gongshi.store.operations import Operation
from gongshi.vault import Vault
from tests.instances import copied
from tests.killing import Operations
from tests.lifecycle.legal.casework import CASE, D, case_said, line_said, write

NOW = datetime.fromisoformat("2026-03-05T10:00+08:00")
NUMBER = "松市监案〔2026〕1号"
CANARY = b"\x89PNG\r\n\x1a\n" + b"canary-of-the-vault" * 999


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample city's reference data with one case."""
    city = copied(tmp_path / "city")
    with Store.open(city / "data" / "store.db") as store:
        said = case_said() | {"key": f"{D}/case/松市监案〔2026〕1"}
        write(store, NOW, (Operation.CASE, said), (Operation.CASE_RECORD, line_said("3", "inspection_record")))
    return city


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "canary-name.png"
    path.write_bytes(CANARY)
    return path


def run(root: Path, *words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--root", str(root), "--today", "2026-03-05"])


def put(root: Path, photo: Path, *more: str, by: str = "张示一") -> Result:
    told = ("--custodian", "何示档", "--description", "现场照片")
    return run(root, "evidence", "add", NUMBER, photo, "--by", by, *told, *more)


def store_of(root: Path) -> Store:
    return Store.open(root / "data" / "store.db", read_only=True)


@pytest.mark.article("R32", "R37", "S2.3")
def test_a_file_goes_in_is_listed_verified_and_taken_out_on_record(root: Path, photo: Path, tmp_path: Path) -> None:
    assert put(root, photo, "--line", "3").exit_code == 0
    again = json.loads(put(root, photo, "--line", "3", "--json").stdout)
    assert [one["again"] for one in again] == [True]
    sha = again[0]["sha256"]
    told = run(root, "evidence", "list", NUMBER, "--by", "张示一")
    assert "现场照片" in told.output
    assert sha in told.output
    assert run(root, "verify").exit_code == 0
    out = tmp_path / "out.png"
    assert run(root, "evidence", "get", NUMBER, sha, "--by", "刘示长", "--why", "复议", "--out", out).exit_code == 0
    assert out.read_bytes() == CANARY
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with store_of(root) as store:
        assert verify(store).ok
        assert [one.line for one in kept(store)] == ["3"]
        reads = [one.payload for one in entered(store, CASE, Operation.ACCESS)]
        assert [(said["act"], said["target"]) for said in reads if said] == [("show", "evidence"), ("evidence", sha)]
    assert len(list(Vault(root / "data/vault").lines())) == 1


def test_a_file_without_a_line_is_a_recording_of_its_own(root: Path, photo: Path) -> None:
    added = json.loads(put(root, photo, "--json").stdout)
    with store_of(root) as store:
        row = store.db.execute("SELECT what, medium, filled FROM case_records WHERE line = ?", (added[0]["line"],))
        what, medium, filled = row.fetchone()
    assert (what, medium) == ("recording", "photo")
    assert {"stored_at", "description", "custodian"} <= set(json.loads(filled))


@pytest.mark.article("R13", "R32")
@pytest.mark.parametrize(
    ("name", "more", "recorded"),
    [("现场.mp4", (), True), ("扫描.png", (), False), ("照片.png", ("--medium", "photo"), False)],
)
def test_what_the_vault_holds_for_a_record_is_its_recording(
    root: Path, tmp_path: Path, name: str, more: tuple[str, ...], recorded: bool
) -> None:
    """A video is; the picture of a page is its scan, and photographs alone are no recording of an inspection."""
    file = tmp_path / name
    file.write_bytes(
        CANARY if name.endswith("png") else b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"v" * 99
    )
    assert put(root, file, "--line", "3", "--made-at", "2026-03-02 09:30", *more).exit_code == 0
    told = json.loads(run(root, "case", "check", NUMBER, "--json").stdout)["findings"]
    lacking = {one["requirement"]: one["status"] for one in told}
    assert ("R13-inspection" not in lacking) is recorded
    assert lacking.get("R32-storage") == (None if name == "扫描.png" else "late"), "made on the 2nd, kept on the 5th"
    with store_of(root) as store:
        assert [one.line for one in lines(store, CASE)] == ["3"], "it is judged as a line, and is none"


@pytest.mark.article("R3")
def test_a_recording_of_its_own_belongs_to_the_stage_that_is_said(root: Path, photo: Path) -> None:
    put(root, photo, "--stage", "investigation")
    with store_of(root) as store:
        assert [one.stage for one in lines(store, CASE) if one.what == "recording"] == ["investigation"]


REFUSED = [
    (("evidence", "get", NUMBER, "{sha}", "--by", "钱示闲", "--why", "x", "--out", "{out}"), "access_refused"),
    (("evidence", "get", NUMBER, "{sha}", "--by", "刘示长", "--out", "{out}"), "reason_needed"),
    (("evidence", "get", NUMBER, "0" * 64, "--by", "刘示长", "--why", "x", "--out", "{out}"), "evidence_missing"),
    (
        ("evidence", "get", NUMBER, "{sha}", "--by", "刘示长", "--why", "x", "--out", "{root}/build/x.png"),
        "out_in_public",
    ),
    (("evidence", "get", "没有〔2026〕9号", "{sha}", "--by", "刘示长", "--out", "{out}"), "case_not_found"),
]


@pytest.mark.article("R33")
@pytest.mark.parametrize(("words", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_is_refused_leaves_nothing(
    root: Path, photo: Path, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    sha = json.loads(put(root, photo, "--json").stdout)[0]["sha256"]
    (root / "build").mkdir(exist_ok=True)
    ran = run(root, *(word.format(sha=sha, out=tmp_path / "out.png", root=root) for word in words))
    assert ran.exit_code == 1
    assert code in ran.output
    assert not (tmp_path / "out.png").exists()
    assert not (root / "build" / "x.png").exists()


@pytest.mark.parametrize(
    ("more", "by", "code"), [((), "刘示长", "access_refused"), (("--line", "99"), "张示一", "line_unknown")]
)
def test_what_may_not_go_in(root: Path, photo: Path, more: tuple[str, ...], by: str, code: str) -> None:
    ran = put(root, photo, *more, by=by)
    assert (ran.exit_code, code in ran.output) == (1, True)
    assert list(Vault(root / "data/vault").names()) == []


@pytest.mark.article("R37")
def test_verify_finds_and_locates_what_is_missing_or_older(root: Path, photo: Path) -> None:
    sha = json.loads(put(root, photo, "--line", "3", "--json").stdout)[0]["sha256"]
    before = (root / "data/store.db").read_bytes()
    place = Vault(root / "data/vault").place(sha)
    place.rename(place.with_name("away"))
    found = run(root, "verify", "--quick")
    assert found.exit_code == 1
    assert "第 3 条流水" in found.output
    assert "第 3 行" in found.output
    place.with_name("away").rename(place)
    second = photo.with_name("b.png")
    second.write_bytes(CANARY + b"2")
    assert put(root, second).exit_code == 0
    for side in (root / "data").glob("store.db-*"):
        side.unlink()
    (root / "data/store.db").write_bytes(before)
    older = json.loads(run(root, "verify", "--json").output)
    assert "record_older" in {flaw["code"] for flaw in older["evidence"]}


def test_what_is_erased_leaves_the_vault_and_may_not_return(root: Path, photo: Path) -> None:
    sha = json.loads(put(root, photo, "--json").stdout)[0]["sha256"]
    vault = Vault(root / "data/vault")
    with Store.open(root / "data/store.db") as store:
        for gone in erase_case(store, CASE, reason="依法", by="甲", department=D, now=NOW):
            vault.forget(gone)
    assert run(root, "verify").exit_code == 0
    vault.take(photo)
    assert "evidence_returned" in {
        flaw["code"] for flaw in json.loads(run(root, "verify", "--json").output)["evidence"]
    }
    assert not vault.place(sha).with_suffix(".part").exists()


@pytest.mark.article("R37")
def test_killed_between_vault_journal_and_ledger_the_next_time_finishes(root: Path, photo: Path) -> None:
    """Before each link, statement and write: no entry without its bytes, and all agree after the next time."""
    assert child(root, photo, ("", 0)), "it comes to its end where nobody kills it"
    second = photo.with_name("second.png")
    second.write_bytes(CANARY + b"2")
    kills = [(kind, at) for kind in ("link", "BEGIN", "COMMIT", "fsync", "write") for at in (1, 2, 3)]
    killed = [kill for kill in kills if not child(root, second, kill)]
    assert {kind for kind, _ in killed} == {"link", "BEGIN", "COMMIT", "fsync", "write"}
    assert put(root, second).exit_code == 0
    assert run(root, "verify").exit_code == 0
    with store_of(root) as store:
        assert len(list(kept(store))) == 2
    assert len(list(Vault(root / "data/vault").lines())) == 2


def child(root: Path, file: Path, at: tuple[str, int]) -> bool:
    """Put a file in in a process of its own, killed before operation `at`; whether it came to its end."""
    pid = os.fork()
    if not pid:
        Operations(root, at).watch()
        put(root, file)
        os._exit(0)
    ended = os.waitpid(pid, 0)[1]
    with store_of(root) as store:
        named = [one.sha256 for one in kept(store)]
    assert all(Vault(root / "data/vault").place(sha).is_file() for sha in named), at
    return not os.WIFSIGNALED(ended)


def test_nothing_of_the_vault_or_of_a_case_reaches_the_public_side(root: Path, photo: Path) -> None:
    said = case_said()
    said["values"] |= {"facts": "绝不公开的事实", "start_reason": "绝不公开的人"}
    with Store.open(root / "data" / "store.db") as store:
        write(store, NOW, (Operation.CASE, said | {"key": f"{D}/case/松市监案〔2026〕1"}))
    told = ("--by", "张示一", "--custodian", "绝不公开的人", "--description", "绝不公开的说明")
    assert run(root, "evidence", "add", NUMBER, photo, *told).exit_code == 0
    assert run(root, "rebuild").exit_code in (0, 1)
    texts = [b"canary", "绝不公开的事实".encode(), "绝不公开的说明".encode(), "绝不公开的人".encode()]
    files = [path for path in (root / "build").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not [text for text in texts if text in content], path


@pytest.mark.article("R37")
def test_a_file_that_a_line_names_and_the_vault_has_not_is_told_and_another_one_is_refused(
    root: Path, photo: Path, tmp_path: Path
) -> None:
    sha = hashlib.sha256(CANARY).hexdigest()
    names = line_said("3", "inspection_record")
    with Store.open(root / "data" / "store.db") as store:
        write(store, NOW, (Operation.CASE_RECORD, names | {"values": {"file_sha256": sha}}))
    checked = run(root, "case", "check", NUMBER).output
    assert f"[文件未入库] 序号 3：登记的校验值 {sha}" in checked
    assert json.loads(run(root, "case", "check", "--json").stdout)["files"]["missing"] == 1
    other = tmp_path / "other.png"
    other.write_bytes(b"\x89PNG\r\n\x1a\n another")
    refused = put(root, other, "--line", "3")
    assert (refused.exit_code, "evidence_differs" in refused.stderr) == (1, True)
    assert list(Vault(root / "data" / "vault").names()) == []
    assert put(root, photo, "--line", "3").exit_code == put(root, other, "--line", "3").exit_code == 0
    assert "[文件" not in run(root, "case", "check", NUMBER).output
    with Store.open(root / "data" / "store.db") as store:
        write(store, NOW, (Operation.CASE_RECORD, names | {"values": {"file_sha256": "0" * 64}}))
        assert verify(store).ok
    assert "[文件不一致] 序号 3：登记的校验值 000" in run(root, "case", "check", NUMBER).output
    told = run(root, "case", "check", "--department", D).output
    assert (
        "登记了校验值而没有入库的文件 0 个，与入库文件不一致的 1 个（《松原市行政执法全过程记录实施办法》第三十七条）"
        in told
    )


def test_what_may_be_wrong_with_files_is_told(root: Path, tmp_path: Path) -> None:
    names = {"empty.jpg": b"", os.fsdecode(b"\xcf\xd6\xb3\xa1.txt"): b"gb", "new\nline\x1b[31m.txt": b"control"}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    first, *rest = names
    refused = put(root, tmp_path / rest[0], str(tmp_path / first), "--json")
    assert refused.exit_code == 1
    assert "evidence_empty “empty.jpg”" in refused.output
    assert "在此以前的 1 个文件已经入库：现场.txt" in refused.output
    told = put(root, tmp_path / rest[1])
    assert told.output.startswith("new�line�[31m.txt：已入库")
    for made, word in (("2027-01-01", "in_future"), ("明天", "要写成 2026-03-02 09:30 的形式")):
        assert word in put(root, tmp_path / rest[1], "--made-at", made).output


def test_a_line_of_its_own_takes_no_other_lines_number(root: Path, photo: Path) -> None:
    """Two files whose hashes begin alike are found in seconds: the second must not stand in the first one's place."""
    sha = json.loads(put(root, photo, "--line", "3", "--json").stdout)[0]["sha256"]
    with Store.open(root / "data" / "store.db") as store:
        write(store, NOW, (Operation.CASE_RECORD, line_said(f"音像-{sha[:12]}", "inquiry")))
    other = photo.with_name("other.png")
    other.write_bytes(CANARY + b"2")
    assert len(json.loads(put(root, other, "--json").stdout)[0]["line"]) == len("音像-") + 12
    assert _own_line(sha, {f"音像-{sha[:12]}", f"音像-{sha[:13]}"}) == f"音像-{sha[:14]}"


@pytest.mark.article("R33", "R37")
def test_what_is_taken_out_is_what_was_kept_for_its_reader_alone(root: Path, photo: Path, tmp_path: Path) -> None:
    sha = json.loads(put(root, photo, "--json").stdout)[0]["sha256"]
    asked = ("evidence", "get", NUMBER, sha, "--by", "张示一", "--out")
    old = os.umask(0)
    try:
        assert run(root, *asked, tmp_path / "out").exit_code == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600
    place = Vault(root / "data/vault").place(sha)
    place.chmod(0o600)
    place.write_bytes(CANARY[::-1])
    refused = run(root, *asked, tmp_path / "again")
    assert "vault_damaged" in refused.output
    assert not (tmp_path / "again").exists()
    place.unlink()
    place.symlink_to(tmp_path / "nowhere")
    assert "原处是一个链接或者设备" in run(root, "verify").output
    probe = run(root, "evidence", "get", NUMBER, "0" * 64, "--by", "钱示闲", "--out", tmp_path / "x")
    assert "access_refused" in probe.output, "who may not read is not told what there is"
    assert "out_in_public" in run(root, *asked, root / "data" / "out").output
