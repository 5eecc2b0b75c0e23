"""The site is brought to its plan: what changed is written, what is gone is removed, a crash costs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from gongshi.release import comparing, making
from gongshi.release.errors import PressDied
from gongshi.release.manifest import Manifest
from gongshi.release.site import SiteChange, files_of, update, withdraw
from gongshi.release.touched import adopt, look


@dataclass(frozen=True)
class Page:
    path: str
    content: str

    @property
    def fingerprint(self) -> str:
        return f"of {self.content}"

    @property
    def part(self) -> str:
        return self.path.partition("/")[0]

    @property
    def render(self) -> Callable[[], bytes]:
        return partial(_bytes, self.content)


def _bytes(content: str) -> bytes:
    if content == "boom":
        raise RuntimeError("killed here")
    if content == "die":
        os._exit(9)
    return content.encode()


@dataclass(frozen=True)
class Plans:
    """A site as a dictionary; a page's part is the first word of its path."""

    tree: dict[str, str] = field(default_factory=dict)
    asked: list[Collection[str] | None] = field(default_factory=list)

    @contextmanager
    def opened(self) -> Iterator[Plans]:
        yield self

    def of(self, parts: Collection[str] | None) -> Iterator[Page]:
        self.asked.append(parts)
        pages = (Page(path, content) for path, content in self.tree.items())
        return (page for page in pages if parts is None or page.part in parts)

    def parts(self) -> Iterator[str]:
        yield from dict.fromkeys(page.part for page in self.of(None))


def on_disk(site: Path) -> dict[str, str]:
    return {str(p.relative_to(site)): p.read_text() for p in sorted(site.rglob("*")) if p.is_file()}


class Site:
    def __init__(self, folder: Path) -> None:
        self.site, self.file = folder / "site", folder / "manifest.db"

    def manifest(self) -> closing[Manifest]:
        return closing(Manifest.open(self.file))

    def update(self, tree: dict[str, str], *parts: str, workers: int = 1) -> SiteChange:
        with self.manifest() as manifest:
            adopt(self.site, manifest)
            return update(self.site, manifest, Plans(tree), parts or None, workers=workers)

    def unproven(self) -> list[str]:
        with self.manifest() as manifest:
            return manifest.unproven


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_first_run_writes_everything(site: Site) -> None:
    change = site.update({"index.html": "home", "a/b/c.html": "c"})
    assert (change.written, change.gone, change.kept) == (2, (), 0)
    assert on_disk(site.site) == {"index.html": "home", "a/b/c.html": "c"}


def test_second_run_writes_only_what_changed(site: Site) -> None:
    site.update({"index.html": "home", "a.html": "a"})
    before = (site.site / "a.html").stat().st_mtime_ns
    change = site.update({"index.html": "other", "a.html": "a"})
    assert (change.written, change.gone, change.kept) == (1, (), 1)
    assert (site.site / "a.html").stat().st_mtime_ns == before
    assert on_disk(site.site) == {"index.html": "other", "a.html": "a"}


def test_what_is_no_longer_planned_is_gone_with_its_folder(site: Site) -> None:
    site.update({"index.html": "home", "x/y/gone.html": "g"})
    assert site.update({"index.html": "home"}).gone == ("x/y/gone.html",)
    assert on_disk(site.site) == {"index.html": "home"}
    assert not (site.site / "x").exists()


def test_of_some_parts_nothing_else_is_touched_planned_or_missed(site: Site) -> None:
    site.update({"a/1": "1", "a/2": "2", "b/1": "1", "c/1": "1"})
    change = site.update({"a/1": "other", "b/1": "another", "d/1": "new"}, "a", "d")
    assert (change.written, change.gone, change.kept) == (2, ("a/2",), 0)
    assert on_disk(site.site) == {"a/1": "other", "b/1": "1", "c/1": "1", "d/1": "new"}


@pytest.mark.parametrize(("few", "planned"), [(0, 2), (2, 2), (3, 1)])
def test_few_pages_are_planned_once_and_many_again_with_the_same_result(
    few: int, planned: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.update({"a/1": "1", "a/2": "2", "a/3": "3", "a/4": "4", "b/1": "1"})
    monkeypatch.setattr(comparing, "_FEW", few)
    plans = Plans({"a/1": "other", "a/2": "2", "a/3": "another", "a/5": "new", "b/1": "1"})
    with site.manifest() as manifest:
        assert update(site.site, manifest, plans, ["a"]) == SiteChange(3, ("a/4",), 1)
    assert len(plans.asked) == planned
    assert on_disk(site.site) == plans.tree
    assert site.update(plans.tree).kept == len(plans.tree)


def test_removals_come_before_a_failing_page(site: Site) -> None:
    site.update({"gone.html": "withdrawn", "bad.html": "good"})
    with pytest.raises(RuntimeError):
        site.update({"bad.html": "boom"})
    assert not (site.site / "gone.html").exists()


def test_where_nothing_is_known_to_be_right_all_is_made_and_what_nobody_plans_goes(site: Site) -> None:
    site.update({"index.html": "home", "a/b.html": "b", "x/gone.html": "g"})
    with site.manifest() as manifest:
        manifest.doubt()
    change = site.update({"index.html": "home", "a/b.html": "b", "c/new.html": "n"}, workers=2)
    assert (change.written, change.gone, change.kept) == (3, ("x/gone.html",), 0)
    assert on_disk(site.site) == {"index.html": "home", "a/b.html": "b", "c/new.html": "n"}
    assert site.unproven() == ["x/gone.html"]
    assert site.update({"index.html": "home", "a/b.html": "b", "c/new.html": "n"}).kept == 3


def test_a_run_that_dies_while_it_makes_all_again_leaves_nothing_that_the_next_does_not_know(site: Site) -> None:
    site.update({"index.html": "home", "a/b.html": "b", "z.html": "z"})
    with site.manifest() as manifest:
        manifest.doubt()
    new = {"a/new.html": "n", "c/d/new.html": "n", "sitemap-2026-01-02.xml": "n"}
    with pytest.raises(RuntimeError):
        site.update({"index.html": "home", **new, "z.html": "boom"})
    assert on_disk(site.site).keys() > new.keys()
    with site.manifest() as manifest:
        look(site.site, manifest, "2026-11-20", most=0)
    assert on_disk(site.site).keys() == {"index.html", "a/b.html", "z.html"}
    assert site.update({"index.html": "home", "z.html": "fine"}).gone == ("a/b.html",)


def test_where_nothing_lay_a_run_that_dies_shows_nothing(site: Site) -> None:
    with pytest.raises(RuntimeError):
        site.update({"new.html": "withdrawn tomorrow", "z.html": "boom"})
    assert not site.site.exists()
    site.update({"z.html": "fine"})
    assert on_disk(site.site) == {"z.html": "fine"}
    assert [path.name for path in site.site.parent.iterdir() if path.is_dir()] == ["site"]


@pytest.mark.parametrize("there", ["empty", "with a folder", "a link"])
def test_a_folder_that_is_there_before_the_first_run_is_filled(site: Site, tmp_path: Path, there: str) -> None:
    """A web server's own, a link to another disk, what a webmaster emptied: none of them can be replaced."""
    if there == "a link":
        (tmp_path / "other disk").mkdir()
        site.site.symlink_to(tmp_path / "other disk")
    else:
        (site.site / (".well-known" if there == "with a folder" else "")).mkdir(parents=True)
    assert site.update({"a/1": "one"}) == SiteChange(1, (), 0)
    assert on_disk(site.site) == {"a/1": "one"}
    assert site.site.is_symlink() is (there == "a link")
    assert site.update({"a/1": "one"}) == SiteChange(0, (), 1)


def test_a_page_written_by_a_run_that_died_is_removed_when_it_is_withdrawn_before_the_next(site: Site) -> None:
    site.update({"old.html": "o"})
    with pytest.raises(RuntimeError):
        site.update({"old.html": "o", "new.html": "withdrawn tomorrow", "z.html": "boom"})
    assert (site.site / "new.html").exists()
    site.update({"old.html": "o", "z.html": "fine"})
    assert on_disk(site.site) == {"old.html": "o", "z.html": "fine"}


def test_a_page_of_a_run_that_died_is_written_again(site: Site) -> None:
    site.update({"old.html": "o"})
    with pytest.raises(RuntimeError):
        site.update({"a.html": "a", "z.html": "boom"})
    (site.site / "a.html").write_text("half")
    site.update({"a.html": "a", "z.html": "z"})
    assert on_disk(site.site) == {"a.html": "a", "z.html": "z"}


def test_what_was_taken_away_stays_unproven_until_somebody_proves_it(site: Site) -> None:
    site.update({"gone.html": "withdrawn", "bad.html": "good"})
    with pytest.raises(RuntimeError):
        site.update({"bad.html": "boom"})
    assert site.unproven() == ["gone.html"]
    site.update({"bad.html": "good"})
    assert site.unproven() == ["gone.html"]


def test_pending_parts_are_paid_when_their_pages_lie_there_and_are_proven(site: Site) -> None:
    site.update({"a/1": "1", "b/1": "1"})
    with site.manifest() as manifest:
        manifest.owe(["a"])
    with pytest.raises(RuntimeError):
        site.update({"a/1": "boom"}, "a")
    with site.manifest() as manifest:
        assert manifest.pending == {"a"}
    site.update({"a/1": "2"}, "a")
    with site.manifest() as manifest:
        assert manifest.pending == {"a"}
        manifest.proven()
        assert manifest.pending == frozenset()


@pytest.mark.parametrize("left", [b"", b"{", b"SQLite format 3\0" + b"x" * 4096])
def test_a_lost_manifest_leaves_nothing_withdrawn_behind(site: Site, left: bytes) -> None:
    site.update({"a.html": "a", "x/withdrawn.html": "w"})
    site.file.unlink()
    if left:
        site.file.write_bytes(left)
    change = site.update({"a.html": "a"})
    assert (change.written, change.gone) == (1, ("x/withdrawn.html",))
    assert on_disk(site.site) == {"a.html": "a"}
    assert site.file.stat().st_mode & 0o777 == 0o600


def test_a_path_that_leads_out_of_the_site_is_not_followed(site: Site) -> None:
    site.update({"a.html": "a"})
    outside = site.site.with_name("kept.txt")
    outside.write_text("kept")
    with site.manifest() as manifest:
        manifest.db.execute("INSERT INTO pages VALUES ('..', 'kept.txt', 'a', 'm', 0, 0)")
    with pytest.raises(ValueError, match="kept"):
        site.update({"a.html": "a"})
    assert outside.read_text() == "kept"


MANY = {f"{part}/1": f"{part}" for part in range(4300)}


def test_several_processes_leave_what_one_leaves(site: Site, tmp_path: Path) -> None:
    assert site.update(MANY, workers=2).written == len(MANY)
    other = MANY | {"7/1": "other"}
    assert site.update(other, workers=2).written == 1
    alone = Site(tmp_path / "alone")
    alone.update(other)
    assert on_disk(site.site) == on_disk(alone.site)


MONTHS = {f"{part}/{name}": "before" for part in range(40) for name in "ab"}
MONTHS |= {f"downloads:{month}/{name}": "before" for month in range(40) for name in "ab"}
PARTS = {path.partition("/")[0] for path in MONTHS}


def test_large_downloads_are_shared_with_a_process_that_leaves_what_one_leaves(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = {path: f"after {path}" for path in MONTHS}
    for one in (site, Site(tmp_path / "alone")):
        one.update(MONTHS)
        monkeypatch.setattr(making, "_MUCH", 0 if one is site else 1 << 30)
        assert one.update(after, *PARTS, workers=2).written == len(after)
        assert one.update(after).kept == len(after)
    assert on_disk(site.site) == on_disk(tmp_path / "alone" / "site")


def test_a_process_that_shares_them_and_dies_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_MUCH", 0)
    with pytest.raises(PressDied, match="R012"):
        site.update(MONTHS | {"downloads:0/a": "die"}, *PARTS, workers=2)
    assert site.update(MONTHS, *PARTS, workers=2).written == len(MONTHS)


def test_a_process_that_dies_is_told_and_the_next_run_finishes(site: Site) -> None:
    with pytest.raises(PressDied, match="R012"):
        site.update(MANY | {"4000/1": "die"}, workers=2)
    assert site.update(MANY, workers=2).written == len(MANY)
    assert making._at_work == [], "nobody makes pages in this process"


def withdrawn(site: Site, decisions: set[str], notices: set[str]) -> None:
    with site.manifest() as manifest:
        withdraw(site.site, manifest, files_of(manifest, sorted(decisions), sorted(notices)))


def test_decisions_are_withdrawn_before_anything_can_fail(site: Site) -> None:
    tree = {"decisions/ab/ab12.html": "gone", "decisions/cd/cd34.html": "stays", "decisions/index.html": "list"}
    site.update(tree)
    withdrawn(site, {"ab12"}, {"ab12"})
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html", "decisions/index.html"]
    assert site.unproven() == ["decisions/ab/ab12.html"]
    assert site.update({name: text for name, text in tree.items() if "ab12" not in name}).written == 0


def test_a_full_disk_holds_up_no_withdrawal_and_what_comes_back_is_written_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = {"decisions/ab/ab12.html": "page"}
    site.update(tree)

    def full(*rest: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Manifest, "unfinish", full)
        with pytest.raises(OSError, match="No space"):
            withdrawn(site, {"ab12"}, set())
    assert on_disk(site.site) == {}
    withdrawn(site, {"ab12"}, set())
    site.update(tree)
    assert on_disk(site.site) == tree


NOTICE = {"decisions/ab/ab12.gone": "", "decisions/ab/ab12.html": "notice", "notices/index.html": "list"}
OTHER = {"decisions/cd/cd34.html": "stays"}


def test_a_decision_that_gets_a_notice_is_taken_away_at_once(site: Site) -> None:
    site.update({"decisions/ab/ab12.html": "decision", **OTHER})
    withdrawn(site, {"ab12"}, set())
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html"]
    assert site.unproven() == ["decisions/ab/ab12.html"]
    site.update({**NOTICE, **OTHER})
    assert on_disk(site.site)["decisions/ab/ab12.html"] == "notice"


def test_a_notice_that_stands_is_left_alone(site: Site) -> None:
    site.update({**NOTICE, **OTHER})
    withdrawn(site, {"ab12"}, set())
    assert site.unproven() == []
    assert on_disk(site.site) == NOTICE | OTHER


def test_a_notice_goes_with_its_mark(site: Site) -> None:
    site.update({**NOTICE, **OTHER})
    withdrawn(site, set(), {"ab12"})
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html", "notices/index.html"]
    assert site.unproven() == ["decisions/ab/ab12.gone", "decisions/ab/ab12.html"]


def test_a_run_that_died_before_the_notice_was_written_leaves_no_decision_under_its_mark(site: Site) -> None:
    site.update({"decisions/ab/ab12.html": "decision"})
    withdrawn(site, {"ab12"}, set())
    with pytest.raises(RuntimeError):
        site.update({"decisions/ab/ab12.gone": "", "decisions/ab/ab12.html": "boom"})
    assert on_disk(site.site) == {"decisions/ab/ab12.gone": ""}
    withdrawn(site, {"ab12"}, set())
    site.update(NOTICE)
    assert on_disk(site.site) == NOTICE
