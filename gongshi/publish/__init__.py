"""The wall: what of the store becomes public, masked and gated, and the one file that it becomes."""

from __future__ import annotations

from gongshi.publish.changes import Changes, diff
from gongshi.publish.gate import Refused
from gongshi.publish.notice import PublicNotice, seal_notice
from gongshi.publish.proof import TakedownUnproven
from gongshi.publish.public_db import apply, bring_to, write_full
from gongshi.publish.public_decision import PublicDecision
from gongshi.publish.shape import usable

__all__ = [
    "Changes",
    "PublicDecision",
    "PublicNotice",
    "Refused",
    "TakedownUnproven",
    "apply",
    "bring_to",
    "diff",
    "seal_notice",
    "usable",
    "write_full",
]
