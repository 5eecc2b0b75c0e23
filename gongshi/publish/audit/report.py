"""What an audit found: where, which sort of value, whose. Never the value, unless the departments' side asks for it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.values import LABELS, What

_SHOWN = 100
"""Findings that are printed; all of them are in the JSON."""
_NEXT = "请先运行 gongshi rebuild --full，再运行 gongshi audit；仍有发现的，先停止提供网站，再联系维护人员。"
NAME = "文件名"
"""The place of a find that is the name of a file itself."""
MOST = 10_000
"""Findings that are kept: a site that is wrong all over need not be told to the last byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A value that stands where it must not.

    `file` is the path below the output folder or the address asked, `inner` the place inside it
    (a.zip!b.json, a table's column and row), `offset` the byte in the file or in the inner one, -1 where there
    is none to tell; `what`, `record` and `field` say whose value it is. `value` is empty unless it was asked for.
    """

    file: str
    inner: str = ""
    offset: int = -1
    what: What
    record: str
    field: str
    value: str = ""

    def render_text(self) -> str:
        """One line in Chinese."""
        where = self.file + (f"!{self.inner}" if self.inner else "")
        at = f" 第 {self.offset} 字节" if self.offset >= 0 else ""
        whose = f"{self.record} 的" if self.record else ""
        value = f"：{self.value}" if self.value else ""
        return f"{where}{at}：{LABELS[self.what]}，{whose}“{self.field}”{value}"


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be looked into, and so is not proven clean."""

    file: str
    inner: str
    reason: str

    def render_text(self) -> str:
        """One line in Chinese."""
        return f"{self.file}{f'!{self.inner}' if self.inner else ''}：{self.reason}"


@dataclass(slots=True)
class Report:
    """The outcome. `files` and `size` (in bytes) are what was looked at, packed; `unpacked` the bytes out of archives;
    `notes` say what was left out on purpose."""

    patterns: int = 0
    files: int = 0
    size: int = 0
    unpacked: int = 0
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    show: bool = False
    _known: set[tuple[str, str, What, str, str]] = field(default_factory=set)
    _plain: dict[int, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, patterns: Patterns, *, show: bool) -> Report:
        """An empty report on these."""
        return cls(patterns=len(patterns), show=show)

    @property
    def ok(self) -> bool:
        """Whether everything was looked at and nothing found."""
        return not self.findings and not self.unread

    def add(self, file: str, inner: str, sought: Sought, offset: int = -1) -> None:
        """One find; the same value in the same place is told once."""
        key = (file, inner, sought.what, sought.record, sought.field)
        if key not in self._known and len(self.findings) < MOST:
            self._known.add(key)
            self._plain[len(self.findings)] = sought.plain
            self.findings.append(
                Finding(
                    file=file,
                    inner=inner,
                    offset=offset,
                    what=sought.what,
                    record=sought.record,
                    field=sought.field,
                    value=sought.raw if self.show else "",
                )
            )

    def merge(self, other: Report, *, but: Container[str] = ()) -> None:
        """Take over what another one found, save the values in `but` (in the form in which they are compared)."""
        self.unread += other.unread
        self.findings += [one for at, one in enumerate(other.findings) if other._plain[at] not in but]

    def places(self) -> tuple[str, ...]:
        """The files of findings and of what is unread, each once; a file whose own name is what was found is not
        named."""
        telling = {one.file for one in self.findings if one.inner == NAME}
        files = (*(one.file for one in self.findings), *(one.file for one in self.unread))
        shown = (f"{file.partition('/')[0]} 里的一个文件名" if file in telling else file for file in files)
        return tuple(dict.fromkeys(one.encode(errors="replace").decode() for one in shown))

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        return {
            "ok": self.ok,
            "patterns": self.patterns,
            "files": self.files,
            "bytes": self.size,
            "unpacked": self.unpacked,
            "findings": self.findings,
            "unread": self.unread,
            "notes": self.notes,
        }

    def render_text(self) -> str:
        """For the webmaster, in Chinese."""
        looked = (
            f"查看了 {self.files} 个文件，{self.size / 2**20:.1f} MiB（解压 {self.unpacked / 2**20:.1f} MiB），"
            f"对照 {self.patterns} 个不公开的值。"
        )
        return "\n".join([*self._found(), *(note for note in self.notes), looked, self._said()])

    def _found(self) -> Iterable[str]:
        yield from (one.render_text() for one in self.findings[:_SHOWN])
        if len(self.findings) > _SHOWN:
            yield f"……共 {len(self.findings)} 处，全部内容见 --json。"
        yield from (one.render_text() for one in self.unread[:_SHOWN])

    def _said(self) -> str:
        if self.ok:
            return "没有发现不应公开的内容。"
        said = f"发现 {len(self.findings)} 处不应公开的内容" if self.findings else "没有发现不应公开的内容"
        if self.unread:
            said += f"，但有 {len(self.unread)} 处无法查看，不能证明没有"
        return f"{said}。{_NEXT}"
