"""What a second run looks at: the decisions that changed, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from gongshi.lifecycle import settled, submissions
from gongshi.publish.preparing import wall as module

NUMBERS = tuple(f"松市监罚〔2026〕{number}号" for number in (7401, 7402, 7403))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The decisions for which the law was asked and a row made, by number, as they are."""
    made: list[str] = []
    real = module.compose

    def compose(one: Any, *rest: Any) -> Any:
        made.append(one.decision.values["document_number"])
        return real(one, *rest)

    monkeypatch.setattr(module, "compose", compose)
    return made


def test_a_run_looks_at_what_changed_and_a_new_day_at_what_it_changes(
    commands: Any, row: Any, sheet: Any, looked_at: list[str]
) -> None:
    commands.publish(sheet("a.csv", [row("penalty", number) for number in NUMBERS]))
    commands("rebuild")
    looked_at.clear()
    commands.publish(sheet("b.csv", [row("penalty", NUMBERS[1], facts="更正后的违法事实")]))
    commands("rebuild")
    assert set(looked_at) == {NUMBERS[1]}
    site = commands.site()
    looked_at.clear()
    commands("rebuild", "--full")
    assert set(looked_at) == set(NUMBERS)
    assert commands.site() == site
    looked_at.clear()
    commands("rebuild", today="2026-11-21")
    assert looked_at == []


def test_other_reference_data_make_everything_be_looked_at(
    commands: Any, row: Any, sheet: Any, looked_at: list[str]
) -> None:
    commands.publish(sheet("a.csv", [row("penalty", number) for number in NUMBERS]))
    commands("rebuild")
    looked_at.clear()
    city = commands.root / "data" / "reference" / "city.yml"
    city.write_text(city.read_text() + "\n# looked at again\n")
    commands("rebuild")
    assert set(looked_at) == set(NUMBERS)


def test_the_doors_new_key_is_no_other_reference_data(
    commands: Any, row: Any, sheet: Any, looked_at: list[str]
) -> None:
    """`gongshi serve` makes it where there is none: an emergency must not wait until everything was looked at."""
    commands.publish(sheet("a.csv", [row("penalty", number) for number in NUMBERS]))
    commands("rebuild")
    looked_at.clear()
    commands("inbox-key")
    commands("rebuild")
    assert looked_at == []


def test_of_the_committed_files_those_are_read_that_are_new_or_wrong(
    commands: Any, row: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = submissions.SourceFile.at

    def at(path: Path) -> Any:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(submissions.SourceFile, "at", at)
    monkeypatch.setattr(settled, "JUST_NOW", 0)
    folder = commands.root / "data" / "submissions" / "11220700MB99000134"
    folder.mkdir(parents=True, exist_ok=True)

    def rebuilt(code: int = 0) -> tuple[list[str], str]:
        commands.publish(sheet("other.csv", [row("penalty", NUMBERS[2], facts=f"第{len(read)}次更正的违法事实")]))
        read.clear()
        said = commands("rebuild", code=code).stdout
        return read[:], said

    shutil.copy(sheet("a.csv", [row("penalty", NUMBERS[0])]), folder)
    assert rebuilt()[0] == ["a.csv"]
    found, said = rebuilt()
    assert (found, "此前已接收 1 个" in said) == ([], True)
    faulty = folder / "b.csv"
    faulty.write_text("什么也不是")
    assert rebuilt(code=1)[0] == rebuilt(code=1)[0] == ["b.csv"]
    faulty.unlink()
    assert rebuilt()[0] == []
    read.clear()
    commands("rebuild", "--full")
    assert read == ["a.csv"]
