"""Several processes that answer on one socket: they end together, and one that was killed is started again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from multiprocessing.managers import SyncManager

_FORK = get_context("fork")
_STOPS = (signal.SIGINT, signal.SIGTERM)


class ProcessLost(RuntimeError):
    """A process ended before it answered."""

    code = "Q003"


@contextmanager
def memory() -> Iterator[SyncManager]:
    """A small process that keeps what the others have to know of each other, such as who asked how often."""
    ours, theirs = os.pipe()
    manager = SyncManager(ctx=_FORK)
    manager.start(_end_with_parent, (ours, theirs))
    try:
        yield manager
    finally:
        manager.shutdown()
        os.close(ours)
        os.close(theirs)


def run(serve: Callable[[Callable[[], None]], None], count: int, ready: Callable[[], None]) -> None:
    """Run `serve` in so many processes until told to stop (Ctrl-C, SIGTERM).

    `serve` is given what to call once it answers; `ready` is called when all of them do. Raises ProcessLost where
    one ends before that.
    """
    group = _Group(serve)
    before = {number: signal.signal(number, group.stop) for number in _STOPS}
    try:
        group.start(count)
        ready()
        group.keep()
    finally:
        group.stop()
        group.join()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Group:
    """The processes of one server. They hold the reading end of a pipe: when this process is gone, however, they go."""

    def __init__(self, serve: Callable[[Callable[[], None]], None]) -> None:
        self._serve = serve
        self._pipe = os.pipe()
        self._running: dict[int, ForkProcess] = {}
        self._stopping = False

    def start(self, count: int) -> None:
        """Start so many more and wait until they answer. Raises ProcessLost."""
        waiting: dict[Connection, int] = {}
        for _ in range(count):
            answers, tells = _FORK.Pipe(duplex=False)
            process = _FORK.Process(target=self._work, args=(tells,))
            process.start()
            tells.close()
            waiting[answers] = process.sentinel
            self._running[process.sentinel] = process
        for answers in waiting:
            try:
                answers.recv()
            except EOFError:
                if not self._stopping:
                    raise ProcessLost("Q003 查询进程没有启动成功：原因见上面的信息。") from None
            answers.close()

    def keep(self) -> None:
        """Until told to stop, start anew what ended."""
        while not self._stopping:
            for sentinel in wait(list(self._running)):
                assert isinstance(sentinel, int)  # only sentinels are waited for
                self._running.pop(sentinel).join()
                if not self._stopping:
                    self.start(1)

    def stop(self, *_: object) -> None:
        """Tell them all to stop; a signal's handler, too."""
        self._stopping = True
        for process in self._running.values():
            process.terminate()

    def join(self) -> None:
        """Wait until the last is gone."""
        for process in self._running.values():
            process.join()

    def _work(self, tells: Connection) -> None:
        for number in _STOPS:
            signal.signal(number, signal.SIG_DFL)
        _end_with_parent(*self._pipe)
        self._serve(lambda: tells.send(None))


def _end_with_parent(ours: int, theirs: int) -> None:
    """End this process when the one that started it is gone: nobody else holds `theirs`, the end that is written to."""
    os.close(theirs)

    def watch() -> None:
        os.read(ours, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
