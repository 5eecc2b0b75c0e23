"""By which article something stands in a case: told from the city's own rules, never written down twice."""

from __future__ import annotations

from collections.abc import Mapping

from gongshi.instance import Instance
from gongshi.law.review.checklists import MATERIALS
from gongshi.law.review.flow import INSTRUMENT, TRANSITIONS
from gongshi.law.review.words import Event, Opinion

_OF_EVENT = {event: INSTRUMENT + found.article for (_, event), found in TRANSITIONS.items()}
NONE = "（无专门条款要求）"
"""Of a line that no article asks for."""
MAJOR = f"{INSTRUMENT}第三条"
DECISION = f"{INSTRUMENT}第十三条"
OPINIONS = {
    Opinion.AGREE: f"{INSTRUMENT}第十条第（一）项",
    Opinion.INVESTIGATE: f"{INSTRUMENT}第十条第（二）项",
    Opinion.NO_DECISION: f"{INSTRUMENT}第十条第（二）项",
    Opinion.CHANGE: f"{INSTRUMENT}第十条第（三）项",
    Opinion.CORRECT: f"{INSTRUMENT}第十条第（四）项",
    Opinion.TRANSFER: f"{INSTRUMENT}第十条第（五）项",
}
"""The five of L10."""


class Articles:
    """The articles that ask for the lines of a case: the requirements of the record, then the materials of a legal
    review, of one city."""

    def __init__(self, instance: Instance) -> None:
        """Of several that ask for the same line the first counts."""
        self._of_line: dict[str, str] = {}
        self._of_row: dict[str, str] = {}
        for one in instance.requirements:
            self._of_row.setdefault(one.row, one.article)
            for token in one.tokens:
                self._of_line.setdefault(token, one.article)
        if materials := instance.checklists.get(MATERIALS):
            for token in (token for item in materials.items for token in item.lines):
                self._of_line.setdefault(token, INSTRUMENT + materials.article)

    def of_line(self, what: str, shown: Mapping[str, object], duty: str) -> str:
        """Of a line by its token, else by its medium (R32), else by the row on which its sheet rests."""
        found = self._of_line.get(what) or self._of_line.get(f"*:{shown['medium']}")
        return found or self.of_row(duty) or NONE

    def of_row(self, row: str) -> str:
        """Of a row of the measures, R8 for instance; empty where no requirement rests on it."""
        return self._of_row.get(row, "")

    @staticmethod
    def of_event(event: str) -> str:
        """Of a step of a legal review."""
        return _OF_EVENT.get(Event(event), "")
