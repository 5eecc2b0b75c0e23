"""Who holds which office in the course of a case (R33, R38, S3.1, L12, L13): not who wrote, but who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongshi.law.review.reviewers import Reviewer

LEAST_HEADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """The offices of one department. `heads` may rule, extend and meet; `legal_body` is its body for legal review;
    `archivists` keep the files. A meeting has at least `least_heads` heads (setting; two by default)."""

    department: str
    heads: tuple[str, ...] = ()
    legal_body: str = ""
    archivists: tuple[str, ...] = ()
    least_heads: int = LEAST_HEADS


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """Who supervises: of the departments listed, or of all where none is."""

    name: str
    departments: frozenset[str] = frozenset()

    def over(self, department: str) -> bool:
        """Whether the department is among theirs."""
        return not self.departments or department in self.departments


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """All offices of a city: by department, its legal reviewers (the pool's among them), its supervisors."""

    offices: Mapping[str, Offices] = field(default_factory=dict)
    reviewers: tuple[Reviewer, ...] = ()
    supervisors: tuple[Supervisor, ...] = ()

    def of(self, department: str) -> Offices:
        """The offices of a department; one without any where none is registered."""
        return self.offices.get(department) or Offices(department=department)
