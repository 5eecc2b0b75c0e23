"""A rebuild killed at any named step is finished by the next; nothing withdrawn stays, nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from gongshi import rebuild
from gongshi.release import files, site

STEPS: dict[str, tuple[object, str, int]] = {
    "before the law is applied": (rebuild, "prepare", 1),
    "before the journal": (rebuild, "record_publication", 1),
    "before the withdrawal": (rebuild, "withdraw", 1),
    "before public.db": (rebuild, "bring_to", 1),
    "before the pages": (rebuild._Rebuild, "_site", 1),
    "while MkDocs' output is looked at": (rebuild.narrative, "files", 1),
    "before the manifest is written for the first time": (rebuild.Manifest, "save", 1),
    "before the manifest is written for the second time": (rebuild.Manifest, "save", 2),
    "before the last manifest": (rebuild.Manifest, "save", 4),
    "before the first page": (site, "write_whole", 1),
    "before the third page": (site, "write_whole", 3),
    "before a page is taken away": (site, "remove", 1),
    "before the proof": (rebuild, "prove_gone", 1),
    "before a manifest's bytes are switched to": (files.os, "fsync", 2),
}
"""A module or class, a name in it, and the call before which the process is killed."""


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


def killed(commands, step: tuple[object, str, int]) -> bool:
    """Run a rebuild in a process of its own, killed at that call; whether it got that far."""
    place, name, at = step
    child = os.fork()
    if child == 0:
        setattr(place, name, dying(getattr(place, name), at))
        try:
            commands("rebuild")
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_the_next_rebuild_ends_where_an_undisturbed_one_does(commands, row, sheet, step: tuple) -> None:
    rows = [row("penalty", f"松市监罚〔2026〕{n}号", facts=f"货架上有第{n}种过期食品") for n in (15, 16, 17)]
    commands.publish(sheet("a.csv", rows))
    commands("rebuild")
    withdrawn = next(p for p in commands.pages() if "第15种过期食品" in p.read_text(encoding="utf-8"))
    rows[0] |= {"不予公开情形": "危及安全稳定", "不予公开理由": "理由"}
    rows[1] |= {"违法事实": "货架上有更正后的食品"}
    commands.publish(sheet("b.csv", [*rows, row("penalty", "松市监罚〔2026〕18号")]))
    assert killed(commands, step)
    commands("rebuild")
    assert not withdrawn.exists()
    assert len(commands.pages()) == 3
    everything = b"".join(commands.site().values()) + (commands.root / "build/public.db").read_bytes()
    assert withdrawn.stem.encode() not in everything
    assert "第15种过期食品".encode() not in everything
    assert "第16种过期食品".encode() not in everything
    assert not list((commands.root / "build").rglob("*.part"))
    ended = commands.site()
    commands("verify")
    commands("rebuild", "--full")
    assert commands.site() == ended
