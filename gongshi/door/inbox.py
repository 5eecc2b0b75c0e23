"""data/inbox: what the door drops there, whole and on the disk, and can not read back.

In production the folder lets the door's user write and enter, not list (mode 0730, deploy/): every file
is found by its own name only.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

import orjson

from gongshi.door.errors import InboxClosed, InboxFull, Trouble

SUFFIX = ".sealed"
PART = ".part"
ALARM = "ALARM"
"""Written where the door could not receive, taken away once it can again. It names no person."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MODE = 0o640
_LEFT_FREE = 512 * 1024 * 1024
"""Bytes that are left to the rebuild on the same disk: a flood of requests must hold up no takedown."""


class Inbox:
    """The folder, from the door's side."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self) -> None:
        """Raise InboxClosed where nothing could be dropped; make the folder where it may be made."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.folder.is_dir() or not os.access(self.folder, os.W_OK | os.X_OK):
            raise InboxClosed(f"收件目录 {self.folder} 不存在或者不能写入：请检查目录和权限。")

    def holds(self, status: str) -> bool:
        """Whether a request with this hash lies there, not fetched yet."""
        return (self.folder / f"{status}{SUFFIX}").is_file()

    def drop(self, status: str, content: bytes) -> bool:
        """Put a sealed request there, whole or not at all; false where it lies there already.

        Raises InboxFull, InboxClosed.
        """
        target = self.folder / f"{status}{SUFFIX}"
        part = target.with_suffix(PART)
        try:
            if target.is_file():
                return False
            part.unlink(missing_ok=True)
            self._leave_room(len(content))
            self._write(part, target, content)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            if error.errno in _NO_ROOM:
                raise InboxFull(
                    "收件目录所在磁盘已满、超出限额或者剩余不足 512 MB，更正申请收不下：请立即清理。"
                ) from error
            raise InboxClosed(f"收件目录写不进去（{error.strerror}）：请检查目录和权限。") from error
        return True

    def _leave_room(self, size: int) -> None:
        disk = os.statvfs(self.folder)
        if disk.f_bavail * disk.f_frsize - size < _LEFT_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _write(self, part: Path, target: Path, content: bytes) -> None:
        """On the disk under its name before this returns.

        Where the folder may not be opened, it can not be synced itself: then the file is, once more. Its
        own metadata changed with the name, and a journaling file system writes both or neither.
        """
        with part.open("xb") as file:
            os.fchmod(file.fileno(), _MODE)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            part.rename(target)
            try:
                folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            except PermissionError:
                os.fsync(file.fileno())
                return
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def alarm(self, trouble: Trouble, at: str) -> None:
        """Leave word for the webmaster, as far as that is possible."""
        told = orjson.dumps({"at": at, "code": trouble.code, "message": str(trouble)}) + b"\n"
        with suppress(OSError):
            (self.folder / ALARM).write_bytes(told)

    def all_clear(self) -> None:
        """Take the alarm away."""
        with suppress(OSError):
            (self.folder / ALARM).unlink(missing_ok=True)
