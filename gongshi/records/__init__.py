"""One declaration per kind of record; everything else that needs the fields is derived from it."""

from __future__ import annotations

from gongshi.records.department import DEPARTMENT
from gongshi.records.kind import RecordKind
from gongshi.records.licence import LICENCE
from gongshi.records.other_acts import CHARGE, COERCION, INSPECTION, LEVY
from gongshi.records.penalty import PENALTY
from gongshi.records.random_inspection import RANDOM_INSPECTION
from gongshi.records.registry.annual import ANNUAL_FIGURES
from gongshi.records.registry.board import POST_BOARD
from gongshi.records.registry.determination import DETERMINATION
from gongshi.records.registry.guide import SERVICE_GUIDE
from gongshi.records.registry.inspection import INSPECTION_PLAN, RANDOM_INSPECTION_ITEM
from gongshi.records.registry.item import ENFORCEMENT_ITEM
from gongshi.records.registry.officer import OFFICER
from gongshi.records.registry.recording import RECORDING_ITEM
from gongshi.records.registry.review import REVIEW_CATALOGUE
from gongshi.records.registry.subject import SUBJECT
from gongshi.records.registry.text import NORMATIVE_TEXT

DECISION_KINDS: dict[str, RecordKind] = {
    kind.name: kind for kind in (LICENCE, PENALTY, COERCION, LEVY, CHARGE, INSPECTION, RANDOM_INSPECTION)
}
"""What departments submit: the six kinds of act (D3), in the article's order, and random inspections."""

REGISTRY_KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        SUBJECT,
        OFFICER,
        ENFORCEMENT_ITEM,
        RANDOM_INSPECTION_ITEM,
        INSPECTION_PLAN,
        RECORDING_ITEM,
        REVIEW_CATALOGUE,
        SERVICE_GUIDE,
        POST_BOARD,
        NORMATIVE_TEXT,
        DETERMINATION,
        ANNUAL_FIGURES,
    )
}
"""What is public before and during enforcement (S1.1, S1.2), in the order of the menu."""

SUBMITTED_KINDS: dict[str, RecordKind] = {**DECISION_KINDS, **REGISTRY_KINDS}
"""Everything that departments submit."""

ALL_KINDS: dict[str, RecordKind] = {**SUBMITTED_KINDS, DEPARTMENT.name: DEPARTMENT}
"""Every declared kind of record."""

__all__ = ["ALL_KINDS", "DECISION_KINDS", "REGISTRY_KINDS", "SUBMITTED_KINDS", "RecordKind"]
