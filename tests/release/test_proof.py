"""A takedown that left a trace in the site is not called done."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshi.release.proof import TakedownIncomplete, prove_gone

ID = "0123456789abcdef"
GONE = (f"decisions/01/{ID}.html",)
TRACES = {
    "a link in a list": ("days/2026-11-20/index.html", f'<a href="/decisions/01/{ID}.html">'),
    "a page under its name": (f"decisions/01/{ID}.html", "anything"),
    "a machine's file": ("feeds/all.json", f'{{"id": "{ID}"}}'),
}


@pytest.mark.parametrize("path, content", TRACES.values(), ids=TRACES.keys())
def test_a_trace_is_found_and_its_file_named(tmp_path: Path, path: str, content: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(content)
    with pytest.raises(TakedownIncomplete, match=path):
        prove_gone(tmp_path, GONE)


def test_other_ids_are_no_trace(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("fedcba9876543210")
    prove_gone(tmp_path, GONE)
    prove_gone(tmp_path, ())
