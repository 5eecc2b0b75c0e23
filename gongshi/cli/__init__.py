"""The command line: reads the clock, calls the rooms, prints what they say. No logic of its own.

One module for each of those who use it; `gongshi.cli.shelf` says which command is in which.
"""

from __future__ import annotations

from gongshi.cli.base import main

__all__ = ["main"]
