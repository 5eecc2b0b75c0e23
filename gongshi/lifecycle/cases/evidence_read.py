"""Files of evidence that are read: listed and taken out, each reading recorded first (R33); held against the record."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from gongshi.instance import Instance
from gongshi.lifecycle.cases.access import Act, admit
from gongshi.lifecycle.cases.evidence import Progress
from gongshi.lifecycle.cases.going_out import new_file
from gongshi.store import Store
from gongshi.store.cases import entered
from gongshi.store.erase_cases import erased_evidence
from gongshi.store.evidence import kept
from gongshi.store.operations import Operation
from gongshi.vault import EvidenceMissing, Flaw, Listed, Vault, VaultDamaged, verify

_PIECE = 1 << 20
_HASH = 64


def fetch(
    store: Store,
    instance: Instance,
    vault: Vault,
    case: str,
    sha256: str,
    *,
    by: str,
    why: str,
    out: Path,
    now: datetime,
) -> Path:
    """Copy a file out of the vault to `out`, for whoever may read the case (R33); recorded before a byte of it leaves.

    Raises OutInPublic where `out` lies below what a web server reaches, FileExistsError, what `admit` raises,
    EvidenceMissing, and VaultDamaged where the file is not what was kept; then nothing lies at `out`.
    """
    target = new_file(instance.root, out)
    admit(store, instance, case, Act.EVIDENCE, by=by, why=why, target=sha256[:_HASH], now=now)
    if sha256 not in {one.sha256 for one in kept(store, case)}:
        raise EvidenceMissing(f"本案没有登记校验值为 {sha256[:_HASH]} 的证据：用 gongshi evidence list 查看。")
    with vault.open(sha256) as source:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                _copy(source, file, sha256)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _copy(source: BinaryIO, target: BinaryIO, sha256: str) -> None:
    """Copy what is what it was when it was kept, and nothing else."""
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        target.write(piece)
    if digest.hexdigest() != sha256:
        raise VaultDamaged(f"证据库中 {sha256} 的内容与校验值不符，没有取出：请运行 gongshi verify，用备份恢复。")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a case as it is listed: what the journal says of it."""

    line: str
    sha256: str
    size: int
    name: str
    medium: str
    made_at: str
    stored_at: str
    custodian: str
    description: str


def listed(store: Store, instance: Instance, case: str, *, by: str, why: str, now: datetime) -> tuple[Item, ...]:
    """The files of a case in the order in which they came, for whoever may read it (R33). Raises as `admit`."""
    admitted = admit(store, instance, case, Act.SHOW, by=by, why=why, target="evidence", now=now)
    found = (one.payload for one in entered(store, admitted.case.id, Operation.EVIDENCE) if one.payload)
    return tuple(Item(**{name: said[name] for name in Item.__slots__}) for said in found)


def verify_vault(
    store: Store, vault: Vault, *, quick: bool = False, progress: Progress | None = None
) -> tuple[Flaw, ...]:
    """Every flaw of the vault against the record (R37); see gongshi.vault.verify. The record is read as it is now."""
    named = dict(store.db.execute("SELECT seq, hash FROM journal WHERE operation = 'evidence'").fetchall())
    wanted = (Listed(one.sha256, one.size, one.seq, one.case_id, one.line, named[one.seq]) for one in kept(store))
    erased = erased_evidence(store) - {one.sha256 for one in kept(store)}  # another case may have put one in since
    entries = frozenset(named.values())
    return verify(vault, wanted, entries.__contains__, erased=erased, quick=quick, progress=progress)
