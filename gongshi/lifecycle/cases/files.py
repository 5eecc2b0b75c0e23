"""Files that lines of a case name by their hash, and that are not the vault's evidence (R37): told, never refused.

A recording may lie in a store of the department's own (R32), and files are put in after the lines are sent; so what is
only missing does not make a file incomplete. Where the vault has another file for the line, somebody has to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongshi.instance import Instance
from gongshi.store import Store
from gongshi.store.evidence import Named, not_kept

_ROW = "R37"
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Files:
    """Of many lines: how many are without their file, how many have another, and the first of the latter."""

    missing: int
    differing: int
    listed: tuple[Named, ...]
    article: str

    def to_json(self) -> dict[str, object]:
        """As JSON types."""
        listed = [{"case": one.case_id, "line": one.line, "sha256": one.sha256} for one in self.listed]
        return {"missing": self.missing, "differing": self.differing, "listed": listed, "article": self.article}

    def render_text(self) -> Iterator[str]:
        """In Chinese; nothing where nothing is to be told."""
        if self.missing or self.differing:
            told = f"登记了校验值而没有入库的文件 {self.missing} 个，与入库文件不一致的 {self.differing} 个"
            yield f"证据文件：{told}（{self.article}）。"
        yield from (f"  {one.case_id} 序号 {one.line}：入库的不是登记的文件" for one in self.listed)


def files_of(store: Store, instance: Instance, department: str = "") -> Files:
    """Of all cases of a department or of the city; no payload is read."""
    missing, differing = 0, 0
    listed: list[Named] = []
    for one in not_kept(store, department=department):
        missing += not one.other
        differing += one.other
        if one.other and len(listed) < _MOST_LISTED:
            listed.append(one)
    return Files(missing, differing, tuple(listed), article(instance))


def told_of(found: Sequence[Named], article: str) -> Iterator[str]:
    """The lines of one case, in words."""
    for one in found:
        if one.other:
            what = "入库的是另一个文件，请查明：换成原来的文件，登记有误的重新报送这一行"
        else:
            what = f"证据库里没有这个文件：用 gongshi evidence add … --line {one.line} 存入"
        word = "文件不一致" if one.other else "文件未入库"
        yield f"  [{word}] 序号 {one.line}：登记的校验值 {one.sha256}，{what}（{article}）"


def article(instance: Instance) -> str:
    """By which it is told."""
    return next((one.article for one in instance.requirements if one.row == _ROW), "")
