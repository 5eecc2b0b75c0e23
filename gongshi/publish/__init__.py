"""The wall: what of the store becomes public, masked and gated, and the one file that it becomes."""

from __future__ import annotations

from gongshi.publish.gate import Refused
from gongshi.publish.prepare import Prepared, prepare
from gongshi.publish.proof import TakedownUnproven
from gongshi.publish.public_db import Changes, apply, diff, usable, write_full
from gongshi.publish.public_decision import PublicDecision

__all__ = [
    "Changes",
    "Prepared",
    "PublicDecision",
    "Refused",
    "TakedownUnproven",
    "apply",
    "diff",
    "prepare",
    "usable",
    "write_full",
]
