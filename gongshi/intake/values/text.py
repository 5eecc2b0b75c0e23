"""Any cell to clean text; what counts as empty; what a spreadsheet writes where a formula failed."""

from __future__ import annotations

from datetime import date, datetime
from unicodedata import is_normalized

from gongshi.intake.problems import Wrong
from gongshi.intake.readers.characters import clean_text, dangerous_characters
from gongshi.intake.values.codes import parse_code

DASHES = frozenset(("/", "\\", "-", "--", "—", "——", "－", "null", "NULL", "Null"))
"""What departments and their systems write into a cell that has nothing to say."""
NOTHING = DASHES | {"无", "空", "暂无", "没有", "None", "N/A", "n/a", "NaN", "nan"}
"""The same for codes, dates and amounts, where a word can mean nothing else."""

_FAILED_FORMULAS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))


def as_text(cell: object) -> str:
    """The cell as tidy text, "" if it is empty. Raises Wrong E203, E204, E234."""
    if type(cell) is str:
        return _tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.15g}"
    return parse_code(cell) if isinstance(cell, int | float) else _tidy(str(cell))


def _tidy(text: str) -> str:
    if text.isprintable() and "  " not in text and "\ufffd" not in text and "_x" not in text:
        text = text.strip()
        if text.isascii() or is_normalized("NFC", text):
            return _unless_failed(text) if text[:1] == "#" else text
    cleaned = clean_text(text)
    found = dangerous_characters(cleaned)
    if found:
        char = chr(int(found[0].removeprefix("U+"), 16))
        raise Wrong("E203", value=cleaned, position=text.find(char) + 1, point="、".join(found))
    return _unless_failed(cleaned)


def _unless_failed(text: str) -> str:
    if text.upper() in _FAILED_FORMULAS:
        raise Wrong("E204", value=text)
    return text
