"""Files that come with registry records: forms, templates, pictures. Each is told by its content, written anew without
what nobody should see, looked at for numbers of persons, and named safely; what cannot be trusted is refused.

The looking is done in a process of its own that is limited in memory and time (see worker.py): what a hostile file
brings down is that process.
"""

from __future__ import annotations

from gongshi.intake.attachments.attaching import Attached, Attachments, Mention, mentions, value_of
from gongshi.intake.attachments.folder import gather
from gongshi.intake.attachments.looking import Clean, looked_at

__all__ = ["Attached", "Attachments", "Clean", "Mention", "gather", "looked_at", "mentions", "value_of"]
