"""Committed files go in once, with their reviews; a wrong one is named and never stops the others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import TakenIn, submissions, take_in
from gongshi.lifecycle import settled as on_disk
from gongshi.store import Store, approved, head, latest, verify

DEPARTMENT = "112207000135491313"
REVIEW = "reviewer: 孙审核\nresult: approve\ndate: 2026-03-02\nopinion: 同意\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submissions" / DEPARTMENT
    made.mkdir(parents=True)
    return made


@pytest.fixture
def take(store: Store, instance: Instance, folder: Path, clock: Mapping) -> Callable[[], TakenIn]:
    return lambda: take_in(store, instance, folder=folder.parent, **clock)


def test_a_batch_and_its_review_are_taken_in_once(
    folder: Path, take: Callable, penalty_csv: Callable, store: Store
) -> None:
    (folder / "三月.csv").write_bytes(penalty_csv({}))
    (folder / "三月.review.yml").write_text(REVIEW, encoding="utf-8")
    done = take()
    assert (len(done.receipts), len(done.reviews), done.faults) == (1, 1, [])
    assert done.receipts[0].by == "赵提交"
    assert (done.receipts[0].entries, done.receipts[0].left_out) == ((), 1), "a city's first run holds all of them"
    assert len(list(approved(store))) == 1
    before = head(store)
    again = take()
    assert (again.receipts, again.reviews, again.faults, again.known) == ([], [], [], 1)
    assert head(store) == before
    assert verify(store).ok


def test_a_review_that_comes_later_is_taken_in_then(folder: Path, take: Callable, penalty_csv: Callable) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({}))
    assert take().reviews == []
    (folder / "a.review.yml").write_text(REVIEW, encoding="utf-8")
    assert len(take().reviews) == 1


def test_choices_about_names_added_to_a_review_are_taken_in(
    folder: Path, take: Callable, penalty_csv: Callable, store: Store
) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({"违法事实": "当事人雇佣驾驶员李建国运输"}))
    (folder / "a.review.yml").write_text(REVIEW, encoding="utf-8")
    assert take().reviews[0].passed == 1
    assert next(approved(store)).masked_names == frozenset()
    (folder / "a.review.yml").write_text(REVIEW + "names: {mask: [李建国]}\n", encoding="utf-8")
    assert take().reviews
    assert next(approved(store)).masked_names == {"李建国"}


def test_what_is_said_of_a_batch_counts(folder: Path, take: Callable, penalty_csv: Callable, store: Store) -> None:
    (folder / "旧.csv").write_bytes(
        penalty_csv(
            {
                "行政相对人名称": "张大山",
                "行政相对人类别": "自然人",
                "行政相对人代码_1(统一社会信用代码)": "",
                "首次公示日期": "2023-05-06",
                "处罚决定日期": "2023-05-04",
                "行政处罚决定书文号": "松试罚〔2023〕1号",
            }
        )
    )
    note = "by: 钱兼任\nearlier: true\nevidence: 截图存档\nall_adults: true\n"
    (folder / "旧.batch.yml").write_text(note, encoding="utf-8")
    (folder / "旧.review.yml").write_text(REVIEW, encoding="utf-8")
    done = take()
    assert done.faults == []
    assert (done.receipts[0].by, done.receipts[0].earlier) == ("钱兼任", True)
    (item,) = approved(store)
    assert item.earlier
    assert item.decision.parties[0]["party_adult_when_decided"] == "1"
    assert store.db.execute("SELECT evidence FROM batches").fetchone()[0] == "截图存档"


WRONG: dict[str, tuple[dict[str, str | None], str, str, str]] = {
    "an unknown department": ({"../别的部门/a.csv": None}, "别的部门", "department_unknown", "没有登记的部门"),
    "a file outside the departments": ({"../a.csv": "x"}, "a.csv", "no_department", "部门的文件夹"),
    "a review without its batch": ({"b.review.yml": REVIEW}, "b.review.yml", "orphan_sidecar", "b.xlsx"),
    "a note without its batch": ({"b.batch.yml": "by: 赵提交"}, "b.batch.yml", "orphan_sidecar", "b.xlsx"),
    "one name twice": ({"b.csv": None, "b.json": "[]"}, "b.csv", "same_stem", "b.csv、b.json"),
    "a stranger reviews": (
        {"b.csv": None, "b.review.yml": REVIEW.replace("孙审核", "李四")},
        "b.review.yml",
        "reviewer_unknown",
        "李四",
    ),
    "who submits reviews": (
        {"b.csv": None, "b.batch.yml": "by: 钱兼任", "b.review.yml": REVIEW.replace("孙审核", "钱兼任")},
        "b.review.yml",
        "same_person",
        "钱兼任",
    ),
    "a stranger submits": ({"b.csv": None, "b.batch.yml": "by: 李四"}, "b.csv", "submitter_unknown", "李四"),
    "a review of another day to come": (
        {"b.csv": None, "b.review.yml": REVIEW.replace("2026-03-02", "2026-03-03")},
        "b.review.yml",
        "review_ahead",
        "2026-03-03",
    ),
    "a return without an opinion": (
        {"b.csv": None, "b.review.yml": "reviewer: 孙审核\nresult: return\ndate: 2026-03-02\n"},
        "b.review.yml",
        "opinion_needed",
        "意见",
    ),
    "an unknown result": (
        {"b.csv": None, "b.review.yml": REVIEW.replace("approve", "maybe")},
        "b.review.yml",
        "sidecar_invalid",
        "approve",
    ),
    "a misspelt key": (
        {"b.csv": None, "b.review.yml": REVIEW.replace("opinion", "opinoin")},
        "b.review.yml",
        "sidecar_invalid",
        "是不是“opinion”",
    ),
    "broken YAML": ({"b.csv": None, "b.review.yml": "reviewer: [孙"}, "b.review.yml", "sidecar_invalid", "第 "),
    "nesting that would overflow the stack": (
        {"b.csv": None, "b.review.yml": "reviewer: " + "[" * 400_000},
        "b.review.yml",
        "sidecar_invalid",
        "嵌套太深",
    ),
    "lists in lists that would overflow the stack": (
        {"b.csv": None, "b.review.yml": "- " * 400_000},
        "b.review.yml",
        "sidecar_invalid",
        "嵌套太深",
    ),
    "a type that would run a command": (
        {"b.csv": None, "b.review.yml": "reviewer: !!python/object/apply:os.getcwd []\n"},
        "b.review.yml",
        "sidecar_invalid",
        "第 1 行",
    ),
    "a misspelt key of the batch": (
        {"b.csv": None, "b.batch.yml": "earler: true"},
        "b.csv",
        "sidecar_invalid",
        "是不是“earlier”",
    ),
    "a list instead of a note": ({"b.csv": None, "b.batch.yml": "- a"}, "b.csv", "sidecar_invalid", "项: 值"),
    "no date": (
        {"b.csv": None, "b.review.yml": "reviewer: 孙审核\nresult: approve\n"},
        "b.review.yml",
        "sidecar_invalid",
        "审核日期",
    ),
    "a name that stands nowhere": (
        {"b.csv": None, "b.review.yml": REVIEW + "names: {mask: [王二小]}\n"},
        "b.review.yml",
        "name_not_in_batch",
        "王二小",
    ),
    "rows with errors": ({"b.csv": "行政处罚决定书文号\n1\n"}, "b.csv", "check_failed", "错误"),
    "no table at all": ({"b.xlsx": "not a workbook"}, "b.xlsx", "check_failed", "错误"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named_and_stops_no_other(
    case: str, folder: Path, take: Callable, penalty_csv: Callable
) -> None:
    files, name, code, words = WRONG[case]
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        raw = penalty_csv({"行政处罚决定书文号": "松试罚〔2026〕9号"}) if text is None else text.encode()
        target.write_bytes(raw)
    (folder / "a.csv").write_bytes(penalty_csv({}))
    (folder / "z.csv").write_bytes(penalty_csv({"行政处罚决定书文号": "松试罚〔2026〕8号"}))
    done = take()
    prefix = "" if name in ("别的部门", "a.csv") else f"{DEPARTMENT}/"
    faults = {fault.file: fault for fault in done.faults}
    assert list(faults) == [prefix + name]
    assert faults[prefix + name].code == code
    assert words in faults[prefix + name].message
    taken = {receipt.files[0] for receipt in done.receipts}
    assert {"a.csv", "z.csv"} <= taken
    assert words in done.render_text()
    assert done.to_json()["faults"]


def test_only_files_themselves_are_taken_in(folder: Path, take: Callable, penalty_csv: Callable, store: Store) -> None:
    elsewhere = folder.parent.parent / "elsewhere.csv"
    elsewhere.write_bytes(penalty_csv({}))
    (folder / "link.csv").symlink_to(elsewhere)
    (folder / "nowhere.csv").symlink_to("/nonexistent")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / ".#a.xlsx").symlink_to("somebody@host.1:2")
    done = take()
    assert {fault.file.split("/")[1]: fault.code for fault in done.faults} == dict.fromkeys(
        ("link.csv", "nowhere.csv", "folder", "pipe.csv"), "no_file"
    )
    assert done.receipts == []


def test_a_name_from_an_old_archive_is_no_obstacle(folder: Path, take: Callable, penalty_csv: Callable) -> None:
    stem = os.fsdecode("三月".encode("gb18030"))
    (folder / f"{stem}.csv").write_bytes(penalty_csv({}))
    (folder / f"{stem}.review.yml").write_text(REVIEW, encoding="utf-8")
    (folder / f"{stem}2.csv").write_text("x")
    done = take()
    assert (len(done.receipts), len(done.reviews), len(done.faults)) == (1, 1, 1)
    assert done.render_text().encode()
    assert (take().known, take().reviews) == (1, [])


def test_a_name_of_a_file_begins_no_line_and_tells_no_number(folder: Path, take: Callable) -> None:
    (folder / "x\n2026-11-22：网站已更新。\x1b[2J.csv").write_text("x")
    (folder / "220702198001011234.csv").write_text("x")
    told = take().render_text()
    assert not [line for line in told.splitlines() if line.startswith("2026-11-22")]
    assert "\x1b" not in told
    assert "220702198001011234" not in told


def test_a_batch_with_errors_tells_row_and_column(folder: Path, take: Callable, penalty_csv: Callable) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({"处罚决定日期": "2026-02-30"}))
    (fault,) = take().faults
    assert [(problem.row, problem.column) for problem in fault.problems] == [(2, "处罚决定日期")]
    assert "第 2 行" in fault.render_text()


def test_the_same_file_under_another_name_is_known(folder: Path, take: Callable, penalty_csv: Callable) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({}))
    take()
    shutil.copy(folder / "a.csv", folder / "b.csv")
    done = take()
    assert (done.receipts, done.known) == ([], 2)


@pytest.mark.article("D30")
def test_a_batch_changed_under_its_review_is_not_approved_by_it(
    folder: Path, take: Callable, penalty_csv: Callable, store: Store
) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({}))
    (folder / "a.review.yml").write_text(REVIEW, encoding="utf-8")
    take()
    (folder / "a.csv").write_bytes(penalty_csv({"处罚内容": "罚款人民币9000元", "罚款金额（万元）": "0.9"}))
    done = take()
    assert [(fault.file, fault.code) for fault in done.faults] == [(f"{DEPARTMENT}/a.review.yml", "review_stale")]
    assert [item.decision.values["content"] for item in approved(store)] == ["罚款人民币5000元"]
    (folder / "a.review.yml").write_text(REVIEW.replace("同意", "更正后同意"), encoding="utf-8")
    assert take().faults == []
    assert [item.decision.values["content"] for item in approved(store)] == ["罚款人民币9000元"]


@pytest.mark.article("D28")
def test_an_old_file_committed_again_brings_nothing_back(
    folder: Path, take: Callable, penalty_csv: Callable, store: Store
) -> None:
    (folder / "a.csv").write_bytes(penalty_csv({}))
    (folder / "a.review.yml").write_text(REVIEW, encoding="utf-8")
    take()
    (folder / "b.csv").write_bytes(penalty_csv({"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}))
    (folder / "b.review.yml").write_text(REVIEW, encoding="utf-8")
    assert take().faults == []
    shutil.copy(folder / "a.csv", folder / "c.csv")
    shutil.copy(folder / "a.review.yml", folder / "c.review.yml")
    take()
    assert next(approved(store)).decision.values["withhold_ground"] == "危及安全稳定"


def test_files_that_editors_leave_behind_are_passed_over(folder: Path, take: Callable) -> None:
    for name in (".gitkeep", "~$a.xlsx", "README.md", ".a.csv.swp"):
        (folder / name).write_bytes(b"x")
    (folder.parent / "README.md").write_bytes(b"x")
    done = take()
    assert (done.faults, done.receipts) == ([], [])


def test_no_folder_is_no_fault(store: Store, instance: Instance, tmp_path: Path, clock: Mapping) -> None:
    assert take_in(store, instance, folder=tmp_path / "none", **clock).faults == []


def test_a_former_name_of_the_department_will_do(
    folder: Path, take: Callable, penalty_csv: Callable, store: Store
) -> None:
    folder.rename(folder.parent / "松原市试验管理局")
    (folder.parent / "松原市试验管理局" / "a.csv").write_bytes(penalty_csv({}))
    assert take().faults == []
    assert len(list(latest(store))) == 1


def test_taking_in_tells_how_far_it_is(
    store: Store, instance: Instance, folder: Path, clock: Mapping, penalty_csv: Callable
) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_bytes(penalty_csv({"行政处罚决定书文号": f"松试罚〔2026〕{ord(name)}号"}))
    heard: list[tuple[int, int]] = []
    take_in(store, instance, folder=folder.parent, progress=lambda *told: heard.append(told), **clock)
    assert heard == [(1, 2), (2, 2)]


def _read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the data files that are read, as they are."""
    read: list[str] = []
    real = submissions.SourceFile.at
    monkeypatch.setattr(submissions.SourceFile, "at", lambda path: read.append(path.name) or real(path))
    return read


def _overwrite(file: Path, content: bytes) -> None:
    """Another content of the same size, with the same time."""
    times = file.stat()
    assert len(content) == times.st_size
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_files_with_nothing_more_to_say_are_not_read_until_one_of_them_changes(  # noqa: PLR0917 - its fixtures
    folder: Path, store: Store, instance: Instance, clock: Mapping, penalty_csv: Callable, monkeypatch: Any
) -> None:
    monkeypatch.setattr(on_disk, "JUST_NOW", 0)
    read = _read(monkeypatch)
    settled: set[str] = set()

    def again() -> tuple[list[str], TakenIn]:
        read.clear()
        taken = take_in(store, instance, folder=folder.parent, settled=settled, **clock)
        settled.clear()
        settled.update(taken.settled)
        return read[:], taken

    for number, name in enumerate(("a.csv", "b.csv", "wrong.csv")):
        row = {"行政处罚决定书文号": f"松试罚〔2026〕{number + 1}号"}
        (folder / name).write_bytes(penalty_csv({**row, "处罚决定日期": "2026-02-30"} if name == "wrong.csv" else row))
    assert again()[0] == ["a.csv", "b.csv", "wrong.csv"]
    found, taken = again()
    assert (found, taken.known, len(taken.faults)) == (["wrong.csv"], 2, 1)
    (folder / "b.review.yml").write_text(REVIEW, encoding="utf-8")
    found, taken = again()
    assert (found, len(taken.reviews)) == (["b.csv", "wrong.csv"], 1)
    _overwrite(folder / "a.csv", penalty_csv({"行政处罚决定书文号": "松试罚〔2026〕7号"}))
    found, taken = again()
    assert (found, len(taken.receipts)) == (["a.csv", "wrong.csv"], 1)
    folder.rename(folder.parent / "松原市试验管理局")
    assert again()[0] == ["wrong.csv"]


def test_a_file_that_changed_just_now_is_read_again(folder: Path, take: Callable, penalty_csv: Callable) -> None:
    """It may change once more and keep size and times, where a disk's clock is coarse."""
    (folder / "a.csv").write_bytes(penalty_csv({}))
    assert take().settled == set()
