"""One decision as the public may have it: rows for public.db, and the texts that the index holds.

Everything here is derived from public columns only. So what the index must forget can be worked out
again from the stored row (MEASURED.md: a delete with other tokens leaves ghosts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import lru_cache
from typing import Any

import orjson

from gongshi.publish.composing.schema import SEARCH_COLUMNS, own_columns
from gongshi.query import tokens
from gongshi.records import DECISION_KINDS
from gongshi.records.field import SearchIn
from gongshi.records.keys import Keys, keys_of
from gongshi.records.kind import COMMON_PUBLIC

Row = Mapping[str, Any]
_NOTHING = "{}"
_SEARCHED = {
    kind.name: tuple(
        (field.name, field.search.value) for field in kind.public_fields if field.search is not SearchIn.NONE
    )
    for kind in DECISION_KINDS.values()
}
"""By kind: the public fields that a search looks in, and the column of the index that each feeds."""

DECISION_COLUMNS = (
    "sort",
    "id",
    "kind",
    "department",
    "department_name",
    "region",
    "title",
    "parties",
    *COMMON_PUBLIC,
    "item",
    "first_published_on",
    "updated_on",
    "duty_rule",
    "duty_article",
    "legal_due",
    "due_rule",
    "due_article",
    "due_text",
    "due_provisional",
    "publish_until",
    "until_rule",
    "until_article",
    "earlier",
    "corrected",
    "in_force",
    "held_fields",
    "history",
    "digest",
)
"""The white-list of `decisions`; the gate refuses any row with another set."""

PARTY_COLUMNS = ("position", "name", "type", "uscc", "fine", "confiscated", "amount", "own")
PARTY_FIELDS = {
    "party_name": "name",
    "party_type": "type",
    "party_uscc": "uscc",
    "fine": "fine",
    "confiscated": "confiscated",
    "amount": "amount",
}
"""Declared public party fields, and the column of `parties` in which each lies."""

INDEXED = (*SEARCH_COLUMNS, "facet")
"""The columns of the search index, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDecision:
    """`row` is that of `decisions`, `own` that of the kind's table without `sort`, `parties` their rows.

    `version` is the journal's seq of the version that is shown; it never enters public.db, and is 0
    for a decision that was read back from there. `tokens` are those of the index, `keys` what it is counted by, where
    they were made already.
    """

    row: Row
    own: Row
    parties: tuple[Row, ...]
    version: int = 0
    tokens: Mapping[str, str] | None = attribute(default=None, compare=False, repr=False)
    keys: Keys | None = attribute(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The random id of its address."""
        return str(self.row["id"])

    @property
    def sort(self) -> int:
        """Its place: day of first publication in the high bits, random low bits."""
        return int(self.row["sort"])

    @property
    def kind(self) -> str:
        """penalty, licence, …"""
        return str(self.row["kind"])

    @property
    def digest(self) -> str:
        """A hash of all that a page can show."""
        return str(self.row["digest"])

    def search(self) -> dict[str, str]:
        """The text of each column of the index, as people wrote it.

        The title names department and parties; it stands with the parties, and what it names not a second time.
        """
        title: str = self.row["title"]
        texts: dict[str, list[str]] = {name: [] for name in SEARCH_COLUMNS}
        own_of_parties = self.own_of_parties()
        for name, column in _SEARCHED[self.kind]:
            texts[column] += filter(None, self._values_of(name, own_of_parties))
        texts["department"] += dict.fromkeys(filter(None, (self.row["department_name"], self.row["agency_name"])))
        for column in ("party", "department"):
            texts[column] = [text for text in texts[column] if text not in title]
        texts["party"].append(title)
        return {name: "\n".join(found) for name, found in texts.items()}

    def keyed(self) -> Keys:
        """What it is filtered and counted by."""
        return self.keys or keys_of(self.row, self.own, self.parties)

    def indexed(self) -> Mapping[str, str]:
        """The tokens of each column of the index, exactly as they are written to it and erased from it."""
        if self.tokens is not None:
            return self.tokens
        facet = tokens.key_text(self.keyed().pairs())
        texts = self.search()
        again = {"department": _tokens_of_agencies(texts.pop("department")), "facet": facet}
        return {name: tokens.index_text(text) for name, text in texts.items()} | again

    def texts(self) -> list[str]:
        """Every text in it that came from a department, for the searches of the gate and of the proofs."""
        sources = (self.row, self.own, *self.parties)
        return [value for source in sources for value in source.values() if isinstance(value, str) and value]

    def values_of(self, name: str) -> list[str | None]:
        """A declared public field's values: the decision's own, then each party's."""
        return self._values_of(name, self.own_of_parties())

    def own_of_parties(self) -> list[Row]:
        """The values in which each party differs from the others."""
        return [_own(party["own"]) for party in self.parties]

    def _values_of(self, name: str, own_of_parties: Sequence[Row]) -> list[str | None]:
        if name in PARTY_FIELDS:
            return [party[PARTY_FIELDS[name]] for party in self.parties]
        column = "decided_on" if name == DECISION_KINDS[self.kind].event else name
        own = self.row.get(column) if column in COMMON_PUBLIC else self.own.get(column)
        return [own, *(party.get(name) for party in own_of_parties)]


def _own(text: str) -> Row:
    return orjson.loads(text) if text != _NOTHING else {}


_tokens_of_agencies = lru_cache(maxsize=1024)(tokens.index_text)
"""Departments and agencies are few, and each stands in thousands of decisions."""


def seal(row: dict[str, Any], own: Row, parties: tuple[Row, ...], version: int) -> PublicDecision:
    """The decision with its digest: sha256 over the canonical JSON of all its public rows."""
    content = orjson.dumps([row, dict(own), [dict(party) for party in parties]], option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(content).hexdigest()[:32]
    return PublicDecision(row={**row, "digest": digest}, own=own, parties=parties, version=version)


def is_as_sealed(public: PublicDecision) -> bool:
    """Whether a stored row still says what its digest was made from."""
    row = {name: value for name, value in public.row.items() if name != "digest"}
    return seal(row, public.own, public.parties, 0).digest == public.digest


def expected_own(kind: str) -> frozenset[str]:
    """The white-list of a kind's own table."""
    return frozenset(own_columns(kind))
