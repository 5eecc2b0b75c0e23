"""What the store tells of a decision and of a batch, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongshi.records.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One time at which a version became public: the day, and how (publish, correct, restore)."""

    version: int
    on: date
    manner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of a disclosure by two persons: the number of their act, the kind of end, the day on which
    it left the public (a suspension's own day), and what that kind of end asks for."""

    act: int
    ending: str
    on: date
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The latest reviewed version of one decision: the only thing that can ever become public (D30).

    `version` is the journal's seq of its receipt, `batch` the receipt. `open_names` and `masked_names` are
    the reviewer's choices about possible names in it. `stopped` says that it is not public now although
    it was reviewed; `standing` and `reasons` say why, in the law's words; both are empty where nothing
    stops it any more and the next rebuild makes it public. `ended` is its end by two persons; `suspended`
    says that one person took it down and the second has not answered. `stays_down` is what took it down
    after it was public, if only a return by two persons lifts that (expired, withheld, sealed, withdrawn).
    `choice` is the reviewer's for this version (publish, withhold or empty); `history` all publications.
    """

    id: str
    decision: Decision
    version: int
    batch: str
    earlier: bool
    received_on: date
    approved_on: date
    open_names: frozenset[str]
    masked_names: frozenset[str]
    sort: int | None
    first_published_on: date | None
    last_published_on: date | None
    published_version: int | None
    corrected: bool
    stopped: bool
    standing: str
    reasons: tuple[str, ...]
    ended: Ended | None = None
    suspended: bool = False
    stays_down: str = ""
    choice: str = ""
    history: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The newest version of one decision, reviewed or not, with where the decision stands.

    `review` is received, approved or returned; `opinion` the reviewer's, `by` who submitted. `approved` is
    the version that was last approved, `published_version` the one that was last published, and `manner`
    how (publish, correct, restore); `standing` is why it is not public now, in the law's words.
    `comes_back`: nothing stops it any more, and the next rebuild makes it public. `is_open`: it waits for somebody,
    or for the next rebuild. The rest as in Approved; `choice` is that of the newest version.
    """

    id: str
    decision: Decision
    version: int
    batch: str
    by: str
    earlier: bool
    received_on: date
    review: str
    reviewed_on: date | None
    opinion: str
    approved: int | None
    first_published_on: date | None
    last_published_on: date | None
    published_version: int | None
    corrected: bool
    manner: str
    standing: str
    reasons: tuple[str, ...]
    comes_back: bool = False
    is_open: bool = False
    ended: Ended | None = None
    suspended: bool = False
    stays_down: str = ""
    choice: str = ""
    history: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBatch:
    """One receipt. `files` are mappings of name, sha256 and size; `result` is empty until the review."""

    receipt: str
    seq: int
    department: str
    by: str
    received_on: date
    received_at: str
    earlier: bool
    evidence: str
    rows: int
    counts: Mapping[str, int]
    files: tuple[Mapping[str, Any], ...]
    result: str
    reviewed_by: str
    reviewed_on: date | None
    opinion: str
