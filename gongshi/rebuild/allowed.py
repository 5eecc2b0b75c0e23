"""What may be public of the decisions and records that a run looked at, and what follows for the site's files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.lifecycle.publication import Recorded
from gongshi.publish.preparing.prepared import Prepared
from gongshi.publish.preparing.spool import heads
from gongshi.publish.registry.wall import PreparedRecords
from gongshi.release.manifest import Manifest
from gongshi.release.site import files_of, registered


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the law and the gate let the public see, by id: decisions, decisions of which a notice stands, records.

    `looked_at` are the ids of decisions of which this is said, `listed_at` those of records; None: of all.
    """

    decisions: frozenset[str]
    notices: frozenset[str]
    looked_at: Collection[str] | None
    records: frozenset[str] = frozenset()
    listed_at: Collection[str] | None = ()

    @classmethod
    def by(cls, prepared: Prepared, records: PreparedRecords, refused: Collection[str] = ()) -> Allowed:
        """From what was prepared, without the ids that could not be journaled."""
        rows, notices = prepared.without(refused)
        return cls(
            frozenset(head.id for head in heads(rows)),
            frozenset(one.id for one in notices),
            prepared.looked_at,
            frozenset(one.id for one in records.without(refused)),
            records.looked_at,
        )

    @property
    def public(self) -> frozenset[str]:
        """Whatever may be seen."""
        return self.decisions | self.records

    @property
    def of_all(self) -> bool:
        """Whether everything was looked at."""
        return self.looked_at is None or self.listed_at is None

    def must_go(self, manifest: Manifest, held: Iterable[str] = ()) -> list[str]:
        """The files of the site that must go: of what was looked at, or else of all that is known to lie there."""
        asked = self.looked_at if self.looked_at is not None else {*manifest.decisions(), *held}
        listed = self.listed_at if self.listed_at is not None else registered(manifest)
        return files_of(
            manifest,
            (one for one in asked if one not in self.decisions),
            (one for one in asked if one not in self.notices),
            dict.fromkeys(one for one in listed if one not in self.records),
        )


class Judgement(NamedTuple):
    """What is to be public of decisions and records, what was journaled of that, and what only the ledger of
    takedowns keeps down."""

    prepared: Prepared
    listed: PreparedRecords
    recorded: Recorded
    kept_down: Mapping[str, str]
