"""What is installed: every package by its hash, and for the tests the very packages that gongshi runs with."""

from __future__ import annotations

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
_PIN = re.compile(r"^(\S+==\S+(?: ; .+?)?)((?:\s+--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)


def pinned(name: str) -> dict[str, frozenset[str]]:
    """Packages with their version by the hashes of their files."""
    written = (REQUIREMENTS / name).read_text(encoding="utf-8").replace("\\\n", "")
    found = {pin: frozenset(hashes.split()) for pin, hashes in _PIN.findall(written)}
    assert len(found) == len(re.findall(r"^[\w.-]+==", written, re.MULTILINE)), "a package without a hash"
    return found


def test_the_tests_run_with_what_gongshi_runs_with() -> None:
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert run
    assert run.items() <= dev.items(), "make setup-dev installs dev.txt alone"
