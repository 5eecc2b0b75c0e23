"""That what was counted of a decision that went stands only where another decision counts for it: the names of laws,
subjects and organisations, each asked for by its key, and the headings of the figures."""

from __future__ import annotations

from collections.abc import Iterable

from gongshi.publish.composing import figures_more
from gongshi.publish.composing.public_decision import PublicDecision
from gongshi.publish.composing.schema import LEGAL_PERSONS
from gongshi.publish.proving.proof import TakedownUnproven
from gongshi.query.tokens import match_expression
from gongshi.records.keys import organisations_of
from gongshi.store.sqlite import Connection

_HIT = "SELECT 1 FROM decisions_fts WHERE decisions_fts MATCH ? LIMIT 1"
_CELL = "month = ? AND department = ? AND kind = ?"
_MORE_THAN_THERE_ARE = f"""
SELECT (SELECT coalesce(sum(decisions), 0) FROM figures_more WHERE {_CELL})
  > (SELECT coalesce(sum(published), 0) FROM figures WHERE {_CELL})
"""  # noqa: S608 - our schema
_NAMED = f"SELECT 1 FROM parties WHERE uscc = ? AND name = ? AND {LEGAL_PERSONS} LIMIT 1"  # noqa: S608 - our schema


def forgotten(db: Connection, gone: Iterable[PublicDecision]) -> None:
    """Raise TakedownUnproven where a law, a subject or an organisation of one of `gone` is listed that no public
    decision has, or where headings of the figures count more decisions than there are; `db` holds what came, too."""
    asked: set[tuple[str, str]] = set()
    cells: set[tuple[str, ...]] = set()
    for public in gone:
        keys = public.keyed()
        for table, key, name in (*(("laws", law, "law") for law, _ in keys.laws), ("acts", keys.item, "item")):
            if key and (table, key) not in asked and _is_left(db, table, key, name):
                raise TakedownUnproven(public.id, f"计数表 {table}")
            asked.add((table, key))
        if any(_is_listed(db, uscc) for uscc, _ in organisations_of(public.parties)):
            raise TakedownUnproven(public.id, "单位索引")
        figure = figures_more.counted(public)
        if figure and figure[:3] not in cells and db.execute(_MORE_THAN_THERE_ARE, figure[:3] * 2).fetchone()[0]:
            raise TakedownUnproven(public.id, "计数表 figures_more")
        cells.add(figure[:3] if figure else ())


def _is_left(db: Connection, table: str, key: str, name: str) -> bool:
    listed = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - our schema
    return listed is not None and db.execute(_HIT, (match_expression("", [(name, key)]),)).fetchone() is None


def _is_listed(db: Connection, uscc: str) -> bool:
    """Whether an organisation is listed under a name that none of its decisions has."""
    listed = db.execute("SELECT uscc, name FROM organisations WHERE uscc = ?", (uscc,)).fetchone()
    return listed is not None and db.execute(_NAMED, tuple(listed)).fetchone() is None
