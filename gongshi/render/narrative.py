"""What MkDocs needs of us for the narrative pages: the city's own settings and our style sheet's address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gongshi.render import assets

_SETTINGS = ("organiser", "website_id", "domain", "contact", "sample")


def settings(site_src: Path, city: Mapping[str, object]) -> dict[str, object]:
    """What the theme's templates read as `config.extra`.

    `city` is data/reference/city.yml. `style` and `icon` are the addresses under which the pages of
    data load them too, so that both kinds of page share one cached file.
    """
    files = assets.load(site_src / "assets")
    chosen = {name: city.get(name) or "" for name in _SETTINGS}
    return {**chosen, "style": files[assets.STYLE].url, "icon": files[assets.ICON].url}
