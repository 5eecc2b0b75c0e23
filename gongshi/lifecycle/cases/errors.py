"""What a person can do wrong with a case: one class each, with a stable code."""

from __future__ import annotations

from gongshi.lifecycle.errors import LifecycleError


class CaseNotFound(LifecycleError):
    """There is no case of that number or id, or it was erased."""

    code = "case_not_found"


class CaseAmbiguous(LifecycleError):
    """Several departments have a case of that number."""

    code = "case_ambiguous"


class AccessRefused(LifecycleError):
    """Who asks may not read this case, or not so much of it (R33, R35)."""

    code = "access_refused"


class LineUnknown(LifecycleError):
    """A case has no line of that number."""

    code = "line_unknown"


class InFuture(LifecycleError):
    """Something is said to have happened later than now."""

    code = "in_future"


class EvidenceDiffers(LifecycleError):
    """A file is not the one that its line says belongs to it (R37)."""

    code = "evidence_differs"


class OutInPublic(LifecycleError):
    """What leaves the vault, or a dossier, would lie where a web server reaches."""

    code = "out_in_public"


class ReasonNeeded(LifecycleError):
    """A step that has to be explained, without a reason."""

    code = "reason_needed"


class CaseNotErasable(LifecycleError):
    """A case under review, or one that has to answer for a decision, is not erased."""

    code = "case_not_erasable"


class CaseFilesRefused(LifecycleError):
    """A batch of case files with errors, or one that what came meanwhile makes wrong."""

    code = "case_files_refused"
