"""The fingerprint of a rebuild's inputs changes with every change that matters."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gongshi.release.inputs import fingerprint, law, registry_law


def _touch(folder: Path) -> None:
    os.utime(folder / "a.yml", ns=(1, 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "content of another size": lambda f: (f / "a.yml").write_text("longer"),
    "time of change": _touch,
    "a new file in a folder": lambda f: (f / "sub/c.yml").write_text("c"),
    "a file gone": lambda f: (f / "sub/b.yml").unlink(),
    "a file renamed": lambda f: (f / "a.yml").rename(f / "z.yml"),
    "an editor's lock, a link that leads nowhere": lambda f: (f / "sub/.#b.yml").symlink_to("somebody@host.1"),
    "a link to itself": lambda f: (f / "sub/loop").symlink_to("loop"),
    "a name that is not UTF-8": lambda f: (f / os.fsdecode(b"sub/\xff.csv")).write_text("x"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yml").write_text("a")
    (tmp_path / "sub/b.yml").write_text("b")
    return tmp_path


def test_nothing_changed_is_the_same(folder: Path) -> None:
    assert fingerprint([folder], "day") == fingerprint([folder], "day")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_shows(folder: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint([folder])
    change(folder)
    assert fingerprint([folder]) != before


def test_words_count(folder: Path) -> None:
    assert fingerprint([folder], "2026-03-02") != fingerprint([folder], "2026-03-03")


def test_a_missing_path_is_an_empty_one(folder: Path) -> None:
    assert fingerprint([folder / "none"]) == fingerprint([])


def test_a_change_of_law_judges_the_registers_anew_and_no_decision(folder: Path) -> None:
    before = law(folder), registry_law(folder, law(folder))
    (folder / "changes.yml").write_text("- id: a\n")
    of_decisions = law(folder)
    assert of_decisions == before[0]
    assert registry_law(folder, of_decisions) != before[1]
    (folder / "a.yml").write_text("a rule")
    assert law(folder) != before[0]
    assert registry_law(folder, law(folder)) != registry_law(folder, of_decisions)
