"""A problem in a submission, in the submitter's language and with its place (DESIGN.md promise 13)."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.intake.catalogue import CATALOGUE, Severity

__all__ = ["Place", "Problem", "Severity", "Wrong", "problem"]

ROW = "行"
"""What a row is called in a table; a reader's sheet says where it is another word."""
_SHOWN = 80
"""Characters of a wrong value that a report repeats."""
_SHOWN_WORDS = 400
"""Characters of the catalogue's other words, such as the choices of a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault: where it is, what is wrong, and how to mend it.

    `row` is the file's own row number from 1, 0 where the fault is the sheet's or the file's, and
    `unit` what is counted: 行 of a table, 条 of JSON and YAML; `column` is the header as the file
    has it, `position` its column number from 1 (0 for none).
    """

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    position: int = 0
    value: str = ""
    message: str
    hint: str
    unit: str = ROW

    @property
    def is_error(self) -> bool:
        """Whether the problem keeps its row out."""
        return self.severity is Severity.ERROR

    def to_json(self) -> dict[str, str | int]:
        """The problem as a JSON object, all keys always present."""
        return {name: getattr(self, name) for name in _FIELDS}


_FIELDS = ("code", "severity", "file", "sheet", "row", "column", "position", "value", "message", "hint")


class Wrong(Exception):
    """A cell or row that cannot be taken as it is: a catalogue code and the words for its template."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is; see `Problem`."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    position: int = 0
    unit: str = ROW


def problem(code: str, place: Place, value: object = "", **words: object) -> Problem:
    """The catalogue's problem `code` at `place`, its words filled in (long ones cut)."""
    entry = CATALOGUE[code]
    shown = excerpt(value)
    filled = {
        "label": place.column,
        "row": place.row,
        "unit": place.unit,
        "value": shown,
        **{k: excerpt(v, _SHOWN_WORDS) for k, v in words.items()},
    }
    return Problem(
        code=code,
        severity=entry.severity,
        file=place.file,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        position=place.position,
        value=shown,
        message=entry.message.format_map(filled),
        hint=entry.hint.format_map(filled),
        unit=place.unit,
    )


def excerpt(value: object, shown: int = _SHOWN) -> str:
    """The value as a report may show it: one line, without invisible characters, and not endless."""
    text = "" if value is None else str(value)
    if len(text) > shown:
        text = text[:shown] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
