"""Pages from public.db: our own autoescaping Jinja environment, one typed context per template."""

from gongshi.render.look.environment import environment

__all__ = ["environment"]
