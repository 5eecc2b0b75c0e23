"""What may happen to a decision, a record or a case, who may do it and who may read: the one writer of transitions."""

from __future__ import annotations

from gongshi.lifecycle.due import DueRow, due
from gongshi.lifecycle.erasure import erase_batch, erase_decisions
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.publication import Recorded, record_publication
from gongshi.lifecycle.receipt import Receipt, receipt
from gongshi.lifecycle.review import Reviewed, review
from gongshi.lifecycle.submissions import TakenIn, take_in
from gongshi.lifecycle.submit import submit
from gongshi.lifecycle.transitions import State, after, state_of

__all__ = [
    "DueRow",
    "LifecycleError",
    "Receipt",
    "Recorded",
    "Reviewed",
    "State",
    "TakenIn",
    "after",
    "due",
    "erase_batch",
    "erase_decisions",
    "receipt",
    "record_publication",
    "review",
    "state_of",
    "submit",
    "take_in",
]
