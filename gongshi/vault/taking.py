"""Taking a file in: hashed while it streams, on the disk before it has a name, in constant memory (R32, R37).

A name in `objects/` is given by a link, which the system refuses where the name is taken: nothing is ever written
over. Killed anywhere, there is a `.part` without a lock (the next one to take something in removes it) or a whole
file under its name; never half a file under one.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gongshi.system.files import TEMPORARY
from gongshi.vault.errors import EvidenceChanged, EvidenceNotAFile, VaultDamaged, VaultUnwritable

Progress = Callable[[int, int], None]
"""Told bytes done and bytes in all, after each piece."""

_PIECE = 4 << 20
"""Bytes that are hashed and written at once."""
_READ = 1 << 18
"""Bytes that are read at once to be hashed: most files are small, and a buffer of theirs is filled with zeros first."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EXDEV, errno.EIO}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the vault: its SHA-256 (hex), its size in bytes, and whether it was there before."""

    sha256: str
    size: int
    again: bool


def take(source: Path, objects: Path, incoming: Path, progress: Progress | None = None) -> Kept:
    """Put the content of `source` into the vault; on the disk when this returns.

    Raises EvidenceNotAFile, EvidenceChanged (it was written to meanwhile), VaultDamaged (another content lies
    under its name) and VaultUnwritable; then nothing of it is kept.
    """
    with _opened(source) as (descriptor, before), _incoming(incoming) as (part, target):
        sha256, size = _copied(descriptor, target, before.st_size, progress)
        if _signs(os.fstat(descriptor)) != _signs(before) or size != before.st_size:
            raise EvidenceChanged(f"“{source.name}”在读取过程中被改动，没有入库：请等文件写完以后再来一次。")
        with _writing():
            os.fchmod(target, 0o400)
            os.fsync(target)
            return Kept(sha256, size, _named(part, objects, sha256))


def hash_of(path: Path, progress: Progress | None = None) -> tuple[str, int]:
    """The SHA-256 (hex) and the size of a file, read in constant memory. Raises OSError."""
    digest, size, piece = hashlib.sha256(), 0, memoryview(bytearray(_READ))
    with path.open("rb", buffering=0) as file:
        whole = os.fstat(file.fileno()).st_size
        while count := file.readinto(piece):
            digest.update(piece[:count])
            size += count
            if progress:
                progress(size, whole)
    return digest.hexdigest(), size


@contextmanager
def _opened(source: Path) -> Iterator[tuple[int, os.stat_result]]:
    """The file for reading; neither a link is followed nor a pipe waited for."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _no_file(source) from error
        raise
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(source)
        yield descriptor, found
    finally:
        os.close(descriptor)


def _no_file(source: Path) -> EvidenceNotAFile:
    return EvidenceNotAFile(f"“{source.name}”不是普通文件（目录、链接和设备不能入库）：请指定文件本身。")


@contextmanager
def _incoming(folder: Path) -> Iterator[tuple[Path, int]]:
    """A new file of our own, locked while we write it; what nobody holds any more is cleared away first."""
    with _writing(), _alone(folder):
        _sweep(folder)
        part = folder / f"{secrets.token_hex(16)}{TEMPORARY}"
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield part, descriptor
    finally:
        with suppress(OSError):
            part.unlink()
        os.close(descriptor)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else makes or clears a part meanwhile: between its making and its lock it would look forsaken."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what killed processes left: a part that can be locked belongs to nobody."""
    for part in folder.glob(f"*{TEMPORARY}"):
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def _copied(source: int, target: int, whole: int, progress: Progress | None) -> tuple[str, int]:
    """Copy and hash at once: while one thread hashes a piece, the other writes it and reads the next."""
    os.posix_fadvise(source, 0, 0, os.POSIX_FADV_SEQUENTIAL)
    digest, size = hashlib.sha256(), 0
    pieces = [memoryview(bytearray(_PIECE)) for _ in range(2)]
    hashing: Future[None] | None = None
    with ThreadPoolExecutor(max_workers=1) as beside:
        while count := os.readv(source, [pieces[0]]):
            if hashing:
                hashing.result()
            hashing = beside.submit(digest.update, pieces[0][:count])
            with _writing():
                _write(target, pieces[0][:count])
            pieces.reverse()
            size += count
            if progress:
                progress(size, whole)
        if hashing:
            hashing.result()
    return digest.hexdigest(), size


def _write(target: int, piece: memoryview) -> None:
    while piece:
        piece = piece[os.write(target, piece) :]


def _named(part: Path, objects: Path, sha256: str) -> bool:
    """Give the finished file its name; True where the same content has it already."""
    folder = objects / sha256[:2]
    folder.mkdir(mode=0o700, exist_ok=True)
    final = folder / sha256
    try:
        final.hardlink_to(part)
    except FileExistsError:
        if hash_of(final)[0] != sha256:
            raise VaultDamaged(
                f"证据库中 {sha256} 的内容与名称不符，本次文件没有入库：请运行 gongshi verify，用备份恢复后再来。"
            ) from None
        return True
    for place in (folder, objects):
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return False


def _signs(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _writing() -> Iterator[None]:
    """What the system says of a full or read-only disk, in words that help."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise VaultUnwritable(
                f"证据库无法写入（{error.strerror}），本次文件没有入库：请检查磁盘空间和 data/vault 的权限。"
            ) from error
        raise
