"""What one kind of record is: its fields, its names, and which of its dates the law looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gongshi.records.field import Field, Scope

COMMON_PUBLIC = (
    "document_number",
    "decided_on",
    "content",
    "facts",
    "legal_basis",
    "agency_name",
    "served_on",
    "changed_on",
    "remedies",
    "item_code",
)
"""Public fields that kinds share, and that public.db keeps in one table for all of them."""


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """One kind of record, declared once.

    `name` is the table, the address and the API's word; `label` the public's; `sheet` the title
    under which a workbook's sheet is recognised. `event` names the date from which the publication
    term runs (ARTICLES.md D27), `duty` the article that asks for publication at all.

    A kind with `registry` is no decision: it has no parties, it takes effect on its `event` and ends,
    and `identity` tells within a department which of its records is meant.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    duty: str
    event: str = "decided_on"
    act: str = ""
    """What a department did, as a title says it (进行行政检查); 作出 and the label where nothing else is declared."""
    detail: str = ""
    """The field that says most about a decision in few words, for its title."""
    amount: tuple[str, str] = ("", "")
    """The amount that says more than `detail`, and its word: ("fine", "罚款")."""
    result: str = "content"
    """The field that holds what was decided or found."""
    sheets: tuple[str, ...] = ()
    summary: str = ""
    """One sentence for the data dictionary."""
    registry: bool = False
    """Whether it is ex-ante or on-the-spot information: registers, lists, guides, boards, texts."""
    number: str = "document_number"
    """The field under which it is cited and found."""
    heading: str = ""
    """The field that is its title."""
    identity: tuple[str, ...] = ()
    """The fields that tell the records of one department apart; empty where a department has one."""
    folder: str = ""
    """The first part of its pages' address; empty where it has no page of its own."""
    former: bool = True
    """Whether what was in force before may be shown."""
    indexed: bool = True
    """Whether search engines may keep its pages."""
    acts: str = ""
    """The field that says of which of the six kinds of act it speaks."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def cells(self) -> tuple[Field, ...]:
        """The columns of a flat sheet: every field, a table's columns in its place."""
        return tuple(cell for field in self.fields for cell in field.cells)

    @cached_property
    def described(self) -> tuple[Field, ...]:
        """Every field, and after each table its columns as steps.number: the rows of the data dictionary."""
        return tuple(one for field in self.fields for one in ((field, *field.cells) if field.is_table else (field,)))

    @cached_property
    def decision_fields(self) -> tuple[Field, ...]:
        """Fields whose value is the decision's (where the parties' rows agree)."""
        return tuple(f for f in self.fields if f.scope is not Scope.PARTY)

    @cached_property
    def party_fields(self) -> tuple[Field, ...]:
        """Fields of each party, those that may differ between parties included."""
        return tuple(f for f in self.fields if f.scope is not Scope.DECISION)

    @cached_property
    def own_public_fields(self) -> tuple[Field, ...]:
        """Public fields that this kind alone has: the columns of its own table in public.db."""
        return tuple(
            f for f in self.public_fields if f.scope is not Scope.PARTY and f.name not in (*COMMON_PUBLIC, self.event)
        )

    @cached_property
    def public_fields(self) -> tuple[Field, ...]:
        """The white-list (DESIGN.md promise 1)."""
        return tuple(f for f in self.fields if f.is_public)
