"""One attachment looked at: refused with a code, or as it may be published."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from gongshi.intake.attachments.naming import check_name, public_name
from gongshi.intake.problems import Wrong
from gongshi.records.attachment import LARGEST_FILE, TYPES
from gongshi.system import confined

_WORKER = "gongshi.intake.attachments.worker"
_MIB = 1 << 20
_HEAD = 64 << 10
"""More than the line takes that comes before the bytes."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it may be published: `name` is safe to store and to show and ends as its `type` does; `notes` are what
    the reviewer should know of it, in Chinese."""

    content: bytes = field(repr=False)
    type: str
    name: str
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the bytes as they are published, in hex."""
        return sha256(self.content).hexdigest()


def looked_at(content: bytes, name: str, most_bytes: int = LARGEST_FILE) -> Clean:
    """What may be published of a file that was sent as `name`. The same bytes give the same bytes.

    Raises Wrong: E602 for another type, E603 for more than `most_bytes`, E604 for what runs or fetches, E605 for a
    password, E606 for damage, E607 for revisions, comments and hidden layers, E608 for its name, E609 for numbers of
    persons.
    """
    check_name(name)
    _check_size(content, most_bytes)
    head, made = _asked(content, most_bytes)
    if "code" in head:
        raise Wrong(head["code"], **{"found": "", "advice": "", "detail": "", "part": ""} | head["words"])
    _check_size(made, most_bytes)
    return Clean(made, head["type"], public_name(name, TYPES[head["type"]]), tuple(head["notes"]))


def _check_size(content: bytes, most_bytes: int) -> None:
    if len(content) > most_bytes:
        raise Wrong("E603", detail=f"超过 {most_bytes // _MIB} MB")


def _asked(content: bytes, most_bytes: int) -> tuple[dict[str, Any], bytes]:
    """What the confined process says; its death is a code, too."""
    with confined.child(_WORKER, given=content) as worker:
        said = worker.stdout.read(most_bytes + _HEAD) if worker.stdout else b""
        _check_size(said, most_bytes + _HEAD - 1)
        code = worker.wait()
    head, line, made = said.partition(b"\n")
    if code == 0 and line:
        return orjson.loads(head), made
    if wanted := confined.wanted(code):
        raise Wrong("E603", detail=f"读取时所需的{wanted}超过上限")
    raise Wrong("E606", detail="内部结构无法解析")
