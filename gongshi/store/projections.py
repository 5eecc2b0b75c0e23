"""The current tables: what the journal says now.

`batches`, `versions` and `disclosures` hold the state of each receipt, each received version and each
decision (`touched`: the newest entry that may change what comes of it), `acts` what two persons do together,
`requests` who asked for a correction, `erased` what an erase entry took away (a payload by its seq, a raw file
by its sha256). Of a decision's fields they hold only what is looked up by its value: number, day (`event_on`)
and review date (`review_on`) of the newest version; all others lie in its payload. None of it is the record:
all can be made again from the journal, and verify compares it with a replay.

A record of a register or list is a row of `disclosures` like a decision, told apart by `registry`: a statement
that means decisions says `NOT registry`. Its versions carry from when to when they are in force; its lists may
wait for another body (`second_reviews`), and what a change of law left as it is was upheld (`upheld`, D25).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from gongshi.store.operations import LEDGER
from gongshi.store.sqlite import Connection

STATE = {
    "batches": (
        "receipt TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, department TEXT NOT NULL, by TEXT NOT NULL, "
        "received_on TEXT NOT NULL, received_at TEXT NOT NULL, earlier INTEGER NOT NULL, evidence TEXT NOT NULL, "
        "fingerprint TEXT NOT NULL, rows INTEGER NOT NULL, counts TEXT NOT NULL, files TEXT NOT NULL, result TEXT, "
        "reviewed_by TEXT, reviewed_on TEXT, opinion TEXT, review_source TEXT"
    ),
    "versions": (
        "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, batch TEXT NOT NULL, kind TEXT NOT NULL, earlier INTEGER, "
        "received_on TEXT, base INTEGER, change TEXT, review TEXT NOT NULL, reviewed_on TEXT, open_names TEXT, "
        "masked_names TEXT, erased_by INTEGER, choice TEXT, effective_from TEXT, effective_to TEXT, instruction TEXT, "
        "case_key TEXT"
    ),
    "disclosures": (
        "id TEXT PRIMARY KEY, key TEXT UNIQUE, kind TEXT NOT NULL, department TEXT NOT NULL, newest INTEGER NOT NULL, "
        "approved INTEGER, sort INTEGER UNIQUE, first_published_on TEXT, last_published_on TEXT, "
        "published_version INTEGER, corrected INTEGER NOT NULL DEFAULT 0, manner TEXT, "
        "stopped TEXT, reasons TEXT, stopped_on TEXT, comes_back INTEGER NOT NULL DEFAULT 0, "
        "stays_down TEXT NOT NULL DEFAULT '', suspended INTEGER NOT NULL DEFAULT 0, ended_by INTEGER, ending TEXT, "
        "ended_on TEXT, ended_fields TEXT, history TEXT NOT NULL DEFAULT '[]', turned_by INTEGER, "
        "erased_by INTEGER, touched INTEGER NOT NULL, number TEXT, event_on TEXT, review_on TEXT, "
        "registry INTEGER NOT NULL DEFAULT 0"
    ),
    "acts": (
        "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, department TEXT NOT NULL, act TEXT NOT NULL, "
        "ending TEXT NOT NULL, fields TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, "
        "proposed_on TEXT NOT NULL, source TEXT NOT NULL, "
        "result TEXT NOT NULL DEFAULT '', decided_by TEXT, decided_on TEXT, opinion TEXT"
    ),
    "requests": (
        "number TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, department TEXT NOT NULL, "
        "taken_on TEXT NOT NULL, status TEXT UNIQUE, decision TEXT, received_on TEXT, capacity TEXT, files INTEGER, "
        "sealed TEXT, answer INTEGER UNIQUE, result TEXT, answered_by TEXT, closed_on TEXT, answered_on TEXT, "
        "reason TEXT, referred_to TEXT, erased_by INTEGER"
    ),
    "second_reviews": (
        "key TEXT PRIMARY KEY, batch TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, waits_since TEXT NOT NULL, "
        "result TEXT, department TEXT, by TEXT, reviewed_on TEXT, opinion TEXT, source TEXT"
    ),
    "upheld": "key TEXT PRIMARY KEY, id TEXT NOT NULL, change TEXT NOT NULL, by TEXT NOT NULL, on_day TEXT NOT NULL",
    "cases": (
        "id TEXT PRIMARY KEY, seq INTEGER NOT NULL, department TEXT NOT NULL, number_key TEXT UNIQUE, kind TEXT, "
        "procedure TEXT, stage TEXT, started_at TEXT, filed_at TEXT, investigation_ended_at TEXT, ended_on TEXT, "
        "hearing TEXT, circumstances TEXT, not_applicable TEXT, filled TEXT, triggers TEXT, raised TEXT, lowered TEXT, "
        "major INTEGER, major_at_start INTEGER, review TEXT, round INTEGER, submitted_at TEXT, extended INTEGER, "
        "asked_until TEXT, decision_key TEXT, decided_seq INTEGER, claimed_key TEXT, claimed_at TEXT, "
        "confidential INTEGER, archived INTEGER, erased_by INTEGER"
    ),
    "case_records": (
        "seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, sheet TEXT NOT NULL, line TEXT NOT NULL, what TEXT NOT NULL, "
        "stage TEXT NOT NULL, medium TEXT NOT NULL, about TEXT NOT NULL, at TEXT NOT NULL, stored_at TEXT NOT NULL, "
        "due TEXT NOT NULL, days INTEGER, filled TEXT NOT NULL, contents TEXT NOT NULL, signed TEXT NOT NULL, "
        "file_sha256 TEXT, replaced_by INTEGER"
    ),
    "evidence": (
        "seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, line TEXT NOT NULL, sha256 TEXT NOT NULL, "
        "size INTEGER NOT NULL, medium TEXT NOT NULL, made_at TEXT NOT NULL, stored_at TEXT NOT NULL"
    ),
    "opinions": (
        "seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, round INTEGER NOT NULL, submitted_at TEXT NOT NULL, "
        "extended INTEGER NOT NULL, opinion TEXT NOT NULL, at TEXT NOT NULL"
    ),
    "erased": "target TEXT PRIMARY KEY, by INTEGER NOT NULL",
}

IS_DOWN = (
    "suspended OR ended_by IS NOT NULL OR stays_down IN ('withheld', 'sealed', 'withdrawn') "
    "OR stopped IN ('withheld', 'sealed', 'withdrawn', 'suspended')"
)
"""What persons or the law took down, an ordinary end of its time apart; as the index has it, word for word."""

IS_OPEN = (
    "NOT registry AND erased_by IS NULL AND (approved IS NOT newest OR ((stopped IS NULL OR stopped = 'held') "
    "AND (published_version IS NOT newest OR stopped IS NOT NULL OR comes_back) "
    "AND NOT suspended AND ended_by IS NULL AND stays_down = ''))"
)
"""Which decision waits for somebody, or for the next rebuild: not reviewed, returned, held, not public yet. What a
reviewer confirmed and nobody has to publish (withheld, sealed, its time over, taken down) is not among it."""

IS_SENT_AGAIN = "(stays_down <> '' OR ended_by IS NOT NULL) AND newest > turned_by AND approved = newest"
"""What stays down, though a newer version of it was approved."""

IS_DOWN_BY_LEDGER = f"(stays_down <> '' OR ended_by IS NOT NULL) AND reasons = '[\"{LEDGER}\"]'"
"""What only the ledger of takedowns knows to be down."""

REVIEW_OF_END = "json_extract(ended_fields, '$.review_on')"
"""The day on which the ground of an end is to be looked at again (D18)."""

IS_UNDER_REVIEW = "review IN ('submitted', 'incomplete', 'reviewing')"
"""Which case's clock of legal review runs (L11)."""

IS_TO_ARCHIVE = "ended_on > '' AND archived IS NULL"
"""Which case has ended and lies in no archive yet (R32)."""

IS_TO_FILE = "instr(circumstances, '\"urgent\"') > 0 AND coalesce(filed_at, '') = ''"
"""Which case began in urgency and was not filed yet (R8)."""

IS_TO_STORE = "replaced_by IS NULL AND medium IN ('photo', 'audio', 'video') AND stored_at = ''"
"""Which line is a recording that is not said to be stored, and of which the vault holds no file (R32)."""

IS_NAMED = "replaced_by IS NULL AND file_sha256 IS NOT NULL"
"""Which line says by its hash which file belongs to it (R37)."""

INDEXES = (
    "CREATE INDEX batches_fingerprint ON batches (department, fingerprint)",
    "CREATE INDEX versions_batch ON versions (batch)",
    "CREATE INDEX versions_id ON versions (id, seq)",
    "CREATE INDEX versions_case ON versions (case_key) WHERE case_key IS NOT NULL",
    "CREATE INDEX versions_registry ON versions (effective_from) WHERE effective_from IS NOT NULL",
    f"CREATE INDEX disclosures_down ON disclosures (department, kind, event_on) WHERE {IS_DOWN}",
    f"CREATE INDEX disclosures_open ON disclosures (newest) WHERE {IS_OPEN}",
    f"CREATE INDEX disclosures_sent_again_open ON disclosures (id) WHERE {IS_SENT_AGAIN}",
    f"CREATE INDEX disclosures_ledger_open ON disclosures (id) WHERE {IS_DOWN_BY_LEDGER}",
    "CREATE INDEX disclosures_review ON disclosures (review_on) WHERE review_on IS NOT NULL",
    f"CREATE INDEX disclosures_ended_review ON disclosures ({REVIEW_OF_END}) WHERE ended_fields IS NOT NULL",
    "CREATE INDEX disclosures_touched ON disclosures (touched)",
    "CREATE INDEX disclosures_turned ON disclosures (turned_by) WHERE turned_by IS NOT NULL",
    "CREATE INDEX disclosures_registry ON disclosures (kind, department) WHERE registry",
    "CREATE INDEX second_reviews_waiting ON second_reviews (body) WHERE result IS NULL",
    "CREATE INDEX second_reviews_batch ON second_reviews (batch)",
    "CREATE INDEX upheld_id ON upheld (id)",
    "CREATE INDEX cases_department ON cases (department, started_at)",
    f"CREATE INDEX cases_review_waiting ON cases (submitted_at) WHERE {IS_UNDER_REVIEW}",
    f"CREATE INDEX cases_archive_waiting ON cases (ended_on) WHERE {IS_TO_ARCHIVE}",
    f"CREATE INDEX cases_filing_waiting ON cases (started_at) WHERE {IS_TO_FILE}",
    "CREATE INDEX cases_decision ON cases (decision_key) WHERE decision_key IS NOT NULL",
    "CREATE INDEX cases_claimed ON cases (claimed_key) WHERE claimed_key IS NOT NULL",
    "CREATE INDEX case_records_current ON case_records (case_id, line) WHERE replaced_by IS NULL",
    f"CREATE INDEX case_records_storing_waiting ON case_records (at, case_id) WHERE {IS_TO_STORE}",
    f"CREATE INDEX case_records_named ON case_records (case_id, seq) WHERE {IS_NAMED}",
    "CREATE INDEX evidence_case ON evidence (case_id, line)",
    "CREATE INDEX evidence_file ON evidence (sha256)",
    "CREATE INDEX opinions_case ON opinions (case_id, round)",
    "CREATE INDEX acts_id ON acts (id, seq)",
    "CREATE INDEX acts_open ON acts (seq) WHERE result = ''",
    "CREATE INDEX requests_kept ON requests (taken_on, number) WHERE erased_by IS NULL",
)


def statements() -> Iterator[str]:
    """What makes the empty projections."""
    for name, columns in STATE.items():
        yield f"CREATE TABLE {name} ({columns})"
    yield from INDEXES


def shape() -> str:
    """A fingerprint of the projections' definition: where it differs, they are made again."""
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()


def create(db: Connection) -> None:
    """Make the empty projections."""
    for statement in statements():
        db.execute(statement)


def drop(db: Connection) -> None:
    """Remove every projection, those of an older version included."""
    keep = {"journal", "payloads", "raw", "raw_more", "shape", "seen"}
    names = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    for (name,) in names:
        if name not in keep and not name.startswith("_"):
            db.execute(f'DROP TABLE "{name}"')
