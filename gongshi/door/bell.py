"""What the webmaster hears when the door can not receive: a line of the log, a file in the inbox.

Neither names a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from gongshi.door.errors import InboxClosed, KeyBroken, KeyMissing, Trouble
from gongshi.door.inbox import Inbox

_LOG = logging.getLogger("gongshi.door")
_BEFORE = "before"
"""An alarm that the process before this one may have left."""
_SEEN_WHEN_READY = (KeyMissing.code, KeyBroken.code, InboxClosed.code)
"""Troubles of which one sees that they are over without a new request."""


class Bell:
    """Rings for a trouble, and is silent once it is over."""

    def __init__(self, inbox: Inbox, clock: Callable[[], datetime]) -> None:
        self._inbox, self._clock = inbox, clock
        self._rang = _BEFORE

    def ring(self, trouble: Trouble) -> None:
        """Tell the webmaster."""
        _LOG.error("%s %s", trouble.code, trouble)
        self._inbox.alarm(trouble, self._clock().isoformat(timespec="seconds"))
        self._rang = trouble.code

    def ready(self) -> None:
        """The door could receive now."""
        if self._rang in _SEEN_WHEN_READY:
            self.received()

    def received(self) -> None:
        """The door has received."""
        if self._rang:
            self._inbox.all_clear()
            self._rang = ""
