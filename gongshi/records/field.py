"""What one field of a record is: the single place from which everything else about it is derived.

Tables, check messages, fill-in templates, the public white-list, the data dictionary and
Datasette's labels all read these declarations; none of them repeats a field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

_UNIT = re.compile(r"（(?:万?元)）$")
_NUMBERED = re.compile(r"代码_\d\((.+)\)$")
"""The standard numbers the party's codes differently in its two versions: the words in brackets are the label."""


class Visibility(StrEnum):
    """What the public sees of a field. A new field is internal until its declaration says otherwise."""

    PUBLIC = "public"
    """Shown as it is (after shapes such as identity numbers are masked in free text)."""
    MASKED = "masked"
    """Shown only in its published form: a natural person's name as 张某某, for example."""
    INTERNAL = "internal"
    """Never leaves the store."""


class FieldType(StrEnum):
    """How a cell is read, stored and shown."""

    TEXT = "text"
    """One line of text."""
    LONG_TEXT = "long_text"
    """Free text of several sentences; names and shapes in it are masked on the way out."""
    CODE = "code"
    """Letters and digits that must not be read as a number (0012 stays 0012)."""
    USCC = "uscc"
    """统一社会信用代码, GB 32100: 18 characters with a check character."""
    DOCUMENT_NUMBER = "document_number"
    """文号: shown with 〔〕, matched on a normalised key."""
    CHOICE = "choice"
    """One of `choices`."""
    CHOICES = "choices"
    """Several of `choices`; stored joined by 、."""
    DATE = "date"
    """A calendar day, stored as YYYY-MM-DD."""
    MONEY = "money"
    """An amount in yuan, a Decimal, stored as decimal text."""
    MONEY_WAN = "money_wan"
    """An amount that the sheet gives in 万元; stored in yuan like MONEY."""
    INTEGER = "integer"
    """A whole number."""
    FLAG = "flag"
    """是 or 否; stored as 1 or 0, NULL where the cell is empty."""
    REGION = "region"
    """A six-digit region code or its name, stored as the code."""
    PHONE = "phone"
    """Text in which an office's telephone is meant: never masked, never refused for being one."""
    NUMBERS = "numbers"
    """Several codes; stored joined by 、."""
    TABLE = "table"
    """Rows of `columns`; stored as a JSON list of {column: text}, without what is empty."""
    INSTANT = "instant"
    """A moment by the city's clock, stored as 2026-03-02T09:30+08:00; as 2026-03-02 where only the day is known."""
    PERSONS = "persons"
    """People as 姓名（证号）, joined by 、; stored as a JSON list of {name, certificate}."""
    FILES = "files"
    """Attachments; stored as a JSON list of {label, name, type, size, sha256}."""


NESTED = frozenset({FieldType.TABLE, FieldType.FILES})
"""Types whose value is a list of rows, kept as canonical JSON text."""
COLUMN_MARK = "·"
"""Between a table's label and a column's in the header of a sheet: 依据·法律名称."""


class Scope(StrEnum):
    """Whose value it is when one decision has several parties."""

    DECISION = "decision"
    """The decision's: rows of the same 文号 must agree."""
    EITHER = "either"
    """The decision's where all rows agree, otherwise each party's own (违法事实, 处罚内容)."""
    PARTY = "party"
    """Each party's own: name, type, codes, amounts."""


class SearchIn(StrEnum):
    """The column of the search index that a field feeds."""

    NONE = ""
    NUMBER = "number"
    PARTY = "party"
    CONTENT = "content"
    FACTS = "facts"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record kind.

    `label` is the header that a department's sheet carries; `aliases` are the other headers under
    which the same value arrives (old templates, other systems). `max_length` is in characters,
    0 where the standard sets none. `standard` names the sheet or code that the field comes from,
    `article` the row of the regulation that asks for it.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    visibility: Visibility = Visibility.INTERNAL
    required: bool = False
    max_length: int = 0
    choices: tuple[str, ...] = ()
    choice_aliases: tuple[tuple[str, str], ...] = ()
    """(what departments also write, the choice it means)."""
    scope: Scope = Scope.DECISION
    search: SearchIn = SearchIn.NONE
    standard: str = ""
    article: str = ""
    help: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    """What each row of a TABLE holds; no column is a table itself."""

    @property
    def is_table(self) -> bool:
        """Whether the value is a list of rows of `columns`."""
        return self.type is FieldType.TABLE

    @property
    def cells(self) -> tuple[Field, ...]:
        """The field as columns of a flat sheet: of a table each column, as basis.law under 依据·法律名称.

        In a table that may be empty no column must be filled. The table's own help goes with its first column.
        """
        if not self.is_table:
            return (self,)
        return tuple(
            replace(
                column,
                name=f"{self.name}.{column.name}",
                label=f"{self.label}{COLUMN_MARK}{column.label}",
                required=self.required and column.required,
                article=column.article or self.article,
                help=column.help if place else self.help + column.help,
            )
            for place, column in enumerate(self.columns)
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """Every header under which the field is accepted, its own label first."""
        return (self.label, *self.aliases)

    @property
    def plain_label(self) -> str:
        """The label for readers: without the sheet's unit (amounts are kept in yuan) and the standard's numbering."""
        numbered = _NUMBERED.search(self.label)
        return numbered[1] if numbered else _UNIT.sub("", self.label)

    @property
    def is_public(self) -> bool:
        """Whether some form of the value may reach the public side."""
        return self.visibility is not Visibility.INTERNAL
