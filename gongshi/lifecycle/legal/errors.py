"""What a person can do wrong in a legal review: one class each, with a stable code."""

from __future__ import annotations

from collections.abc import Sequence

from gongshi.law.review.gate import Refusal
from gongshi.law.review.words import ReviewRefused, cited
from gongshi.lifecycle.errors import LifecycleError


class ReviewStepRefused(LifecycleError):
    """A step of a review that may not be taken: the law's own code and article are in `refused`."""

    code = "review_refused"

    def __init__(self, refused: ReviewRefused) -> None:
        self.refused = refused
        super().__init__(str(refused))


class ReviewerUnqualified(LifecycleError):
    """Who would review is not registered, not valid on the day, or took part in the case (L2, S3.1)."""

    code = "reviewer_unqualified"


class NotYourStep(LifecycleError):
    """A step that belongs to another office (R38, L12, L13)."""

    code = "not_your_step"


class TriggerFixed(LifecycleError):
    """A trigger that is computed can not be lowered (L3)."""

    code = "trigger_fixed"


class NumberUnusable(LifecycleError):
    """A decision without a number, or under that of another case."""

    code = "number_unusable"


class DecisionRefused(LifecycleError):
    """The gate is closed (L4, L13): every reason in `refusals`."""

    code = "decision_refused"

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        told = "\n".join(f"  {one.message}（{cited(one.article)}）" for one in self.refusals)
        super().__init__(f"不得作出决定：\n{told}")
