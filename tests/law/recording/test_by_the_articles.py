"""What each requirement asks for stands a second time in by_the_articles.txt, compared there with the articles by hand:
recording.yml loses and gains no word unseen. The other tests here are made from the data's own rows."""

from pathlib import Path

import pytest

from gongshi.instance import load
from gongshi.law.recording.model import Requirement

ROOT = Path(__file__).parents[3]
_SETS = (
    "kinds",
    "procedures",
    "when",
    "unless",
    "needs",
    "needs_all",
    "each",
    "filled",
    "contents",
    "signed",
    "served",
    "before",
)
_FLAGS = ("or_refusal", "or_reason", "other_term", "not_applicable")


def told(one: Requirement) -> str:
    """A requirement in one line: article, stage, what it asks for where, what excuses."""
    parts = [one.article.partition("》")[2], one.stage]
    for name in _SETS:
        if words := [_word(word) for word in getattr(one, name)]:
            parts.append(f"{name}={','.join(sorted(words))}")
    if one.recorded:
        parts.append(f"recorded={'/'.join('+'.join(sorted(media)) for media in one.recorded)}")
    parts += [name for name in _FLAGS if getattr(one, name)]
    if one.term:
        parts.append(f"{one.term}:{one.start}→{one.end}")
    return " ".join(parts + (["may"] if one.effect.value == "may" else []))


def _word(word: str | frozenset[str]) -> str:
    return word if isinstance(word, str) else "|".join(sorted(word))


@pytest.mark.article(*(f"R{n}" for n in (*range(7, 35), 37, 38)), "S2.3")
def test_every_requirement_asks_for_what_its_article_says() -> None:
    written = Path(__file__).with_name("by_the_articles.txt").read_text(encoding="utf-8").splitlines()
    assert [f"{one.id} {told(one)}" for one in load(ROOT).requirements] == written
