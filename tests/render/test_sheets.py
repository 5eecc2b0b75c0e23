"""Larger letters, other colours, more contrast: a small sheet for each choice."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from gongshi.render.look import assets
from gongshi.render.look.palette import DARK, STRONG, STRONG_DARK
from gongshi.render.look.sheets import DIMENSIONS, PATH, PLAIN, VALUES, address, changed, files, parse_look

ASSETS = Path(__file__).parents[2] / "site_src/assets"
SHEET = assets.load(ASSETS)[assets.STYLE].content.decode()
LOOKS = {path: content.decode() for path, content in files(SHEET).items()}


def test_there_is_a_sheet_for_every_choice_and_one_for_none() -> None:
    assert set(LOOKS) == {PATH, *map(address, VALUES)}
    assert len(VALUES) == 18
    assert LOOKS[PATH] == LOOKS[address(PLAIN)]


def test_the_sheet_and_what_is_added_to_it_stay_small() -> None:
    assert len(gzip.compress(SHEET.encode())) <= 12 * 1024
    sizes = {look: len(gzip.compress(LOOKS[address(look)].encode())) for look in VALUES}
    assert max(size for look, size in sizes.items() if "-1-" in look) <= 800
    assert max(sizes.values()) <= 3 * 1024, "the rules of a narrow screen, once more"


@pytest.mark.parametrize(
    "cookie",
    [None, "", "auto", "dark-4-0", "dark-1-0-1", "DARK-1-0", "dark-1-0;x", "../../etc", "auto-1-0\n", "a" * 9999],
)
def test_what_is_no_choice_is_none(cookie: str | None) -> None:
    assert parse_look(cookie) == PLAIN


def test_a_choice_changes_one_thing() -> None:
    assert changed("dark-2-1", "size", "3") == "dark-3-1"
    assert changed("dark-2-1", "theme", "light") == "light-2-1"
    assert changed("dark-2-1", "contrast", "0") == "dark-2-0"
    assert changed("dark-2-1", "size", "4") == PLAIN
    assert changed("dark-2-1", "nothing", "1") == "dark-2-1"


@pytest.mark.parametrize(
    ("look", "palette"), [("dark-1-0", DARK), ("light-1-1", STRONG), ("dark-3-1", STRONG_DARK), ("auto-2-1", STRONG)]
)
def test_colours_are_those_of_the_palette_and_of_the_screen_alone(look: str, palette: dict[str, str]) -> None:
    sheet = LOOKS[address(look)]
    assert all(f"--{name}:{colour}" in sheet for name, colour in palette.items())
    assert re.findall(r"@media (\w+)", sheet) == ["screen"] * sheet.count("@media")


@pytest.mark.parametrize("look", sorted(VALUES))
def test_every_sheet_tells_the_form_what_was_chosen(look: str) -> None:
    chosen = dict(zip(DIMENSIONS, look.split("-"), strict=True))
    for name, value in chosen.items():
        assert f".gs-look [name={name}][value='{value}']" in LOOKS[address(look)]
    assert LOOKS[address(look)].count("[name=") == 2 * len(chosen)


def test_every_rule_for_narrow_screens_holds_for_large_letters_on_wider_ones() -> None:
    narrow = re.findall(r"@media(?: screen and )?\(max-width:([\d.]+)rem\)", SHEET)
    for size, factor in (("2", 1.25), ("3", 1.5)):
        wider = re.findall(r"@media screen and \(max-width:([\d.]+)rem\)", LOOKS[address(f"auto-{size}-0")])
        assert wider == [f"{float(width) * factor:g}" for width in narrow]
    assert len(narrow) > 5
    assert "min-width" not in re.sub(r"(?:^|[;{])min-width:", "", SHEET).replace("(min-width:48rem)", ""), (
        "a rule for wide screens would hold too early for large letters"
    )


@pytest.mark.parametrize("path", LOOKS)
def test_every_sheet_is_whole(path: str) -> None:
    sheet = LOOKS[path]
    assert sheet.count("{") == sheet.count("}")
    assert "url(" not in sheet
    assert "/*" not in sheet
