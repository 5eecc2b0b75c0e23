"""Suggestions while somebody types: names and terms that have the text, or are typed with the letters.

Of organisations two at most, those with the most decisions. Whose texts are suggested and whose never: vocabulary.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from gongshi.query.database import Reading
from gongshi.query.spelling import spelled, typed_letters
from gongshi.query.tokens import MAX_QUERY, normalise
from gongshi.query.vocabulary import ORGANISATION, TYPE_LABELS, search_path, vocabulary

MOST = 8
_ORGANISATIONS = 2
_SHORTEST_NAME = 2
_LOOKED_AT = 200
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_BEGINS = """
SELECT uscc, name, decisions FROM organisations
WHERE {column} >= :typed AND {column} < :typed || char(1114111) LIMIT :most
"""
_NAMED = tuple(_BEGINS.format(column=column) for column in ("core", "pinyin", "initials"))


class Suggestion(NamedTuple):
    """One of them. `marks` is from where to where the typed text is meant by it; `path` leads to it."""

    type: str
    text: str
    marks: tuple[int, int]
    path: str
    note: str

    def as_json(self) -> dict[str, Any]:
        """As /suggest tells it."""
        shown = {"type": self.type, "label": TYPE_LABELS[self.type], "text": self.text}
        return {**shown, "marks": [list(self.marks)], "path": self.path, "note": self.note}


def suggestions(db: Reading, typed: str, most: int = MOST) -> list[Suggestion]:
    """What may be meant by `typed`, the likeliest first: nothing for less than one Chinese character or two letters.

    Raises TooSlow, Unavailable; NotAtOnce where others wait.
    """
    text = " ".join(normalise(typed[:MAX_QUERY]).split())
    letters = typed_letters(text)
    if not letters and not _CHINESE.search(text):
        return []
    words = vocabulary(db)
    matches = words.by_letters(letters) if letters else words.by_text(text)
    found = [Suggestion(one.entry.type, one.entry.text, one.marks, one.entry.path, one.entry.note) for one in matches]
    named = list(islice(_organisations(db, letters or text, by_letters=bool(letters)), _ORGANISATIONS))
    room = most - len(named)
    return [*_each_once(found, room), *named]


def _each_once(found: list[Suggestion], most: int) -> list[Suggestion]:
    """The first of each text."""
    return list({one.text: one for one in reversed(found)}.values())[::-1][:most]


def _organisations(db: Reading, typed: str, *, by_letters: bool) -> Iterator[Suggestion]:
    """Those whose distinctive part begins so, the ones with the most decisions first."""
    if len(typed) < _SHORTEST_NAME or (by_letters and len(typed) == _SHORTEST_NAME):
        return
    asked = {"typed": typed, "most": _LOOKED_AT}
    rows = {row["uscc"]: row for sql in (_NAMED[1:] if by_letters else _NAMED[:1]) for row in db.rows(sql, asked)}
    for row in sorted(rows.values(), key=lambda row: (-row["decisions"], row["name"])):
        yield Suggestion(ORGANISATION, row["name"], _meant(row["name"], typed), search_path(row["name"]), "")


def _meant(name: str, typed: str) -> tuple[int, int]:
    """Where in a name the typed text or the typed letters stand; nowhere where that can not be told."""
    flat = normalise(name)
    if (at := flat.find(typed)) >= 0:
        return at, at + len(typed)
    for at in range(len(flat)):
        if covered := max(one.covered(typed) for one in spelled(flat[at : at + len(typed)])):
            return at, at + covered
    return 0, 0
