"""What a page looks like beside its data: a fingerprint of exactly what its template uses, so that a changed template
makes again its own pages and no others."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, meta

import gongshi
from gongshi.render.look.assets import content_mark, fingerprint

_TAG = r"{%[-+]?\s*(?:extends|include|import|from)\b"
_USES = re.compile(_TAG)
_NAMES = re.compile(_TAG + r"""\s*["']([^"']+)["']\s*(?=[-+]?%}|as\b|import\b|ignore\b|with)""")
_ROOMS = ("render", "records", "law")
"""Rooms of the package whose code decides what a page says."""


def named_in(env: Environment, source: str) -> list[str]:
    """The templates that one extends, includes or imports. Where each is named as it is, that is read from the source:
    to parse it takes many times as long."""
    names: list[str] = _NAMES.findall(source)
    if len(names) == len(_USES.findall(source)):
        return names
    return [name for name in meta.find_referenced_templates(env.parse(source)) if name]


@lru_cache(maxsize=1)
def versions(env: Environment) -> Versions:
    """Those of an environment, looked up once for all that is planned with it."""
    return Versions(env)


class Versions:
    """The versions of an environment's templates and of the code that fills them."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._found: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._named: dict[str, list[str]] = {}

    def of(self, template: str) -> str:
        """A fingerprint of a template with all that it extends, includes and imports, of the style sheet, icon and
        script that it names, and of the code."""
        if (found := self._found.get(template)) is None:
            sources = (self._source(name).encode() for name in sorted(self._used(template)))
            look = (str(self._env.globals[name]) for name in ("style", "icon", "script"))
            found = self._found[template] = fingerprint(self.code, content_mark(*sources), *look)
        return found

    @cached_property
    def code(self) -> str:
        """A fingerprint of the code and the declarations: a new release of the software makes every page again, as a
        build from nothing would (DESIGN.md promise 5)."""
        code = Path(gongshi.__file__).parent
        return content_mark(*(path.read_bytes() for room in _ROOMS for path in sorted((code / room).rglob("*.py"))))

    def _used(self, template: str) -> set[str]:
        found, waiting = set[str](), [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                if name not in self._named:
                    self._named[name] = named_in(self._env, self._source(name))
                waiting += self._named[name]
        return found

    def _source(self, name: str) -> str:
        assert self._env.loader
        if name not in self._sources:
            self._sources[name] = self._env.loader.get_source(self._env, name)[0]
        return self._sources[name]
