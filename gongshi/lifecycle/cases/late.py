"""Which cases should lie in the archive and do not (R32): found without reading those that do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongshi.instance import Instance
from gongshi.law.recording.model import Status
from gongshi.lifecycle.cases.checking import judge_of
from gongshi.store import Store
from gongshi.store.cases import CaseRow, lines, to_archive

_STAGE = "archive"


def archived_late(store: Store, instance: Instance, now: datetime) -> Iterator[CaseRow]:
    """The cases whose term for the archive is over, the longest waiting first.

    They come in the order in which they ended: after the first whose term still runs nobody is late.
    """
    judge = judge_of(instance)
    for case in to_archive(store):
        found = judge.judge(case, lines(store, case.id), now)
        terms = [one for one in found if one.requirement.stage == _STAGE and one.requirement.term]
        if any(one.late for one in terms):
            yield case
        elif any(one.status is Status.WAITING for one in terms):
            return
