"""The answers that were given lately: a city is asked the same few things again and again.

They are kept with the state of public.db that they were read of, and go with it. Whether that is still its state SQLite
says at every question, in the transaction in which the question is answered (database.py), so that no question is
answered from before a takedown, in no process. Where nobody asks any more, they go all the same: no memory holds what
was withdrawn for longer than LONGEST.

Only whole answers are kept: no refusal, no fault, nothing that was cut short because it took too long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_MIB = 32
"""Memory for answers in each process: about 800 pages, or 2,000 answers in JSON."""
LONGEST = 60.0
"""Seconds after which an answer is gone, whether or not the file has changed and anybody asks."""
_BESIDE = 1_000
"""Bytes that a question and its place take beside the answer."""


class Answers:
    """Answers by question, as many as go into `most` bytes; those that were asked for longest ago go first.

    `later` calls a function after so many seconds, as a running loop's call_later does.
    """

    def __init__(self, most: int, later: Callable[[float, Callable[[], None]], object]) -> None:
        self._most, self._later, self._size = most, later, 0
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, question: Hashable) -> bytes | None:
        """The answer that was given; None where there is none."""
        body = self._bodies.get(question)
        if body is not None:
            self._bodies.move_to_end(question)
        return body

    def keep(self, question: Hashable, body: bytes) -> None:
        """Keep an answer that was just given, to a question that has none, for LONGEST seconds at most."""
        if question in self._bodies or len(body) + _BESIDE > self._most:
            return
        if not self._bodies:
            self._later(LONGEST, self.clear)
        self._bodies[question] = body
        self._size += len(body) + _BESIDE
        while self._size > self._most:
            _, oldest = self._bodies.popitem(last=False)
            self._size -= len(oldest) + _BESIDE

    def clear(self) -> None:
        """Let go of all."""
        self._bodies.clear()
        self._size = 0
