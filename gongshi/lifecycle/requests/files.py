"""One request as the department reads it, and its files of evidence, written without trusting their names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongshi.door.attachments import type_of
from gongshi.door.errors import SealedUnreadable
from gongshi.door.sealing import open_sealed
from gongshi.lifecycle.requests.errors import RequestErased, RequestFileThere, RequestSealed
from gongshi.lifecycle.requests.keys import private_keys
from gongshi.lifecycle.requests.rows import document_numbers
from gongshi.records.request import CAPACITY_LABELS, FILE_TYPES, QUESTIONS, STATE_LABELS, Capacity, RequestState
from gongshi.store import Store
from gongshi.store.requests import StoredRequest, said, sealed_message

_UNKNOWN_ENDING = ".bin"
_OWNER_ONLY, _OWNER_FOLDER = 0o600, 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRequest:
    """What a request says, for the department's eyes. `files` are (the sender's name, type, bytes)."""

    number: str
    decision: str
    document_number: str
    state: RequestState
    received_at: str
    capacity: str
    answers: Mapping[str, str]
    files: tuple[tuple[str, str, int], ...]
    reason: str

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "number": self.number,
            "decision": self.decision,
            "document_number": self.document_number,
            "state": self.state.value,
            "received_at": self.received_at,
            "capacity": self.capacity,
            "answers": dict(self.answers),
            "files": [{"name": name, "type": kind, "size": size} for name, kind, size in self.files],
            "reason": self.reason,
        }

    def render_text(self) -> str:
        """For the department, in Chinese."""
        about = f"{self.document_number}（编号 {self.decision}）" if self.document_number else self.decision
        lines = [
            f"更正申请 {self.number}　{STATE_LABELS[self.state]}　{self.received_at[:16].replace('T', ' ')} 收到",
            f"  决定：{about}",
            f"  申请人身份：{self.capacity}",
        ]
        for question in QUESTIONS:
            text = self.answers[question.name].replace("\n", "\n      ")
            lines.append(f"  {question.label.replace('您的', '申请人')}：{text}")
        for place, (name, kind, size) in enumerate(self.files, 1):
            lines.append(f"  附件{place}：{name}（{kind}，{size} 字节）")
        if self.files:
            lines.append("  附件用 --out 目录 取出；打开来历不明的文件前请先查毒。")
        if self.reason:
            lines.append(f"  答复：{self.reason}")
        return "\n".join(lines)


def show_request(store: Store, one: StoredRequest) -> ShownRequest:
    """The request with all that was written in it. Raises RequestErased."""
    told = _said(store, one)
    return ShownRequest(
        number=one.number,
        decision=one.decision,
        document_number=document_numbers(store, [one.decision]).get(one.decision, ""),
        state=RequestState(one.result) if one.result else RequestState.HANDLING,
        received_at=told["at"],
        capacity=CAPACITY_LABELS[Capacity(told["capacity"])],
        answers=told["answers"],
        files=tuple((file["name"], file["type"], file["size"]) for file in told["files"]),
        reason=one.reason,
    )


def write_files(store: Store, root: Path, one: StoredRequest, folder: Path) -> list[Path]:
    """Write the request's files into `folder`, named after the receipt number, readable by the owner only.

    The ending says what the content is, whatever the sender called it. Raises RequestErased, RequestSealed
    where no private key here opens them, RequestFileThere where another file has the name.
    """
    _said(store, one)
    try:
        opened = open_sealed(sealed_message(store, one), private_keys(root))
    except SealedUnreadable as error:
        raise RequestSealed(
            "附件是封存的，这里没有能打开它的私钥：请在部门一侧运行，或者把 data/keys/inbox.key 从备份恢复。"
        ) from error
    folder.mkdir(mode=_OWNER_FOLDER, parents=True, exist_ok=True)
    return [
        _write(folder / f"{one.number}-{place}{FILE_TYPES.get(type_of(file.content), _UNKNOWN_ENDING)}", file.content)
        for place, file in enumerate(opened.files, 1)
    ]


def _said(store: Store, one: StoredRequest) -> Mapping[str, Any]:
    told = said(store, one)
    if not told:
        raise RequestErased(f"更正申请 {one.number} 的保存期已满，内容已经清除。")
    return told


def _write(path: Path, content: bytes) -> Path:
    """Never through a link, never over another file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_ONLY)
    except FileExistsError:
        if path.is_symlink() or path.read_bytes() != content:
            raise RequestFileThere(f"{path} 已经存在，而且不是这个附件：请换一个目录。") from None
        return path
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return path
