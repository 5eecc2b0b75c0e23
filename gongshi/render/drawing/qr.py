"""QR codes as SVG: the address of a page, for the telephone of who stands before an officer or a board."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup

_BEGINNING = Markup('<svg role="img" aria-label="{}"')


@lru_cache(maxsize=512)
def qr(text: str) -> Markup:
    """The code for `text` as an SVG element as large as its frame: black on white whatever the page's colours, with the
    quiet zone that readers need. Raises segno.DataOverflowError beyond 2,331 bytes."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, svgclass="gs-qr", lineclass=None, light="#fff")
    return _BEGINNING.format(f"二维码：{text}") + Markup(drawn.removeprefix("<svg"))  # noqa: S704 - segno's own drawing
