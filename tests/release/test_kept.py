"""Downloads are used again only as a run that ended wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gongshi.release import kept
from gongshi.release.kept import Kept, digest_of
from gongshi.release.manifest import Made, Manifest

PATH, PART, CONTENT = "downloads/2026-03-penalty.parquet", "downloads:penalty:2026-03", b"PAR1 as it was left"
DAYS = {"day:2026-03-01", "day:2026-03-09", "decision:0123456789abcdef", "home", PART}


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[Manifest]:
    with closing(Manifest.open(tmp_path / "manifest.db")) as opened:
        (tmp_path / "downloads").mkdir()
        for path, content in ((PATH, CONTENT), (PATH.replace(".parquet", ".csv"), b"a,b")):
            (tmp_path / path).write_bytes(content)
            opened.put([Made(path, PART, "mark", len(content), 1, digest_of(path, content))])
        yield opened


def test_the_packed_table_of_a_month_is_kept_and_outlives_its_file(manifest: Manifest, tmp_path: Path) -> None:
    found = Kept(tmp_path, manifest)
    found.keep([PART, "home"])
    (tmp_path / PATH).unlink()
    manifest.unfinish([PATH])
    found.keep([PART])
    before = found.before(DAYS)
    assert (before.tables, before.days) == ({PATH: CONTENT}, {"2026-03-01", "2026-03-09"})


def test_where_all_is_made_nothing_is_used_again(manifest: Manifest, tmp_path: Path) -> None:
    found = Kept(tmp_path, manifest)
    found.keep([PART])
    assert found.before(None).tables == {}


@pytest.mark.parametrize(
    "harm",
    [
        lambda manifest, file: file.write_bytes(CONTENT.swapcase()),
        lambda manifest, file: file.unlink(),
        lambda manifest, file: manifest.unfinish([PATH]),
        lambda manifest, file: manifest.doubt(),
        lambda manifest, file: manifest.forget([PATH]),
        lambda manifest, file: manifest.db.execute("DELETE FROM digests"),
        lambda manifest, file: manifest.put([Made(PATH, PART, "mark", 1, 1, digest_of(PATH, b"another"))]),
    ],
    ids=["overwritten", "gone", "unfinished", "doubted", "forgotten", "no digest", "another digest"],
)
def test_what_is_not_as_a_run_left_it_is_not_used(
    harm: Callable[[Manifest, Path], object], manifest: Manifest, tmp_path: Path
) -> None:
    harm(manifest, tmp_path / PATH)
    found = Kept(tmp_path, manifest)
    found.keep([PART])
    assert found.before(DAYS).tables == {}


def test_no_more_is_held_than_there_is_room_for(
    manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST", len(CONTENT) - 1)
    found = Kept(tmp_path, manifest)
    found.keep([PART])
    assert found.before(DAYS).tables == {}
