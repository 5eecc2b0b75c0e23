"""Structured data (schema.org) for search engines, safe inside a page's script element."""

from __future__ import annotations

import orjson
from markupsafe import Markup

from gongshi.render.words import visible

_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def script_json(value: object) -> Markup:
    """`value` as JSON that no text in it can break out of.

    Chinese stays as it is written, so that a search of the bytes for a withdrawn name finds it.
    """
    text = str(visible(orjson.dumps(value).decode()))
    for character, escaped in _ESCAPES:
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - nothing of HTML is left in it
