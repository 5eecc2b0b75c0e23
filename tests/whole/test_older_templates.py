"""The program was renewed and site_src was not, or the other way round: a mistake to mend, the site as before."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Meddle = Callable[[Path], object]


def replaced(template: str, before: str, after: str) -> Meddle:
    """A template in which something stands that the program no longer knows, or not what it asks for."""

    def meddle(site_src: Path) -> None:
        path = site_src / "templates" / template
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return meddle


MISFITS: dict[str, tuple[Meddle, str]] = {
    "a macro under its former name": (replaced("rows.html", "macro lines(row)", "macro line_of(row)"), "R009 .*lines"),
    "a value that no page has any more": (replaced("list.html", "<h1", "{{ former }}<h1"), r"R009 .*list.html:\d+"),
    "a column that no row has any more": (replaced("rows.html", "row.href", "row.link"), r"R009 .*rows.html:\d+"),
    "a filter that is gone": (replaced("list.html", "<h1", "{{ 1 | former }}<h1"), r"R009 .*list.html:\d+"),
    "a template that is not there yet": (
        lambda site_src: (site_src / "templates/list.html").unlink(),
        "R009 .*list.html",
    ),
    "no style sheet": (lambda site_src: (site_src / "assets/gongshi.css").unlink(), "R006 .*gongshi.css"),
}


@pytest.mark.parametrize(("meddle", "told"), MISFITS.values(), ids=MISFITS.keys())
def test_templates_of_another_release_are_told_where_none_that_fit_are_kept(
    commands, row, sheet, meddle: Meddle, told: str
) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号")]))
    shutil.rmtree(commands.root / "build", ignore_errors=True)
    meddle(commands.root / "site_src")
    run = commands("rebuild", code=1)
    assert isinstance(run.exception, SystemExit), "told, not a traceback"
    assert re.search(told, run.output), run.output


def test_templates_that_were_good_before_the_program_was_renewed_are_told_too(commands, row, sheet) -> None:
    commands.publish(sheet("a.csv", [row("penalty", "松市监罚〔2026〕15号")]))
    commands("rebuild")
    before = commands.site()
    meddle, told = MISFITS["a macro under its former name"]
    for look in (commands.root, commands.root / "build/good"):
        meddle(look / "site_src")
    run = commands("rebuild", "--full", code=1)
    assert isinstance(run.exception, SystemExit), "told, not a traceback"
    assert re.search(told, run.output), run.output
    assert "同一版本" in run.output
    assert commands.site() == before
