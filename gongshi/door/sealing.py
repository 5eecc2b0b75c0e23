"""A request as one sealed message: whoever drops it can not read it back (libsodium's sealed boxes).

Inside: the length of a JSON header (4 bytes), the header, the files one after the other, zeros up to one
of a few sizes, so that the file's size says little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from nacl.encoding import HexEncoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from gongshi.door.errors import KeyBroken, KeyMissing, SealedUnreadable
from gongshi.door.receipt import NUMBER, STATUS
from gongshi.records.request import (
    FILE_TYPES,
    LARGEST_FILE,
    MOST_FILES,
    QUESTIONS,
    Capacity,
    CorrectionRequest,
    Evidence,
    plain,
)

FORMAT = 1
_KIND = "gongshi-inbox"
_LENGTH = 4
_SMALLEST, _STEP = 32 * 1024, 2
"""Sizes of a message: 32 KB, which holds any request without files, then twice as much, up to 16 MB."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves as the text of their files."""

    public: str
    private: str


def new_pair() -> KeyPair:
    """A new pair, from the system's own chance."""
    key = PrivateKey.generate()
    return KeyPair(
        _written("public", key.public_key.encode(HexEncoder).decode()),
        _written("private", key.encode(HexEncoder).decode()),
    )


def read_public_key(path: Path) -> PublicKey:
    """The key to seal to. Raises KeyMissing, KeyBroken."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyMissing(f"没有收件公钥 {path}：请在部门一侧运行 gongshi inbox-key，再复制 inbox.pub。") from None
    except (OSError, ValueError) as error:
        raise KeyBroken(f"收件公钥 {path} 读不出来（{type(error).__name__}）：请检查权限，或者重新放置。") from error
    try:
        key = PublicKey(_read("public", text), HexEncoder)
        SealedBox(key).encrypt(b"")  # a key that libsodium refuses shows here, not when a citizen sends
    except (ValueError, TypeError, CryptoError) as error:
        raise KeyBroken(f"收件公钥 {path} 内容不完整或者被改动：请重新复制 inbox.pub。") from error
    return key


def read_private_key(path: Path) -> PrivateKey:
    """The key to open with. Raises KeyBroken; OSError where the file can not be read."""
    text = path.read_text(encoding="ascii", errors="replace")
    try:
        return PrivateKey(_read("private", text), HexEncoder)
    except (ValueError, TypeError, CryptoError) as error:
        raise KeyBroken(f"收件私钥 {path} 内容不完整或者被改动：请从备份恢复。") from error


def seal(request: CorrectionRequest, key: PublicKey) -> bytes:
    """The sealed message: only the private half of `key` opens it."""
    header = orjson.dumps(
        {
            "format": FORMAT,
            "number": request.number,
            "status": request.status,
            "at": request.at,
            "decision": request.decision,
            "capacity": request.capacity,
            "answers": request.answers,
            "files": [{"name": f.name, "type": f.type, "size": len(f.content)} for f in request.files],
        }
    )
    body = b"".join([len(header).to_bytes(_LENGTH, "big"), header, *(file.content for file in request.files)])
    return SealedBox(key).encrypt(body.ljust(_padded(len(body)), b"\0"))


def open_sealed(content: bytes, keys: Iterable[PrivateKey]) -> CorrectionRequest:
    """The request, opened with the first key that fits. Raises SealedUnreadable."""
    for key in keys:
        try:
            body = SealedBox(key).decrypt(content)
        except (CryptoError, ValueError):
            continue
        return _request(body)
    raise SealedUnreadable("打不开：不是用本平台的收件公钥封存的，或者内容已经损坏。")


def _padded(size: int) -> int:
    room = _SMALLEST
    while room < size:
        room *= _STEP
    return room


def _request(body: bytes) -> CorrectionRequest:
    length = int.from_bytes(body[:_LENGTH], "big")
    at = _LENGTH + length
    try:
        header: Mapping[str, Any] = orjson.loads(body[_LENGTH:at])
        files = []
        for told in header["files"][:MOST_FILES]:
            if not (0 <= int(told["size"]) <= LARGEST_FILE and told["type"] in FILE_TYPES):
                raise ValueError("not a file that the door lets in")
            files.append(Evidence(plain(str(told["name"])), str(told["type"]), body[at : at + int(told["size"])]))
            at += int(told["size"])
        shaped = NUMBER.fullmatch(str(header["number"])) and STATUS.fullmatch(str(header["status"]))
        dated = datetime.fromisoformat(str(header["at"])).tzinfo is not None
        if header["format"] != FORMAT or at > len(body) or not (shaped and dated):
            raise ValueError("not a format of ours")
        return CorrectionRequest(
            number=str(header["number"]),
            status=str(header["status"]),
            at=str(header["at"]),
            decision=str(header["decision"]),
            capacity=Capacity(header["capacity"]),
            answers={one.name: plain(str(header["answers"][one.name]))[: one.longest] for one in QUESTIONS},
            files=tuple(files),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SealedUnreadable("打开了，但内容不是本平台的更正申请。") from error


def _written(half: str, digits: str) -> str:
    """One line: what it is, the key, and a check that the line came over whole."""
    return f"{_KIND} {half} {digits} {_check(half, digits)}\n"


def _read(half: str, text: str) -> bytes:
    kind, said, digits, check = text.split()
    if (kind, said, check) != (_KIND, half, _check(half, digits)):
        raise ValueError("not a key of ours")
    return digits.encode("ascii")


def _check(half: str, digits: str) -> str:
    return hashlib.sha256(f"{half}{digits}".encode()).hexdigest()[:8]
