"""Pages that are printed or kept: one stylesheet within, nothing fetched, every word escaped; no clock of their own."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gongshi.render.words import visible


def printed(template: str, context: object) -> bytes:
    """A page as bytes: the same context gives the same bytes."""
    return _environment().get_template(f"{template}.html").render(page=context).encode()


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("gongshi.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["css"] = _css
    return env


def _css(text: str) -> Markup:
    """Text as a string of CSS, each character by its number: nothing of it can end the string or the sheet."""
    return Markup('"' + "".join(f"\\{ord(sign):06x}" for sign in str(visible(text))) + '"')  # noqa: S704 - digits alone
