"""Files of evidence into the vault: each named by the journal (R32, R37).

In this order: the file lies in the vault, whole and on the disk; the journal names it; the vault's ledger names the
entry. Killed in between, the next time takes up where this one stopped: the same file is not kept twice, nor named
twice for one line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import puremagic

from gongshi.instance import Instance
from gongshi.law.recording import hours
from gongshi.lifecycle.cases.errors import AccessRefused, CaseNotFound, EvidenceDiffers, InFuture, LineUnknown
from gongshi.lifecycle.cases.people import handlers
from gongshi.lifecycle.people import is_one_of
from gongshi.store import Store
from gongshi.store.cases import CaseRow, case_row, lines
from gongshi.store.evidence import Kept, kept, named_file
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.vault import EvidenceEmpty, Line, Vault, hash_of

Progress = Callable[[int, int], None]
_BY_TYPE = {"image": "photo", "audio": "audio", "video": "video"}
_TEXT, _PHOTO = "text", "photo"
_SHORT = 12
"""How many digits of its hash a line of a file's own is named by, where no other line has these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is said of files when they are put in: for which line of the case, who keeps them, what they show, in which
    medium (told by their type where empty) and when they were made (ISO; now where empty). `stage` is that of a file
    without a line, empty for the case's present one."""

    custodian: str
    description: str
    line: str = ""
    medium: str = ""
    made_at: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A file that lies in the vault and is named by the journal: by entry `seq`, for `line`; `again` where it was so
    before."""

    name: str
    sha256: str
    size: int
    line: str
    seq: int
    again: bool


def add(
    store: Store,
    instance: Instance,
    vault: Vault,
    case: str,
    files: Sequence[Path],
    *,
    by: str,
    said: Evidence,
    now: datetime,
    progress: Progress | None = None,
) -> tuple[Added, ...]:
    """Put files into the vault for a case: its handlers and those who submit for its department may.

    Without a line each file is a recording of its own, a new line of the case. What is done of several files stays
    done if a later one fails, and the error says which. Raises CaseNotFound, AccessRefused, LineUnknown, InFuture,
    EvidenceEmpty, EvidenceNotAFile, EvidenceChanged, VaultDamaged, VaultUnwritable; EvidenceDiffers where the
    line names a file by its hash that is neither there nor among `files`.
    """
    found = case_row(store, case)
    if found is None:
        raise CaseNotFound(f"没有编号为 {case} 的案件，或者已依法清除。")
    people = (*handlers(store, case), *instance.departments[found.department].submitters)
    if not is_one_of(by, people):
        raise AccessRefused(f"“{by}”不是本案承办人，也不是本部门登记的提交人，不能入库证据。")
    if said.line and said.line not in {one.line for one in lines(store, case)}:
        raise LineUnknown(f"本案没有序号为“{said.line}”的记录：请先报送这一行，或者不写 --line。")
    _expected(store, case, said.line, files)
    if said.made_at and hours.Instant.read(said.made_at).earliest > now:
        raise InFuture(f"制作时间 {said.made_at} 在将来，请核对。")
    added: list[Added] = []
    for file in files:
        try:
            added.append(_add(store, vault, found, file, by.strip(), said, now, progress))
        except Exception as error:
            if added:
                error.add_note(f"在此以前的 {len(added)} 个文件已经入库：{'、'.join(one.name for one in added)}")
            raise
    return tuple(added)


def _expected(store: Store, case: str, line: str, files: Sequence[Path]) -> None:
    """A line that names its file gets that one first: read twice, so that nothing of another stays in the vault."""
    wanted = named_file(store, case, line) if line else ""
    if not wanted or any(one.line == line and one.sha256 == wanted for one in kept(store, case)):
        return
    found = [hash_of(file)[0] for file in files if file.is_file()]
    if found and wanted not in found:
        raise EvidenceDiffers(
            f"第 {line} 行登记的文件校验值是 {wanted}，{files[0].name} 的是 {found[0]}：不是同一个文件，没有入库。"
            "请换成原来的文件；登记有误的，先重新报送这一行。"
        )


def _add(  # noqa: PLR0917 - one file of `add`
    store: Store,
    vault: Vault,
    case: CaseRow,
    file: Path,
    by: str,
    said: Evidence,
    now: datetime,
    progress: Progress | None,
) -> Added:
    name = _name(file)
    if file.is_file() and not file.stat().st_size:
        raise EvidenceEmpty(f"“{name}”是空文件，没有入库：请检查拍摄、导出或者复制是否完成。")
    held = vault.take(file, progress)
    with store.write() as db:
        before = next(
            (one for one in kept(store, case.id) if one.sha256 == held.sha256 and _same_line(one, said)), None
        )
        if before is None:
            there = {one.line: one.medium for one in lines(store, case.id)}
            line = said.line or _own_line(held.sha256, there)
            type = _type(vault, held.sha256)
            medium = said.medium or _medium(type, there.get(line, ""))
            new = _File(name, held.sha256, held.size, type, medium)
            store.append(_drafts(case, new, line, by=by, said=said, now=now), now)
            seq = db.execute("SELECT max(seq) FROM journal").fetchone()[0]
            line = next(one.line for one in kept(store, case.id) if one.seq == seq)
        else:
            seq, line = before.seq, before.line
    _note(store, vault, Kept(seq, case.id, line, held.sha256, held.size), fresh=before is None)
    return Added(name, held.sha256, held.size, line, seq, before is not None)


def _name(file: Path) -> str:
    """The file's name as text: of an older machine it may be in GB18030; what no screen shows is a mark."""
    raw = os.fsencode(file.name)
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _own_line(sha256: str, there: Collection[str]) -> str:
    """The number of a file's own line: no other line of the case has it, though another hash begin alike."""
    return next(one for size in range(_SHORT, len(sha256) + 1) if (one := f"音像-{sha256[:size]}") not in there)


def _same_line(one: Kept, said: Evidence) -> bool:
    return not said.line or one.line == said.line


class _File(NamedTuple):
    """What its entry says of a file beside what was said of it."""

    name: str
    sha256: str
    size: int
    type: str
    medium: str


def _drafts(case: CaseRow, file: _File, line: str, *, by: str, said: Evidence, now: datetime) -> Iterator[Draft]:
    """The entry of the file; before it that of a new line, where none is named."""
    instant = now.astimezone(hours.CITY_CLOCK).isoformat(timespec="minutes")
    told = {
        "description": said.description,
        "custodian": said.custodian,
        "made_at": said.made_at or instant,
        "stored_at": instant,
    }
    if not said.line:
        record = _recording(file, line, told, said.stage or case.stage)
        yield Draft(by, case.department, "", "case", case.id, Operation.CASE_RECORD, record)
    payload = {
        "line": line,
        "sha256": file.sha256,
        "size": file.size,
        "name": file.name,
        "type": file.type,
        "medium": file.medium,
        **told,
    }
    yield Draft(by, case.department, "", "case", case.id, Operation.EVIDENCE, payload)


def _recording(file: _File, line: str, told: Mapping[str, str], stage: str) -> dict[str, object]:
    """The line of a file's own, as a sheet would tell of a recording."""
    shown = {
        "stage": stage,
        "medium": file.medium,
        "about": "",
        "at": told["made_at"],
        "stored_at": told["stored_at"],
        "due": "",
        "days": None,
        "filled": ["stored_at", *(name for name in ("description", "custodian") if told[name]), "file_sha256"],
        "contents": [],
        "signed": [],
    }
    values = {"title": file.name, **told, "file_sha256": file.sha256}
    return {"sheet": "process_record", "line": line, "what": "recording", "values": values, "shown": shown}


def _type(vault: Vault, sha256: str) -> str:
    """The type by content, empty where nobody knows it."""
    with vault.open(sha256) as file:
        try:
            return str(puremagic.from_string(file.read(4096), mime=True))
        except (puremagic.PureError, ValueError):
            return ""


def _medium(type: str, of_line: str) -> str:
    """In which medium a file is that says none: by its type; a picture for a line of text is the scan of that text."""
    medium = _BY_TYPE.get(type.partition("/")[0], _TEXT)
    return _TEXT if medium == _PHOTO and of_line == _TEXT else medium


def _note(store: Store, vault: Vault, one: Kept, *, fresh: bool) -> None:
    """The ledger's line, where it is not there: a run may have been killed before it was written. A fresh entry has
    none, and nobody reads a ledger of many files for it."""
    entry = store.db.execute("SELECT hash, at FROM journal WHERE seq = ?", (one.seq,)).fetchone()
    if fresh or not any(line and line.entry == entry["hash"] for line in vault.lines()):
        vault.log(Line(entry["hash"], one.sha256, one.size, entry["at"]))
