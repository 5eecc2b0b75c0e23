"""Values in order, as many as there may be, in bounded memory: beyond a few megabytes they lie in a private file."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import Generic, TypeVar, overload

T = TypeVar("T")

_IN_MEMORY = 8 << 20
"""Bytes that are kept in memory before a file is made."""
_AT_ONCE = 256
"""Values that are read in one go."""


class Spool(Sequence[T], Generic[T]):
    """A sequence that grows at its end. The file has no name, is its owner's alone, and goes with the spool."""

    def __init__(self, encode: Callable[[T], bytes], decode: Callable[[bytes], T], values: Iterable[T] = ()) -> None:
        self._encode, self._decode = encode, decode
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it is let go
        self._ends = array("Q", (0,))
        self.extend_raw(map(encode, values))

    def append(self, value: T) -> None:
        """Add one value."""
        self.extend_raw((self._encode(value),))

    def extend_raw(self, values: Iterable[bytes]) -> None:
        """Add values that are encoded already."""
        some = list(values)
        self._file.seek(self._ends[-1])
        self._file.write(b"".join(some))
        self._ends.extend(islice(accumulate(map(len, some), initial=self._ends[-1]), 1, None))

    def raw(self, start: int, stop: int) -> list[bytes]:
        """The values from `start` up to `stop`, encoded."""
        ends = self._ends[start : stop + 1]
        self._file.seek(ends[0])
        data = self._file.read(ends[-1] - ends[0])
        return [data[a - ends[0] : b - ends[0]] for a, b in pairwise(ends)]

    def portions(self) -> Iterator[list[bytes]]:
        """All values, encoded, some at a time."""
        for start in range(0, len(self), _AT_ONCE):
            yield self.raw(start, min(start + _AT_ONCE, len(self)))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[T]:
        for some in self.portions():
            yield from map(self._decode, some)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        places = range(len(self))[at]
        if isinstance(places, range):
            return [self[place] for place in places]
        return self._decode(self.raw(places, places + 1)[0])
