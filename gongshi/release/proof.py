"""A takedown counts as done only when it is shown: no file of the site names what is gone (promise 8)."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

_ID = re.compile(rb"[0-9a-f]{16}")


class TakedownIncomplete(RuntimeError):
    """A file of the site still names a decision that was taken down."""

    code = "R005"


def prove_gone(site: Path, gone: Collection[str]) -> None:
    """Look for the ids of the decision pages `gone` (paths below `site`) in every file of the site.

    Raises TakedownIncomplete, which names the files. Costs one read of the site, so it is only called
    when something was taken down.
    """
    ids = {Path(path).stem.encode() for path in gone if path.startswith("decisions/")}
    if not ids:
        return
    left = [
        file.relative_to(site).as_posix()
        for file in sorted(site.rglob("*"))
        if file.is_file() and (file.stem.encode() in ids or ids.intersection(_ID.findall(file.read_bytes())))
    ]
    if left:
        raise TakedownIncomplete(
            f"R005 撤下没有完成：{'、'.join(left[:20])} 仍然提到已撤下的决定。请运行 gongshi rebuild --full，再核对。"
        )
