"""Files that are there whole or not at all, and gone with all that belongs to them (promises 6 and 8)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongshi.system.files import TEMPORARY, remove, write_safe, write_whole


@pytest.mark.parametrize("write", [write_whole, write_safe])
def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(write, tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "page.html"
    write(path, b"old")
    before = path.stat().st_ino
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino != before, "a reader of the old file goes on reading the old file"
    assert [child.name for child in path.parent.iterdir()] == ["page.html"]


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_who_may_read_a_file_is_exactly_what_was_asked(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.with_name(path.name + TEMPORARY).write_bytes(b"left by a run that was killed")
    before = os.umask(0o077)
    try:
        write_safe(path, b"text", mode)
    finally:
        os.umask(before)
    assert (path.stat().st_mode & 0o777, path.read_bytes()) == (mode, b"text")


def test_what_was_half_written_goes_with_its_page(tmp_path: Path) -> None:
    path = tmp_path / "ab" / "page.html"
    write_whole(path, b"text")
    path.with_name(path.name + TEMPORARY).write_bytes(b"half of a withdrawn te")
    remove(path, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_never_got_beyond_half_goes_too(tmp_path: Path) -> None:
    (tmp_path / ("page.html" + TEMPORARY)).write_bytes(b"half")
    remove(tmp_path / "page.html", tmp_path)
    assert list(tmp_path.iterdir()) == []
