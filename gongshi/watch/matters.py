"""A matter that a webmaster has to know of: what it is, how grave, which records and how many by department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum
from typing import Any

UNKNOWN = "unknown"
"""The code where a matter could not be worked out."""
_SHOWN = 50
"""Ids that the text lists; the JSON has all."""


class Level(IntEnum):
    """How grave, and which exit status a rebuild ends with because of it."""

    NOTICE = 0
    """To know of; nothing waits."""
    ATTENTION = 3
    """A person has to act, and the time for it has passed."""
    FAILED = 1
    """The rebuild, or a part of it, did not do its work."""


_WORDS = {Level.NOTICE: "提示", Level.ATTENTION: "需要处理", Level.FAILED: "没有做成"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """`code` is stable; `ids` name records, acts or requests and never a person; `said` is what else there is to
    say, without a value of any record; `departments` counts by key, `names` is what each is called."""

    code: str
    level: Level
    label: str
    ids: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    departments: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def about(cls, code: str, level: Level, label: str, found: Iterable[tuple[str, str]]) -> Matter | None:
        """A matter of the records `found` (department's key, id); None where there are none."""
        rows = list(found)
        counted = dict(sorted(Counter(department for department, _ in rows).items()))
        ids = tuple(sorted(one for _, one in rows))
        return cls(code=code, level=level, label=label, ids=ids, departments=counted) if rows else None

    def named(self, names: Mapping[str, str]) -> Matter:
        """The same, with what its departments are called."""
        return replace(self, names={key: names[key] for key in self.departments if key in names})

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ids) or len(self.said)

    @property
    def word(self) -> str:
        """How grave, in Chinese."""
        return _WORDS[self.level]

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON types."""
        return {**asdict(self), "level": self.level.name.lower(), "count": self.count}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Matter:
        """Read back what `to_json` gave. Raises KeyError, TypeError."""
        return cls(
            code=found["code"],
            level=Level[found["level"].upper()],
            label=found["label"],
            ids=tuple(found["ids"]),
            said=tuple(found["said"]),
            departments=dict(found["departments"]),
            names=dict(found.get("names", {})),
        )

    def render_text(self) -> str:
        """A few lines in Chinese."""
        by_department = "，".join(f"{self.names.get(key, key)} {count} 件" for key, count in self.departments.items())
        more = " 等" if len(self.ids) > _SHOWN else ""
        lines = [
            f"〔{self.word}〕{self.label}：{self.count} 件" + (f"（{by_department}）" if by_department else ""),
            *(f"    {line}" for line in self.said),
            *([f"    编号 {' '.join(self.ids[:_SHOWN])}{more}"] if self.ids else []),
        ]
        return "\n".join(lines)


def exit_status(matters: Iterable[Matter]) -> int:
    """0 where all is well, 1 where something was not done, 3 where somebody has to act."""
    levels = {matter.level for matter in matters}
    return int(next((level for level in (Level.FAILED, Level.ATTENTION) if level in levels), Level.NOTICE))
