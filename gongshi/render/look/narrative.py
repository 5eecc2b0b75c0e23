"""What MkDocs needs of us for the narrative pages: the city's settings, our style sheet, generated tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markupsafe import escape

from gongshi.render.look import assets
from gongshi.render.updated import RELEASED

_FILLED = re.compile(r"\{\w+\}")
"""What a message fills in with the finding's own words."""
_ALIGNED = re.compile(r'style="text-align: (left|center|right);"')
"""What Markdown says of a cell whose column is aligned."""
_TOGGLES = re.compile(r'\s*<input class="md-toggle"[^>]*>|\s*<label class="md-overlay"[^>]*></label>')
"""Material's switches for a menu and a search that our frame does not have: its base.html has no block around them."""
_SETTINGS = (
    *("organiser", "website_id", "domain", "contact", "sample"),
    *("request_disclosure", "site_errors", "icp", "security_record"),
)


def settings(site_src: Path, city: Mapping[str, object]) -> dict[str, object]:
    """What the theme's templates read as `config.extra`.

    `city` is data/reference/city.yml. `style`, `icon` and `script` are the addresses under which the
    pages of data load them too, so that both kinds of page share one cached file; `released` is the day of a page whose
    front matter says none (`updated: 2026-11-23`).
    """
    files = assets.load(site_src / "assets")
    chosen = {name: city.get(name) or "" for name in _SETTINGS}
    script = files[assets.SCRIPT].url if assets.SCRIPT in files else ""
    look = {"style": files[assets.STYLE].url, "icon": files[assets.ICON].url, "script": script}
    return {**chosen, **look, "released": RELEASED}


def without_styles(html: str) -> str:
    """A page without styles of its own elements: how a column of a table is aligned becomes a class."""
    return _ALIGNED.sub(r'class="is-\1"', html)


def reachable(html: str) -> str:
    """A page whose tables can be scrolled with the keys: on a telephone they are wider than it (WCAG 2.1.1)."""
    return html.replace("<table>", '<table tabindex="0">')


def without_toggles(page: str) -> str:
    """A whole page without the theme's invisible switches."""
    return _TOGGLES.sub("", page)


def fill(markdown: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """`markdown` with the table `name` in place of its mark `<!-- gongshi:name -->`.

    So a table of the guide says what the code says. Cells are escaped: they are text, not markup.
    """
    mark = f"<!-- gongshi:{name} -->"
    if mark not in markdown:
        return markdown
    lines = [_line(header), _line(["---"] * len(header)), *map(_line, rows)]
    return markdown.replace(mark, "\n".join(lines))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return str(escape(_FILLED.sub("…", text))).replace("|", "\\|").replace("\n", " ")
