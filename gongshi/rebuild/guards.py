"""What keeps a run from doing harm: another store's history, a clock that fell back, a disk without room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from gongshi.release.errors import BuildUnwritable, ClockBackwards, StoreNotOfThisSite
from gongshi.store import Store, contains
from gongshi.store.sqlite import OperationalError


@contextmanager
def writing() -> Iterator[None]:
    """What a full disk or a folder without permission say, as a mistake to mend."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise BuildUnwritable(
            f"R006 网站没有更新完（{error}）：请检查磁盘空间、build 目录的权限和 site_src 是否完整，再运行一次。"
        ) from error


def same_history(store: Store, built_from: str) -> None:
    """Refuse to build an empty or an older store over a site that was built from more."""
    if built_from and not contains(store, built_from):
        raise StoreNotOfThisSite(
            "R002 data/store.db 不包含现有网站所依据的记录：它是空的、较旧的，或者属于另一个网站。"
            "请恢复正确的 data/store.db；确实要用它重新开始时，先移走 build 目录，再运行 gongshi rebuild。"
        )


def not_backwards(today: date, before: str) -> None:
    """A server whose clock fell back would take down everything that was published since."""
    if today.isoformat() < before:
        raise ClockBackwards(
            f"R007 今天（{today}）早于上次更新的日期（{before}）：请检查服务器的时钟和 --today。"
            "确实要按较早的日期重新适用规则时，运行 gongshi rebuild --full。"
        )
