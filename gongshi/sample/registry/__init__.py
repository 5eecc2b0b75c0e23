"""The sample city's registers, lists, guides, boards and texts: complete for some departments, with gaps for others.

Nothing here is drawn by chance: whoever adds a department changes no other, and no decision of the sample.
"""

from __future__ import annotations

from gongshi.sample.registry.sets import codes, write

__all__ = ["codes", "write"]
