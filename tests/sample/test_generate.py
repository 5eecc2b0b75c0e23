"""`gongshi sample` writes an instance that is whole, right, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from gongshi.instance import Instance, load
from gongshi.intake.answer.report import Report
from gongshi.intake.check import check
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.sample.acts import Act
from gongshi.sample.batches import Batch
from gongshi.sample.days import Days
from gongshi.sample.generate import generate
from tests.instances import copied


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def reports(generated, today: date) -> list[Report]:
    """Every generated batch, checked as a department's own."""
    instance = load(generated.root)
    found = []
    for note in sorted(generated.root.glob("data/submissions/*/*.batch.yml")):
        sent = yaml.safe_load(note.read_text(encoding="utf-8"))
        data = note.with_name(note.name.replace(".batch.yml", ".csv"))
        department = instance.departments[note.parent.name]
        earlier, evidence = sent.get("earlier", False), sent.get("evidence", "")
        found.append(check([data], department, instance, today=today, earlier=earlier, evidence=evidence))
    return found


def test_the_same_seed_gives_the_same_bytes(generated, tmp_path: Path, today: date) -> None:
    assert generate(600, 7, tmp_path, today) == generated.summary
    assert _files(tmp_path) == _files(generated.root)


def test_another_seed_gives_other_decisions(generated, tmp_path: Path, today: date) -> None:
    generate(600, 8, tmp_path, today)
    same, other = _files(generated.root), _files(tmp_path)
    data = [name for name in same if name.endswith(".csv")]
    assert data
    assert all(same[name] != other.get(name) for name in data)


@pytest.mark.parametrize("decisions", [1, 15, 40, 399])
def test_it_writes_as_many_decisions_as_asked(decisions: int, tmp_path: Path, today: date) -> None:
    summary = generate(decisions, 3, tmp_path, today)
    assert summary.decisions == sum(summary.by_kind.values()) == decisions
    assert summary.rows >= decisions


@pytest.mark.parametrize("day", [date(2026, 1, 3), date(2026, 1, 8), date(2027, 3, 1), date(2024, 2, 29)])
def test_any_day_gives_decisions_of_before_that_day(day: date, tmp_path: Path, instance: Instance) -> None:
    generate(24, 5, tmp_path, day)
    for data in tmp_path.glob("data/submissions/*/*.csv"):
        sent = yaml.safe_load(data.with_suffix(".batch.yml").read_text(encoding="utf-8"))
        earlier, evidence = sent.get("earlier", False), sent.get("evidence", "")
        department = instance.departments[data.parent.name]
        assert check([data], department, instance, today=day, earlier=earlier, evidence=evidence).errors == ()


def test_no_row_has_an_error(reports: list[Report]) -> None:
    assert [problem for report in reports for problem in report.errors] == []


def test_warnings_are_rare(reports: list[Report]) -> None:
    assert sum(len(report.problems) for report in reports) < 6


def test_every_kind_is_there_and_counted(generated, reports: list[Report]) -> None:
    keys = [decision.key for report in reports for decision in report.decisions]
    kinds = {decision.key: decision.kind for report in reports for decision in report.decisions}
    assert Counter(kinds.values()) == generated.summary.by_kind
    assert set(kinds.values()) == set(DECISION_KINDS)
    assert len(keys) - len(kinds) == generated.summary.corrected > 0


def test_what_is_sent_again_says_more_and_was_published_on_the_same_day(reports: list[Report]) -> None:
    versions: dict[str, list[Decision]] = {}
    for decision in (decision for report in reports for decision in report.decisions):
        versions.setdefault(decision.key, []).append(decision)
    for first, second in (found for found in versions.values() if len(found) > 1):
        assert _words(second) - _words(first), first.key
        assert first.values["earlier_published_on"] == second.values["earlier_published_on"]


def _words(decision: Decision) -> set[str | None]:
    return {*decision.values.values(), *(word for party in decision.parties for word in party.values())}


def test_a_year_with_more_than_a_file_holds_has_several(
    tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongshi.sample.plans.IN_A_FILE", 10)
    summary = generate(600, 7, tmp_path, today)
    sizes = [len(path.read_bytes().splitlines()) for path in tmp_path.glob("data/submissions/*/*.csv")]
    assert summary.decisions == 600
    assert max(sizes) < 10 * 1.5
    assert list(tmp_path.glob("data/submissions/*/*-20[0-9][0-9]-2.csv"))


def test_days_are_as_uneven_as_real_ones() -> None:
    first, last = date(2021, 11, 29), date(2026, 11, 21)
    days = Counter(Days(first, last).spread(first, last, 100_000))
    assert days.total() == 100_000
    assert min(days) >= first
    assert max(days) <= last
    assert sum(count for day, count in days.items() if day.weekday() > 4) < 0.05 * 100_000
    assert sum(count for _, count in days.most_common(len(days) // 10)) > 0.25 * 100_000


def test_the_texts_are_as_uneven_as_real_ones(reports: list[Report]) -> None:
    """Hardly a text twice, few words often and many once: what a search index meets."""
    texts = [d.values["facts"] for r in reports for d in r.decisions if d.kind == "penalty" and d.values["facts"]]
    assert len(set(texts)) > 0.98 * len(texts)
    lengths = sorted(map(len, texts))
    assert lengths[int(len(lengths) * 0.99)] > 3 * lengths[len(lengths) // 2], "few tell far more than others"
    pairs = Counter(text[at : at + 2] for text in texts for at in range(len(text) - 1))
    once = sum(1 for count in pairs.values() if count == 1)
    assert once > 0.25 * len(pairs)
    assert sum(count for _, count in pairs.most_common(len(pairs) // 10)) > 0.5 * pairs.total()


def test_both_encodings_of_csv_are_used(generated) -> None:
    data = [path.read_bytes() for path in generated.root.glob("data/submissions/*/*.csv")]
    marked = sum(raw.startswith(b"\xef\xbb\xbf") for raw in data)
    assert 0 < marked < len(data)


def test_submitter_and_reviewer_are_the_departments_own_and_two(generated, instance: Instance) -> None:
    for note in generated.root.glob("data/submissions/*/*.batch.yml"):
        department = instance.departments[note.parent.name]
        review = note.with_name(note.name.replace(".batch.yml", ".review.yml"))
        by = yaml.safe_load(note.read_text(encoding="utf-8"))["by"]
        reviewer = yaml.safe_load(review.read_text(encoding="utf-8"))["reviewer"]
        assert by in department.submitters
        assert reviewer in department.reviewers
        assert by != reviewer


def test_it_never_mixes_with_submissions_that_are_there(generated, today: date) -> None:
    before = _files(generated.root)
    with pytest.raises(FileExistsError):
        generate(5, 1, generated.root, today)
    assert _files(generated.root) == before


def test_the_new_instance_can_be_rebuilt(generated) -> None:
    names = {path.relative_to(generated.root).as_posix() for path in generated.root.rglob("*")}
    assert {"mkdocs.yml", "site_src/templates", "data/reference/rules", "data/reference/departments.yml"} <= names


def test_the_new_instance_has_no_key_of_the_one_it_was_copied_from(tmp_path: Path, today: date) -> None:
    source = copied(tmp_path / "source")
    (source / "data/reference/inbox.pub").write_text("a trial's", encoding="utf-8")
    generate(5, 1, tmp_path / "new", today, source)
    assert not (tmp_path / "new/data/reference/inbox.pub").exists()
    assert (tmp_path / "new/data/reference/city.yml").exists()


def test_a_reviewer_never_chooses_both_ways_for_one_name(generated) -> None:
    department = next(iter(load(generated.root).departments.values()))
    batch = Batch(department, earlier=False)
    facts = {"facts": "当事人王信未取得许可从事食品经营。"}
    batch.look_at(Act("penalty", [facts], date(2026, 11, 2)))
    assert batch.open == {"王信"}
    batch.look_at(Act("penalty", [facts], date(2026, 11, 3), bystanders=("王信",)))
    assert (batch.open, batch.masked) == (set(), {"王信"})
