"""What may be public of the decisions that a run looked at, and what follows for the files of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongshi.publish.preparing.prepared import Prepared
from gongshi.publish.preparing.spool import heads
from gongshi.release.manifest import Manifest
from gongshi.release.site import files_of


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the law and the gate let the public see, by id: decisions, and decisions of which a notice stands.

    `looked_at` are the ids of which this is said; None: of all.
    """

    decisions: frozenset[str]
    notices: frozenset[str]
    looked_at: Collection[str] | None

    @classmethod
    def by(cls, prepared: Prepared, refused: Collection[str] = ()) -> Allowed:
        """From what was prepared, without the ids that could not be journaled."""
        rows, notices = prepared.without(refused)
        return cls(frozenset(head.id for head in heads(rows)), frozenset(one.id for one in notices), prepared.looked_at)

    def must_go(self, manifest: Manifest, held: Iterable[str] = ()) -> list[str]:
        """The files of the site that must go: of what was looked at, or else of all that is known to lie there."""
        asked = self.looked_at if self.looked_at is not None else {*manifest.decisions(), *held}
        return files_of(
            manifest,
            (one for one in asked if one not in self.decisions),
            (one for one in asked if one not in self.notices),
        )
