"""Proof that every file of evidence is there, unchanged, under its own name, and that record and vault fit (R37)."""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongshi.vault.taking import hash_of
from gongshi.vault.vault import NAME, Vault


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that the journal names: by entry `seq` of the hash `entry`, for the line `line` of the case `case`."""

    sha256: str
    size: int
    seq: int
    case: str
    line: str
    entry: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not hold. A `notice` is no breach: it says what somebody may want to tidy up."""

    code: str
    message: str
    seq: int = 0
    case: str = ""
    line: str = ""
    notice: bool = False


Progress = Callable[[int, int], None]


def verify(
    vault: Vault,
    listed: Iterable[Listed],
    journal_has: Callable[[str], bool],
    *,
    erased: Collection[str] = (),
    quick: bool = False,
    progress: Progress | None = None,
) -> tuple[Flaw, ...]:
    """Every flaw, those of the files first, in the order of the journal.

    `journal_has` says whether an entry of this hash is in the journal; `erased` are the hashes whose erasure the
    journal orders. With `quick` the bytes are not read: presence, size and mode alone. `progress` is told files
    done and files in all.
    """
    wanted: dict[str, Listed] = {}
    every = sorted(listed, key=lambda one: one.seq)
    for one in reversed(every):
        wanted[one.sha256] = one
    there = {path.name: path for path in vault.names()}
    flaws = list(_files(wanted, there, erased, quick, progress))
    flaws += _unknown(vault, wanted, there, erased)
    flaws += _ledger(vault, every, journal_has)
    return (*flaws, *_open(vault, there.values()))


def _files(
    wanted: Mapping[str, Listed],
    there: Mapping[str, Path],
    erased: Collection[str],
    quick: bool,
    progress: Progress | None,
) -> Iterator[Flaw]:
    changed: list[tuple[Listed, str]] = []
    due = sorted((one for one in wanted.values() if one.sha256 not in erased), key=lambda one: one.seq)
    for done, one in enumerate(due, start=1):
        path = there.get(one.sha256)
        if path is None or not stat.S_ISREG(path.lstat().st_mode):
            instead = "，原处是一个链接或者设备" if path else ""
            yield _flaw(one, "evidence_missing", f"文件缺失{instead}：请从备份恢复")
        elif path.stat().st_size != one.size:
            yield _flaw(one, "evidence_size", f"文件应为 {one.size} 字节，现为 {path.stat().st_size} 字节")
        elif not quick and (holds := hash_of(path)[0]) != one.sha256:
            changed.append((one, holds))
        if progress:
            progress(done, len(due))
    names = {one.sha256 for one, _ in changed}
    for one, holds in changed:
        if holds in names:
            yield _flaw(one, "evidence_swapped", f"文件与另一份调换：现为 {holds} 的内容")
        else:
            yield _flaw(one, "evidence_changed", "文件内容被改动，与入库时的校验值不符")


def _flaw(one: Listed, code: str, said: str) -> Flaw:
    where = f"第 {one.seq} 条流水登记的证据（案件 {one.case}，第 {one.line} 行，{one.sha256}）"
    return Flaw(code, f"{where}{said}。", one.seq, one.case, one.line)


def _unknown(
    vault: Vault, wanted: Mapping[str, Listed], there: Mapping[str, Path], erased: Collection[str]
) -> Iterator[Flaw]:
    noted = {line.sha256 for line in vault.lines() if line}
    for name, path in there.items():
        if name in erased:
            yield Flaw("evidence_returned", f"证据 {name} 已依法清除，却又出现在证据库中。")
        elif not NAME.fullmatch(name) or path.parent.name != name[:2]:
            yield Flaw("evidence_foreign", f"证据库中有不属于它的文件：{path.relative_to(vault.folder)}。")
        elif name not in wanted and name not in noted:
            yield Flaw("evidence_unknown", f"证据 {name} 尚未登记：同一文件再次入库时会登记它。", notice=True)


def _ledger(vault: Vault, listed: Sequence[Listed], journal_has: Callable[[str], bool]) -> Iterator[Flaw]:
    """Record and ledger name the same entries: each lies in a backup of its own day otherwise."""
    noted: set[str] = set()
    for number, line in enumerate(vault.lines(), start=1):
        if line is None:
            yield Flaw("ledger_damaged", f"证据库台账第 {number} 行不能读取。")
        elif not journal_has(line.entry):
            yield Flaw(
                "record_older",
                f"证据库台账第 {number} 行（{line.at}）对应的流水不在数据库中：数据库是更早的备份，或者被改写。",
            )
        else:
            noted.add(line.entry)
    missing = [one for one in listed if one.entry not in noted]
    if missing and not vault.ledger.exists():
        yield Flaw(
            "ledger_missing",
            "证据库台账 ledger.jsonl 缺失：请从备份恢复。从来只入库过一个文件、入库时中断的，把它再入库一次。",
        )
        return
    for one in missing:
        said = "在证据库台账中没有：入库时在最后一步中断的，把同一文件再入库一次；否则台账是更早的备份，或者被改写"
        yield replace(_flaw(one, "ledger_older", said), notice=True)


def _open(vault: Vault, files: Iterable[Path]) -> Iterator[Flaw]:
    """Whoever is not the owner sees nothing, and nobody writes to what was kept."""
    for folder in (vault.folder, vault.objects, vault.incoming):
        if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            yield Flaw("vault_open", f"目录 {folder.name} 应当只有所有者能够访问：请运行 chmod 700。")
    for path in files:
        if stat.S_IMODE(path.lstat().st_mode) & 0o377:
            yield Flaw("vault_open", f"证据 {path.name} 应当只读且只有所有者能够访问：请运行 chmod 400。")
