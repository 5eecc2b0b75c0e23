"""The departments' side of the inbox: open what the door dropped, journal it, and only then take it away (D31).

Safe to repeat: a request is known by its receipt number. A sealed file leaves the inbox after the journal has
it; one that can not be taken in is put aside and reported, and never stops the others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from nacl.public import PrivateKey

from gongshi.door.errors import SealedUnreadable
from gongshi.door.inbox import ALARM, PART, SUFFIX
from gongshi.door.sealing import open_sealed
from gongshi.instance import Instance
from gongshi.lifecycle.requests.keys import private_keys
from gongshi.lifecycle.requests.states import publish_state, publish_states
from gongshi.records.request import CorrectionRequest
from gongshi.store import Store
from gongshi.store.errors import StoreError
from gongshi.store.journal import CITY_CLOCK
from gongshi.store.requests import StoredRequest, erase_requests, keep, request, requests

INBOX = Path("data") / "inbox"
ASIDE = "aside"
_ABANDONED = 86_400.0
"""Seconds after which a half-written file is nobody's any more."""
_DECISION = "SELECT kind, department FROM disclosures WHERE id = ? AND NOT registry"
_RETENTION_BY = "gongshi"
_RETENTION_REASON = "更正申请材料保存期满"


@dataclass(slots=True, kw_only=True)
class TakenRequests:
    """What was found in the inbox. `taken` are receipt numbers, `aside` names of files that could not be taken
    in, now or earlier, `waiting` how many lie there unopened, `faults` what is to be mended, `alarm` what the door
    left."""

    taken: list[str] = field(default_factory=list)
    waiting: int = 0
    aside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alarm: str = ""
    erased: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is to be mended."""
        return not (self.aside or self.faults or self.alarm)

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types; it names nobody."""
        return {**asdict(self), "ok": self.ok}

    def render_text(self) -> str:
        """For the webmaster, in Chinese; empty where there is nothing to say."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.taken:
            yield f"接收更正申请 {len(self.taken)} 件。"
        if self.erased:
            yield f"清除保存期满的更正申请 {self.erased} 件。"
        yield from (f"  更正申请 {name}：不能接收，放在 {INBOX / ASIDE}" for name in self.aside)
        yield from (f"  更正申请：{fault}" for fault in self.faults)
        if self.alarm:
            yield f"  更正申请受理警报：{self.alarm}"


def alarm(root: Path) -> str:
    """What the door could not do, in its own words with the time; empty where all is well."""
    try:
        told = json.loads((root / INBOX / ALARM).read_text(encoding="utf-8"))
        return f"{told['at']} {told['code']} {told['message']}"
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError):
        return f"{INBOX / ALARM} 读不出来，请查看受理进程的日志。"


def take_in_requests(store: Store, root: Path, load: Callable[[], Instance], *, now: datetime) -> TakenRequests:
    """Take in what lies in the inbox. `load` gives the instance, and is asked only where there is something."""
    found = TakenRequests(alarm=alarm(root))
    folder = root / INBOX
    with suppress(OSError):
        _clear_abandoned(folder, now)
    if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        found.faults.append(f"收件目录 {INBOX} 不能读取：请检查权限，部门一侧的用户要能读写。")
    sealed = sorted(folder.glob(f"*{SUFFIX}"))
    if sealed:
        keys = private_keys(root, found.faults)
        if keys:
            _Taking(store, load(), keys, found, now).all(sealed)
        else:
            found.waiting = len(sealed)
            found.faults.append(f"收件箱里有 {len(sealed)} 份申请，这里没有能读取的私钥 data/keys/inbox.key。")
    found.aside = [f"{path.name[:12]}…" for path in sorted((folder / ASIDE).glob(f"*{SUFFIX}"))]
    return found


def look_after_requests(store: Store, instance: Instance, found: TakenRequests, *, today: date, now: datetime) -> None:
    """What each day brings: erase what was kept long enough, and bring build/status to what the store says."""
    kept = instance.city.request_kept_months
    old = [one.number for one in requests(store, kept=True) if one.result and _is_over(one, kept, today)]
    try:
        found.erased = erase_requests(store, old, reason=_RETENTION_REASON, by=_RETENTION_BY, department="", now=now)
    except StoreError as error:
        found.faults.append(str(error))
    publish_states(store, instance, today)


class _Taking:
    """One pass over the inbox."""

    def __init__(
        self, store: Store, instance: Instance, keys: list[PrivateKey], found: TakenRequests, now: datetime
    ) -> None:
        self.store, self.instance, self.keys, self.found, self.now = store, instance, keys, found, now

    def all(self, files: list[Path]) -> None:
        """Each file for itself."""
        for path in files:
            try:
                self._one(path)
            except SealedUnreadable:
                self._put_aside(path)
            except StoreError as error:
                self.found.waiting += 1
                self.found.faults.append(f"{path.name[:12]}… 没有写入记录库，仍留在收件箱：{error}")
            except OSError as error:
                self.found.waiting += 1
                self.found.faults.append(f"{path.name[:12]}… 读不出来（{error.strerror}）：请检查目录权限。")

    def _one(self, path: Path) -> None:
        content = path.read_bytes()
        asked = open_sealed(content, self.keys)
        known = request(self.store, asked.number)
        if known is None:
            known = self._keep(asked, content, path)
            self.found.taken.append(asked.number)
        elif known.status != asked.status and not known.erased:
            raise SealedUnreadable("another request has this number")
        if not known.erased:
            publish_state(self.instance, known, self.now.astimezone(CITY_CLOCK).date())
        path.unlink()

    def _keep(self, asked: CorrectionRequest, content: bytes, path: Path) -> StoredRequest:
        """Journal it. Raises SealedUnreadable where it is not what its name says, or about nothing we know."""
        decision = self.store.db.execute(_DECISION, (asked.decision,)).fetchone()
        if path.name != f"{asked.status}{SUFFIX}" or decision is None:
            raise SealedUnreadable("not about a decision of ours")
        keep(
            self.store,
            asked.number,
            kind=decision["kind"],
            department=decision["department"],
            payload=_payload(asked, self.now),
            sealed=content,
            now=self.now,
        )
        kept = request(self.store, asked.number)
        assert kept is not None  # just written
        return kept

    def _put_aside(self, path: Path) -> None:
        aside = path.parent / ASIDE
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)


def _payload(asked: CorrectionRequest, now: datetime) -> dict[str, object]:
    """What the journal keeps. The door's clock says when it came, but never later than now."""
    at = min(datetime.fromisoformat(asked.at), now).astimezone(CITY_CLOCK)
    return {
        "status": asked.status,
        "decision": asked.decision,
        "on": at.date().isoformat(),
        "at": at.isoformat(timespec="seconds"),
        "capacity": asked.capacity.value,
        "answers": asked.answers,
        "files": [{"name": file.name, "type": file.type, "size": len(file.content)} for file in asked.files],
    }


def _clear_abandoned(folder: Path, now: datetime) -> None:
    for path in folder.glob(f"*{PART}"):
        if now.timestamp() - path.stat().st_mtime > _ABANDONED:
            path.unlink(missing_ok=True)


def _is_over(one: StoredRequest, months: int, today: date) -> bool:
    """Whether its content was kept for so many months after the answer."""
    answered = one.answered_on
    if answered is None:
        return False
    return (today.year - answered.year) * 12 + today.month - answered.month - (today.day < answered.day) >= months
