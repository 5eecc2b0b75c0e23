"""Decisions into public.db and out of it: the same statements for a full build and for a change in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from gongshi.publish.composing.public_decision import (
    DECISION_COLUMNS,
    INDEXED,
    PARTY_COLUMNS,
    PublicDecision,
)
from gongshi.publish.composing.schema import own_columns
from gongshi.publish.notices.notice import NOTICE_COLUMNS, PublicNotice
from gongshi.records import DECISION_KINDS
from gongshi.store import bulk
from gongshi.store.queries import streamed
from gongshi.store.sqlite import Connection, Row


def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of the schema


_INDEX = _insert("decisions_fts", ("rowid", *INDEXED))
_FORGET = _insert("decisions_fts", ("decisions_fts", "rowid", *INDEXED))
TAGS = ("sort", "cell", "amount", "item", "laws")
"""The columns of `tags`."""
_AT_ONCE = 500
_DECISION, _PARTY, _TOKENS, _NOTICE = (
    itemgetter(*columns) for columns in (DECISION_COLUMNS, PARTY_COLUMNS, INDEXED, NOTICE_COLUMNS)
)
"""A row's values in the order of its columns."""


def insert(db: Connection, decisions: Iterable[PublicDecision]) -> int:
    """Write decisions and their index entries; how many they are. A few hundred at a time are held in memory."""
    remaining, count = iter(decisions), 0
    while some := list(islice(remaining, _AT_ONCE)):
        _insert_some(db, some)
        count += len(some)
    return count


def _insert_some(db: Connection, some: Sequence[PublicDecision]) -> None:
    bulk.insert(db, "INSERT INTO decisions", DECISION_COLUMNS, [_DECISION(one.row) for one in some])
    by_kind: dict[str, list[PublicDecision]] = {}
    for one in some:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, ours in by_kind.items():
        columns = own_columns(kind)
        cells = ((one.sort, *map(one.own.__getitem__, columns)) for one in ours)
        bulk.insert(db, f"INSERT INTO {DECISION_KINDS[kind].name}", ("sort", *columns), cells)
    parties = ((one.sort, *_PARTY(party)) for one in some for party in one.parties)
    bulk.insert(db, "INSERT INTO parties", ("sort", *PARTY_COLUMNS), parties)
    bulk.insert(db, "INSERT INTO tags", TAGS, map(tag_of, some))
    db.executemany(_INDEX, [(one.sort, *_TOKENS(one.indexed())) for one in some])


def tag_of(public: PublicDecision) -> tuple[int, int, int, str | None, str]:
    """Its row of `tags`."""
    keys = public.keyed()
    return public.sort, keys.cell, keys.amount, keys.item or None, " ".join(law for law, _ in keys.laws)


def is_tagged(db: Connection, public: PublicDecision) -> bool:
    """Whether `tags` says of a stored decision what its rows say."""
    found = db.execute("SELECT sort, cell, amount, item, laws FROM tags WHERE sort = ?", (public.sort,)).fetchone()
    return found is not None and tuple(found) == tag_of(public)


def insert_notices(db: Connection, notices: Iterable[PublicNotice]) -> None:
    """Write notices."""
    bulk.insert(db, "INSERT INTO notices", NOTICE_COLUMNS, (_NOTICE(one.row) for one in notices))


def delete(db: Connection, public: PublicDecision) -> None:
    """Erase one stored decision. `public` is as it was read from this very file: other tokens leave ghosts."""
    indexed = public.indexed()
    db.execute(_FORGET, ["delete", public.sort, *(indexed[name] for name in INDEXED)])
    for table in ("tags", "parties", public.kind, "decisions"):
        db.execute(f"DELETE FROM {table} WHERE sort = ?", (public.sort,))  # noqa: S608 - names of the schema


def delete_notice(db: Connection, notice: PublicNotice) -> None:
    """Erase one notice."""
    db.execute("DELETE FROM notices WHERE id = ?", (notice.id,))


def stored(db: Connection, ids: Iterable[str] | None = None) -> Iterator[PublicDecision]:
    """The decisions in public.db, by place; those of `ids` only, where given."""
    if ids is None:
        for row in db.execute("SELECT * FROM decisions ORDER BY sort"):
            yield _stored(db, row)
        return
    for place in sorted(row["sort"] for row in streamed(db, "SELECT sort FROM decisions WHERE id IN ({})", ids)):
        yield _stored(db, db.execute("SELECT * FROM decisions WHERE sort = ?", (place,)).fetchone())


def stored_notices(db: Connection, ids: Iterable[str] | None = None) -> Iterator[PublicNotice]:
    """The notices in public.db, by place; those of `ids` only, where given."""
    if ids is None:
        yield from (PublicNotice(_named(row)) for row in db.execute("SELECT * FROM notices ORDER BY sort"))
        return
    for one in ids:
        for row in db.execute("SELECT * FROM notices WHERE id = ?", (one,)):
            yield PublicNotice(_named(row))


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
