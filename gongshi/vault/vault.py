"""The vault as others use it: take in, open, note what was journaled, forget by law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from gongshi.vault import ledger, taking
from gongshi.vault.errors import EvidenceMissing, VaultUnwritable
from gongshi.vault.ledger import Line
from gongshi.vault.taking import Kept, Progress

NAME = re.compile(r"[0-9a-f]{64}")


class Vault:
    """The files below `folder` (data/vault), which is made on the first use, for its owner alone (0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.objects = folder / "objects"
        self.incoming = folder / "incoming"
        self.ledger = folder / "ledger.jsonl"

    def take(self, source: Path, progress: Progress | None = None) -> Kept:
        """Put a file in, whole and on the disk; see gongshi.vault.taking.take for what it raises."""
        self._make()
        return taking.take(source, self.objects, self.incoming, progress)

    def place(self, sha256: str) -> Path:
        """Where the file of this hash lies, or would. Raises EvidenceMissing for what is no hash."""
        if not NAME.fullmatch(sha256):
            raise EvidenceMissing(f"“{sha256[:80]}”不是文件的校验值（64 位十六进制）。")
        return self.objects / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """The file for reading. Raises EvidenceMissing."""
        try:
            return self.place(sha256).open("rb")
        except FileNotFoundError:
            raise EvidenceMissing(f"证据库中没有 {sha256}：请运行 gongshi verify 查明，用备份恢复。") from None

    def log(self, line: Line) -> None:
        """Note that the journal names a file."""
        self._make()
        ledger.write(self.ledger, line)

    def lines(self) -> Iterator[Line | None]:
        """The ledger in order; None for a line that can not be read."""
        return ledger.read(self.ledger)

    def names(self) -> Iterator[Path]:
        """Every file below objects/, whatever its name, in the order of the names."""
        if self.objects.is_dir():
            yield from sorted(path for path in self.objects.rglob("*") if not path.is_dir())

    def forget(self, sha256: str) -> None:
        """Remove a file whose erasure the journal orders, and nothing else; one that is gone already is no fault."""
        place = self.place(sha256)
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise VaultUnwritable(
                f"证据库中的 {sha256} 未能清除（{error.strerror}）：请检查权限后再来一次。"
            ) from error
        with suppress(OSError):
            place.parent.rmdir()

    def _make(self) -> None:
        try:
            for folder in (self.folder, self.objects, self.incoming):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise VaultUnwritable(
                f"证据库无法建立（{error.strerror}）：请检查 data/vault 的权限和磁盘空间。"
            ) from error
