"""What is down whatever the law of today would say: ended or suspended by persons, or down for good.

What was public and came down stays down until two persons restore it: a re-submission, a new approval,
another rule or an older backup of the store brings nothing back (DOMAIN.md 3, DESIGN.md promise 8).
"""

from __future__ import annotations

from collections.abc import Mapping

from gongshi.law.publishability import Standing
from gongshi.store.operations import LEDGER
from gongshi.store.queries import Approved
from gongshi.store.registered import Registered


def by_hand(one: Approved | Registered, ledger: Mapping[str, str]) -> tuple[Standing, tuple[str, ...]] | None:
    """The standing and the reason codes under which `one` is down; None where the law is to be asked.

    What is on record already is given back as it is, so that no day journals it again.
    """
    if one.suspended:
        return Standing.SUSPENDED, (Standing.SUSPENDED.value,)
    if one.ended is not None:
        return Standing.WITHDRAWN, (one.ended.ending,)
    if one.stays_down:
        return Standing(one.stays_down), one.reasons if one.standing == one.stays_down else (one.stays_down,)
    return (Standing(ledger[one.id]), (LEDGER,)) if one.id in ledger else None
