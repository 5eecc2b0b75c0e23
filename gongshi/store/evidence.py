"""What the store tells of the files of cases: those that the vault keeps, those that a line of a case names (R32)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongshi.store.projections import IS_NAMED
from gongshi.store.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the vault as the journal names it: by entry `seq`, for a line of a case."""

    seq: int
    case_id: str
    line: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Named:
    """A current line that says which file belongs to it, by its hash; `other`: the vault has files for the line, and
    none of them is that one."""

    case_id: str
    line: str
    sha256: str
    other: bool


_OWN = "FROM evidence e WHERE e.case_id = r.case_id AND e.line = r.line"
_NOT_KEPT = (
    f"SELECT r.case_id, r.line, r.file_sha256, EXISTS (SELECT 1 {_OWN}) AS other "  # noqa: S608
    f"FROM case_records r INDEXED BY case_records_named WHERE {IS_NAMED} "
    f"AND NOT EXISTS (SELECT 1 {_OWN} AND e.sha256 = r.file_sha256) AND (EXISTS (SELECT 1 {_OWN}) OR NOT EXISTS "
    "(SELECT 1 FROM evidence e WHERE e.case_id = r.case_id AND e.sha256 = r.file_sha256))"
)


def kept(store: Store, case: str = "") -> Iterator[Kept]:
    """The files of the vault that the journal names, of one case or of all, by entry."""
    only, given = ("WHERE case_id = ?", (case,)) if case else ("", ())
    for row in store.db.execute(f"SELECT * FROM evidence {only} ORDER BY seq", given):  # noqa: S608
        yield Kept(row["seq"], row["case_id"], row["line"], row["sha256"], row["size"])


def named_file(store: Store, case: str, line: str) -> str:
    """The hash of the file that a current line says belongs to it; empty where it says none."""
    sql = f"SELECT file_sha256 FROM case_records WHERE case_id = ? AND line = ? AND {IS_NAMED}"  # noqa: S608
    row = store.db.execute(sql, (case, line)).fetchone()
    return row["file_sha256"] if row else ""


def not_kept(store: Store, case: str = "", department: str = "") -> Iterator[Named]:
    """The lines whose file no evidence of their case is, or other evidence of their own: of one case, or of all of a
    department or of the city, in order."""
    only, given = _only(case, department)
    for row in store.db.execute(f"{_NOT_KEPT} {only} ORDER BY r.case_id, r.seq", given):
        yield Named(row["case_id"], row["line"], row["file_sha256"], bool(row["other"]))


def _only(case: str, department: str) -> tuple[str, tuple[str, ...]]:
    if case:
        return "AND r.case_id = ?", (case,)
    if department:
        return "AND r.case_id IN (SELECT id FROM cases WHERE department = ?)", (department,)
    return "", ()
