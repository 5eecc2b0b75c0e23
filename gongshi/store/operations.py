"""The words of the journal: what an entry can say, and what its payload holds."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """What an entry did. The payload's keys are listed with each."""

    BATCH = "batch"
    """Files were received: by, on, earlier, evidence, fingerprint, rows, counts, files, warnings."""
    RECEIVE = "receive"
    """A version of a decision or record in that batch: decision, earlier, on, base, change."""
    APPROVE = "approve"
    """A batch passed review: on, opinion, source (a mark of the committed review file, or empty); awaits, where
    there are some: the kinds that another body must review too, each with that body (D22, D23)."""
    RETURN = "return"
    """A batch was returned: on, opinion, source; kinds and department, where the other body returned its kinds."""
    ENDORSE = "endorse"
    """The other body's review passed: kinds, department (the body's), on, opinion, source. The record is the
    receipt."""
    UPHOLD = "uphold"
    """A change of law or organisation leaves a record as it is (D25): change, on, opinion."""
    NAMES = "names"
    """The reviewer's choices about possible names in one version: version, open, masked."""
    PUBLISH = "publish"
    """A version became public: version, on, sort, first, manner, corrected."""
    STOP = "stop"
    """A decision is not public, or no longer: standing, reasons, on."""
    PROPOSE = "propose"
    """An act that needs a second person: act, ending, fields, reason, on, source. What is suspended is down at
    once; a withdrawal or a return waits for the confirmation."""
    CONFIRM = "confirm"
    """The second person agrees: of (seq of the proposal), opinion, on; ending and fields, where a suspension
    was proposed without."""
    DECLINE = "decline"
    """The second person does not: of, opinion, on."""
    CHOOSE = "choose"
    """The reviewer's choice for a decision on a minor: version, choice, reason, on (DOMAIN.md 10)."""
    REQUEST = "request"
    """A citizen asks for a correction (D31): status, decision, on, at, capacity, answers, files, sealed. The record
    is the receipt number; the sealed message itself is a raw file."""
    ANSWER = "answer"
    """The department's answer: on, reason, to. The record is the receipt number, the kind the result."""
    CASE = "case"
    """A version of a case: values, parties, on, base (seq it follows, or null), key, shown (what the current tables
    hold of it), triggers (why it is a major one, as computed then), major. The record is the case's id."""
    CASE_RECORD = "case_record"
    """A line of a case file: sheet, line, what, values, on, shown. A line that is there already gets a new version."""
    EVIDENCE = "evidence"
    """A file of the vault: line, sha256, size, name, type, medium, description, custodian, made_at, stored_at,
    place."""
    MAJOR = "major"
    """A judged trigger is raised or lowered: act, triggers, reason, at, of (the proposal), raised, lowered, major."""
    LEGAL = "legal"
    """An event of the legal review: event, round, at, state (after it, as the law of that day said), fields."""
    DECIDE = "decide"
    """A decision is made in the system: round, number, key, decided_at, substance, at, state."""
    INSTRUCT = "instruct"
    """The supervisor says of a major decision that came without review: version, instruction, reason, document, on.
    The record is the decision's id."""
    ACCESS = "access"
    """A person read a case: role, act, target, purpose, refused (the code, or empty)."""
    ERASE = "erase"
    """Payloads and raw files were taken away by law: reason, versions, entries, raw, keys."""


ABOUT_A_DECISION = (
    Operation.NAMES,
    Operation.PROPOSE,
    Operation.CONFIRM,
    Operation.DECLINE,
    Operation.CHOOSE,
    Operation.UPHOLD,
    Operation.INSTRUCT,
)
"""Entries in which persons wrote about one decision or record; they go with it."""

OF_A_CASE = (
    Operation.CASE,
    Operation.CASE_RECORD,
    Operation.EVIDENCE,
    Operation.MAJOR,
    Operation.LEGAL,
    Operation.DECIDE,
    Operation.ACCESS,
)
"""Entries whose record is a case; they go with it."""

IN_ORDER = frozenset({Operation.CASE_RECORD, Operation.EVIDENCE, Operation.ACCESS, Operation.LEGAL})
"""Entries of which one record may have several in a row, applied one after the other."""

ERASABLE = frozenset({Operation.RECEIVE, *ABOUT_A_DECISION, Operation.REQUEST, Operation.ANSWER, *OF_A_CASE})
"""Entries whose payload holds what a person may have a right to see gone. All others keep theirs:
without them the file that was erased could be taken in again unnoticed."""

RECORDED = "recorded"
"""What review says of a batch of case files: they are the record, nobody approves them."""

PUBLISH_IT, REVOKE_IT = "publish", "revoke"
"""What the supervisor may instruct (INSTRUCT)."""

WITHDRAW, SUSPEND, RESTORE, ERASE = "withdraw", "suspend", "restore", "erase"
"""The acts that two persons make together."""

CONFIRMED, DECLINED = "confirmed", "declined"
"""What became of a proposal; empty while it waits for the second person."""

WITHDRAWN, SUSPENDED = "withdrawn", "suspended"
"""What stops a decision by hand; the law's own words for the rest are in gongshi/law/publishability.py."""

DOWN = ("expired", "withheld", "sealed", WITHDRAWN)
"""What keeps down whatever was public before, until two persons restore it (DOMAIN.md 3)."""

LEDGER = "ledger"
"""The reason of a stop that only the ledger of takedowns knows (an older backup, a store made anew)."""

RECEIVED, REVIEWED, APPROVED, RETURNED, SUPERSEDED = "received", "reviewed", "approved", "returned", "superseded"
"""What review says of a version. Reviewed: by its department, while another body's review is still to come (D22,
D23). Superseded: approved when a newer version had already arrived."""
