"""The one Jinja environment for pages made from data: it escapes everything and forgives nothing."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import gongshi
from gongshi.render import assets
from gongshi.render.jsonld import script_json
from gongshi.render.labels import kind_label
from gongshi.render.words import count, date_zh, money, shortened, visible

_ROOMS = ("render", "records", "law")
"""Rooms of the package whose code decides what a page says."""


def environment(templates: Path) -> Environment:
    """The environment for `site_src/templates`.

    Filters: date_zh, money (yuan), count, shortened, kind_label, script_json. Globals: `style` and
    `icon`, the addresses of the style sheet and the icon (named after their content), and `version`, a
    fingerprint of every template, asset and of the code: a page whose fingerprint includes it is made again when
    any of them changes. A variable that no context declares raises (StrictUndefined); characters
    that turn or hide text are dropped from every value (DESIGN.md promise 10).
    """
    env = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.filters.update(
        date_zh=date_zh,
        money=money,
        count=count,
        shortened=shortened,
        kind_label=kind_label,
        script_json=script_json,
    )
    files = assets.load(templates.parent / "assets")
    env.globals["style"] = files[assets.STYLE].url
    env.globals["icon"] = files[assets.ICON].url
    env.globals["assets"] = tuple(files.values())
    env.globals["version"] = _version(templates, files)
    return env


def _version(templates: Path, files: dict[str, assets.Asset]) -> str:
    """A fingerprint of templates, assets, and the code and declarations that fill them: a new release
    of the software makes every page again, as a build from nothing would (DESIGN.md promise 5)."""
    code = Path(gongshi.__file__).parent
    rooms = (path for room in _ROOMS for path in sorted((code / room).rglob("*.py")))
    sources = [path.read_bytes() for path in (*sorted(templates.rglob("*.html")), *rooms)]
    return assets.fingerprint(assets.content_mark(*sources), *(asset.path for asset in files.values()))
