"""A rebuild killed at any named step and before any kind of operation is finished by the next: nothing withdrawn
stays, nothing is lost, and site and database are what they are where nobody was killed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongshi.rebuild import first, run
from gongshi.rebuild import site as sitework
from gongshi.release import making, site
from tests import killing

STEPS: dict[str, tuple[object, str, int]] = {
    "before what persons took down leaves public.db": (first, "take_out", 1),
    "before its rows are cut out of the lists": (first, "cut_lists", 1),
    "before files are taken in": (run, "take_in", 1),
    "before the law is applied": (run, "prepare", 1),
    "before the journal": (run, "record_publication", 1),
    "before the parts that will change are written down": (run._Rebuild, "_owe", 1),
    "before the withdrawal": (run, "withdraw", 1),
    "between what is pending and public.db": (run, "bring_to", 1),
    "between public.db and the pages": (run.SiteWork, "bring", 1),
    "before the pages are compared": (site, "compared", 1),
    "before the manifest is written for the first time": (run.Manifest, "save", 1),
    "before the manifest is written for the fourth time": (run.Manifest, "save", 4),
    "before the first page": (making, "write_whole", 1),
    "before the third page": (making, "write_whole", 3),
    "before a page is taken away": (site, "remove", 1),
    "before the folders are settled": (run.Manifest, "settle", 2),
    "before the proof": (sitework, "prove_gone", 1),
    "before what was judged is remembered": (run.Judged, "remember", 1),
    "before the end is written down": (run._Rebuild, "_ended_well", 1),
}
"""A module or class, a name in it, and the call before which the process is killed."""

FILES = ("open for writing", "write", "fsync", "rename", "unlink", "mkdir")
STATEMENTS = ("BEGIN", "INSERT", "DELETE", "UPDATE", "COMMIT")


@pytest.fixture(scope="module")
def staged(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("staged") / "city"
    shutil.copytree(empty_city, root, copy_function=shutil.copy2)
    return killing.stage(root).root


@pytest.fixture(scope="module")
def undisturbed(staged: Path) -> killing.State:
    commands = killing.copy(staged, staged.with_name("undisturbed"))
    assert killing.run(commands) == 0
    assert killing.left_behind(commands) == []
    assert len(commands.pages()) == killing.LEFT
    return killing.state(commands)


@pytest.fixture(scope="module")
def counted(staged: Path) -> dict[str, int]:
    """How many operations of each kind the undisturbed rebuild does."""
    return dict(killing.count(killing.copy(staged, staged.with_name("counted"))))


def ends_right(commands: Any, undisturbed: killing.State) -> None:
    """The next rebuild brings all of it to an end."""
    assert killing.run(commands) == 0
    assert killing.left_behind(commands) == []
    assert killing.differences(killing.state(commands), undisturbed) == []


def dying(function: Callable[..., Any], at: int) -> Callable[..., Any]:
    """`function`, which kills its process before its `at`-th call."""
    calls = 0

    def wrapper(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)

    return wrapper


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_killed_at_a_named_step(staged: Path, undisturbed: killing.State, tmp_path: Path, step: tuple) -> None:
    commands = killing.copy(staged, tmp_path / "city")
    place, name, at = step
    killed = killing.run(commands, lambda: setattr(place, name, dying(getattr(place, name), at)))
    assert killed == signal.SIGKILL
    ends_right(commands, undisturbed)
    commands("verify")
    assert commands.json("rebuild")["nothing_changed"]


@pytest.mark.parametrize("kind", FILES + STATEMENTS)
def test_killed_before_an_operation(
    staged: Path, undisturbed: killing.State, counted: dict[str, int], tmp_path: Path, kind: str
) -> None:
    """Before the first of its kind and the last; of what is once for each page or transaction, in the middle too."""
    many = counted[kind]
    middle = {many // 2 + 1} if kind in ("rename", "COMMIT") else set()
    for at in sorted({1, many} | middle):
        commands = killing.copy(staged, tmp_path / f"city{at}")
        killed = killing.run(commands, killing.Operations(commands.root, (kind, at)).watch)
        assert killed == signal.SIGKILL
        ends_right(commands, undisturbed)
