"""One decision into public.db and out of it: the same statements for a full build and for a change in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongshi.publish.public_decision import (
    DECISION_COLUMNS,
    INDEXED,
    PARTY_COLUMNS,
    PublicDecision,
)
from gongshi.publish.schema import own_columns
from gongshi.records import DECISION_KINDS
from gongshi.store.sqlite import Connection, Row


def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of the schema


_DECISION = _insert("decisions", DECISION_COLUMNS)
_PARTY = _insert("parties", ("sort", *PARTY_COLUMNS))
_INDEX = _insert("decisions_fts", ("rowid", *INDEXED))
_FORGET = _insert("decisions_fts", ("decisions_fts", "rowid", *INDEXED))
_OWN = {kind: _insert(kind, ("sort", *own_columns(kind))) for kind in DECISION_KINDS}


def insert(db: Connection, public: PublicDecision) -> None:
    """Write one decision and its index entry."""
    sort = public.sort
    db.execute(_DECISION, [public.row[name] for name in DECISION_COLUMNS])
    db.execute(_OWN[public.kind], [sort, *(public.own[name] for name in own_columns(public.kind))])
    db.executemany(_PARTY, [(sort, *(party[name] for name in PARTY_COLUMNS)) for party in public.parties])
    indexed = public.indexed()
    db.execute(_INDEX, [sort, *(indexed[name] for name in INDEXED)])


def delete(db: Connection, public: PublicDecision) -> None:
    """Erase one stored decision. `public` is as it was read from this very file: other tokens leave ghosts."""
    indexed = public.indexed()
    db.execute(_FORGET, ["delete", public.sort, *(indexed[name] for name in INDEXED)])
    for table in ("parties", public.kind, "decisions"):
        db.execute(f"DELETE FROM {table} WHERE sort = ?", (public.sort,))  # noqa: S608 - names of the schema


def stored(db: Connection, ids: Iterable[str] | None = None) -> Iterator[PublicDecision]:
    """The decisions in public.db, by place; those of `ids` only, where given."""
    if ids is None:
        for row in db.execute("SELECT * FROM decisions ORDER BY sort"):
            yield _stored(db, row)
        return
    for one in ids:
        for row in db.execute("SELECT * FROM decisions WHERE id = ?", (one,)):
            yield _stored(db, row)


def _stored(db: Connection, row: Row) -> PublicDecision:
    kind = DECISION_KINDS[row["kind"]].name
    own = db.execute(f"SELECT * FROM {kind} WHERE sort = ?", (row["sort"],)).fetchone()  # noqa: S608 - a declared name
    parties = db.execute("SELECT * FROM parties WHERE sort = ? ORDER BY position", (row["sort"],))
    return PublicDecision(
        row=_named(row),
        own={name: value for name, value in _named(own).items() if name != "sort"},
        parties=tuple({n: v for n, v in _named(party).items() if n != "sort"} for party in parties),
    )


def _named(row: Row) -> Mapping[str, object]:
    return dict(zip(row.keys(), row, strict=True))
