"""What a person can do wrong with a batch or a decision: one class each, with a stable code."""

from __future__ import annotations

from typing import ClassVar


class LifecycleError(Exception):
    """A step that is not allowed; `code` is stable, the message is Chinese and says what to do next."""

    code: ClassVar[str] = "lifecycle"


class SubmitterUnknown(LifecycleError):
    """Who submits is not one of the department's registered submitters (D29)."""

    code = "submitter_unknown"


class WrongDepartment(LifecycleError):
    """A batch holds a decision of another department."""

    code = "wrong_department"


class NothingToSubmit(LifecycleError):
    """A batch without a decision."""

    code = "nothing_to_submit"


class UnknownReceipt(LifecycleError):
    """There is no batch with that receipt."""

    code = "unknown_receipt"


class ReviewerUnknown(LifecycleError):
    """Who reviews is not one of the department's registered reviewers (D30)."""

    code = "reviewer_unknown"


class SamePerson(LifecycleError):
    """Who submitted wants to review (DESIGN.md promise 9)."""

    code = "same_person"


class OpinionNeeded(LifecycleError):
    """A batch is returned without saying why."""

    code = "opinion_needed"


class AlreadyReviewed(LifecycleError):
    """The batch was reviewed before, with the other result."""

    code = "already_reviewed"


class NotForReview(LifecycleError):
    """A batch of case files: they are the record, nobody approves them."""

    code = "not_for_review"


class NameNotInBatch(LifecycleError):
    """A choice about a name that stands nowhere in the batch."""

    code = "name_not_in_batch"


class NameChosenTwice(LifecycleError):
    """One name both to be shown and to be masked."""

    code = "name_chosen_twice"


class ReviewStale(LifecycleError):
    """A committed review that was made for what the batch was before it changed."""

    code = "review_stale"


class ReviewAhead(LifecycleError):
    """A review dated after today."""

    code = "review_ahead"


class TransitionRefused(LifecycleError):
    """A step that the state of a decision does not allow."""

    code = "transition_refused"


class DecisionNotFound(LifecycleError):
    """No decision has that id or 文号."""

    code = "decision_not_found"


class DecisionAmbiguous(LifecycleError):
    """Several decisions have that 文号."""

    code = "decision_ambiguous"


class ActWaiting(LifecycleError):
    """Another act about the decision waits for its second person."""

    code = "act_waiting"


class UnknownAct(LifecycleError):
    """There is no act of that number."""

    code = "unknown_act"


class AlreadyAnswered(LifecycleError):
    """The act was confirmed or declined before, with the other result."""

    code = "already_answered"


class EndingNeeded(LifecycleError):
    """A 紧急下架 is to be confirmed, and nobody said as which kind of end."""

    code = "ending_needed"


class EndingFieldsWrong(LifecycleError):
    """What a kind of end asks for is missing or wrong."""

    code = "ending_fields_wrong"


class NoticeRepeats(LifecycleError):
    """The public reason repeats a party, a fact, a class or an amount of the decision."""

    code = "notice_repeats"


class RestoreForbidden(LifecycleError):
    """A decision is to come back that the law keeps from the public."""

    code = "restore_forbidden"


class ChoiceNotAsked(LifecycleError):
    """A choice for a decision that waits for none."""

    code = "choice_not_asked"


class SupervisorUnknown(LifecycleError):
    """Who instructs is not one of the registered supervisors of the department (S3)."""

    code = "supervisor_unknown"


class InstructNotAsked(LifecycleError):
    """An instruction for a decision whose legal review is no question."""

    code = "instruct_not_asked"


class ReasonNeeded(LifecycleError):
    """An erasure or an act of two persons without its reason."""

    code = "reason_needed"
