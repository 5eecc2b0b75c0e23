"""The colours of the site as data: four palettes, and what may stand on what.

The top of the style sheet is printed from these tables, and a test computes the contrast of every pair in every palette
(WCAG 2.2, 1.4.3 and 1.4.11), so that no colour can be changed to one that somebody can not read. A kind of act has a
colour of its own, and is always told in words, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KINDS = ("licence", "penalty", "coercion", "levy", "charge", "inspection", "random_inspection")
_GROUNDS = ("paper", "ground", "wash")

LIGHT: Mapping[str, str] = MappingProxyType({
    "paper": "#ffffff", "ground": "#f4f6f8", "wash": "#eef3f9",
    "ink": "#1b2733", "soft": "#4b5a69", "link": "#0f5499",
    "line": "#d9dfe5", "hair": "#e8ecf0", "edge": "#6b7a89",
    "brand": "#123f6d", "brand-ink": "#ffffff", "brand-soft": "#c9d9ea", "gold": "#c8a04a",
    "hero": "#0f365d", "hero-end": "#1b5488", "hero-soft": "#dbe7f3",
    "rule": "#123f6d", "here": "#8a6a14",
    "button": "#e6bd5c", "button-over": "#f2cf7c", "button-ink": "#2a1f00",
    "send": "#0f4f8f", "send-over": "#0b3d70", "send-ink": "#ffffff",
    "good": "#1b6844", "good-wash": "#e5f2ea",
    "warn": "#8a4b00", "warn-wash": "#fff2dc",
    "bad": "#a11d24", "bad-wash": "#fcebeb",
    "mark": "#ffe08a", "mark-ink": "#1b2733",
    "focus": "#ffcf4d", "focus-line": "#101820",
    "licence": "#1b6844", "penalty": "#a3262a", "coercion": "#6b3a8f", "levy": "#7c4d00", "charge": "#0b6170",
    "inspection": "#1a57a3", "random_inspection": "#46508c",
})  # fmt: skip
"""By day."""

DARK: Mapping[str, str] = MappingProxyType({
    **LIGHT,
    "paper": "#18212b", "ground": "#10171f", "wash": "#1e2b39",
    "ink": "#e4eaf0", "soft": "#a9b6c3", "link": "#84b8f0",
    "line": "#334252", "hair": "#263340", "edge": "#7b8b9b",
    "brand": "#0f2c4a", "brand-ink": "#f2f6fa", "brand-soft": "#a9c3de",
    "hero": "#0f2c4a", "hero-end": "#17436f",
    "rule": "#84b8f0", "here": "#c8a04a",
    "send": "#84b8f0", "send-over": "#a9cdf6", "send-ink": "#0b1a2b",
    "good": "#7fd0a3", "good-wash": "#17332a",
    "warn": "#f0b866", "warn-wash": "#3a2c14",
    "bad": "#f49a9d", "bad-wash": "#3b1d20",
    "mark": "#5a4a12", "mark-ink": "#e4eaf0",
    "focus-line": "#e4eaf0",
    "licence": "#7fd0a3", "penalty": "#f49a9d", "coercion": "#cba6ec", "levy": "#e6b868", "charge": "#74cbdb",
    "inspection": "#8bbcf5", "random_inspection": "#adb7f0",
})  # fmt: skip
"""By night."""

STRONG: Mapping[str, str] = MappingProxyType({
    **LIGHT,
    "ground": "#ffffff", "wash": "#ffffff",
    "ink": "#000000", "soft": "#000000", "link": "#00308f",
    "line": "#000000", "hair": "#595959", "edge": "#000000",
    "brand": "#000000", "brand-soft": "#ffffff", "hero": "#000000", "hero-end": "#000000", "hero-soft": "#ffffff",
    "rule": "#000000", "here": "#000000",
    "button": "#ffffff", "button-over": "#ffe08a", "button-ink": "#000000",
    "send": "#000000", "send-over": "#00308f",
    "good": "#00452a", "good-wash": "#ffffff", "warn": "#553300", "warn-wash": "#ffffff",
    "bad": "#7a0008", "bad-wash": "#ffffff",
    "mark-ink": "#000000",
    "licence": "#00452a", "penalty": "#7a0008", "coercion": "#43106b", "levy": "#553300", "charge": "#003f4a",
    "inspection": "#00357a", "random_inspection": "#2a3270",
})  # fmt: skip
"""For whoever asks for high contrast: black on white, every edge drawn."""

STRONG_DARK: Mapping[str, str] = MappingProxyType({
    **DARK,
    "paper": "#000000", "ground": "#000000", "wash": "#000000",
    "ink": "#ffffff", "soft": "#ffffff", "link": "#9fd0ff",
    "line": "#ffffff", "hair": "#a6a6a6", "edge": "#ffffff",
    "brand": "#000000", "brand-ink": "#ffffff", "brand-soft": "#ffffff",
    "hero": "#000000", "hero-end": "#000000", "hero-soft": "#ffffff",
    "rule": "#ffffff", "here": "#ffffff",
    "button": "#ffffff", "button-over": "#ffe08a", "button-ink": "#000000",
    "send": "#ffffff", "send-over": "#9fd0ff", "send-ink": "#000000",
    "good": "#9ff0c0", "good-wash": "#000000", "warn": "#ffd590", "warn-wash": "#000000",
    "bad": "#ffb3b5", "bad-wash": "#000000",
    "mark": "#5a4a12", "mark-ink": "#ffffff",
    "focus-line": "#ffffff",
    "licence": "#9ff0c0", "penalty": "#ffb3b5", "coercion": "#e2c4ff", "levy": "#ffd590", "charge": "#9be8f5",
    "inspection": "#b3d6ff", "random_inspection": "#ccd3ff",
})  # fmt: skip
"""The same by night: white on black."""

PALETTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "strong": STRONG, "strong dark": STRONG_DARK}
)

TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ink", (*_GROUNDS, "good-wash", "warn-wash", "bad-wash")),
    ("soft", (*_GROUNDS, "good-wash", "warn-wash")),
    ("link", (*_GROUNDS, "warn-wash", "good-wash", "bad-wash")),
    *((kind, _GROUNDS) for kind in KINDS),
    ("good", ("good-wash", *_GROUNDS)),
    ("warn", ("warn-wash", *_GROUNDS)),
    ("bad", ("bad-wash", *_GROUNDS)),
    ("brand-ink", ("brand", "hero", "hero-end")),
    ("brand-soft", ("brand",)),
    ("hero-soft", ("hero", "hero-end")),
    ("button-ink", ("button", "button-over")),
    ("send-ink", ("send", "send-over")),
    ("mark-ink", ("mark",)),
)
"""Letters, and every ground on which the style sheet may put them."""

EDGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("edge", _GROUNDS),
    ("here", ("paper",)),
    *((kind, ("paper", "ground")) for kind in (*KINDS, "good", "warn", "bad", "rule")),
)
"""Edges of fields and marks that say something, and what they stand on."""

FIRM = (
    ".gs-tag,.gs-sign,.gs-cell,.gs-state,.gs-alert,.gs-warning,.gs-text{border:1px solid}"
    ".gs-find button,.gs-search button,.gs-lookup button{border-color:var(--edge)}"
    ".gs-band,.gs-hero{border-bottom:1px solid}"
    ".gs-pager [aria-current],.gs-materials>li::before{outline:2px solid}"
)
"""With high contrast no ground tells one thing from another: what has no edge gets one. The last word
of a style sheet."""

_LIGHT_FROM = 0.03928


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written #rrggbb, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LIGHT_FROM else ((part + 0.055) / 1.055) ** 2.4


def declared(palette: Mapping[str, str], beyond: Mapping[str, str] | None = None) -> str:
    """The palette as custom properties on the root; only what differs from `beyond`, which holds already."""
    own = (f"--{name}:{colour}" for name, colour in palette.items() if not beyond or beyond[name] != colour)
    return f":root{{{';'.join(own)}}}"


def css() -> str:
    """The top of the style sheet: by day, by night, and for whoever's system asks for more contrast.

    Paper is white and ink black in print, whatever the screen shows: only a screen is dark.
    """
    dark, more = "(prefers-color-scheme:dark)", "(prefers-contrast:more)"
    return "".join(
        (
            declared(LIGHT),
            f"@media screen and {dark}{{{declared(DARK, LIGHT)}}}",
            f"@media screen and {more}{{{declared(STRONG)}}}",
            f"@media screen and {more} and {dark}{{{declared(STRONG_DARK)}}}",
        )
    )
