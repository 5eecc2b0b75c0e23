"""A public decision as bytes, on its way from who judges it to who writes it: row, keys and index tokens ready-made.

Of this run alone and never kept: a short head from which order, journal and changes are made, then the rest.
"""

from __future__ import annotations

import marshal
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

from gongshi.publish.composing.public_decision import DECISION_COLUMNS, INDEXED, PARTY_COLUMNS, PublicDecision
from gongshi.publish.composing.schema import own_columns
from gongshi.records.keys import Keys

_CELLS, _PARTY, _TOKENS = (itemgetter(*columns) for columns in (DECISION_COLUMNS, PARTY_COLUMNS, INDEXED))
"""A row's values in the order of its columns."""


class Head(NamedTuple):
    """What is asked of a row without reading the rest of it."""

    sort: int
    id: str
    version: int
    digest: str
    first_published_on: str


def head_of(public: PublicDecision) -> Head:
    """The head of a decision."""
    return Head(public.sort, public.id, public.version, public.digest, public.row["first_published_on"])


def packed(public: PublicDecision) -> tuple[bytes, bytes]:
    """Head and body as bytes, the keys and the tokens of the index made."""
    keys = public.keyed()
    row, own, indexed = public.row, public.own, replace(public, keys=keys).indexed()
    body: tuple[Any, ...] = (
        public.version,
        public.kind,
        _CELLS(row),
        list(map(own.__getitem__, own_columns(public.kind))),
        list(map(_PARTY, public.parties)),
        _TOKENS(indexed),
        tuple(keys),
    )
    return marshal.dumps(tuple(head_of(public))), marshal.dumps(body)


def unpacked_head(data: bytes) -> Head:
    """The head out of its bytes."""
    return Head(*marshal.loads(data))  # noqa: S302 - our own bytes of this very run, from a file without a name


def unpacked(data: bytes, *, with_tokens: bool = False) -> PublicDecision:
    """The decision out of the bytes of its body; its keys and tokens only for whoever writes it as it is."""
    loaded: tuple[Any, ...] = marshal.loads(data)  # noqa: S302 - as above
    version, kind, row, own, parties, tokens, keys = loaded
    return PublicDecision(
        row=dict(zip(DECISION_COLUMNS, row, strict=True)),
        own=dict(zip(own_columns(kind), own, strict=True)),
        parties=tuple(dict(zip(PARTY_COLUMNS, party, strict=True)) for party in parties),
        version=version,
        tokens=dict(zip(INDEXED, tokens, strict=True)) if with_tokens else None,
        keys=Keys(*keys) if with_tokens else None,
    )
