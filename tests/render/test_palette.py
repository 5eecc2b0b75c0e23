"""Whatever may stand on whatever can be read: in every palette, by the contrast that WCAG 2.2 asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongshi.records import DECISION_KINDS
from gongshi.render.look import assets
from gongshi.render.look.palette import EDGES, KINDS, LIGHT, PALETTES, TEXTS, contrast, css

ASSETS = Path(__file__).parents[2] / "site_src/assets"
TEXT, STRONG_TEXT, EDGE = 4.5, 7.0, 3.0


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)]
)
def test_contrast_is_what_the_standard_computes(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("name", PALETTES)
def test_letters_can_be_read_on_every_ground_they_may_stand_on(name: str) -> None:
    palette, least = PALETTES[name], STRONG_TEXT if "strong" in name else TEXT
    poor = [
        (front, ground, round(contrast(palette[front], palette[ground]), 2))
        for front, grounds in TEXTS
        for ground in grounds
        if contrast(palette[front], palette[ground]) < least
    ]
    assert not poor


@pytest.mark.parametrize("name", PALETTES)
def test_edges_that_say_something_can_be_seen(name: str) -> None:
    palette = PALETTES[name]
    poor = [
        (front, ground, round(contrast(palette[front], palette[ground]), 2))
        for front, grounds in EDGES
        for ground in grounds
        if contrast(palette[front], palette[ground]) < EDGE
    ]
    assert not poor


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("ground", ["paper", "ground", "wash", "brand", "hero", "hero-end"])
def test_the_focus_shows_on_every_ground(name: str, ground: str) -> None:
    palette = PALETTES[name]
    shown = (contrast(palette[ring], palette[ground]) for ring in ("focus", "focus-line"))
    assert max(shown) >= EDGE


def test_every_palette_has_every_colour_and_every_kind_has_one() -> None:
    assert {frozenset(palette) for palette in PALETTES.values()} == {frozenset(LIGHT)}
    assert set(DECISION_KINDS) <= set(KINDS) <= set(LIGHT)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for palette in PALETTES.values() for colour in palette.values())


def test_the_style_sheet_takes_its_colours_from_the_palette() -> None:
    sheet = assets.load(ASSETS)[assets.STYLE].content.decode()
    assert sheet.startswith(css())
    named = set(re.findall(r"var\(--([a-z0-9_-]+)", sheet))
    own = set(re.findall(r"--([a-z0-9_-]+):", sheet.removeprefix(css())))
    assert named - own <= set(LIGHT), "a colour that no palette has"
