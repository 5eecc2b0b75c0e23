"""Several parties in one cell: split where it is certain what belongs to whom, otherwise said (DOMAIN.md 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongshi.intake.problems import Wrong
from gongshi.intake.sheet.columns import Column
from gongshi.intake.values.choices import choice_table, folded
from gongshi.law.surnames import surname_of
from gongshi.records.field import FieldType, Scope
from gongshi.records.party import NATURAL_PERSON

_JOINTS = re.compile(r"\s*[、;；,，/\n]\s*")
_LOOSER_JOINTS = re.compile(r"\s*(?:[、;；,，/\n\s]|[及与](?=[一-鿿]{2,4}$))\s*")
"""Behind an organisation's name a blank or 及 parts as well; a person's name may be padded with blanks."""
_AND_OTHERS = re.compile(r"等\s*[0-9０-９一二两三四五六七八九十几多数]*\s*[人名户家]")
_PERSON = re.compile(r"[一-鿿]{1,4}[*＊×xX某]{0,3}|[一-鿿·•]{2,15}|[A-Za-z .'·-]{3,40}")
_ORGANISATION = re.compile(r".{2,}(?:公司|厂|店|社|中心|医院|学校|银行|合作社|部|所|行|场|站|馆|院|超市|商行|经营部)")
_ORGANISED = "司厂店社心院校行部所场站馆市"
"""Last characters that no person's name behind an organisation's has: 宁江店, 前郭分公司."""
_SEVERAL = 2
_SHARED = frozenset((FieldType.CHOICE, FieldType.FLAG))
"""What one cell may say of all parties at once: their type, the type of their document, the tick of age."""

Cells = Sequence[object]


class Splitter:
    """Splits the rows of one sheet whose cell of names holds several parties."""

    def __init__(self, columns: Sequence[Column]) -> None:
        by_name: Mapping[str, Column] = {column.field.name: column for column in columns}
        self._names = by_name.get("party_name")
        self._type = by_name.get("party_type")
        self._types = choice_table(self._type.field) if self._type else {}
        self._others = [c for c in columns if c.field.scope is Scope.PARTY and c.field.name != "party_name"]

    def split(self, cells: Cells) -> list[Cells]:
        """The row, once for each party. Raises Wrong E403, E404."""
        text = self._name_cell(cells)
        if text is None:
            return [cells]
        if _AND_OTHERS.search(text):
            raise Wrong("E404", value=text, field="party_name")
        names = [name for name in _JOINTS.split(text.strip()) if name]
        if not self._is_natural(cells):
            _refuse_several(names, text.strip())
            return [cells]
        if len(names) < _SEVERAL or not all(_PERSON.fullmatch(name) for name in names):
            return [cells]
        return self._one_each(names, cells)

    def _name_cell(self, cells: Cells) -> str | None:
        """The names where they may be several, None where they are certainly one."""
        if self._names is None or self._names.index >= len(cells):
            return None
        cell = cells[self._names.index]
        several = isinstance(cell, str) and (_LOOSER_JOINTS.search(cell.strip()) or _AND_OTHERS.search(cell))
        return cell if several and isinstance(cell, str) else None

    def _is_natural(self, cells: Cells) -> bool:
        if self._type is None or self._type.index >= len(cells):
            return self._type is None
        return self._types.get(folded(str(cells[self._type.index]))) == NATURAL_PERSON

    def _one_each(self, names: Sequence[str], cells: Cells) -> list[Cells]:
        rows = [list(cells) for _ in names]
        assert self._names is not None
        for row, name in zip(rows, names, strict=True):
            row[self._names.index] = name
        for column in self._others:
            if column.index < len(cells):
                for row, cell in zip(rows, self._shares(column, cells[column.index], names), strict=True):
                    row[column.index] = cell
        return list(rows)

    def _shares(self, column: Column, cell: object, names: Sequence[str]) -> Sequence[object]:
        """What each party has of the cell: all the same, or a part each."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return [None] * len(names)
        parts = _JOINTS.split(cell.strip()) if isinstance(cell, str) else []
        if len(parts) == len(names):
            return parts
        if column.field.type in _SHARED and len(parts) <= 1:
            return [cell] * len(names)
        raise Wrong("E403", value="、".join(names), count=len(names), label=column.label, field="party_name")


def _refuse_several(names: Sequence[str], text: str) -> None:
    """Raises Wrong E403 where each name is an organisation, or a person's name stands behind one (DOMAIN.md 5).

    An organisation's own name may hold a 、. A person who is taken for a part of it would be
    published by name.
    """
    if len(names) >= _SEVERAL and all(_ORGANISATION.fullmatch(name) for name in names):
        raise Wrong("E403", value=text, count=len(names), field="party_name")
    loose = [name for name in _LOOSER_JOINTS.split(text) if name]
    organisations = [name for name in loose if _ORGANISATION.fullmatch(name)]
    persons = [name for name in loose[1:] if surname_of(name) and name[-1] not in _ORGANISED]
    if organisations and loose[0] in organisations and len(organisations) + len(persons) == len(loose) and persons:
        raise Wrong("E403", value=text, count=len(loose), field="party_name")
