"""MkDocs hooks: the city's settings go into the theme, the error catalogue into the guide, styles into classes."""

from __future__ import annotations

from pathlib import Path

import yaml
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from gongshi.intake.catalogue import CATALOGUE
from gongshi.render.look import narrative
from gongshi.render.words import moment


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the shell say what data/reference/city.yml says."""
    root = Path(config.config_file_path).parent
    city = yaml.safe_load((root / "data/reference/city.yml").read_text(encoding="utf-8"))
    config.site_name = city["site_name"]
    config.site_url = city.get("url") or ""
    config.extra.update(narrative.settings(root / "site_src", city))
    return config


def on_env(env: Environment, **_: object) -> Environment:
    """Let a page's day be read by people and machines."""
    env.filters["moment"] = lambda day: moment(str(day))
    return env


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the error catalogue where the guide asks for it."""
    rows = ((entry.code, entry.title, entry.hint) for entry in CATALOGUE.values())
    return narrative.fill(markdown, "errors", ("代码", "问题", "怎样改"), rows)


def on_page_content(html: str, **_: object) -> str:
    """Leave nothing inline that the site's policy forbids, and every table within reach of the keys."""
    return narrative.reachable(narrative.without_styles(html))


def on_post_page(output: str, **_: object) -> str:
    """Leave out what the theme keeps for its scripts."""
    return narrative.without_toggles(output)
