"""Finding the header of a sheet: its row or two rows, below notes and titles, and the kind it fits best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongshi.intake.readers.model import Row
from gongshi.intake.sheet.labels import Meaning, may_mean, meaning, plain
from gongshi.records import DECISION_KINDS
from gongshi.records.field import COLUMN_MARK
from gongshi.records.kind import RecordKind

LOOKED_AT = 30
"""Rows at the top of a sheet in which the header is looked for."""
NOTES_SHEET = "填写说明"
"""The sheet of our own templates that explains their columns; it holds nothing to be read."""
_ENOUGH = 3
"""Known columns that make a row a header; notes and titles have none or one."""
_TITLE_BONUS = 0.5
"""Less than a column: the title decides only between kinds that fit equally well."""
_JOINED, _IDLE = 0.25, -0.1
"""Two rows read together win over one where a label is known only by both its words, otherwise they lose."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is: the kind, one label per column, and the index of the first row of data."""

    kind: RecordKind
    labels: tuple[str, ...]
    row: int
    data_from: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Several kinds fit equally well."""

    kinds: tuple[RecordKind, ...]


def find_header(
    rows: Sequence[Row], title: str, kinds: Mapping[str, RecordKind] = DECISION_KINDS
) -> Header | Tie | None:
    """The header among the first rows; None where no row looks like one of any of `kinds`.

    `title` is the sheet's and the file's name: together with the text above the header it decides
    between kinds whose headers fit equally well.
    """
    best: tuple[float, list[Header]] = (0, [])
    above = title
    for index, row in enumerate(rows[:LOOKED_AT]):
        for labels, height in _readings(rows, index):
            if _highest(labels) <= best[0]:
                continue
            score, headers = _fits(labels, row.number, index + height, above, kinds)
            if score > best[0]:
                best = (score, headers)
        above += "".join(map(str, filter(None, row.cells[:3])))[:200]
    score, headers = best
    if score < _ENOUGH:
        return None
    return headers[0] if len(headers) == 1 else Tie(tuple(h.kind for h in headers))


def _readings(rows: Sequence[Row], index: int) -> list[tuple[tuple[str, ...], int]]:
    """The row read as a header by itself, and joined with the row below it."""
    upper = tuple(map(_words, rows[index].cells))
    readings = [(upper, 1)]
    if index + 1 < len(rows) and rows[index + 1].number == rows[index].number + 1:
        readings.append((_joined(upper, tuple(map(_words, rows[index + 1].cells))), 2))
    return readings


def _words(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


_REMEMBERED = 8192
"""Labels whose wordings are kept while one kind after the other is asked about them."""
_SAME_HEADERS = 512
"""Rows of labels, each for one kind: the sheets of a city's departments have few different headers."""
_KIND_WORD = 2
"""处罚决定 over 类别 is 处罚类别, 许可决定 over 内容 is 许可内容."""
_BOTH = 3
"""Of the readings, those that have both words whole."""
_SEAM = "\x00"
"""Between the upper and the lower words of a joined label; never shown."""


def _joined(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """Upper and lower label of each column; a group's words reach over the columns it was merged over."""
    width = max(len(upper), len(lower))
    group, labels = "", []
    for above, below in zip(upper + ("",) * (width - len(upper)), lower + ("",) * (width - len(lower)), strict=True):
        group = above or (group if below else "")
        labels.append(f"{group}{_SEAM}{below}" if group and below and group != below else below or above)
    return tuple(labels)


def readings(label: str) -> tuple[str, ...]:
    """The wordings under which a label may be known, the most particular first."""
    above, seam, below = label.partition(_SEAM)
    if not seam:
        return (label,)
    joined = (above + below, f"{above}({below})", f"{above}{COLUMN_MARK}{below}")
    return (*joined, above[:_KIND_WORD] + below, below, above)


def shown(label: str) -> str:
    """The label as a report names it."""
    return label.replace(_SEAM, "/")


@lru_cache(_REMEMBERED)
def _likely(label: str) -> tuple[str, ...]:
    """The wordings that any kind may know: most cells of a table have none and need no look at for each kind."""
    return tuple(filter(may_mean, readings(label)))


def known_as(label: str, kind: RecordKind) -> tuple[str, Meaning | None]:
    """The wording of the label that the kind knows, and what it means there."""
    return _known_as(label, kind.name)


def _known_as(label: str, kind: str) -> tuple[str, Meaning | None]:
    for wording in _likely(label):
        found = meaning(wording, kind)
        if isinstance(found, Meaning):
            return wording, found
    return readings(label)[0], None


def _by_both(label: str, wording: str, found: Meaning, kind: str) -> bool:
    """Whether the label means something that its upper words alone do not."""
    if _SEAM not in label or wording not in readings(label)[:_BOTH]:
        return False
    above = meaning(readings(label)[-1], kind)
    return not (isinstance(above, Meaning) and above.field == found.field)


def _highest(labels: tuple[str, ...]) -> float:
    """No score of these labels is above it: rows of data with fewer cells than the header need no closer look."""
    return len(set(filter(None, labels))) + _TITLE_BONUS + _JOINED


def _fits(
    labels: tuple[str, ...], row: int, data_from: int, title: str, kinds: Mapping[str, RecordKind]
) -> tuple[float, list[Header]]:
    """The best score of any kind, and the kinds that reach it."""
    scores: dict[str, float] = {}
    likely = tuple(dict.fromkeys(filter(_likely, labels)))
    two_rows = any(_SEAM in label for label in labels)
    for name, kind in kinds.items():
        fields, by_both = _known_of(likely, kind.name)
        scores[name] = fields + (_TITLE_BONUS if fields and _titled(kind, title) else 0)
        if two_rows:
            scores[name] += _JOINED if by_both else _IDLE
    top = max(scores.values())
    return top, [Header(kinds[n], labels, row, data_from) for n, score in scores.items() if score == top]


@lru_cache(_SAME_HEADERS)
def _known_of(labels: tuple[str, ...], kind: str) -> tuple[int, bool]:
    """How many of a kind's fields the labels mean, and whether one of them is meant by both words of a label alone."""
    known = [(label, *_known_as(label, kind)) for label in labels]
    fields = {found.field.name for _, _, found in known if found}
    return len(fields), any(found and _by_both(label, wording, found, kind) for label, wording, found in known)


def _titled(kind: RecordKind, title: str) -> bool:
    words = plain(title)
    return any(plain(sheet) in words for sheet in (kind.name, kind.label, *kind.sheets))
