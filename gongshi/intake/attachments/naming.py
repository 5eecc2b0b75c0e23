"""How an attachment is called: as its sender called it, without what could hide, mislead or leave a folder."""

from __future__ import annotations

import re
from unicodedata import normalize

from gongshi.intake.problems import Wrong
from gongshi.intake.readers import dangerous_characters, safe_name
from gongshi.law import shapes

_LONGEST = 80
"""Characters, its ending included."""
_ENDING = re.compile(r"\.[0-9A-Za-z]{1,5}$")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)
"""Names that are no files on the machines that most readers have."""
_NOT_IN_ADDRESSES = re.compile(r"[\s%#?&+;=@!$,'~^`\\/]+")
_PERSONS = ("identity", "account", "phone")


def check_name(name: str) -> None:
    """Raises Wrong: E608 for a name that hides something or is none, E609 for one with a person's number."""
    if dangerous_characters(name) or any(char < " " for char in name):
        raise Wrong("E608", detail="含有不可见或者改变文字方向的字符")
    if not _stem(name) or _DEVICES.fullmatch(_stem(name)):
        raise Wrong("E608", detail="没有可用的文字" if not _stem(name) else "是系统保留的名称")
    if shapes.holds(name, _PERSONS):
        raise Wrong("E609", part="名称")


def public_name(name: str, ending: str) -> str:
    """The name in the site: Chinese stays, blanks and signs of addresses become _, the ending is the type's."""
    return _stem(name)[: _LONGEST - len(ending)].rstrip("._") + ending


def _stem(name: str) -> str:
    stem = _ENDING.sub("", safe_name(normalize("NFKC", name)))
    return "" if not _ENDING.sub("", name).strip(" ./\\") else _NOT_IN_ADDRESSES.sub("_", stem).strip("._-")
