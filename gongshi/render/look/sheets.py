"""Larger letters, other colours, more contrast (适老化): a small sheet for each choice, and the cookie that keeps it.

A choice is one cookie. The page is the same for all; `/look.css`, which every page names after the style sheet, differs
by the cookie. So nothing needs a script, no page flashes in the wrong colours, and nginx does it as well as we do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product

from gongshi.render.look.palette import DARK, FIRM, LIGHT, STRONG, STRONG_DARK, declared

COOKIE = "gs_look"
PATH = "look.css"
"""The sheet of whoever chose nothing, and of hosts that know no cookies."""
THEMES: Mapping[str, str] = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}
SIZES: Mapping[str, str] = {"1": "标准", "2": "大", "3": "特大"}
CONTRASTS: Mapping[str, str] = {"0": "标准", "1": "高"}
DIMENSIONS: Mapping[str, Mapping[str, str]] = {"theme": THEMES, "size": SIZES, "contrast": CONTRASTS}
"""What can be chosen, in the order of the cookie's value, with the words of the form in the header."""
VALUES = frozenset("-".join(chosen) for chosen in product(THEMES, SIZES, CONTRASTS))
PLAIN = "auto-1-0"

_ROOT = {"1": 1.0, "2": 1.25, "3": 1.5}
_OF_WIDTH = 0.625
"""Hundredths of the screen's width that letters always have: beyond 2,560 pixels they grow with it (gongshi.css)."""
_NARROW = re.compile(r"@media(?: screen and )?\(max-width:([\d.]+)rem\)\{")
_BRACE = re.compile(r"[{}]")
_BY_NIGHT = "@media screen and (prefers-color-scheme:dark)"


def parse_look(cookie: str | None) -> str:
    """The choice that a cookie's value tells; PLAIN for anything that is none."""
    return cookie if cookie in VALUES else PLAIN


def changed(look: str, dimension: str, value: str) -> str:
    """`look` with another `value` of one of DIMENSIONS; as it was where there is no such value."""
    chosen = dict(zip(DIMENSIONS, look.split("-"), strict=True)) | {dimension: value}
    return parse_look("-".join(chosen[name] for name in DIMENSIONS) if dimension in DIMENSIONS else look)


def address(look: str) -> str:
    """Where the sheet of a choice lies."""
    return f"look/{look}.css"


def files(sheet: str) -> dict[str, bytes]:
    """Every choice's sheet by its address, for the whole style sheet `sheet`."""
    made = {address(look): _of(look, sheet).encode() for look in sorted(VALUES)}
    return {PATH: made[address(PLAIN)], **made}


def _of(look: str, sheet: str) -> str:
    theme, size, contrast = look.split("-")
    return "".join((_told(look), _colours(theme, strong=contrast == "1"), _larger(_ROOT[size], sheet)))


def _told(look: str) -> str:
    """The chosen buttons of the form say so, to the eye and to a screen reader."""
    chosen = ",".join(
        f".gs-look [name={name}][value='{value}']" for name, value in zip(DIMENSIONS, look.split("-"), strict=True)
    )
    after = ",".join(f"{one}::after" for one in chosen.split(","))
    return (
        f"{chosen}{{background:var(--brand);color:var(--brand-ink);font-weight:700}}{after}{{content:' ✓'/'（当前）'}}"
    )


def _colours(theme: str, *, strong: bool) -> str:
    """Only a screen's: paper stays white. The plain colours stand in the style sheet already."""
    day, night = (STRONG, STRONG_DARK) if strong else (LIGHT, DARK)
    firm = FIRM if strong else ""
    if theme == "auto":
        return f"@media screen{{{declared(day)}{firm}}}{_BY_NIGHT}{{{declared(night)}}}" if strong else ""
    worn = night if theme == "dark" else day
    return f"@media screen{{:root{{color-scheme:{theme}}}{declared(worn)}{firm}}}"


def _larger(root: float, sheet: str) -> str:
    """Larger letters; a screen that is narrow for them gets the rules of a narrow screen, since the conditions of a
    style sheet know nothing of the size of letters."""
    if root == 1:
        return ""
    rules = "".join(f"@media screen and (max-width:{width * root:g}rem){{{rules}}}" for width, rules in _narrow(sheet))
    return f"@media screen{{html:root{{font-size:max({root:.0%},{root * _OF_WIDTH:g}vw)}}}}{rules}"


@lru_cache(maxsize=2)
def _narrow(sheet: str) -> tuple[tuple[float, str], ...]:
    """The rules for narrow screens: their width in rem, and what is between their braces."""
    return tuple(
        (float(found[1]), sheet[found.end() : _closed(sheet, found.end())]) for found in _NARROW.finditer(sheet)
    )


def _closed(sheet: str, begin: int) -> int:
    """Where the brace is that closes what begins there."""
    depth = 1
    for brace in _BRACE.finditer(sheet, begin):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise ValueError(f"a brace is not closed: {sheet[begin - 60 : begin]}")
