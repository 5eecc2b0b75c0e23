"""The one Jinja environment for pages made from data: it escapes everything and forgives nothing."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gongshi.render.labels import act_slug, kind_label
from gongshi.render.look import assets
from gongshi.render.look.compiling import Compiled, Templates, marked
from gongshi.render.look.jsonld import script_json
from gongshi.render.updated import RELEASED
from gongshi.render.words import count, date_zh, moment, money, shortened, visible


def environment(templates: Path) -> Environment:
    """The environment for `site_src/templates`.

    Filters: date_zh, moment (a date in its element), money (yuan), count, shortened, kind_label, act_slug, script_json,
    marked (what a search found). Globals:
    `style`, `icon` and `script`, the addresses of the style sheet, the icon and the script (named after their content;
    empty where there is no script), `assets`, every file beside them, `released`, the day of the release. A variable
    that no context declares raises (StrictUndefined); characters that turn or hide text are dropped from every value
    (DESIGN.md promise 10).
    """
    env = Templates(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Compiled(),
    )
    env.filters.update(
        date_zh=date_zh,
        moment=moment,
        money=money,
        act_slug=act_slug,
        count=count,
        shortened=shortened,
        kind_label=kind_label,
        marked=marked,
        script_json=script_json,
    )
    files = assets.load(templates.parent / "assets")
    env.globals["style"] = files[assets.STYLE].url
    env.globals["icon"] = files[assets.ICON].url
    env.globals["script"] = files[assets.SCRIPT].url if assets.SCRIPT in files else ""
    env.globals["released"] = RELEASED
    env.globals["assets"] = tuple(files.values())
    return env
