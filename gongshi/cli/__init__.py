"""The command line: reads the clock, calls the rooms, prints what they say. No logic of its own.

One module for each of those who use it; a command is known once its module is imported.
"""

from __future__ import annotations

from gongshi.cli import (
    answering,
    auditing,
    deciding,
    ending,
    explaining,
    publishing,
    reporting,
    reviewing,
    sampling,
    submitting,
    supervising,
)
from gongshi.cli.base import main

__all__ = [
    "answering",
    "auditing",
    "deciding",
    "ending",
    "explaining",
    "main",
    "publishing",
    "reporting",
    "reviewing",
    "sampling",
    "submitting",
    "supervising",
]
