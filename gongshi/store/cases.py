"""What the store tells of case files.

`CaseRow` and `LineRow` hold no person and no text: whoever counts, checks or reports reads them alone. `CaseFile`
holds everything, and only a read that was recorded may lead to it (gongshi/lifecycle/cases/access.py, R33).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import Any, NamedTuple

import orjson

from gongshi.store.operations import Operation
from gongshi.store.projections import IS_TO_ARCHIVE, IS_TO_FILE, IS_TO_STORE, IS_UNDER_REVIEW
from gongshi.store.sqlite import Row
from gongshi.store.store import Store

Words = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case without persons; `key` is its department and number (gongshi/records/cases/key.py).

    Instants are ISO text with minutes and zone, or a bare day; empty where there is none.

    `triggers` made it a major one, `raised` and `lowered` are the judged ones that persons raised and, with
    approval, lowered; `review` is the state of its legal review, empty where it needs none. `round` counts rounds.
    """

    id: str
    seq: int
    key: str
    department: str
    kind: str
    procedure: str
    stage: str
    started_at: str
    filed_at: str
    investigation_ended_at: str
    ended_on: str
    hearing: str
    circumstances: Words
    not_applicable: Words
    filled: Words
    triggers: Words
    raised: Words
    lowered: Words
    major: bool
    major_at_start: bool
    review: str
    round: int
    submitted_at: str
    extended: bool
    asked_until: str
    decision_key: str
    decided_seq: int
    claimed_key: str
    claimed_at: str
    confidential: bool

    @property
    def decided(self) -> bool:
        """Whether a decision was made: here, or by what its sheet says."""
        return bool(self.decided_seq or self.claimed_key)


class LineRow(NamedTuple):
    """A current line of a case without persons; `has_file` where the vault holds a file for it."""

    seq: int
    case_id: str
    sheet: str
    line: str
    what: str
    stage: str
    medium: str
    about: str
    at: str
    stored_at: str
    due: str
    days: int | None
    filled: Words
    contents: Words
    signed: Words
    has_file: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of a case with its payload; None where that was erased."""

    seq: int
    at: str
    actor: str
    operation: str
    hash: str
    payload: Mapping[str, Any] | None


_PLAIN = ("seq", "case_id", "sheet", "line", "what", "stage", "medium", "about", "at", "stored_at", "due", "days")
"""Of a LineRow, in its order, what is taken as it is."""
_LINES = (
    f"SELECT {', '.join(f'r.{name}' for name in _PLAIN)}, r.filled, r.contents, r.signed, "  # noqa: S608
    "(SELECT json_group_array(json_array(e.medium, e.made_at, e.stored_at)) FROM evidence e "
    "WHERE e.case_id = r.case_id AND e.line = r.line HAVING count(*)) "
    "FROM case_records r INDEXED BY case_records_current WHERE r.replaced_by IS NULL"
)
_RECORDINGS = ("photo", "audio", "video")
_SAID = frozenset({"stored_at", "description", "custodian", "evidence"})
"""What is known of every file in the vault (gongshi/lifecycle/cases/evidence.py)."""
_FILE = frozenset({"evidence"})
"""What requirements call a file in the vault among the fields of its line (gongshi/instance/recording.py)."""
_OF_DECISION = (
    "SELECT * FROM cases WHERE (decision_key = ?1 OR claimed_key = ?1) AND erased_by IS NULL "
    "ORDER BY coalesce(major, 0) DESC, decision_key IS NOT ?1 LIMIT 1"
)
"""One question, because it is asked of every decision. A case that needs review answers before one that needs none, as
no other case may take its decision out of the gate's reach; of those, where it was made before who claims it."""
_OF_A_CASE = ("case", "case_record", "evidence", "major", "legal", "decide", "access")


def case_id(store: Store, key: str) -> str:
    """The id of the case of that key (department and normalised number); empty where there is none."""
    row = store.db.execute("SELECT id FROM cases WHERE number_key = ?", (key,)).fetchone()
    return row["id"] if row else ""


def case_row(store: Store, case: str) -> CaseRow | None:
    """The case of that id; None where there is none, or where it was erased."""
    row = store.db.execute("SELECT * FROM cases WHERE id = ? AND erased_by IS NULL", (case,)).fetchone()
    return _case(row) if row else None


def lines(store: Store, case: str) -> tuple[LineRow, ...]:
    """The current lines of a case, in the order in which they came."""
    found = store.db.execute(f"{_LINES} AND r.case_id = ?", (case,))
    return tuple(sorted(map(_line, found), key=lambda one: one.seq))


def judged_lines(store: Store, case: str) -> tuple[LineRow, ...]:
    """The current lines of a case as requirements are asked of them: what the vault holds for a line in sound or
    picture is a recording about that line, besides those that the sheets tell of (R13)."""
    found = store.db.execute(f"{_LINES} AND r.case_id = ?", (case,))
    return tuple(sorted(chain.from_iterable(map(_with_recordings, found)), key=lambda one: one.seq))


def scan(store: Store, department: str = "") -> Iterator[tuple[CaseRow, tuple[LineRow, ...]]]:
    """Every case with its current lines as `judged_lines` tells them, by id, in one pass and bounded memory; no payload
    is read."""
    only = "AND department = ?" if department else ""
    given = (department,) if department else ()
    cases = store.db.execute(f"SELECT * FROM cases WHERE erased_by IS NULL {only} ORDER BY id", given)  # noqa: S608
    grouped = groupby(store.db.execute(f"{_LINES} ORDER BY r.case_id"), key=lambda row: row["case_id"])
    ahead = next(grouped, None)
    for row in cases:
        while ahead and ahead[0] < row["id"]:
            ahead = next(grouped, None)
        there = ahead[1] if ahead and ahead[0] == row["id"] else ()
        yield _case(row), tuple(chain.from_iterable(map(_with_recordings, there)))


def under_review(store: Store) -> list[CaseRow]:
    """The cases whose clock of legal review runs, the longest waiting first (L11)."""
    sql = f"SELECT * FROM cases INDEXED BY cases_review_waiting WHERE {IS_UNDER_REVIEW} ORDER BY submitted_at"  # noqa: S608
    return [_case(row) for row in store.db.execute(sql)]


def to_archive(store: Store) -> Iterator[CaseRow]:
    """The cases that have ended and lie in no archive yet, the one that ended first before the others (R32)."""
    sql = f"SELECT * FROM cases INDEXED BY cases_archive_waiting WHERE {IS_TO_ARCHIVE} ORDER BY ended_on, id"  # noqa: S608
    return map(_case, store.db.execute(sql))


def to_file(store: Store) -> Iterator[CaseRow]:
    """The cases that began in urgency and were not filed yet, the one that began first before the others (R8)."""
    sql = f"SELECT * FROM cases INDEXED BY cases_filing_waiting WHERE {IS_TO_FILE} ORDER BY started_at, id"  # noqa: S608
    return map(_case, store.db.execute(sql))


def to_store(store: Store) -> Iterator[CaseRow]:
    """The cases with a recording that nobody stored yet, the one with the oldest before the others (R32)."""
    cases = store.db.execute(
        "SELECT case_id FROM case_records INDEXED BY case_records_storing_waiting "  # noqa: S608
        f"WHERE {IS_TO_STORE} GROUP BY case_id ORDER BY min(at), case_id"
    )
    return (case for one in cases if (case := case_row(store, one["case_id"])))


def entered(store: Store, case: str, *operations: Operation) -> tuple[Entered, ...]:
    """The entries of a case in their order, those of `operations` where some are named. Persons are in them."""
    wanted = tuple(map(str, operations)) or _OF_A_CASE
    marks = ", ".join("?" * len(wanted))
    rows = store.db.execute(
        "SELECT j.seq, j.at, j.actor, j.operation, j.hash, p.body FROM journal j LEFT JOIN payloads p USING (seq) "  # noqa: S608
        f"WHERE j.record = ? AND j.operation IN ({marks}) ORDER BY j.seq",
        (case, *wanted),
    )
    return tuple(map(_entered, rows))


def case_of_decision(store: Store, key: str) -> CaseRow | None:
    """The case in which the decision of that key was made, or which claims to have led to it."""
    row = store.db.execute(_OF_DECISION, (key,)).fetchone()
    return _case(row) if row else None


def other_case_of_number(store: Store, key: str, case: str) -> CaseRow | None:
    """Another case in which the decision of that key was made, or which claims it."""
    sql = "SELECT * FROM cases WHERE (decision_key = ?1 OR claimed_key = ?1) AND id <> ?2 AND erased_by IS NULL LIMIT 1"
    row = store.db.execute(sql, (key, case)).fetchone()
    return _case(row) if row else None


def _entered(row: Row) -> Entered:
    body = row["body"]
    payload = None if body is None else orjson.loads(body)
    return Entered(row["seq"], row["at"], row["actor"], row["operation"], row["hash"], payload)


@lru_cache(maxsize=16_384)
def _words(text: str | None) -> Words:
    """The words of a list. Cases are much alike, so the same lists come again and again."""
    return frozenset(orjson.loads(text)) if text else frozenset()


@lru_cache(maxsize=16_384)
def _with_file(words: Words) -> Words:
    return words | _FILE


def _case(row: Row) -> CaseRow:
    return CaseRow(
        id=row["id"],
        seq=row["seq"],
        key=row["number_key"] or "",
        department=row["department"],
        kind=row["kind"] or "",
        procedure=row["procedure"] or "",
        stage=row["stage"] or "",
        started_at=row["started_at"] or "",
        filed_at=row["filed_at"] or "",
        investigation_ended_at=row["investigation_ended_at"] or "",
        ended_on=row["ended_on"] or "",
        hearing=row["hearing"] or "",
        circumstances=_words(row["circumstances"]),
        not_applicable=_words(row["not_applicable"]),
        filled=_words(row["filled"]),
        triggers=_words(row["triggers"]),
        raised=_words(row["raised"]),
        lowered=_words(row["lowered"]),
        major=bool(row["major"]),
        major_at_start=bool(row["major_at_start"]),
        review=row["review"] or "",
        round=row["round"] or 0,
        submitted_at=row["submitted_at"] or "",
        extended=bool(row["extended"]),
        asked_until=row["asked_until"] or "",
        decision_key=row["decision_key"] or "",
        decided_seq=row["decided_seq"] or 0,
        claimed_key=row["claimed_key"] or "",
        claimed_at=row["claimed_at"] or "",
        confidential=bool(row["confidential"]),
    )


def _line(row: Row) -> LineRow:
    *plain, filled, contents, signed, files = row
    words = _with_file(_words(filled)) if files else _words(filled)
    return LineRow._make((*plain, words, _words(contents), _words(signed), bool(files)))


def _with_recordings(row: Row) -> Iterator[LineRow]:
    line = _line(row)
    yield line
    if not line.has_file:
        return
    for medium, made_at, stored_at in orjson.loads(row[-1]):
        if medium in _RECORDINGS and medium != line.medium:
            yield line._replace(
                what="recording",
                medium=medium,
                about=line.line,
                at=made_at,
                stored_at=stored_at,
                due="",
                days=None,
                filled=_SAID,
                contents=frozenset(),
                signed=frozenset(),
            )
