"""People with the numbers of their certificates: 张示一（吉A示例001）、李示二, to JSON of name and certificate."""

from __future__ import annotations

import re
import unicodedata

import orjson

from gongshi.intake.problems import Wrong
from gongshi.intake.values.text import as_text

_BETWEEN = re.compile(r"[、，,；;]\s*(?![^（(]*[）)])")
_ONE = re.compile(r"(?P<name>[^（()）]+?)\s*(?:[（(]\s*(?:证号[:：]?)?(?P<certificate>[^（()）]+?)\s*[）)])?")


def parse_persons(cell: object) -> str:
    """The people that a cell which is not empty names, in its order, each once. Raises Wrong E216."""
    text = as_text(cell)
    found: dict[tuple[str, str], None] = {}
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        one = _ONE.fullmatch(part)
        if one is None:
            raise Wrong("E216", value=text)
        certificate = unicodedata.normalize("NFKC", one["certificate"] or "").replace(" ", "")
        found[one["name"].strip(), certificate] = None
    if not found:
        raise Wrong("E216", value=text)
    return orjson.dumps([{"name": name, "certificate": number} for name, number in found]).decode()
