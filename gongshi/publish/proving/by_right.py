"""Which words that were found are public by right: in a row that is public, or among the site's own words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from gongshi.publish import opening
from gongshi.publish.proving import proof
from gongshi.store.queries import chosen
from gongshi.store.sqlite import Connection

Ask = Callable[[Connection, Collection[str], Collection[int]], set[str]]
"""Those of words that something public has, asked near places."""
_PLACES = tuple(f"SELECT sort FROM {table} WHERE id IN ({{}})" for table in ("decisions", "notices", "records"))  # noqa: S608
_SITE_TEXTS = frozenset((".md", ".html", ".xml", ".txt", ".yml", ".css", ".js", ".svg", ".py"))


class ByRight:
    """Asked only about what was found somewhere, so that nothing is read where nothing is."""

    def __init__(self, public_db: Path, own_words: Iterable[Path]) -> None:
        self._public_db = public_db
        self._folders = tuple(own_words)
        self._texts: tuple[str, ...] | None = None

    def __call__(self, words: Collection[str], near: Collection[str] = ()) -> set[str]:
        """Those of `words` that may stand on the site; `near` are the ids of decisions, notices and records beside
        which they stood."""
        own = self._own(words)
        return own | self._asked(proof.public_among, set(words) - own, near)

    def plainly(self, words: Collection[str], near: Collection[str]) -> set[str]:
        """Those of them of which that is seen at once: what the decisions `near` have, and the site's own."""
        said = self._asked(proof.said_at, words, near)
        return said | self._own(set(words) - said)

    def _asked(self, ask: Ask, words: Collection[str], near: Collection[str]) -> set[str]:
        with opening.reading(self._public_db) as db:
            places = {row["sort"] for question in _PLACES for row in chosen(db, question, sorted(near))}
            return ask(db, words, places)

    def _own(self, words: Collection[str]) -> set[str]:
        return {word for word in words if any(word in text for text in self._words())}

    def _words(self) -> tuple[str, ...]:
        """Templates, narrative and the words that code writes on pages."""
        if self._texts is None:
            paths = (path for folder in self._folders for path in sorted(folder.rglob("*")))
            texts = (
                path.read_text("utf-8", "replace") for path in paths if path.suffix in _SITE_TEXTS and path.is_file()
            )
            self._texts = tuple(texts)
        return self._texts
