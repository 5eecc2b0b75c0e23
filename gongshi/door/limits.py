"""How often one address may ask, and how many requests a day: kept in memory, under a keyed hash.

Addresses are never written anywhere. The hash's key is this process's own, so that what stands in its
memory says nothing to anybody else. An IPv6 address counts by its /64, which is one household.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gongshi.door.errors import DayFull, TooOften

HOUR, DAY = 3600.0, 86_400.0
_AT_ONCE = 2
"""Forms of one address that may come in at the same time."""
_MOST_ADDRESSES = 50_000
"""Above this many, those that are quiet again are forgotten; then the oldest."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The door's limits, each with its default.

    `per_address`: requests that one address may send in 24 hours. `per_day`: requests in 24 hours from
    all. `tries`: sent forms and questions about a state from one address in an hour.
    """

    per_address: int = 10
    per_day: int = 500
    tries: int = 60


Seen = MutableMapping[bytes, deque[float]]
"""When each key was seen; several processes may share it."""


class Limit:
    """At most `most` events of one key within `seconds`."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic, seen: Seen | None = None
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._secret = secrets.token_bytes(32)
        self._seen: Seen = {} if seen is None else seen

    def is_full(self, key: str) -> bool:
        """Whether one more event of `key` would be too many."""
        times = self._recent(self._hashed(key))
        return len(times) >= self._most

    def count(self, key: str) -> None:
        """Note one event of `key`."""
        hashed = self._hashed(key)
        times = self._recent(hashed)
        times.append(self._clock())
        self._seen[hashed] = times
        if len(self._seen) > _MOST_ADDRESSES:
            self._forget()

    def _recent(self, hashed: bytes) -> deque[float]:
        times = self._seen.get(hashed, deque())
        since = self._clock() - self._seconds
        while times and times[0] <= since:
            times.popleft()
        return times

    def _forget(self) -> None:
        since = self._clock() - self._seconds
        for key, times in list(self._seen.items()):
            if not times or times[-1] <= since:
                self._seen.pop(key, None)
        for key in list(self._seen)[: max(0, len(self._seen) - _MOST_ADDRESSES)]:
            self._seen.pop(key, None)

    def _hashed(self, key: str) -> bytes:
        return hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).digest()


class Limits:
    """The limits of one door."""

    def __init__(self, settings: Settings, seen: Callable[[], Seen] = dict) -> None:
        self._per_address = Limit(settings.per_address, DAY, seen=seen())
        self._per_day = Limit(settings.per_day, DAY, seen=seen())
        self._tries = Limit(settings.tries, HOUR, seen=seen())
        self._coming: Counter[str] = Counter()

    def check_try(self, address: str) -> None:
        """Count one try more. Raises TooOften where that is too many."""
        if self._tries.is_full(address):
            raise TooOften("一小时内的尝试次数太多，请稍后再试，或者直接联系作出决定的部门。")
        self._tries.count(address)

    @asynccontextmanager
    async def busy(self, address: str) -> AsyncIterator[None]:
        """While a form of this address comes in: slow ones of one address do not keep the others waiting."""
        if self._coming[address] >= _AT_ONCE:
            raise TooOften("同一网络正在提交别的申请，请等它完成再试。")
        self._coming[address] += 1
        try:
            yield
        finally:
            self._coming[address] -= 1
            self._coming += Counter()  # forgets who is at zero

    def check_room(self, address: str) -> None:
        """Whether this address, and anybody, may send one more today. Raises TooOften, DayFull."""
        if self._per_address.is_full(address):
            raise TooOften("同一网络今天提交的申请已达上限，这一份没有提交。")
        if self._per_day.is_full(""):
            raise DayFull("今天的更正申请已达上限，可能是自动程序所为：请查看 data/inbox，必要时调高 --per-day。")

    def count(self, address: str) -> None:
        """One request was received."""
        self._per_address.count(address)
        self._per_day.count("")


def household(address: str) -> str:
    """What counts as one address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
