"""A database that is asked for a limited time in all."""

from __future__ import annotations

from time import perf_counter, thread_time

from gongshi.query.database import Reading, Row
from gongshi.query.errors import TooSlow

PATIENCE = 20
"""How much longer a reader waits, where others are served, than a processor works."""


class Timed:
    """A database that is asked until so many milliseconds of a processor's time are over, for what is found should not
    depend on who else is served, or PATIENCE times as many of the reader's."""

    def __init__(self, db: Reading, limit_ms: float) -> None:
        self.reading = db
        self._worked = thread_time() + limit_ms / 1000
        self._waited = perf_counter() + PATIENCE * limit_ms / 1000

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return thread_time() >= self._worked or perf_counter() >= self._waited

    def rows(self, sql: str, *parameters: object, **named: object) -> list[Row]:
        """The rows of a query. Raises TooSlow."""
        if self.is_over:
            raise TooSlow
        left = max(1, int((self._waited - perf_counter()) * 1000))
        return self.reading.rows(sql, named or parameters, limit_ms=left)
