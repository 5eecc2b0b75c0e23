"""What somebody else did to the site shows, on each run or within a day, and is mended where it was done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gongshi.release.manifest import Manifest
from gongshi.release.site import update
from gongshi.release.touched import look
from tests.release.test_site import Plans, on_disk

TREE = {"index.html": "home", "a/1.html": "a1", "a/2.html": "a2", "b/c/3.html": "b3"}
TODAY, TOMORROW = "2026-11-20", "2026-11-21"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with closing(Manifest.open(tmp_path / "manifest.db")) as manifest:
        update(tmp_path / "site", manifest, Plans(TREE))
    return tmp_path / "site"


def seen(site: Path, *, most: int | None = 0, leave_own: bool = True) -> tuple[set[str], dict[str, str]]:
    """The parts that were touched, and the site after the next run."""
    with closing(Manifest.open(site.with_name("manifest.db"))) as manifest:
        parts = look(site, manifest, TODAY, most=most, leave_own=leave_own)
        assert manifest.pending == parts
        if parts:
            update(site, manifest, Plans(TREE), parts)
            manifest.proven()
        assert look(site, manifest, TODAY) == set(), "all of it is as it should be"
        return set(parts), on_disk(site)


def add(site: Path) -> None:
    (site / "a/copied.html").write_text("a stranger")


def add_folder(site: Path) -> None:
    (site / "a/x/y").mkdir(parents=True)
    (site / "a/x/y/copied.html").write_text("a stranger")


def remove(site: Path) -> None:
    (site / "a/1.html").unlink()


def remove_folder(site: Path) -> None:
    shutil.rmtree(site / "b")


def exchange(site: Path) -> None:
    (site / "a/new").write_text("older")
    (site / "a/new").replace(site / "a/1.html")


def link(site: Path) -> None:
    (site / "a/1.html").unlink()
    (site / "a/1.html").symlink_to("2.html")


def overwrite(site: Path) -> None:
    (site / "a/1.html").write_text("older")


def same_length(site: Path) -> None:
    (site / "b/c/3.html").write_text("xx")
    os.utime(site / "b/c/3.html", ns=(1, 1))


@pytest.mark.parametrize(
    ("done", "parts"),
    [(add, set()), (add_folder, set()), (remove, {"a"}), (remove_folder, {"b"}), (exchange, {"a"}), (link, {"a"})],
)
def test_what_came_went_or_was_renamed_shows_on_each_run(
    site: Path, done: Callable[[Path], None], parts: set[str]
) -> None:
    done(site)
    assert seen(site) == (parts, TREE)


@pytest.mark.parametrize(("done", "parts"), [(overwrite, {"a"}), (same_length, {"b"})])
def test_what_was_overwritten_shows_where_every_file_is_looked_at(
    site: Path, done: Callable[[Path], None], parts: set[str]
) -> None:
    done(site)
    assert seen(site, most=None) == (parts, TREE)


def test_nothing_is_touched_where_nobody_was(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert seen(site, most=None) == (set(), TREE)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_the_webmasters_own_files_stay_unless_everything_is_made_from_nothing(site: Path) -> None:
    own = {"verify.txt": "mine", ".well-known/security.txt": "mine"}
    for path, text in own.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(text)
    assert seen(site) == (set(), TREE | own)
    assert seen(site, most=None, leave_own=False) == (set(), TREE)


def test_what_a_killed_run_began_is_swept_where_it_was_at_work(site: Path) -> None:
    with closing(Manifest.open(site.with_name("manifest.db"))) as manifest:
        manifest.unfinish(["a/1.html"])
    (site / "a/1.html.part").write_text("half")
    with closing(Manifest.open(site.with_name("manifest.db"))) as manifest:
        look(site, manifest, TODAY, most=0)
    assert on_disk(site) == TREE


def test_an_older_copy_in_the_place_of_a_notice_shows_on_each_run(tmp_path: Path) -> None:
    tree = TREE | {"decisions/ab/ab12.gone": "", "decisions/ab/ab12.html": "notice"}
    site = tmp_path / "site"
    with closing(Manifest.open(tmp_path / "manifest.db")) as manifest:
        update(site, manifest, Plans(tree))
        (site / "decisions/ab/ab12.html").write_text("the decision that came down")
        assert look(site, manifest, TODAY, most=0) == {"decisions"}
        update(site, manifest, Plans(tree), ["decisions"])
    assert on_disk(site) == tree


def test_a_share_is_looked_at_in_each_run_until_all_of_it_was(site: Path) -> None:
    """Two files at most, or a folder's: in which order they come, each folder does once a day."""
    with closing(Manifest.open(site.with_name("manifest.db"))) as manifest:
        look(site, manifest, TODAY)
        assert manifest.oldest_look == TODAY
        overwrite(site)
        same_length(site)
        assert look(site, manifest, TODAY, most=2) == set(), "all of it was looked at today"
        shares = [look(site, manifest, TOMORROW, most=2) for _ in range(4)]
        assert sorted(map(sorted, shares)) == [[], [], ["a"], ["b"]]
        assert (manifest.oldest_look, manifest.unlooked(TOMORROW)) == (TOMORROW, [])


def test_after_the_machine_started_what_was_written_last_is_looked_at_first(site: Path) -> None:
    with closing(Manifest.open(site.with_name("manifest.db"))) as manifest:
        look(site, manifest, TODAY)
        update(site, manifest, Plans(TREE | {"b/c/3.html": "b4"}))
        look(site, manifest, TODAY)
        manifest.forget_looks()
        assert manifest.unlooked(TODAY)[0] == "b/c"
