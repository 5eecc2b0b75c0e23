"""Reviews that lie as files beside their batch: the department's own (.review.yml), another body's (.second.yml)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from gongshi.instance import Instance
from gongshi.lifecycle.registry.second import SecondReviewed, second_review
from gongshi.lifecycle.review import Reviewed, review
from gongshi.lifecycle.sidecars import read_review, read_second
from gongshi.store import Store
from gongshi.store.queries import is_seen

T = TypeVar("T", Reviewed, SecondReviewed)


@dataclass(frozen=True, slots=True)
class CommittedReviews:
    """Records what the files say. `dealt_with` gets the mark of each that has nothing more to say."""

    store: Store
    instance: Instance
    today: date
    now: datetime
    dealt_with: list[str]

    def own(self, path: Path, receipt: str) -> list[Reviewed]:
        """The department's review; none where it was on record. Raises LifecycleError, OSError."""
        return self._once(b"", path, receipt, self._own)

    def second(self, path: Path, receipt: str) -> list[SecondReviewed]:
        """The other bodies' reviews; likewise. Raises UnknownDepartment too."""
        return self._once(b"/second/", path, receipt, self._second)

    def _once(self, sort: bytes, path: Path, receipt: str, record: Callable[[bytes, str, str], list[T]]) -> list[T]:
        """Do it, unless this very file was dealt with before."""
        raw = path.read_bytes()
        mark = hashlib.sha256(receipt.encode() + sort + raw).hexdigest()
        if is_seen(self.store, mark):
            return []
        done = record(raw, receipt, hashlib.sha256(os.fsencode(path.name) + b"/" + raw).hexdigest())
        self.dealt_with.append(mark)
        return [one for one in done if one.changed]

    def _own(self, raw: bytes, receipt: str, source: str) -> list[Reviewed]:
        note = read_review(raw)
        done = review(
            self.store,
            self.instance,
            receipt,
            by=note.reviewer,
            approve=note.approve,
            opinion=note.opinion,
            open_names=note.open_names,
            mask_names=note.mask_names,
            on=note.on,
            source=source,
            today=self.today,
            now=self.now,
            listing=False,
        )
        return [done]

    def _second(self, raw: bytes, receipt: str, source: str) -> list[SecondReviewed]:
        return [
            second_review(
                self.store,
                self.instance,
                receipt,
                by=note.reviewer,
                approve=note.approve,
                opinion=note.opinion,
                kinds=note.kinds,
                department=note.department,
                on=note.on,
                source=source,
                today=self.today,
                now=self.now,
            )
            for note in read_second(raw)
        ]
