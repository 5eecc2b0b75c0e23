"""The largest amounts first: the hits of one band of amounts after the other, from the highest on.

The band of a decision is a key of the search index, so that a page of the largest amounts needs no amount of any other
hit than those of its own bands, however many hits there are. Hits without an amount are equal: the newest come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongshi.query.database import Reading
from gongshi.query.facets import source
from gongshi.query.filters import meant
from gongshi.query.question import LISTED, Question
from gongshi.records.keys import BANDS

COMPARED = LISTED
"""Among how many of the newest hits of one band the largest amounts are looked for."""
_EQUAL = BANDS[0].value
_NEWEST = "{hits} BETWEEN :low AND :high ORDER BY 1 DESC LIMIT :most"
_OF_BAND = """
WITH hits AS MATERIALIZED ({hits} BETWEEN :low AND :high ORDER BY 1 DESC LIMIT :among + 1)
SELECT hits.sort, (SELECT count(*) FROM hits) AS found FROM hits CROSS JOIN tags ON tags.sort = hits.sort
ORDER BY tags.amount DESC, hits.sort DESC LIMIT :most
"""


def largest(db: Reading, question: Question, offset: int, most: int) -> tuple[list[int], bool]:
    """The places of at most so many hits from `offset` on, the largest amount first, and whether all hits were compared
    that had to be. Raises TooSlow."""
    places, is_exact = list[int](), True
    for band in _bands(question):
        if len(places) >= offset + most:
            break
        found, all_of_it = _of_band(db, replace(question, band=band), offset + most - len(places))
        places += found
        is_exact &= all_of_it
    return places[offset:], is_exact


def _bands(question: Question) -> Iterator[str]:
    """Those that the question allows, the highest first."""
    asked = meant("band", question.band) if question.band else ()
    return (band.value for band in reversed(BANDS) if not asked or band.value in asked)


def _of_band(db: Reading, question: Question, most: int) -> tuple[list[int], bool]:
    low, high = question.range
    asked = {"match": question.match(), "low": low, "high": high, "most": most}
    if question.band == _EQUAL:
        return [row["sort"] for row in db.rows(_NEWEST.format(hits=source(question)), asked)], True
    rows = db.rows(_OF_BAND.format(hits=source(question)), asked | {"among": COMPARED})
    return [row["sort"] for row in rows], not rows or rows[0]["found"] <= COMPARED
