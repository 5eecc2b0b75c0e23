"""The pair of keys of the inbox: the public half for the door, the private half for the departments' side."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nacl.public import PrivateKey

from gongshi.door.errors import KeyBroken
from gongshi.door.sealing import new_pair, read_private_key
from gongshi.lifecycle.errors import LifecycleError
from gongshi.system.files import write_safe

PUBLIC = Path("data") / "reference" / "inbox.pub"
KEYS = Path("data") / "keys"
PRIVATE = KEYS / "inbox.key"
_PRIVATE_MODE, _FOLDER_MODE, _PUBLIC_MODE = 0o600, 0o700, 0o644


class InboxKeyExists(LifecycleError):
    """There is a key already, and replacing it was not asked for."""

    code = "inbox_key_exists"


@dataclass(frozen=True, slots=True)
class MadePair:
    """Where the two halves lie; `kept` is where an older private half was put."""

    public: Path
    private: Path
    kept: Path | None = None

    def render_text(self) -> str:
        """For the webmaster, in Chinese."""
        lines = [
            f"公钥：{self.public}（放到受理服务器上，可以公开）",
            f"私钥：{self.private}（只留在部门一侧，请离线备份；丢失后已封存的申请无法打开）",
        ]
        if self.kept:
            lines.append(f"原来的私钥改名为 {self.kept.name}，用它封存的申请照样能够打开。")
        return "\n".join(lines)


def make_pair(root: Path, *, today: date, replace: bool = False) -> MadePair:
    """Make the pair of the instance at `root`.

    Raises InboxKeyExists where either half is there, unless told to `replace` it; the older private half
    is then kept under another name, since requests sealed to it may still come.
    """
    public, private = root / PUBLIC, root / PRIVATE
    there = [path for path in (public, private) if path.exists()]
    if there and not replace:
        raise InboxKeyExists(
            f"已经有收件密钥（{'、'.join(str(path.relative_to(root)) for path in there)}），没有改动。"
            "确实要更换的，加上 --replace：旧私钥会改名保留。"
        )
    pair = new_pair()
    private.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    kept = _put_aside(private, today) if private.exists() else None
    write_safe(private, pair.private.encode("ascii"), _PRIVATE_MODE)
    write_safe(public, pair.public.encode("ascii"), _PUBLIC_MODE)
    return MadePair(public.relative_to(root), private.relative_to(root), kept.relative_to(root) if kept else None)


def pair_if_none(root: Path, *, today: date) -> MadePair | None:
    """For trying things out: a pair where neither half is there and both can be written; otherwise None."""
    with suppress(InboxKeyExists, OSError):
        return make_pair(root, today=today)
    return None


def private_keys(root: Path, broken: list[str] | None = None) -> list[PrivateKey]:
    """The private halves that can be read here, the present one first; what is wrong with the others goes to
    `broken`."""
    found = []
    for path in sorted((root / KEYS).glob("inbox*.key"), key=lambda path: (path != root / PRIVATE, path.name)):
        try:
            found.append(read_private_key(path))
        except PermissionError:
            continue
        except KeyBroken as error:
            if broken is not None:
                broken.append(str(error))
    return found


def _put_aside(private: Path, today: date) -> Path:
    number = 0
    while True:
        number += 1
        aside = private.with_name(f"inbox-{today:%Y%m%d}-{number}.key")
        if not aside.exists():
            return private.rename(aside)
