"""MkDocs hooks: the city's name and settings go into the theme; nothing else happens here."""

from __future__ import annotations

from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from gongshi.render import narrative


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the shell say what data/reference/city.yml says."""
    root = Path(config.config_file_path).parent
    city = yaml.safe_load((root / "data/reference/city.yml").read_text(encoding="utf-8"))
    config.site_name = city["site_name"]
    config.site_url = city.get("url") or ""
    config.extra.update(narrative.settings(root / "site_src", city))
    return config
