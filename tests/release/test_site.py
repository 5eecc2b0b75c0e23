"""The site is brought to its plan: what changed is written, what is gone is removed, a crash costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from gongshi.release.manifest import Manifest
from gongshi.release.site import sweep, update, withdraw


@dataclass(frozen=True)
class Page:
    path: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        return self.content.decode()

    def render(self) -> bytes:
        if self.content == b"boom":
            raise RuntimeError("killed here")
        return self.content


def pages(tree: dict[str, str]) -> list[Page]:
    return [Page(path, content.encode()) for path, content in tree.items()]


def on_disk(site: Path) -> dict[str, str]:
    return {str(p.relative_to(site)): p.read_text() for p in sorted(site.rglob("*")) if p.is_file()}


class Site:
    def __init__(self, folder: Path) -> None:
        self.site, self.file = folder / "site", folder / "manifest.json"

    def update(self, tree: dict[str, str]):
        manifest = Manifest.load(self.file)
        return update(self.site, manifest, lambda: manifest.save(self.file), pages(tree))


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


def test_what_is_no_longer_planned_is_gone_with_its_folder(site: Site) -> None:
    site.update({"index.html": "home", "x/y/gone.html": "g"})
    site.update({"index.html": "home"})
    assert on_disk(site.site) == {"index.html": "home"}
    assert not (site.site / "x").exists()


def test_removals_come_before_a_failing_page(site: Site) -> None:
    site.update({"gone.html": "withdrawn", "bad.html": "good"})
    with pytest.raises(RuntimeError):
        site.update({"bad.html": "boom"})
    assert not (site.site / "gone.html").exists()


def test_a_page_written_by_a_run_that_died_is_removed_when_it_is_withdrawn_before_the_next(site: Site) -> None:
    with pytest.raises(RuntimeError):
        site.update({"new.html": "withdrawn tomorrow", "z.html": "boom"})
    assert (site.site / "new.html").exists()
    site.update({"z.html": "fine"})
    assert on_disk(site.site) == {"z.html": "fine"}


def test_a_page_of_a_run_that_died_is_written_again(site: Site) -> None:
    with pytest.raises(RuntimeError):
        site.update({"a.html": "a", "z.html": "boom"})
    (site.site / "a.html").write_text("half")
    site.update({"a.html": "a", "z.html": "z"})
    assert on_disk(site.site) == {"a.html": "a", "z.html": "z"}


def test_what_was_taken_away_stays_unproven_until_somebody_proves_it(site: Site) -> None:
    site.update({"gone.html": "withdrawn", "bad.html": "good"})
    with pytest.raises(RuntimeError):
        site.update({"bad.html": "boom"})
    assert Manifest.load(site.file).unproven == ["gone.html"]
    site.update({"bad.html": "good"})
    assert Manifest.load(site.file).unproven == ["gone.html"]


def test_a_damaged_manifest_means_everything_is_made_again(site: Site) -> None:
    site.update({"a.html": "a"})
    site.file.write_bytes(b"{")
    assert site.update({"a.html": "a"}).written == 1


@pytest.mark.parametrize(
    "left",
    [b"", b"{", b"[]", b"null", b'{"pages": []}', b'{"pages": null}', b'{"head": 5}', b'{"pages": {"../../x": "1"}}'],
)
def test_a_lost_manifest_leaves_nothing_withdrawn_behind(site: Site, left: bytes) -> None:
    site.update({"a.html": "a", "x/withdrawn.html": "w"})
    site.file.unlink()
    if left:
        site.file.write_bytes(left)
    manifest = Manifest.load(site.file)
    manifest.adopt(site.site)
    change = update(site.site, manifest, lambda: None, pages({"a.html": "a"}))
    assert (change.written, change.gone) == (1, ("x/withdrawn.html",))
    assert on_disk(site.site) == {"a.html": "a"}


def test_decisions_are_withdrawn_before_anything_can_fail(site: Site) -> None:
    tree = {"decisions/ab/ab12.html": "gone", "decisions/cd/cd34.html": "stays", "decisions/index.html": "list"}
    site.update(tree)
    manifest = Manifest.load(site.file)
    withdraw(site.site, manifest, lambda: manifest.save(site.file), {"cd34"})
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html", "decisions/index.html"]
    assert Manifest.load(site.file).unproven == ["decisions/ab/ab12.html"]
    assert site.update({name: text for name, text in tree.items() if "ab12" not in name}).written == 0


def test_a_full_disk_holds_up_no_withdrawal_and_what_comes_back_is_written_again(site: Site) -> None:
    tree = {"decisions/ab/ab12.html": "page"}
    site.update(tree)
    manifest = Manifest.load(site.file)

    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        withdraw(site.site, manifest, full, ())
    assert on_disk(site.site) == {}
    withdraw(site.site, manifest, lambda: manifest.save(site.file), ())
    site.update(tree)
    assert on_disk(site.site) == tree


NOTICE = {"decisions/ab/ab12.gone": "", "decisions/ab/ab12.html": "notice", "notices/index.html": "list"}
OTHER = {"decisions/cd/cd34.html": "stays"}


def withdrawn(site: Site, public: set[str], noticed: set[str], replaced: tuple[str, ...] = ()) -> Manifest:
    manifest = Manifest.load(site.file)
    withdraw(site.site, manifest, lambda: manifest.save(site.file), public, noticed=noticed, replaced=replaced)
    return Manifest.load(site.file)


def test_a_decision_that_gets_a_notice_is_taken_away_at_once(site: Site) -> None:
    site.update({"decisions/ab/ab12.html": "decision", **OTHER})
    manifest = withdrawn(site, {"cd34"}, {"ab12"})
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html"]
    assert manifest.unproven == ["decisions/ab/ab12.html"]
    site.update({**NOTICE, **OTHER})
    assert on_disk(site.site)["decisions/ab/ab12.html"] == "notice"


def test_a_notice_that_stands_is_left_alone(site: Site) -> None:
    site.update({**NOTICE, **OTHER})
    assert withdrawn(site, {"cd34"}, {"ab12"}).unproven == []
    assert on_disk(site.site) == NOTICE | OTHER


@pytest.mark.parametrize("public", [set(), {"ab12"}], ids=["its time is over", "its decision is restored"])
def test_a_notice_goes_with_its_mark(site: Site, public: set[str]) -> None:
    site.update({**NOTICE, **OTHER})
    manifest = withdrawn(site, {"cd34", *public}, set())
    assert sorted(on_disk(site.site)) == ["decisions/cd/cd34.html", "notices/index.html"]
    assert manifest.unproven == ["decisions/ab/ab12.gone", "decisions/ab/ab12.html"]


def test_a_run_that_died_before_the_notice_was_written_leaves_no_decision_under_its_mark(site: Site) -> None:
    site.update({"decisions/ab/ab12.html": "decision"})
    withdrawn(site, set(), {"ab12"})
    with pytest.raises(RuntimeError):
        site.update({"decisions/ab/ab12.gone": "", "decisions/ab/ab12.html": "boom"})
    assert on_disk(site.site) == {"decisions/ab/ab12.gone": ""}
    withdrawn(site, set(), {"ab12"})
    site.update(NOTICE)
    assert on_disk(site.site) == NOTICE


def test_what_is_replaced_is_to_be_proven_too(site: Site) -> None:
    site.update(OTHER)
    manifest = withdrawn(site, {"cd34"}, set(), ("cd34", "ef56"))
    assert manifest.unproven == ["decisions/cd/cd34.html"]
    assert on_disk(site.site) == OTHER


def test_sweep_removes_strangers_only(site: Site) -> None:
    site.update({"a.html": "a"})
    (site.site / "old").mkdir()
    (site.site / "old/secret.html").write_text("x")
    assert sweep(site.site, Manifest.load(site.file)) == 1
    assert on_disk(site.site) == {"a.html": "a"}
